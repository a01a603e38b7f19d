package wxsim

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jushou/internal/fault"
)

//go:embed ui
var assets embed.FS

// phonesShown is how many phones the page opens with, and phonesMax how many fit.
const (
	phonesShown = 3
	phonesMax   = 4
	chatShown   = 60 // newest messages of a chat on the page

	// peopleListed bounds the picker: a benchmark adds a whole town.
	peopleListed = 60
)

// policy lets the page frame the phones' web views and nothing else of the outside.
const policy = "default-src 'self'; img-src 'self' data: blob:; frame-src 'self' http://*.localhost:* http://*.localhost; frame-ancestors 'self'; base-uri 'none'; form-action 'self' http://*.localhost:*"

func parsePages() (*template.Template, error) {
	t := template.New("").Funcs(template.FuncMap{
		"stamp": stampText, "initial": initial, "segments": segments, "wall": wall, "line": logLine, "bad": logBad, "exercise": exercise,
	})
	t, err := t.ParseFS(assets, "ui/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	return t, nil
}

// page renders to a buffer first, so that half a page never follows an error.
func (s *Sim) page(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, data); err != nil {
		s.opt.Log.Error("page", "name", name, "err", err)
		http.Error(w, "页面出错了", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// serveUI answers the chat page, its parts and its forms.
func (s *Sim) serveUI(w http.ResponseWriter, r *http.Request, path string) {
	switch {
	case path == "":
		http.Redirect(w, r, s.opt.Base+"/", http.StatusFound)
	case path == "/":
		s.page(w, http.StatusOK, "sandbox", s.sandboxView(r))
	case strings.HasPrefix(path, "/assets/"):
		s.serveAsset(w, r, strings.TrimPrefix(path, "/assets/"))
	case strings.HasPrefix(path, "/ui/phone/"):
		s.fragment(w, r, "phone", s.phoneView(r, strings.TrimPrefix(path, "/ui/phone/")))
	case path == "/ui/log":
		s.fragment(w, r, "log", s.logView())
	case strings.HasPrefix(path, "/open-as/"):
		s.openAs(w, r, strings.TrimPrefix(path, "/open-as/"))
	case r.Method == http.MethodPost:
		s.serveForm(w, r, path)
	default:
		http.NotFound(w, r)
	}
}

func (s *Sim) serveAsset(w http.ResponseWriter, r *http.Request, name string) {
	kinds := map[string]string{"sim.css": "text/css; charset=utf-8", "sim.js": "text/javascript; charset=utf-8"}
	body, err := assets.ReadFile("ui/" + name)
	if err != nil || kinds[name] == "" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kinds[name])
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(body)
}

// fragment renders a part of the page and answers 304 when the page has it already.
func (s *Sim) fragment(w http.ResponseWriter, r *http.Request, name string, data any) {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, data); err != nil {
		s.opt.Log.Error("fragment", "name", name, "err", err)
		http.Error(w, "页面出错了", http.StatusInternalServerError)
		return
	}
	tag := `"` + digest(b.String())[:16] + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Now", s.Now().Format(time.RFC3339))
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(b.Bytes())
}

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

// openAs opens a page of the app as a persona in an ordinary tab, for browsers that do not resolve
// names under localhost: it remembers the persona for the authorize page and goes on. All personas
// opened this way share the app's cookies, so only the newest is signed in.
func (s *Sim) openAs(w http.ResponseWriter, r *http.Request, who string) {
	s.mu.Lock()
	p := s.find(who)
	s.mu.Unlock()
	to, err := url.Parse(orElse(r.URL.Query().Get("url"), "/"))
	if p == nil || err != nil || (to.Host != "" && to.Host != s.app.Host) || (to.Scheme != "" && to.Scheme != s.app.Scheme) {
		http.NotFound(w, r)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: personaCookie, Value: p.OpenID, Path: s.opt.Base, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/"+strings.TrimLeft(to.RequestURI(), "/"), http.StatusFound)
}

var errNoForm = fault.New(fault.NotFound, "wxsim.no_such_form")

// serveForm runs a form of the page. A script gets 204 or the sentence of what is wrong; a browser
// without one goes back to the page.
func (s *Sim) serveForm(w http.ResponseWriter, r *http.Request, path string) {
	if path == "/ui/media" {
		s.takeMedia(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseMultipartForm(maxBody); err != nil && err != http.ErrNotMultipart {
		http.Error(w, "图片太大了，换一张小于 10 MB 的", http.StatusRequestEntityTooLarge)
		return
	}
	err := s.runForm(r, path)
	if r.Header.Get("X-Requested-With") != "" {
		if err != nil {
			http.Error(w, sentence(err), statusOf(err))
			return
		}
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Redirect(w, r, s.backTo(r), http.StatusSeeOther)
}

// backTo is the page that a form without a script returns to: the one it was on, with the newcomer's
// phone if there is one.
func (s *Sim) backTo(r *http.Request) string {
	home := s.opt.Base + "/"
	if from, err := url.Parse(r.Referer()); err == nil && from.Path == home {
		home = from.RequestURI()
	}
	name := strings.TrimSpace(r.FormValue("nickname"))
	people := s.Personas()
	if name == "" || len(people) == 0 || people[len(people)-1].Nickname != name {
		return home
	}
	shown := slices.DeleteFunc(strings.Split(r.FormValue("shown"), ","), func(id string) bool { return id == "" })
	shown = append(shown[:min(len(shown), phonesShown-1)], people[len(people)-1].ID)
	return s.opt.Base + "/?phones=" + url.QueryEscape(strings.Join(shown, ","))
}

// runForm starts the act in the background: the page polls, so a slow webhook does not hold the form.
func (s *Sim) runForm(r *http.Request, path string) error {
	switch path {
	case "/ui/act":
		o := pushOrder{OpenID: r.FormValue("who"), Kind: r.FormValue("kind"), Text: r.FormValue("text"), Scene: r.FormValue("scene"), Key: r.FormValue("key")}
		if file, _, err := r.FormFile("photo"); err == nil {
			defer file.Close()
			if o.Photo, err = io.ReadAll(file); err != nil {
				return errNotAPicture.Because(fmt.Errorf("read photo: %w", err))
			}
			if pictureKind(o.Photo) == "" {
				return errNotAPicture
			}
		}
		o.Async = true
		_, err := s.pushNow(o)
		return err
	case "/ui/clock":
		_, err := s.moveClock(clockMove{Advance: r.FormValue("advance"), Next: r.FormValue("next"), Set: r.FormValue("set")})
		if err == nil && r.FormValue("quiet") != "" {
			s.waitQuiet()
		}
		return err
	case "/ui/fault":
		return s.pressFault(r.FormValue("name"))
	case "/ui/persona":
		name := strings.TrimSpace(r.FormValue("nickname"))
		if name == "" {
			return errEmptyText
		}
		s.AddPersona(Persona{ID: "p" + strings.ToLower(digest(name + s.Now().String())[:6]), Nickname: name, Note: "新来的人"})
		return nil
	}
	return errNoForm.With("path", path)
}

// takeMedia is wx.uploadImage: the picture's bytes as the body, the media id as the answer.
func (s *Sim) takeMedia(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	kind := pictureKind(body)
	if err != nil || kind == "" {
		http.Error(w, "not a picture", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	id := s.keep(kind, body, s.clock.Now())
	s.mu.Unlock()
	w.Header().Set("Content-Type", jsonType)
	w.Write(encode(ok{"media_id": id}))
}
