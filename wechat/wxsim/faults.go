package wxsim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jushou/internal/fault"
)

// Fault is one thing that goes wrong on purpose. Actions on calls that the app makes:
//
//	errcode:N         answer that errcode without doing anything
//	http:N            status N with an HTML body, nothing done
//	delay:MS          do it, then answer after MS milliseconds: a late success
//	drop              close the connection without an answer, nothing done
//	dropAfter         do it, then close the connection
//	half              do it, then cut the JSON in the middle
//	html200, emptyBody  do it, then answer with a page or nothing, status 200
//	tokenRevoke       every access token dies first, as when another system fetches one
//	quota0 (or quota:0), ipBlocked, secretFrozen   45009, 40164, 40243
//
// Actions on pushes to the app (see push_faults.go): duplicate:N, concurrent, reorder, badSignature,
// badMsgSignature, wrongAppid, plaintext, stale, replay, oversize, controlChars, unknownEvent,
// unknownFields, missingMsgId, doctype.
type Fault struct {
	Match       Match   `json:"match"`
	Nth         int     `json:"nth,omitempty"`         // begins with the nth match; 0 and 1 are the first
	Times       int     `json:"times,omitempty"`       // 0 is once, negative for ever
	Probability float64 `json:"probability,omitempty"` // 0 is always
	Action      string  `json:"action"`

	seen, done int
}

// Match says which calls or pushes a Fault concerns; an empty field matches all.
type Match struct {
	Path     string `json:"path,omitempty"` // a suffix, for example template/send
	Method   string `json:"method,omitempty"`
	OpenID   string `json:"openid,omitempty"`
	Template string `json:"template,omitempty"`
}

var errBadFault = fault.New(fault.Invalid, "wxsim.bad_fault")

var callActions = map[string]bool{"errcode": true, "http": true, "delay": true, "drop": true, "dropAfter": true, "half": true,
	"html200": true, "emptyBody": true, "tokenRevoke": true, "quota0": true, "quota": true, "ipBlocked": true, "secretFrozen": true}

// verb splits "delay:6000".
func (f *Fault) verb() (string, int) {
	if f == nil {
		return "", 0
	}
	name, arg, _ := strings.Cut(f.Action, ":")
	n, err := strconv.Atoi(arg)
	if err != nil {
		n = 0
	}
	return name, n
}

func (f *Fault) onPush() bool {
	name, _ := f.verb()
	return pushActions[name]
}

// Inject adds faults to those that wait. It refuses an unknown action and then adds none.
func (s *Sim) Inject(faults ...Fault) error {
	for _, f := range faults {
		name, _ := f.verb()
		if !callActions[name] && !pushActions[name] {
			return errBadFault.With("action", f.Action)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range faults {
		s.faults = append(s.faults, &f)
	}
	return nil
}

// ClearFaults removes every waiting fault.
func (s *Sim) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// Faults returns those that still wait.
func (s *Sim) Faults() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []Fault{}
	for _, f := range s.faults {
		if !f.spent() {
			out = append(out, *f)
		}
	}
	return out
}

func (f *Fault) spent() bool { return f.Times >= 0 && f.done >= max(f.Times, 1) }

// fires counts a match and says whether the fault happens now. The caller holds mu.
func (s *Sim) fires(f *Fault) bool {
	if f.spent() {
		return false
	}
	f.seen++
	if f.seen < f.Nth || (f.Probability > 0 && s.rng.Float64() >= f.Probability) {
		return false
	}
	f.done++
	return true
}

// takeFault returns the first waiting fault that concerns this call, or nil.
func (s *Sim) takeFault(r *http.Request, path string, body []byte) *Fault {
	var in struct {
		ToUser   string `json:"touser"`
		Template string `json:"template_id"`
	}
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) && json.Unmarshal(body, &in) != nil {
		in.ToUser = ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		m := f.Match
		if f.onPush() || !strings.HasSuffix(path, m.Path) || (m.Method != "" && m.Method != r.Method) ||
			(m.OpenID != "" && m.OpenID != in.ToUser) || (m.Template != "" && m.Template != in.Template) {
			continue
		}
		if s.fires(f) {
			return f
		}
	}
	return nil
}

// refusal is the fault's own answer, given before the call does anything; tokenRevoke has none, it
// only makes the call's token bad. The caller holds mu.
func (f *Fault) refusal(c *call) error {
	switch name, n := f.verb(); name {
	case "errcode":
		return refuse(n, "injected")
	case "quota0", "quota":
		return refuse(45009, "reach max api daily quota limit")
	case "ipBlocked":
		return refuse(40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist")
	case "secretFrozen":
		return refuse(40243, "AppSecret has been frozen")
	}
	return nil
}

// breakEarly handles faults that keep the call from being done at all.
func (s *Sim) breakEarly(w http.ResponseWriter, r *http.Request, path string, body []byte, f *Fault) bool {
	name, n := f.verb()
	c := &call{r: r, q: r.URL.Query(), body: body}
	switch name {
	case "tokenRevoke":
		s.RevokeTokens()
		return false
	case "http":
		s.record(c, path, reply{}, refuse(n, "HTTP %d", n), f)
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(n)
		fmt.Fprintf(w, "<html><head><title>%d</title></head><body><center><h1>%d %s</h1></center></body></html>", n, n, http.StatusText(n))
		return true
	case "drop":
		s.record(c, path, reply{}, refuse(-1, "dropped"), f)
		hangUp(w)
		return true
	}
	return false
}

// breakLate spoils the answer of a call that has been done.
func (s *Sim) breakLate(w http.ResponseWriter, r *http.Request, out rendered, f *Fault) bool {
	switch name, n := f.verb(); name {
	case "delay":
		pause := time.NewTimer(time.Duration(n) * time.Millisecond)
		defer pause.Stop()
		select {
		case <-pause.C:
		case <-r.Context().Done():
		}
		return false
	case "dropAfter":
		hangUp(w)
	case "half":
		out.body = out.body[:len(out.body)/2]
		out.write(w)
	case "html200":
		rendered{kind: "text/html", body: []byte("<!doctype html><title>502</title><h1>Bad Gateway</h1>")}.write(w)
	case "emptyBody":
		rendered{kind: jsonType}.write(w)
	default:
		return false
	}
	return true
}

// hangUp closes the connection without an answer. Behind an adaptor that cannot give the connection
// away it answers an empty 502 instead.
func hangUp(w http.ResponseWriter) {
	if h, can := w.(http.Hijacker); can {
		if conn, _, err := h.Hijack(); err == nil {
			conn.Close()
			return
		}
	}
	w.Header().Set("Connection", "close")
	w.WriteHeader(http.StatusBadGateway)
}
