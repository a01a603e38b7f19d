package wxsim

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
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
