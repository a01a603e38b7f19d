package wxsim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jushou/internal/fault"
)

// serveControl answers the control and assertions API, which tests and the chat page use. It has no
// login: the simulator listens where the app listens, and the app refuses to mount it in production.
func (s *Sim) serveControl(w http.ResponseWriter, r *http.Request, path string) {
	out, err := s.control(r, path)
	w.Header().Set("Content-Type", jsonType)
	w.Header().Set("Cache-Control", "no-store")
	if err != nil {
		w.WriteHeader(statusOf(err))
		w.Write(encode(ok{"code": fault.CodeOf(err), "detail": err.Error()}))
		return
	}
	w.Write(encode(out))
}

func statusOf(err error) int {
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	}
	var no refusal
	if errors.As(err, &no) {
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

var (
	errNoRoute = fault.New(fault.NotFound, "wxsim.no_such_control")
	errBadBody = fault.New(fault.Invalid, "wxsim.bad_body")
)

func (s *Sim) control(r *http.Request, path string) (any, error) {
	if who, is := strings.CutPrefix(path, "/inbox/"); is && r.Method == http.MethodGet {
		return s.inbox(who)
	}
	switch r.Method + " " + path {
	case "GET /log":
		since, err := strconv.ParseInt(orElse(r.URL.Query().Get("since"), "0"), 10, 64)
		if err != nil {
			return nil, errBadBody.On("since")
		}
		return ok{"entries": s.Log(since)}, nil
	case "GET /counters":
		return s.Counters(), nil
	case "GET /clock":
		return s.clockView(), nil
	case "POST /clock":
		return read(r, s.moved)
	case "GET /faults":
		return ok{"faults": s.Faults()}, nil
	case "PUT /faults":
		return read(r, s.setFaults)
	case "DELETE /faults":
		s.ClearFaults()
		return ok{}, nil
	case "GET /personas":
		return ok{"personas": s.Personas()}, nil
	case "POST /personas":
		return read(r, func(p Persona) (any, error) { return s.AddPersona(p), nil })
	case "GET /codes":
		return ok{"codes": s.codes()}, nil
	case "PUT /labels":
		return read(r, s.setLabels)
	case "POST /push":
		return read(r, s.pushNow)
	case "POST /jsconfig":
		return read(r, s.checkJSConfig)
	case "POST /revoke":
		s.RevokeTokens()
		return ok{}, nil
	case "POST /reset":
		s.Reset()
		return ok{}, nil
	}
	return nil, errNoRoute.With("route", r.Method+" "+path)
}

// read decodes the body and calls f.
func read[T any](r *http.Request, f func(T) (any, error)) (any, error) {
	var in T
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody*2))
	if err != nil {
		return nil, errBadBody.Because(fmt.Errorf("read: %w", err))
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return nil, errBadBody.Because(fmt.Errorf("decode: %w", err))
	}
	return f(in)
}

func (s *Sim) inbox(who string) (any, error) {
	s.mu.Lock()
	p := s.find(who)
	s.mu.Unlock()
	if p == nil {
		return nil, errNoPersona.With("who", who)
	}
	return ok{"persona": p.Persona, "messages": s.Chat(who)}, nil
}

func (s *Sim) clockView() any {
	return ok{"now": s.Now().Format("2006-01-02T15:04:05.000-07:00"), "offset_seconds": int64(s.clock.Offset().Seconds())}
}

func (s *Sim) moved(m clockMove) (any, error) {
	if _, err := s.moveClock(m); err != nil {
		return nil, err
	}
	return s.clockView(), nil
}

// setFaults replaces the waiting faults.
func (s *Sim) setFaults(list []Fault) (any, error) {
	old := s.Faults()
	s.ClearFaults()
	if err := s.Inject(list...); err != nil {
		return nil, errors.Join(err, s.Inject(old...))
	}
	return ok{"faults": s.Faults()}, nil
}

func (s *Sim) setLabels(labels map[string]string) (any, error) {
	for scene, label := range labels {
		s.LabelScene(scene, label)
	}
	return ok{}, nil
}

// codeView is one line of the 扫一扫 list.
type codeView struct {
	Scene string `json:"scene"`
	Label string `json:"label"`
	Image string `json:"image"`
	URL   string `json:"url"`
}

// codes returns the live codes: those on walls in the order in which they were hung, then the others, newest first.
func (s *Sim) codes() []codeView {
	s.mu.Lock()
	defer s.mu.Unlock()
	named, rest := []codeView{}, []codeView{}
	now := s.clock.Now()
	for _, k := range s.st.Codes {
		if !k.live(now) {
			continue
		}
		v := codeView{Scene: k.Scene, Label: s.st.Labels[k.Scene], Image: s.showURL(k), URL: k.URL}
		if v.Label != "" {
			named = append(named, v)
		} else {
			v.Label = k.Scene
			rest = append(rest, v)
		}
	}
	slices.Reverse(rest)
	return append(named, rest...)
}

// pushOrder asks for an act of a persona.
type pushOrder struct {
	OpenID string `json:"openid"` // or the persona's ID
	Kind   string `json:"kind"`   // text, photo, follow, unfollow, scan, click, choose
	Text   string `json:"text"`
	Photo  []byte `json:"photo"` // base64
	Scene  string `json:"scene"`
	Key    string `json:"key"`
	Async  bool   `json:"async"` // answer at once
}

func (s *Sim) pushNow(o pushOrder) (any, error) {
	act, known := map[string]func() (Delivery, error){
		"text":     func() (Delivery, error) { return s.SendText(o.OpenID, o.Text) },
		"photo":    func() (Delivery, error) { return s.SendPhoto(o.OpenID, o.Photo) },
		"follow":   func() (Delivery, error) { return s.Follow(o.OpenID, o.Scene) },
		"unfollow": func() (Delivery, error) { return s.Unfollow(o.OpenID) },
		"scan":     func() (Delivery, error) { return s.Scan(o.OpenID, o.Scene) },
		"click":    func() (Delivery, error) { return s.ClickMenu(o.OpenID, o.Key) },
		"choose":   func() (Delivery, error) { return s.Choose(o.OpenID, o.Key) },
	}[o.Kind]
	if !known {
		return nil, errBadBody.On("kind")
	}
	if !o.Async {
		d, err := act()
		if err != nil {
			return nil, err
		}
		return d, nil
	}
	s.background(func() {
		if _, err := act(); err != nil {
			s.opt.Log.Info("act", "kind", o.Kind, "err", err)
		}
	})
	return ok{}, nil
}
