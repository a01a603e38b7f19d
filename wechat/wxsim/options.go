package wxsim

import (
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"net/http"
	"time"

	"jushou/internal/clock"
)

// Mode is the message mode of the account: how pushes travel.
type Mode string

// The three modes that the console of the platform offers.
const (
	Plain  Mode = "plain"
	Compat Mode = "compat"
	Safe   Mode = "safe"
)

// Account is the 服务号 that the simulator plays.
type Account struct {
	AppID  string
	Secret string
	Token  string // signs pushes
	AESKey string // 43 characters; may be empty in plain mode
	Mode   Mode
	GhID   string // the original id, gh_…; derived from AppID when empty
	Name   string // what the chat's title says
	// Domains are the hosts allowed for OAuth and for the JS-SDK. Empty means the host of AppURL.
	Domains []string
}

// Template is a message template that the account holds.
type Template struct {
	ID      string `json:"template_id"`
	Title   string `json:"title"`
	Content string `json:"content"` // "议题：{{thing1.DATA}}\n时间：{{time2.DATA}}"
}

// Persona is a person with a phone. ID is a short lower-case name, used in the host name of the phone's
// web view; everything else may be left empty and is then derived.
type Persona struct {
	ID       string `json:"id"`
	OpenID   string `json:"openid"`
	UnionID  string `json:"unionid"`
	Nickname string `json:"nickname"`
	Avatar   string `json:"avatar"` // colour, #rrggbb
	Note     string `json:"note"`   // who this is in the story, for the picker
	Home     string `json:"home"`   // the page that 打开网页 opens, "/" when empty
	Follows  bool   `json:"follows"`
	Blocked  bool   `json:"blocked"`  // has refused messages from the account
	Snapshot bool   `json:"snapshot"` // opens pages in 快照页 mode
}

// Options make a Sim. Account.AppID, Account.Secret, Account.Token and Clock are required.
type Options struct {
	Account Account
	// Callbacks are the webhook's addresses, one per replica. Pushes go to the first; faults that
	// need two replicas use the next.
	Callbacks []string
	// Base is the path that everything lives under, "/sandbox" when empty.
	Base string
	// AppURL is the app's public address (BASE_URL): scheme and host, without a slash at the end.
	AppURL string
	// AppOrigin is where AppURL is really served; AppURL when empty.
	AppOrigin string
	Clock     *clock.Virtual
	Seed      uint64
	Personas  []Persona
	Templates []Template
	// Hooks run at the end of New; the demo district adds its people and labels here.
	Hooks []func(*Sim)
	// PushTimeout is how long a push waits for the app, 5 s when zero; RetryEvery is the pause before
	// each of PushRetries, 5 s and 3 when zero; a negative PushRetries means none.
	PushTimeout time.Duration
	RetryEvery  time.Duration
	PushRetries int
	// Snapshot is a file that keeps the state across restarts; empty keeps nothing.
	Snapshot  string
	Transport http.RoundTripper // for pushes and the web view; a private one when nil
	Log       *slog.Logger      // own troubles; discarded when nil
}

func (o Options) withDefaults() Options {
	if o.Base == "" {
		o.Base = "/sandbox"
	}
	if o.AppOrigin == "" {
		o.AppOrigin = o.AppURL
	}
	if o.Account.Mode == "" {
		o.Account.Mode = Plain
	}
	if o.Account.GhID == "" {
		o.Account.GhID = "gh_" + digest(o.Account.AppID)[:12]
	}
	if o.Account.Name == "" {
		o.Account.Name = "举手社区"
	}
	o.PushTimeout = orElse(o.PushTimeout, 5*time.Second)
	o.RetryEvery = orElse(o.RetryEvery, 5*time.Second)
	o.PushRetries = max(0, orElse(o.PushRetries, 3))
	if o.Transport == nil {
		o.Transport = &http.Transport{MaxIdleConnsPerHost: 32, IdleConnTimeout: 30 * time.Second}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func orElse[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// digest is a short stable name for s, used wherever the simulator must make up an identifier.
func digest(s string) string {
	sum := sha256.Sum256([]byte("wxsim " + s))
	clean := []byte(base64.RawURLEncoding.EncodeToString(sum[:]))
	for i, c := range clean {
		if c == '-' || c == '_' {
			clean[i] = 'x'
		}
	}
	return string(clean)
}
