package apptest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"jushou/internal/app/demo"
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
			base, err := url.Parse(h.URL)
			if err != nil {
				h.t.Fatal(err)
			}
			p.client.Jar.SetCookies(base, []*http.Cookie{{Name: "wxsim_openid", Value: who.OpenID, Path: "/"}})
			return p
		}
	}
	h.t.Fatalf("no persona %q", id)
	return nil
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

// Get opens a page and follows redirects, through WeChat's sign-in where it is asked for.
func (p *Phone) Get(path string) *Page {
	p.house.t.Helper()
	return p.do(http.MethodGet, path, nil, nil)
}

// Post sends a form to a path as a browser on our own page would.
func (p *Phone) Post(path string, form url.Values) *Page {
	p.house.t.Helper()
	return p.do(http.MethodPost, path, strings.NewReader(form.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
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
	return p.do(http.MethodPost, path, &body, http.Header{"Content-Type": {w.FormDataContentType()}})
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
	page := p.do(method, path, body, h)
	if out != nil && page.Status < 300 {
		if err := json.Unmarshal(page.Body, out); err != nil {
			t.Fatalf("%s %s: %v in %.300s", method, path, err, page.Body)
		}
	}
	return page
}

func (p *Phone) do(method, path string, body io.Reader, header http.Header) *Page {
	t := p.house.t
	t.Helper()
	address := path
	if strings.HasPrefix(path, "/") {
		address = p.house.URL + path
	}
	req, err := http.NewRequestWithContext(t.Context(), method, address, body)
	if err != nil {
		t.Fatal(err)
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
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return newPage(p, res, text)
}
