package wxsim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"jushou/internal/clock"
)

// chinaTime is the platform's zone: its daily quotas end at midnight there. It has no summer time.
var chinaTime = time.FixedZone("CST", 8*3600)

// Sim is one simulated platform with one account. It is an http.Handler and safe for concurrent use.
type Sim struct {
	opt    Options
	clock  *clock.Virtual
	crypt  *envelope // nil when the account has no AES key
	app    *url.URL
	client *http.Client
	api    map[string]endpoint
	pages  *template.Template

	open     context.Context // ends with Close, and every push with it
	shut     context.CancelFunc
	receipts chan struct{} // bounds the receipts of template messages under way

	mu       sync.Mutex
	rng      *rand.Rand
	st       state
	people   map[string]*phone // by openid and by persona ID
	tokens   map[string]*credential
	classic  string // current token of /cgi-bin/token
	stable   string // current token of /cgi-bin/stable_token
	forced   []time.Time
	ticket   *credential
	web      map[string]*webGrant // OAuth codes and web tokens
	calls    map[string]int       // per path, today
	day      string               // the day that calls counts
	cleared  map[string]int       // clear_quota per month
	recent   map[string]sentOnce  // client_msg_id
	rids     map[string]string    // rid → path
	faults   []*Fault
	journal  []Entry
	lastPush *stamp
	held     *heldPush
	counts   Counters
	busy     int
	idle     *sync.Cond
	saving   *time.Timer
	closed   bool
}

// state is what a snapshot keeps.
type state struct {
	People    []*phone          `json:"people"`
	Media     map[string]*media `json:"media"`
	Codes     []*code           `json:"codes"`
	Labels    map[string]string `json:"labels"`
	Menu      json.RawMessage   `json:"menu,omitempty"`
	Templates []Template        `json:"templates"`
	Tags      []tag             `json:"tags"`
	Offset    time.Duration     `json:"offset"`
	Seq       int64             `json:"seq"`
}

// New returns a Sim, or what is wrong with the options.
func New(o Options) (*Sim, error) {
	o = o.withDefaults()
	a := o.Account
	if a.AppID == "" || a.Secret == "" || a.Token == "" || o.Clock == nil {
		return nil, errors.New("wxsim: AppID, Secret, Token and Clock are required")
	}
	app, err := url.Parse(o.AppURL)
	if err != nil {
		return nil, fmt.Errorf("wxsim: AppURL: %w", err)
	}
	s := &Sim{opt: o, clock: o.Clock, app: app, client: pusher(o), receipts: make(chan struct{}, receiptsAtOnce)}
	if a.AESKey != "" {
		if s.crypt, err = newEnvelope(a.AESKey, a.AppID); err != nil {
			return nil, fmt.Errorf("wxsim: %w", err)
		}
	} else if a.Mode != Plain {
		return nil, fmt.Errorf("wxsim: mode %s needs an AESKey", a.Mode)
	}
	s.idle = sync.NewCond(&s.mu)
	s.open, s.shut = context.WithCancel(context.Background())
	s.api = endpoints()
	if s.pages, err = parsePages(); err != nil {
		return nil, fmt.Errorf("wxsim: pages: %w", err)
	}
	s.clear()
	if err := s.load(); err != nil {
		return nil, err
	}
	for _, p := range o.Personas {
		s.AddPersona(p)
	}
	for _, hook := range o.Hooks {
		hook(s)
	}
	return s, nil
}

