package auth

import (
	"context"

	"jushou/internal/identity"
	"jushou/wechat"
)

// Services are what signing in needs.
type Services struct {
	WeChat WeChat
	People *identity.Service
	// BaseURL is where WeChat sends people back to, without a final slash.
	BaseURL string
}

// WeChat is the platform's web authorization; *wechat.Client implements it.
type WeChat interface {
	AuthorizeURL(redirect string, scope wechat.Scope, state string) (string, error)
	Exchange(ctx context.Context, code string) (wechat.OAuthUser, error)
}
