package wechat

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"jushou/internal/clock"
	"jushou/internal/fault"
)

// The platform's own addresses, used where the configuration names none.
const (
	officialAPI  = "https://api.weixin.qq.com"
	officialOpen = "https://open.weixin.qq.com"
	officialMP   = "https://mp.weixin.qq.com"
)

// callLimit bounds one attempt of one call, from dialling to the last byte of the answer.
const callLimit = 8 * time.Second

var errConfig = fault.New(fault.Invalid, "wechat.bad_config")

// Config says whom the Client calls and as whom.
type Config struct {
	AppID  string
	Secret string
	// APIBase, OpenBase and MPBase replace the platform's addresses; a path in them is kept as a prefix.
	// Anything but https under weixin.qq.com is refused unless Sandbox is set.
	APIBase, OpenBase, MPBase string
	Sandbox                   bool
	// PageHosts are the hosts whose pages JSConfig signs (the JS 接口安全域名 of the console). Without the
	// list anybody could have any page signed.
	PageHosts []string
	Cache     TokenCache
	Clock     clock.Clock
	// Transport carries the calls; nil means one of our own with bounded connections.
	Transport http.RoundTripper
	// Observe, if set, is told of every attempt, for metrics. It must return quickly.
	Observe func(Attempt)
	// Pause waits between attempts; nil means a real timer. It is apart from Clock because politeness
	// to a busy server is a matter of real time, and a virtual clock may stand still.
	Pause func(ctx context.Context, d time.Duration) error
}

// Attempt is one try of one call.
type Attempt struct {
	API    string // path, without query
	Code   int    // errcode, 0 for success
	Status int    // HTTP status, 0 if no response came
	Took   time.Duration
}

// Client makes the calls to the platform. It is safe for concurrent use. Every method returns *APIError
// (perhaps wrapped) when the platform refused or did not answer; PolicyOf says what to do then.
//
// Automatic: a refused access token is replaced once, and "busy", HTTP 5xx, timeouts and broken
// connections are tried up to three times where a second copy of the call does no harm.
type Client struct {
	cfg    Config
	api    *url.URL
	open   string
	mp     string
	token  *credential
	ticket *credential
	codes  codeFlights
}

// New returns a Client. It makes no call yet.
func New(cfg Config) (*Client, error) {
	if cfg.AppID == "" || cfg.Secret == "" || cfg.Cache == nil || cfg.Clock == nil {
		return nil, errConfig.With("setting", "app id, secret, cache and clock must be set")
	}
	api, err := cfg.base(cfg.APIBase, officialAPI)
	if err != nil {
		return nil, err
	}
	open, err := cfg.base(cfg.OpenBase, officialOpen)
	if err != nil {
		return nil, err
	}
	mp, err := cfg.base(cfg.MPBase, officialMP)
	if err != nil {
		return nil, err
	}
	if cfg.Transport == nil {
		cfg.Transport = newTransport()
	}
	if cfg.Pause == nil {
		cfg.Pause = pause
	}
	takeOverSDK()
	c := &Client{cfg: cfg, api: api, open: open.String(), mp: mp.String()}
	c.token = newCredential(credentialKey("token", cfg.AppID, cfg.Secret), tokenMargin, cfg, c.fetchToken)
	c.ticket = newCredential(credentialKey("ticket", cfg.AppID, cfg.Secret), ticketMargin, cfg, c.fetchTicket)
	return c, nil
}

// base parses a base address, or the official one where none is configured.
func (cfg Config) base(configured, official string) (*url.URL, error) {
	if configured == "" {
		configured = official
	}
	u, err := url.Parse(strings.TrimSuffix(configured, "/"))
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, errConfig.With("base", configured)
	}
	genuine := u.Scheme == "https" && strings.HasSuffix("."+u.Hostname(), ".weixin.qq.com")
	if !genuine && !cfg.Sandbox {
		return nil, errConfig.With("base", configured).With("reason", "only the sandbox may replace weixin.qq.com")
	}
	return u, nil
}

func newTransport() http.RoundTripper {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 32
	t.ResponseHeaderTimeout = callLimit
	return t
}

const (
	maxTries     = 3
	firstBackoff = 200 * time.Millisecond
)

// withToken calls attempt with the access token, and once more with a fresh one if it was refused. If the
// platform hands out the refused token again and refuses it again, the token is left alone for a minute:
// somebody must look at the account, and asking for tokens in a loop would use up that quota too.
func (c *Client) withToken(ctx context.Context, repeatable bool, attempt func(token string) error) error {
	token, err := c.token.get(ctx)
	if err != nil {
		return fmt.Errorf("access token: %w", err)
	}
	err = c.repeating(ctx, repeatable, func() error { return attempt(token) })
	if err == nil || PolicyOf(err).Action != RefreshToken || !c.token.invalidate(ctx, token) {
		return err
	}
	fresh, fetchErr := c.token.get(ctx)
	if fetchErr != nil {
		return fmt.Errorf("access token after %w: %w", err, fetchErr)
	}
	err = c.repeating(ctx, repeatable, func() error { return attempt(fresh) })
	if err != nil && fresh == token && PolicyOf(err).Action == RefreshToken {
		c.token.markStuck(token)
	}
	return err
}

// repeating tries a busy platform up to maxTries times with growing pauses. A call that is not repeatable is
// tried again only if it certainly was not carried out.
func (c *Client) repeating(ctx context.Context, repeatable bool, attempt func() error) error {
	for try := 1; ; try++ {
		err := attempt()
		if err == nil || try == maxTries || ctx.Err() != nil || !worthRepeating(err, repeatable) {
			return err
		}
		backoff := firstBackoff << (try - 1)
		if c.cfg.Pause(ctx, backoff+rand.N(backoff)) != nil {
			return err
		}
	}
}

func worthRepeating(err error, repeatable bool) bool {
	e := asAPIError(err)
	if e == nil || e.Policy().Action != Retry || e.Policy().After >= time.Minute {
		return false
	}
	return repeatable || !e.Unsure
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// fetchToken asks for the account's token. Normal mode returns the same token to everybody until shortly
// before it ends. force_refresh is never used: it kills the token that other replicas are using.
func (c *Client) fetchToken(ctx context.Context) (string, time.Duration, error) {
	request := map[string]any{
		"grant_type": "client_credential", "appid": c.cfg.AppID, "secret": c.cfg.Secret, "force_refresh": false,
	}
	var answer struct {
		Token   string `json:"access_token"`
		Seconds int64  `json:"expires_in"`
	}
	err := c.repeating(ctx, true, func() error { return c.post(ctx, "/cgi-bin/stable_token", nil, request, &answer) })
	if err != nil {
		return "", 0, err
	}
	if answer.Token == "" {
		return "", 0, &APIError{API: "/cgi-bin/stable_token", Code: codeBusy, Status: http.StatusOK, Msg: "no token in the answer"}
	}
	return answer.Token, time.Duration(answer.Seconds) * time.Second, nil
}
