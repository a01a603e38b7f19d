package wechat

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"sync"

	sdkconfig "github.com/silenceper/wechat/v2/officialaccount/config"
	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	"github.com/silenceper/wechat/v2/util"
)

// The SDK sends everything through one process-wide http.Client, mostly under context.Background(), and puts
// the token and the secret into addresses that its error texts repeat. So each call is made with a name
// in the place of the access token, and the SDK's client is given a RoundTripper that knows the call by that
// name: it has the caller's context, the Client's base address and limits, and sets the real token and
// secret only on the wire. The SDK never holds either, and two Clients in one process do not meet.
//
// This is the one piece of package-level state here: it exists because the SDK's client is global. It is set
// once and holds nothing but the calls under way.
var sdk = sdkCalls{open: map[string]*sdkCall{}}

type sdkCalls struct {
	once sync.Once
	mu   sync.Mutex
	open map[string]*sdkCall
}

// takeOverSDK gives the SDK our RoundTripper, once per process and before any call.
func takeOverSDK() {
	sdk.once.Do(func() { util.DefaultHTTPClient = &http.Client{Transport: &sdk} })
}

// sdkCall is one call of the SDK under way. Only the goroutine that makes the call touches it.
type sdkCall struct {
	ctx     context.Context
	client  *Client
	name    string // stands for the access token inside the SDK
	token   string
	refusal *APIError
}

// sdkCallKey finds the call in a context, for those functions of the SDK that take one.
type sdkCallKey struct{}

// secretStandsFor is what the SDK believes to be the AppSecret.
const secretStandsFor = "set-by-the-transport"

// viaSDK makes one call of the SDK. use is given the SDK's context for it, and a context.Context for the
// functions that take one; it makes one HTTP request at most. What the platform refused comes back as
// *APIError, read from the answer itself, because most errors of the SDK are text.
func (c *Client) viaSDK(ctx context.Context, token string, use func(context.Context, *sdkcontext.Context) error) error {
	call := &sdkCall{ctx: ctx, client: c, name: "call-" + rand.Text(), token: token}
	sdk.add(call)
	defer sdk.remove(call)
	err := use(context.WithValue(ctx, sdkCallKey{}, call), &sdkcontext.Context{
		Config:            &sdkconfig.Config{AppID: c.cfg.AppID, AppSecret: secretStandsFor},
		AccessTokenHandle: call,
	})
	if call.refusal != nil {
		return call.refusal
	}
	if err != nil {
		return fmt.Errorf("wechat answer: %w", withoutURL(err))
	}
	return nil
}

// GetAccessToken implements the SDK's credential.AccessTokenHandle.
func (call *sdkCall) GetAccessToken() (string, error) { return call.name, nil }

func (s *sdkCalls) add(call *sdkCall) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[call.name] = call
}

func (s *sdkCalls) remove(call *sdkCall) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, call.name)
}

func (s *sdkCalls) of(req *http.Request) *sdkCall {
	if call, ok := req.Context().Value(sdkCallKey{}).(*sdkCall); ok {
		return call
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[req.URL.Query().Get("access_token")]
}

// RoundTrip implements http.RoundTripper. A request that belongs to no call of ours is somebody else's use
// of the SDK in this process and goes where it was sent.
func (s *sdkCalls) RoundTrip(req *http.Request) (*http.Response, error) {
	call := s.of(req)
	if call == nil {
		return http.DefaultTransport.RoundTrip(req)
	}
	a, refusal := call.client.roundTrip(call.ctx, call.unmask(req), maxAnswer, judgeJSON)
	if refusal != nil {
		call.refusal = refusal
		return nil, refusal
	}
	return &http.Response{
		StatusCode: a.status, Header: a.header, Body: io.NopCloser(bytes.NewReader(a.body)),
		ContentLength: int64(len(a.body)), Request: req, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

// unmask returns a copy of the request with the real token and secret in it.
func (call *sdkCall) unmask(req *http.Request) *http.Request {
	out := req.Clone(call.ctx)
	query := out.URL.Query()
	if query.Get("access_token") == call.name {
		query.Set("access_token", call.token)
	}
	if query.Get("secret") == secretStandsFor {
		query.Set("secret", call.client.cfg.Secret)
	}
	out.URL.RawQuery = query.Encode()
	return out
}
