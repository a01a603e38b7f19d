package wechat

import (
	"context"
	"net/url"
	"time"

	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	sdkuser "github.com/silenceper/wechat/v2/officialaccount/user"
)

// UserInfo is what the platform still tells about a person: no name and no picture.
type UserInfo struct {
	OpenID     string
	UnionID    string // only if the account is bound to an 开放平台 account
	Subscribed bool
	Since      time.Time // zero if not subscribed
	How        string    // subscribe_scene, for example ADD_SCENE_QR_CODE
	Scene      string    // scene of the code they followed by, if it was a string
}

// UserInfo asks whether a person follows the account, to reconcile what the events told us.
func (c *Client) UserInfo(ctx context.Context, openid string) (UserInfo, error) {
	var info *sdkuser.Info
	err := c.withToken(ctx, true, func(token string) error {
		return c.viaSDK(ctx, token, func(_ context.Context, sdk *sdkcontext.Context) (err error) {
			// The SDK does not escape what it puts into the address.
			info, err = sdkuser.NewUser(sdk).GetUserInfo(url.QueryEscape(openid))
			return err
		})
	})
	if err != nil {
		return UserInfo{}, err
	}
	user := UserInfo{
		OpenID: info.OpenID, UnionID: info.UnionID, Subscribed: info.Subscribe == 1,
		How: info.SubscribeScene, Scene: info.QrSceneStr,
	}
	if info.SubscribeTime > 0 {
		user.Since = time.Unix(int64(info.SubscribeTime), 0)
	}
	return user, nil
}
