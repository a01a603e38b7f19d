package page

import "net/url"

// SignIn returns the address that signs somebody in by WeChat and then opens next.
func SignIn(next string) string {
	return "/auth/wechat?next=" + url.QueryEscape(SameSite(next))
}
