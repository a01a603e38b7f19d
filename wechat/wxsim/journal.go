package wxsim

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// journalLength is how many entries the log keeps at least; older ones are dropped.
const journalLength = 5000

// Entry is one line of the log: a call that the app made or a push that it got. Secrets are replaced by
// a short digest, so that two tokens can still be told apart.
type Entry struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`   // on the virtual clock
	Kind    string    `json:"kind"` // api, oauth, push, jssdk
	Method  string    `json:"method,omitempty"`
	Path    string    `json:"path"`
	Query   string    `json:"query,omitempty"`
	Body    string    `json:"body,omitempty"`
	OpenID  string    `json:"openid,omitempty"`
	Code    int       `json:"errcode"`
	Result  string    `json:"result"`
	Fault   string    `json:"fault,omitempty"`
	Attempt int       `json:"attempt,omitempty"` // of a push, from 1
	Status  int       `json:"status,omitempty"`  // the webhook's HTTP status
	TookMS  int64     `json:"took_ms,omitempty"`
}

// Counters are totals since the start or the last reset.
type Counters struct {
	Calls     map[string]int `json:"calls"` // per path, today
	Pushes    int            `json:"pushes"`
	Attempts  int            `json:"attempts"`
	Failed    int            `json:"failed"`   // pushes that ended in the fault text
	Shown     int            `json:"shown"`    // messages of the account in chats
	Templates int            `json:"template"` // accepted template/send calls
	Passive   int            `json:"passive"`
}

// Log returns the entries after since, oldest first.
func (s *Sim) Log(since int64) []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []Entry{}
	for _, e := range s.journal {
		if e.Seq > since {
			out = append(out, e)
		}
	}
	return out
}

// Counters returns the totals.
func (s *Sim) Counters() Counters {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.counts
	c.Calls = map[string]int{}
	for path, n := range s.calls {
		c.Calls[path] = n
	}
	return c
}

func (s *Sim) enter(e Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e.Seq, e.At = s.seq(), s.clock.Now()
	s.journal = latest(append(s.journal, e), journalLength)
}

// record logs an API call with its answer.
func (s *Sim) record(c *call, path string, a reply, err error, fault *Fault) {
	e := Entry{Kind: "api", Method: c.r.Method, Path: path, Query: redactQuery(c.q), Body: redactBody(c.body), Result: "ok"}
	var no refusal
	if errors.As(err, &no) {
		e.Code, e.Result = no.code, no.msg
	}
	if fault != nil {
		e.Fault = fault.Action
	}
	var in struct {
		ToUser string `json:"touser"`
		OpenID string `json:"openid"`
	}
	if json.Unmarshal(c.body, &in) == nil {
		e.OpenID = in.ToUser + in.OpenID
	}
	s.enter(e)
}

// note logs what happened on a page of the platform.
func (s *Sim) note(r *http.Request, kind, path, result string) {
	e := Entry{Kind: kind, Method: r.Method, Path: path, Query: redactQuery(r.URL.Query()), Result: result}
	if p, known := s.whoAsks(r); known {
		e.OpenID = p.OpenID
	}
	s.enter(e)
}

var secretKeys = map[string]bool{"access_token": true, "secret": true, "appsecret": true, "code": true, "refresh_token": true}

var secretJSON = regexp.MustCompile(`"(secret|appsecret|access_token|refresh_token)"\s*:\s*"([^"]*)"`)

func redactQuery(q url.Values) string {
	safe := url.Values{}
	for key, values := range q {
		for _, v := range values {
			if secretKeys[key] {
				v = mark(v)
			}
			safe.Add(key, v)
		}
	}
	return safe.Encode()
}

// redactBody keeps the first two thousand characters of a textual body.
func redactBody(body []byte) string {
	text := strings.ToValidUTF8(string(body[:min(len(body), 2000)]), "")
	if strings.ContainsRune(text, 0) {
		return "(binary)"
	}
	return secretJSON.ReplaceAllStringFunc(text, func(m string) string {
		parts := secretJSON.FindStringSubmatch(m)
		return `"` + parts[1] + `":"` + mark(parts[2]) + `"`
	})
}

func mark(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return "hidden~" + hex.EncodeToString(sum[:3])
}
