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

// snsToken trades a code, once and within five minutes.
func (s *Sim) snsToken(c *call) (reply, error) {
	if c.q.Get("appid") != s.opt.Account.AppID {
		return reply{}, refuse(40029, "invalid code")
	}
	if err := s.checkAccount(c.q.Get("appid"), c.q.Get("secret")); err != nil {
		return reply{}, err
	}
	if c.q.Get("grant_type") != "authorization_code" {
		return reply{}, refuse(40002, "invalid grant_type")
	}
	g := s.web[c.q.Get("code")]
	switch {
	case c.q.Get("code") == "":
		return reply{}, refuse(41008, "missing code")
	case g == nil || g.kind != "code":
		return reply{}, refuse(40029, "invalid code")
	case g.used:
		return reply{}, refuse(40163, "code been used")
	case !g.until.After(c.now):
		return reply{}, refuse(42003, "code expired")
	}
	g.used = true
	return s.webTokens(g, c.now)
}

// webTokens answers with a new access token and a refresh token. A snapshot page gets a virtual person.
func (s *Sim) webTokens(g *webGrant, now time.Time) (reply, error) {
	p, err := s.byOpenID(g.openID)
	if err != nil {
		return reply{}, err
	}
	access, refresh := "web_"+s.randomText(90), "ref_"+s.randomText(90)
	s.web[access] = &webGrant{kind: "access", openID: g.openID, scope: g.scope, until: now.Add(webTokenLife)}
	s.web[refresh] = &webGrant{kind: "refresh", openID: g.openID, scope: g.scope, until: now.Add(refreshLife)}
	out := ok{"access_token": access, "expires_in": int(webTokenLife.Seconds()), "refresh_token": refresh,
		"openid": publicOpenID(p), "scope": g.scope}
	if p.Snapshot {
		out["is_snapshotuser"] = 1
	} else if g.scope == "snsapi_userinfo" {
		out["unionid"] = p.UnionID
	}
	return reply{v: out}, nil
}

func publicOpenID(p *phone) string {
	if p.Snapshot {
		return "o" + digest("snapshot" + p.OpenID)[:27]
	}
	return p.OpenID
}

func (s *Sim) snsRefresh(c *call) (reply, error) {
	g := s.web[c.q.Get("refresh_token")]
	switch {
	case c.q.Get("appid") != s.opt.Account.AppID:
		return reply{}, refuse(40013, "invalid appid")
	case g == nil || g.kind != "refresh":
		return reply{}, refuse(40030, "invalid refresh_token")
	case !g.until.After(c.now):
		return reply{}, refuse(42002, "refresh_token expired")
	}
	return s.webTokens(g, c.now)
}

// webToken finds the persona of a web access token that belongs to the openid in the query.
func (s *Sim) webToken(c *call) (*phone, *webGrant, error) {
	g := s.web[c.q.Get("access_token")]
	switch {
	case g == nil || g.kind != "access":
		return nil, nil, refuse(40001, "invalid credential, access_token is invalid or not latest")
	case !g.until.After(c.now):
		return nil, nil, refuse(42001, "access_token expired")
	}
	p, err := s.byOpenID(g.openID)
	if err != nil || publicOpenID(p) != c.q.Get("openid") {
		return nil, nil, refuse(40003, "invalid openid")
	}
	return p, g, nil
}

func (s *Sim) snsUserInfo(c *call) (reply, error) {
	p, g, err := s.webToken(c)
	if err != nil {
		return reply{}, err
	}
	if g.scope != "snsapi_userinfo" {
		return reply{}, refuse(48001, "api unauthorized")
	}
	name := p.Nickname
	if p.Snapshot {
		name = "微信用户"
	}
	return reply{v: ok{"openid": publicOpenID(p), "nickname": name, "sex": 0, "province": "", "city": "", "country": "",
		"headimgurl": "", "privilege": []string{}, "unionid": p.UnionID}}, nil
}

func (s *Sim) snsAuth(c *call) (reply, error) {
	if _, _, err := s.webToken(c); err != nil {
		return reply{}, err
	}
	return okReply(nil), nil
}