// pusher is the client of pushes: like the platform it takes a redirect for an answer.
func pusher(o Options) *http.Client {
	return &http.Client{Transport: o.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// clear forgets everything that happened. The caller holds mu or is New.
func (s *Sim) clear() {
	s.rng = rand.New(rand.NewPCG(s.opt.Seed, 0x9e3779b97f4a7c15))
	s.st = state{Media: map[string]*media{}, Labels: map[string]string{}}
	s.people = map[string]*phone{}
	s.st.Templates = append(s.st.Templates, s.opt.Templates...)
	s.tokens, s.classic, s.stable, s.forced, s.ticket = map[string]*credential{}, "", "", nil, nil
	s.web = map[string]*webGrant{}
	s.calls, s.cleared, s.recent, s.rids = map[string]int{}, map[string]int{}, map[string]sentOnce{}, map[string]string{}
	s.faults, s.journal, s.lastPush, s.held, s.counts = nil, nil, nil, nil, Counters{}
}

// Reset forgets chats, tokens, codes, faults and the log, and starts again with the personas and
// templates of the options. The clock stays where it is.
func (s *Sim) Reset() {
	s.mu.Lock()
	s.clear()
	s.mu.Unlock()
	for _, p := range s.opt.Personas {
		s.AddPersona(p)
	}
	for _, hook := range s.opt.Hooks {
		hook(s)
	}
	s.changed()
}

// Close gives up the pushes under way, as the app that they are for is going away too, and writes the
// snapshot. The handler answers on, but nothing is pushed any more.
func (s *Sim) Close() error {
	s.shut()
	s.Settle()
	s.mu.Lock()
	s.closed = true
	if s.saving != nil {
		s.saving.Stop()
	}
	s.mu.Unlock()
	if t, ok := s.opt.Transport.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
	if s.opt.Snapshot == "" {
		return nil
	}
	return s.Save(s.opt.Snapshot)
}

// Settle returns when no push is under way or waiting for its retry.
func (s *Sim) Settle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.busy > 0 {
		s.idle.Wait()
	}
}

// background runs f and lets Settle wait for it.
func (s *Sim) background(f func()) {
	s.mu.Lock()
	s.busy++
	s.mu.Unlock()
	go func() {
		defer s.done()
		f()
	}()
}

func (s *Sim) done() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy--
	if s.busy == 0 {
		s.idle.Broadcast()
	}
}

// Owns reports whether a request for host and path belongs to the simulator: its base path, or any path
// on the host name of a persona's phone. The app asks it before its own routes.
func (s *Sim) Owns(host, path string) bool {
	return path == s.opt.Base || strings.HasPrefix(path, s.opt.Base+"/") || phoneID(host) != ""
}

// ServeHTTP implements http.Handler.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r = adopt(r)
	rest, inside := strings.CutPrefix(r.URL.Path, s.opt.Base)
	if !inside || (rest != "" && rest[0] != '/') {
		if phoneID(r.Host) != "" {
			s.serveWebView(w, r)
			return
		}
		http.NotFound(w, r)
		return
	}
	if foreign(r) {
		http.Error(w, "cross-site", http.StatusForbidden)
		return
	}
	area, tail, _ := strings.Cut(hostArea(strings.TrimPrefix(rest, "/")), "/")
	switch area {
	case "api":
		s.serveAPI(w, r, "/"+tail)
	case "open":
		s.serveOpen(w, r, "/"+tail)
	case "mp":
		s.serveMP(w, r, "/"+tail)
	case "res":
		s.serveRes(w, r, "/"+tail)
	case "__sim":
		s.serveControl(w, r, "/"+tail)
	default:
		s.serveUI(w, r, rest)
	}
}

// hostArea puts the host in front of a path that was called without one: an app configured with the
// bare base for all of the platform's hosts means the same calls.
func hostArea(path string) string {
	switch first, _, _ := strings.Cut(path, "/"); {
	case path == "cgi-bin/showqrcode":
		return "mp/" + path
	case first == "cgi-bin" || first == "sns":
		return "api/" + path
	case first == "connect":
		return "open/" + path
	}
	return path
}

// foreign reports whether a page of another site tries to change something.
func foreign(r *http.Request) bool {
	return r.Method != http.MethodGet && r.Method != http.MethodHead && r.Header.Get("Sec-Fetch-Site") == "cross-site"
}

// randomText returns n characters of [A-Za-z0-9]. The caller holds mu.
func (s *Sim) randomText(n int) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[s.rng.IntN(len(alphabet))]
	}
	return string(b)
}

// seq numbers messages, calls and pushes in one order. The caller holds mu.
func (s *Sim) seq() int64 {
	s.st.Seq++
	return s.st.Seq
}
