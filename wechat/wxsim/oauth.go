package wxsim

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	codeLife     = 5 * time.Minute
	webTokenLife = 2 * time.Hour
	refreshLife  = 30 * 24 * time.Hour
	// personaCookie remembers, on the simulator's own path, who holds the browser.
	personaCookie = "wxsim_openid"
)

// webGrant is an OAuth code, a web access token or a refresh token.
type webGrant struct {
	kind   string // code, access, refresh
	openID string // the persona's real one
	scope  string
	until  time.Time
	used   bool
}

var goodState = regexp.MustCompile(`^[A-Za-z0-9]{0,128}$`)

// authorizeOrder is the order that the real link is matched against.
var authorizeOrder = []string{"appid", "redirect_uri", "response_type", "scope", "state"}

// serveOpen answers open.weixin.qq.com: the authorize page.
func (s *Sim) serveOpen(w http.ResponseWriter, r *http.Request, path string) {
	if path != "/connect/oauth2/authorize" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if err := s.checkAuthorize(r); err != nil {
		s.note(r, "oauth", path, err.Error())
		s.page(w, http.StatusOK, "oauth_error", map[string]any{"Base": s.opt.Base, "Error": err})
		return
	}
	p, ok := s.whoAsks(r)
	if !ok {
		s.page(w, http.StatusOK, "oauth_pick", map[string]any{"Base": s.opt.Base, "People": s.firstPeople(), "Next": r.URL.RequestURI(), "Account": s.opt.Account})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: personaCookie, Value: p.OpenID, Path: s.opt.Base, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	q := r.URL.Query()
	if q.Get("scope") == "snsapi_userinfo" && q.Get("wxsim_consent") == "" {
		s.page(w, http.StatusOK, "oauth_consent", map[string]any{"Base": s.opt.Base, "Me": p, "Next": r.URL.RequestURI(), "Account": s.opt.Account})
		return
	}
	s.finishAuthorize(w, r, p)
}

func (s *Sim) firstPeople() []Persona {
	people := s.Personas()
	return people[:min(len(people), peopleListed)]
}

// checkAuthorize refuses what the authorize page refuses, with the number it shows.
func (s *Sim) checkAuthorize(r *http.Request) error {
	q := r.URL.Query()
	switch {
	case q.Get("appid") == "":
		return refuse(10012, "appid 参数为空")
	case q.Get("appid") != s.opt.Account.AppID:
		return refuse(10016, "不支持此 AppID 的网页授权")
	case q.Get("redirect_uri") == "":
		return refuse(10011, "redirect_uri 参数为空")
	case q.Get("scope") == "":
		return refuse(10010, "scope 参数为空")
	case q.Get("state") == "":
		return refuse(10013, "state 参数为空")
	case q.Get("scope") != "snsapi_base" && q.Get("scope") != "snsapi_userinfo":
		return refuse(10005, "该公众号没有 %s 权限", q.Get("scope"))
	case q.Get("response_type") != "code" || !inOrder(r.URL.RawQuery):
		return refuse(10000, "链接的参数顺序或 response_type 不对")
	case !goodState.MatchString(q.Get("state")):
		return refuse(10000, "state 只能是 128 个以内的字母和数字")
	}
	to, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || (to.Scheme != "http" && to.Scheme != "https") || !s.allowedHost(to.Host) {
		return refuse(10003, "redirect_uri 域名与后台配置不一致")
	}
	return nil
}

// inOrder reports whether the known parameters appear in the documented order, with nothing before them.
func inOrder(rawQuery string) bool {
	var names []string
	for _, pair := range strings.Split(rawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	return len(names) >= len(authorizeOrder) && slices.Equal(names[:len(authorizeOrder)], authorizeOrder)
}

// allowedHost compares a host with the domains of the account: exactly, port included, because on
// loopback the port is what tells two apps apart. A phone's own host stands for the app's.
func (s *Sim) allowedHost(host string) bool {
	if phoneID(host) != "" {
		return true
	}
	if len(s.opt.Account.Domains) == 0 {
		return host == s.app.Host
	}
	return slices.Contains(s.opt.Account.Domains, host)
}

// whoAsks names the persona by the phone's host, the query, or the cookie, in this order.
func (s *Sim) whoAsks(r *http.Request) (Persona, bool) {
	keys := []string{phoneID(r.Host), r.URL.Query().Get("wxsim_openid")}
	if cookie, err := r.Cookie(personaCookie); err == nil {
		keys = append(keys, cookie.Value)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		if p := s.find(key); key != "" && p != nil {
			return p.Persona, true
		}
	}
	return Persona{}, false
}

// finishAuthorize sends the browser back with a fresh code, or without one after a refusal.
func (s *Sim) finishAuthorize(w http.ResponseWriter, r *http.Request, p Persona) {
	q := r.URL.Query()
	to, err := url.Parse(q.Get("redirect_uri"))
	if err != nil {
		http.Error(w, "redirect_uri", http.StatusBadRequest)
		return
	}
	back := to.Query()
	if q.Get("wxsim_consent") != "0" {
		back.Set("code", s.Authorize(p.OpenID, q.Get("scope")))
	}
	back.Set("state", q.Get("state"))
	to.RawQuery = back.Encode()
	s.note(r, "oauth", "/connect/oauth2/authorize", "302 → "+to.Host+to.Path)
	if host := phoneID(r.Host); host != "" {
		to.Scheme, to.Host = "http", r.Host
	}
	http.Redirect(w, r, to.String(), http.StatusFound)
}

// Authorize returns a code as if the persona had opened the authorize link.
func (s *Sim) Authorize(openID, scope string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	value := "0" + s.randomText(31)
	s.web[value] = &webGrant{kind: "code", openID: openID, scope: scope, until: s.clock.Now().Add(codeLife)}
	return value
}
