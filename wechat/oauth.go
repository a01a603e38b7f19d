package wechat

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"time"

	"golang.org/x/sync/singleflight"

	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	sdkoauth "github.com/silenceper/wechat/v2/officialaccount/oauth"

	"jushou/internal/fault"
)

// Scope says what a person is asked for.
type Scope string

// The scopes.
const (
	// ScopeBase is silent and gives the openid. Log people in with it.
	ScopeBase Scope = "snsapi_base"
	// ScopeUserInfo shows a consent page. Ask only after a tap that needs it: asked on page load, WeChat
	// opens the page in snapshot mode.
	ScopeUserInfo Scope = "snsapi_userinfo"
)

// OAuthUser is who came back from the authorize page.
type OAuthUser struct {
	OpenID  string `json:"openid"`
	UnionID string `json:"unionid,omitempty"`
	// Snapshot means that WeChat made this person up to show them a page (快照页): render it read-only, ask
	// them to tap 使用完整服务, and never create or bind an account.
	Snapshot bool `json:"snapshot,omitempty"`
}

var (
	errState  = fault.New(fault.Invalid, "wechat.bad_state")
	stateForm = regexp.MustCompile(`^[0-9a-f]{8,128}$`)
)

// NewState returns an unguessable OAuth state of 32 hex digits. Bind it to the browser with a short-lived
// cookie.
func NewState() string {
	var random [16]byte
	rand.Read(random[:]) // never fails: crypto/rand aborts the program instead
	return hex.EncodeToString(random[:])
}

// AuthorizeURL is where to send a browser, by 302, so that it comes back to redirect with code and state.
// The platform checks the link by a pattern, so the order of the parameters is theirs, the fragment stays,
// and state is lower-case hex, 8 to 128 digits. redirect must be on the account's 网页授权域名.
func (c *Client) AuthorizeURL(redirect string, scope Scope, state string) (string, error) {
	if !stateForm.MatchString(state) {
		return "", errState
	}
	return c.open + "/connect/oauth2/authorize?appid=" + url.QueryEscape(c.cfg.AppID) +
		"&redirect_uri=" + url.QueryEscape(redirect) + "&response_type=code&scope=" + url.QueryEscape(string(scope)) +
		"&state=" + state + "#wechat_redirect", nil
}

const (
	// codeLife is how long the platform honours a code, and how long we remember what it was exchanged for.
	codeLife = 5 * time.Minute
	// maxCode bounds what we send on; the platform's codes have 32 characters.
	maxCode = 256
)

// codeFlights joins the callbacks of one browser that arrive together in this process.
type codeFlights = singleflight.Group

// Exchange turns a callback's code into who came. Browsers call back twice (retries, preloading, "back"), and
// a code works once, so the result is remembered for five minutes under the code's hash and a second
// callback gets the same person. ErrCodeUsed means that the code is used, expired or wrong and nobody
// remembers it: start the flow again with a fresh state, once, and then give up with a page.
func (c *Client) Exchange(ctx context.Context, code string) (OAuthUser, error) {
	if code == "" || len(code) > maxCode {
		return OAuthUser{}, ErrCodeUsed.With("bytes", len(code))
	}
	key := c.codeKey(code)
	if user, ok := c.exchanged(ctx, key); ok {
		return user, nil
	}
	// The first callback may vanish while a second waits for its result, so the exchange does not end
	// with it; the transport's own limit bounds it.
	flight := c.codes.DoChan(key, func() (any, error) { return c.exchange(context.WithoutCancel(ctx), key, code) })
	select {
	case <-ctx.Done():
		return OAuthUser{}, ctx.Err()
	case result := <-flight:
		user, _ := result.Val.(OAuthUser)
		return user, result.Err
	}
}

// codeKey names a code without telling it.
func (c *Client) codeKey(code string) string {
	sum := sha256.Sum256([]byte(code))
	return "wechat:code:" + c.cfg.AppID + ":" + hex.EncodeToString(sum[:])
}

func (c *Client) exchange(ctx context.Context, key, code string) (OAuthUser, error) {
	var token sdkoauth.ResAccessToken
	err := c.repeating(ctx, false, func() error {
		return c.viaSDK(ctx, "", func(ctx context.Context, sdk *sdkcontext.Context) (err error) {
			// The SDK does not escape what it puts into the address.
			token, err = sdkoauth.NewOauth(sdk).GetUserAccessTokenContext(ctx, url.QueryEscape(code))
			return err
		})
	})
	if errors.Is(err, ErrCodeUsed) {
		if user, ok := c.exchangedElsewhere(ctx, key); ok {
			return user, nil
		}
	}
	if err != nil {
		return OAuthUser{}, fmt.Errorf("exchange oauth code: %w", err)
	}
	if token.OpenID == "" {
		return OAuthUser{}, &APIError{API: "/sns/oauth2/access_token", Code: codeBusy, Status: 200, Msg: "no openid in the answer"}
	}
	user := OAuthUser{OpenID: token.OpenID, UnionID: token.UnionID, Snapshot: token.IsSnapShotUser == 1}
	c.remember(ctx, key, user)
	return user, nil
}

func (c *Client) exchanged(ctx context.Context, key string) (OAuthUser, bool) {
	var user OAuthUser
	text, ok, err := c.cfg.Cache.Get(ctx, key)
	if err != nil || !ok || json.Unmarshal([]byte(text), &user) != nil {
		return OAuthUser{}, false
	}
	return user, user.OpenID != ""
}

// exchangedElsewhere waits a moment for the replica that was first with a code: its answer may still be on
// the way to it.
func (c *Client) exchangedElsewhere(ctx context.Context, key string) (OAuthUser, bool) {
	const looks, apart = 4, 150 * time.Millisecond
	for look := 1; ; look++ {
		user, ok := c.exchanged(ctx, key)
		if ok || look == looks || c.cfg.Pause(ctx, apart) != nil {
			return user, ok
		}
	}
}

// remember is best effort: without the cache a double callback starts the flow again, which is silent.
func (c *Client) remember(ctx context.Context, key string, user OAuthUser) {
	text, err := json.Marshal(user)
	if err != nil {
		return
	}
	_ = c.cfg.Cache.Set(ctx, key, string(text), codeLife)
}
