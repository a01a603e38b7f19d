package wxsim

import (
	"bytes"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
)

// phoneDomain ends the host names of the phones. Browsers resolve every name under localhost to the
// loopback address without asking anyone.
const phoneDomain = ".phone.localhost"

// webViewAgent ends the user agent of WeChat's browser.
const webViewAgent = "Mozilla/5.0 (Linux; Android 14; V2304A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/134.0.0.0 Mobile Safari/537.36 XWEB/1340129 MMWEBSDK/20240404 MMWEBID/4975 MicroMessenger/8.0.49.2600(0x2800315A) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64"

// maxRewritten bounds the pages in which addresses are replaced; larger ones pass as they are. maxProxied
// bounds what a phone may send: more than the app takes, so that its own refusal is seen.
const (
	maxRewritten = 2 << 20
	maxProxied   = 64 << 20
)

// phoneID returns the persona's ID in a phone's host name, or "".
func phoneID(host string) string {
	name, _, _ := strings.Cut(host, ":")
	id, is := strings.CutSuffix(name, phoneDomain)
	if !is {
		return ""
	}
	return id
}

// serveWebView is the browser inside a phone. Each persona has a host name of its own, so that pages of
// several persons stand side by side in one window, and the simulator keeps each person's cookies
// itself, as a phone does: a cookie of the app would not be sent from inside a frame of another site.
// The app sees requests to its own public address from WeChat's user agent and nothing of the phone's host.
func (s *Sim) serveWebView(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	p := s.find(phoneID(r.Host))
	if p != nil && p.jar == nil {
		p.jar = newJar()
	}
	s.mu.Unlock()
	if p == nil {
		http.Error(w, "没有这个人", http.StatusNotFound)
		return
	}
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		w.WriteHeader(http.StatusNoContent) // a frame behind an adaptor cannot stream; the page falls back
		return
	}
	origin, err := url.Parse(s.opt.AppOrigin)
	if err != nil {
		http.Error(w, "AppOrigin", http.StatusInternalServerError)
		return
	}
	v := view{sim: s, jar: p.jar, to: origin, outside: "http://" + r.Host, inside: s.opt.AppURL}
	proxy := &httputil.ReverseProxy{Transport: s.opt.Transport, Rewrite: v.request, ModifyResponse: v.response,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			s.opt.Log.Info("web view", "err", err)
			http.Error(w, "页面打不开，请稍后再试", http.StatusBadGateway)
		}}
	proxy.ServeHTTP(w, r)
}

func newJar() *cookiejar.Jar {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil
	}
	return jar
}

// view translates between the phone's address and the app's.
type view struct {
	sim     *Sim
	jar     *cookiejar.Jar
	to      *url.URL
	outside string // http://lin.phone.localhost:8080
	inside  string // the app's public address
}

func (v view) request(pr *httputil.ProxyRequest) {
	out := pr.Out
	out.URL.Scheme, out.URL.Host = v.to.Scheme, v.to.Host
	out.Host = v.sim.app.Host
	out.URL.RawQuery = v.inward(out.URL.RawQuery)
	for _, name := range []string{"Origin", "Referer", "Hx-Current-Url"} {
		if h := out.Header.Get(name); h != "" {
			out.Header.Set(name, v.inward(h))
		}
	}
	out.Header.Set("User-Agent", webViewAgent)
	out.Header.Del("Accept-Encoding")
	if out.Header.Get("Sec-Fetch-Site") == "cross-site" { // only the outer frame is foreign
		out.Header.Set("Sec-Fetch-Site", "none")
		out.Header.Set("Sec-Fetch-Dest", "document")
	}
	out.Header.Del("Cookie")
	for _, c := range v.jar.Cookies(v.sim.app) {
		out.AddCookie(c)
	}
	v.requestBody(out)
}

// requestBody reads the whole body, because the transport may still be sending it when an adaptor takes
// its buffer back, and translates addresses in forms and JSON.
func (v view) requestBody(out *http.Request) {
	if out.Body == nil {
		return
	}
	body, err := io.ReadAll(io.LimitReader(out.Body, maxProxied))
	if err != nil {
		v.sim.opt.Log.Info("web view: request body", "err", err)
	}
	if kind := out.Header.Get("Content-Type"); strings.Contains(kind, "json") || strings.Contains(kind, "urlencoded") {
		body = []byte(v.inward(string(body)))
	}
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}

func (v view) response(res *http.Response) error {
	v.jar.SetCookies(v.sim.app, res.Cookies())
	h := res.Header
	h.Del("Set-Cookie")
	h.Del("X-Frame-Options")
	h.Del("Cross-Origin-Opener-Policy")
	h.Del("Cross-Origin-Resource-Policy")
	if csp := h.Get("Content-Security-Policy"); csp != "" {
		h.Set("Content-Security-Policy", v.openFrames(csp))
	}
	if to := h.Get("Location"); to != "" {
		h.Set("Location", v.outward(to))
	}
	for _, name := range []string{"Hx-Redirect", "Hx-Location", "Hx-Push-Url"} {
		if to := h.Get(name); to != "" {
			h.Set(name, v.outward(to))
		}
	}
	if !strings.HasPrefix(h.Get("Content-Type"), "text/html") || res.ContentLength > maxRewritten {
		return nil
	}
	return v.responseBody(res)
}

func (v view) responseBody(res *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(res.Body, maxRewritten))
	if err != nil {
		return err
	}
	if err := res.Body.Close(); err != nil {
		return err
	}
	body = []byte(v.outward(string(body)))
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	res.Header.Set("Content-Length", strconv.Itoa(len(body)))
	return nil
}

// openFrames takes frame-ancestors out of a policy, and lets it name the phone's own address.
func (v view) openFrames(csp string) string {
	var kept []string
	for _, directive := range strings.Split(csp, ";") {
		if !strings.HasPrefix(strings.TrimSpace(directive), "frame-ancestors") {
			kept = append(kept, directive)
		}
	}
	return v.outward(strings.Join(kept, ";"))
}

// inward turns the phone's address into the app's, plain or escaped; outward is the way back. The
// escaped form inside an authorize link stays the app's: the link's redirect_uri must match its domain.
func (v view) inward(text string) string {
	text = strings.ReplaceAll(text, v.outside, v.inside)
	return strings.ReplaceAll(text, url.QueryEscape(v.outside), url.QueryEscape(v.inside))
}

func (v view) outward(text string) string { return strings.ReplaceAll(text, v.inside, v.outside) }

// PhoneURL is the address under which a persona's phone opens a page of the app: the same page, on
// the phone's host. Addresses of other sites come back unchanged.
func (s *Sim) PhoneURL(personaID, page string) string {
	return s.phoneURL(personaID, page, s.app.Port())
}

func (s *Sim) phoneURL(personaID, page, port string) string {
	rest, ours := strings.CutPrefix(page, s.opt.AppURL)
	if !ours {
		if !strings.HasPrefix(page, "/") {
			return page
		}
		rest = page
	}
	host := personaID + phoneDomain
	if port != "" {
		host += ":" + port
	}
	return "http://" + host + rest
}
