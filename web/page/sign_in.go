package page

import (
	"net/url"

	"jushou/internal/identity"
)

// SignIn returns the address that signs somebody in by WeChat and then opens next.
func SignIn(next string) string {
	return "/auth/wechat?next=" + url.QueryEscape(SameSite(next))
}

// Known sends somebody without a session to sign in first.
func (v *Visit) Known() error {
	if v.Actor.ID == "" {
		return identity.ErrSignIn
	}
	return nil
}
