package wxsim

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// sandboxView is the whole page.
type sandboxView struct {
	Base    string
	Account Account
	Now     time.Time
	Phones  []phoneView
	People  []Persona
	Shown   map[string]bool
	Log     logView
	Faults  []faultButton
}

func (s *Sim) sandboxView(r *http.Request) sandboxView {
	people := s.Personas()
	v := sandboxView{Base: s.opt.Base, Account: s.opt.Account, Now: s.Now(), Shown: map[string]bool{}, Log: s.logView(), Faults: faultButtons()}
	for _, id := range s.chosen(r, people) {
		v.Shown[id] = true
		v.Phones = append(v.Phones, s.phoneView(r, id))
	}
	v.People = people[:min(len(people), peopleListed)]
	return v
}

// chosen lists the personas to show: those of the query, or the first three.
func (s *Sim) chosen(r *http.Request, people []Persona) []string {
	var out []string
	for _, value := range r.URL.Query()["phones"] {
		for _, id := range strings.Split(value, ",") {
			known := slices.ContainsFunc(people, func(p Persona) bool { return p.ID == id })
			if known && !slices.Contains(out, id) && len(out) < phonesMax {
				out = append(out, id)
			}
		}
	}
	for _, p := range people {
		if len(r.URL.Query()["phones"]) == 0 && len(out) < phonesShown {
			out = append(out, p.ID)
		}
	}
	return out
}

// phoneView is one phone.
type phoneView struct {
	Persona
	Base    string
	Account Account
	Now     time.Time
	Lines   []chatLine
	Menu    []button
	Typing  bool
	Codes   []codeView
	phoneOf func(string) string
}

// chatLine is a message with the time stamp that stands above it, if one does.
type chatLine struct {
	Message
	Stamp   bool
	Me      Persona
	Account Account
	Base    string
	Open    string // where its card leads, on the phone's host
	phoneOf func(string) string
}

// Link is the address of an anchor inside the text, on the phone's host.
func (l chatLine) Link(to string) string { return l.phoneOf(to) }

// menuButton is a button and, for a view button, the page it opens.
type menuButton struct{ Name, Key, Href string }

// Button prepares a menu button for this phone.
func (v phoneView) Button(b button) menuButton {
	if b.Type == "view" {
		return menuButton{b.Name, b.URL, v.phoneOf(b.URL)}
	}
	return menuButton{b.Name, b.Key, ""}
}

// Link is the address of a page of the app on the phone's host.
func (v phoneView) Link(to string) string { return v.phoneOf(to) }

func (s *Sim) phoneView(r *http.Request, id string) phoneView {
	_, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		port = s.app.Port()
	}
	codes := s.codes()
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.find(id)
	if p == nil {
		return phoneView{Base: s.opt.Base, Account: s.opt.Account, Now: s.Now(), phoneOf: func(to string) string { return to }}
	}
	v := phoneView{Persona: p.Persona, Base: s.opt.Base, Account: s.opt.Account, Now: s.Now(), Menu: s.buttons(),
		Typing: p.TypingUntil.After(s.clock.Now()), Codes: codes,
		phoneOf: func(to string) string { return s.phoneURL(p.ID, to, port) }}
	var before time.Time
	for _, m := range p.Chat[max(0, len(p.Chat)-chatShown):] {
		line := chatLine{Message: m, Stamp: m.At.Sub(before).Abs() > 5*time.Minute, Me: p.Persona, Account: s.opt.Account, Base: s.opt.Base, phoneOf: v.phoneOf}
		if m.URL != "" {
			line.Open = v.phoneOf(m.URL)
		}
		before = m.At
		v.Lines = append(v.Lines, line)
	}
	return v
}

// logView is the log panel, newest first.
type logView struct {
	Entries []Entry
	Names   map[string]string
	Faults  []Fault
}

const logShown = 80

func (s *Sim) logView() logView {
	v := logView{Names: map[string]string{}, Faults: s.Faults()}
	for _, p := range s.Personas() {
		v.Names[p.OpenID] = p.Nickname
	}
	all := s.Log(0)
	for i := len(all) - 1; i >= 0 && len(v.Entries) < logShown; i-- {
		v.Entries = append(v.Entries, all[i])
	}
	return v
}
