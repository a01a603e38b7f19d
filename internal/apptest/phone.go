package apptest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"jushou/internal/app/demo"
	"jushou/internal/identity"
	"jushou/web/page"
)

// Phone is the browser inside a persona's WeChat, or a desk's browser.
type Phone struct {
	house  *House
	client *http.Client
	agent  string
	Who    demo.Persona
}

const weChatAgent = "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/134.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49.2600(0x2800315A) NetType/5G Language/zh_CN"

// Phone returns the phone of a persona of the demo, which WeChat's sign-in recognises.
func (h *House) Phone(id string) *Phone {
	h.t.Helper()
	p := h.browser(weChatAgent)
	for _, who := range demo.Personas() {
		if who.ID == id {
			p.Who = who
			p.keep("wxsim_openid", who.OpenID)
			return p
		}
	}
	h.t.Fatalf("no persona %q", id)
	return nil
}

// Actor returns a persona of the demo as the use cases know it.
func (h *House) Actor(id string) identity.Actor {
	h.t.Helper()
	actor, err := h.People.FindByWeChat(h.t.Context(), h.Phone(id).Who.OpenID)
	if err != nil {
		h.t.Fatalf("find %s: %v", id, err)
	}
	return actor
}

// Sessions returns the session tokens of n verified residents of a community of the demo.
func (h *House) Sessions(community string, n int) []string {
	h.t.Helper()
	tokens := make([]string, n)
	for i := range tokens {
		tokens[i] = h.sessionOf(fmt.Sprintf("oDemo-%s-%03d", community, 3*i))
	}
	return tokens
}

// Neighbours returns the signed-in phones of n verified residents of a community of the demo.
func (h *House) Neighbours(community string, n int) []*Phone {
	h.t.Helper()
	phones := make([]*Phone, n)
	for i, token := range h.Sessions(community, n) {
		phones[i] = h.browser(weChatAgent)
		phones[i].keep(page.SessionCookie, token)
	}
	return phones
}

// SignedIn returns the phone of an account, signed in.
func (h *House) SignedIn(id identity.AccountID) *Phone {
	h.t.Helper()
	token, err := h.Sign(h.t.Context(), id)
	if err != nil {
		h.t.Fatalf("sign in %s: %v", id, err)
	}
	p := h.browser(weChatAgent)
	p.keep(page.SessionCookie, token)
	return p
}

// sessionOf returns a session token of the person with an openid.
func (h *House) sessionOf(openid string) string {
	h.t.Helper()
	actor, err := h.People.FindByWeChat(h.t.Context(), openid)
	if err != nil {
		h.t.Fatalf("find %s: %v", openid, err)
	}
	token, err := h.Sign(h.t.Context(), actor.ID)
	if err != nil {
		h.t.Fatalf("sign in %s: %v", openid, err)
	}
	return token
}

// Browser returns a browser nobody knows.
func (h *House) Browser() *Phone {
	h.t.Helper()
	return h.browser("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36")
}

func (h *House) browser(agent string) *Phone {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &Phone{house: h, agent: agent, client: &http.Client{Jar: jar}}
}

// keep sets a cookie of the site.
func (p *Phone) keep(name, value string) {
	p.house.t.Helper()
	base, err := url.Parse(p.house.URL)
	if err != nil {
		p.house.t.Fatal(err)
	}
	p.client.Jar.SetCookies(base, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// SignOutSilently forgets the session as an expired cookie does; the page in hand does not know.
func (p *Phone) SignOutSilently() {
	p.house.t.Helper()
	base, err := url.Parse(p.house.URL)
	if err != nil {
		p.house.t.Fatal(err)
	}
	p.client.Jar.SetCookies(base, []*http.Cookie{{Name: page.SessionCookie, Path: "/", MaxAge: -1}})
}

// Get opens a page and follows redirects, through WeChat's sign-in where it is asked for.
func (p *Phone) Get(path string) *Page {
	p.house.t.Helper()
	return p.must(p.Try(http.MethodGet, path, nil))
}

// Post sends a form to a path as a browser on our own page would.
func (p *Phone) Post(path string, form url.Values) *Page {
	p.house.t.Helper()
	return p.must(p.Try(http.MethodPost, path, form))
}

// Try is Get or Post for a goroutine of a test, and where the connection may break.
func (p *Phone) Try(method, path string, form url.Values) (*Page, error) {
	if method == http.MethodGet {
		return p.send(method, path, nil, nil)
	}
	return p.send(method, path, strings.NewReader(form.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

// File is one file of a form.
type File struct {
	Field, Name string
	Body        []byte
}

// PostFiles sends a form with files.
func (p *Phone) PostFiles(path string, form url.Values, files ...File) *Page {
	t := p.house.t
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			if err := w.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f.Field, f.Name)
		if err == nil {
			_, err = part.Write(f.Body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return p.must(p.send(http.MethodPost, path, &body, http.Header{"Content-Type": {w.FormDataContentType()}}))
}

// Call makes an API call with a JSON body and returns the answer with its JSON decoded into out, if given.
func (p *Phone) Call(method, path string, in, out any, headers ...string) *Page {
	t := p.house.t
	t.Helper()
	var body io.Reader
	h := http.Header{"Accept": {"application/json"}}
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		body = bytes.NewReader(text)
		h.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	page := p.must(p.send(method, path, body, h))
	if out != nil && page.Status < 300 {
		if err := json.Unmarshal(page.Body, out); err != nil {
			t.Fatalf("%s %s: %v in %.300s", method, path, err, page.Body)
		}
	}
	return page
}

func (p *Phone) must(page *Page, err error) *Page {
	p.house.t.Helper()
	if err != nil {
		p.house.t.Fatal(err)
	}
	return page
}

func (p *Phone) send(method, path string, body io.Reader, header http.Header) (*Page, error) {
	address := path
	if strings.HasPrefix(path, "/") {
		address = p.house.URL + path
	}
	req, err := http.NewRequestWithContext(p.house.t.Context(), method, address, body)
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		req.Header[name] = values
	}
	req.Header.Set("User-Agent", p.agent)
	if method != http.MethodGet {
		req.Header.Set("Origin", p.house.URL)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	res, err := p.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	return newPage(p.house.t, p, res, text), nil
}
