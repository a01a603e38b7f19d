package apptest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Page is an answer.
type Page struct {
	Status int
	Path   string // where the redirects ended
	Header http.Header
	Body   []byte
	phone  *Phone // nil for a page that was only read
	t      testing.TB
	doc    *html.Node
}

// Read makes a request of a client of the test's own and returns the page.
func Read(t testing.TB, client *http.Client, req *http.Request) *Page {
	t.Helper()
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return ReadResponse(t, res)
}

// ReadResponse reads the page of a response and closes it.
func ReadResponse(t testing.TB, res *http.Response) *Page {
	t.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return newPage(t, nil, res, body)
}

func newPage(t testing.TB, p *Phone, res *http.Response, body []byte) *Page {
	page := &Page{Status: res.StatusCode, Path: res.Request.URL.RequestURI(), Header: res.Header, Body: body, phone: p, t: t}
	if doc, err := html.Parse(bytes.NewReader(body)); err == nil {
		page.doc = doc
	}
	return page
}

// Text returns the words of the page, without markup.
func (p *Page) Text() string { return text(p.doc) }

func text(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// All returns what a CSS selector finds, as texts.
func (p *Page) All(selector string) []string {
	p.t.Helper()
	var found []string
	for _, n := range cascadia.QueryAll(p.doc, p.parse(selector)) {
		found = append(found, text(n))
	}
	return found
}

// Attr returns an attribute of the first element a selector finds, "" if there is none.
func (p *Page) Attr(selector, name string) string {
	p.t.Helper()
	n := cascadia.Query(p.doc, p.parse(selector))
	if n == nil {
		return ""
	}
	return attr(n, name)
}

// Attrs returns an attribute of every element a selector finds.
func (p *Page) Attrs(selector, name string) []string {
	p.t.Helper()
	var found []string
	for _, n := range cascadia.QueryAll(p.doc, p.parse(selector)) {
		found = append(found, attr(n, name))
	}
	return found
}

// Want fails the test unless the page has the status and says everything listed.
func (p *Page) Want(status int, says ...string) *Page {
	t := p.t
	t.Helper()
	all := p.Text() + string(p.Body)
	if p.Status != status {
		t.Fatalf("%s: status %d, want %d: %.600s", p.Path, p.Status, status, p.Text())
	}
	for _, s := range says {
		if !strings.Contains(all, s) {
			t.Fatalf("%s does not say %q: %.900s", p.Path, s, p.Text())
		}
	}
	return p
}

// Not fails the test if the page says any of these.
func (p *Page) Not(says ...string) *Page {
	t := p.t
	t.Helper()
	for _, s := range says {
		if strings.Contains(string(p.Body), s) {
			t.Fatalf("%s says %q", p.Path, s)
		}
	}
	return p
}

// Submit fills in the form whose action ends with the suffix and sends it, hidden fields included. fill is
// name, value, name, value.
func (p *Page) Submit(action string, fill ...string) *Page {
	return p.SubmitFiles(action, nil, fill...)
}

// TrySubmit is Submit for a goroutine of a test: it marks the test as failed instead of ending it.
func (p *Page) TrySubmit(action string, fill ...string) {
	form, values, err := p.filled(action, fill)
	if err == nil {
		_, err = p.phone.Try(http.MethodPost, p.target(form), values)
	}
	if err != nil {
		p.t.Error(err)
	}
}

// SubmitFiles is Submit for a form with files.
func (p *Page) SubmitFiles(action string, files []File, fill ...string) *Page {
	p.t.Helper()
	form, values, err := p.filled(action, fill)
	if err != nil {
		p.t.Fatal(err)
	}
	if attr(form, "enctype") == "multipart/form-data" || len(files) > 0 {
		return p.phone.PostFiles(p.target(form), values, files...)
	}
	return p.phone.Post(p.target(form), values)
}

func (p *Page) target(form *html.Node) string {
	if to := attr(form, "action"); to != "" {
		return to
	}
	return p.Path
}

// filled returns the form with what a browser would send of it after it was filled in.
func (p *Page) filled(action string, fill []string) (*html.Node, url.Values, error) {
	form, err := p.form(action)
	if err != nil {
		return nil, nil, err
	}
	values := fields(form)
	for i := 0; i+1 < len(fill); i += 2 {
		values.Set(fill[i], fill[i+1])
	}
	return form, values, nil
}

// Typed returns what stands in a field of the form whose action ends with the suffix: what a visitor would
// send if the button were pressed again.
func (p *Page) Typed(action, field string) string {
	p.t.Helper()
	form, err := p.form(action)
	if err != nil {
		p.t.Fatal(err)
	}
	return fields(form).Get(field)
}

// CSRF returns the token of the page's forms.
func (p *Page) CSRF() string {
	p.t.Helper()
	return p.Attr(`input[name="_csrf"]`, "value")
}

func (p *Page) form(action string) (*html.Node, error) {
	for _, n := range cascadia.QueryAll(p.doc, cascadia.MustCompile("form")) {
		path, _, _ := strings.Cut(attr(n, "action"), "?")
		path, _, _ = strings.Cut(path, "#")
		if strings.HasSuffix(path, action) && strings.EqualFold(attr(n, "method"), "post") {
			return n, nil
		}
	}
	return nil, fmt.Errorf("%s (status %d) has no form to %s: %.600s", p.Path, p.Status, action, p.Text())
}

// fields returns what a browser would send of a form as it is.
func fields(form *html.Node) url.Values {
	values := url.Values{}
	for n := range form.Descendants() {
		name := attr(n, "name")
		if n.Type != html.ElementNode || name == "" || has(n, "disabled") {
			continue
		}
		switch kind := attr(n, "type"); {
		case n.Data == "textarea":
			values.Add(name, raw(n))
		case n.Data == "select":
			values.Add(name, selected(n))
		case n.Data == "input" && (kind == "checkbox" || kind == "radio"):
			if has(n, "checked") {
				values.Add(name, attr(n, "value"))
			}
		case n.Data == "input" && kind != "file" && kind != "submit":
			values.Add(name, attr(n, "value"))
		}
	}
	return values
}

// raw returns the text of an element as it stands.
func raw(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func selected(n *html.Node) string {
	first, found := "", false
	for o := range n.Descendants() {
		if o.Data != "option" {
			continue
		}
		if has(o, "selected") {
			return attr(o, "value")
		}
		if !found {
			first, found = attr(o, "value"), true
		}
	}
	return first
}

func (p *Page) parse(selector string) cascadia.Selector {
	p.t.Helper()
	s, err := cascadia.Compile(selector)
	if err != nil {
		p.t.Fatalf("selector %q: %v", selector, err)
	}
	return s
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
