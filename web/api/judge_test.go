package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"jushou/internal/apptest"
)

// nowhere stands for what a server needs and these tests never ask.
type nowhere struct{}

func (nowhere) Limit(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
	return true, 0, nil
}
func (nowhere) Head(context.Context, string) (int64, error) { return 1, nil }

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// judge asks a running house through the API and holds every answer against the document.
type judge struct {
	t      *testing.T
	h      *apptest.House
	router routers.Router
	asked  map[string]bool // operations that went well
}

func newJudge(t *testing.T) *judge {
	t.Helper()
	return &judge{t: t, h: apptest.Open(t), router: newRouter(t), asked: map[string]bool{}}
}

func newRouter(t *testing.T) routers.Router {
	t.Helper()
	doc := document(t)
	doc.Servers = openapi3.Servers{{URL: "/"}}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return router
}

// part is a piece of a day in a house.
type part struct {
	name string
	play func(*testing.T, *judge)
}

// play plays one part after the other.
func (j *judge) play(t *testing.T, parts ...part) {
	t.Helper()
	for _, p := range parts {
		t.Run(p.name, func(t *testing.T) {
			outer := j.t
			j.t = t
			defer func() { j.t = outer }()
			p.play(t, j)
		})
	}
}

// reply is an answer that the document agrees with.
type reply struct {
	j      *judge
	Status int
	Code   string // of a problem
	Body   []byte
	Header http.Header
}

// client is somebody who calls the API.
type client struct {
	j     *judge
	token string
}

// as signs a persona in and returns a client with a bearer token.
func (j *judge) as(persona string) client {
	j.t.Helper()
	j.h.Phone(persona).Get("/me").Want(200)
	actor, err := j.h.People.SignInByWeChat(j.t.Context(), j.h.Phone(persona).Who.OpenID)
	if err != nil {
		j.t.Fatal(err)
	}
	token, err := j.h.Sign(j.t.Context(), actor.ID)
	if err != nil {
		j.t.Fatal(err)
	}
	return client{j, token}
}

// public is a client nobody knows.
func (j *judge) public() client { return client{j: j} }

// call sends a JSON body, or none, and decodes a good answer into out.
func (c client) call(method, path string, in, out any, headers ...string) reply {
	c.j.t.Helper()
	var body []byte
	if in != nil {
		text, ok := in.(string)
		if body = []byte(text); !ok {
			var err error
			if body, err = json.Marshal(in); err != nil {
				c.j.t.Fatal(err)
			}
		}
		headers = append([]string{"Content-Type", "application/json"}, headers...)
	}
	r := c.send(method, path, body, headers...)
	if out != nil && r.Status < 300 {
		if err := json.Unmarshal(r.Body, out); err != nil {
			c.j.t.Fatalf("%s %s: %v in %.300s", method, path, err, r.Body)
		}
	}
	return r
}

// file sends one file.
func (c client) file(path, name string, data []byte, out any, headers ...string) reply {
	c.j.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		c.j.t.Fatal(err)
	}
	r := c.send("POST", path, body.Bytes(), append(headers, "Content-Type", w.FormDataContentType())...)
	if out != nil && r.Status < 300 {
		if err := json.Unmarshal(r.Body, out); err != nil {
			c.j.t.Fatal(err)
		}
	}
	return r
}

func (c client) send(method, path string, body []byte, headers ...string) reply {
	t := c.j.t
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, c.j.h.URL+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	r := reply{j: c.j, Status: res.StatusCode, Body: text, Header: res.Header}
	if res.StatusCode >= 400 {
		var problem struct{ Code string }
		if err := json.Unmarshal(text, &problem); err != nil {
			t.Fatalf("%s %s: %d is no problem: %.300s", method, path, res.StatusCode, text)
		}
		r.Code = problem.Code
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	c.j.check(req, r)
	return r
}

// check holds a request and its answer against the document. A request that the server took must be one that the
// document allows; what the server refused may be anything.
func (j *judge) check(req *http.Request, r reply) {
	j.t.Helper()
	req.URL.Scheme, req.URL.Host = "", "" // the document's server is "/"
	route, params, err := j.router.FindRoute(req)
	if err != nil {
		j.t.Fatalf("%s %s is not documented: %v", req.Method, req.URL.Path, err)
	}
	options := &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, ExcludeRequestBody: strings.HasPrefix(req.Header.Get("Content-Type"), "multipart/")}
	in := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route, Options: options}
	if r.Status < 300 {
		j.asked[route.Operation.OperationID] = true
		if err := openapi3filter.ValidateRequest(j.t.Context(), in); err != nil {
			j.t.Errorf("%s %s was taken and is not allowed by the document: %v", req.Method, req.URL.Path, err)
		}
	}
	media := r.Header.Get("Content-Type")
	if !strings.Contains(media, "json") {
		options.ExcludeResponseBody = true
	}
	err = openapi3filter.ValidateResponse(j.t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: r.Status, Header: r.Header, Body: io.NopCloser(bytes.NewReader(r.Body)), Options: options,
	})
	if err != nil {
		j.t.Errorf("%s %s: %v in %.400s", req.Method, req.URL.Path, err, r.Body)
	}
}

// ok fails the test unless the call went well.
func (r reply) ok(status int) reply {
	r.j.t.Helper()
	if r.Status != status {
		r.j.t.Fatalf("status %d, want %d: %.500s", r.Status, status, r.Body)
	}
	return r
}

// refused fails the test unless the call was refused with the code.
func (r reply) refused(status int, code string) reply {
	r.j.t.Helper()
	if r.Status != status || r.Code != code {
		r.j.t.Fatalf("%d %s, want %d %s: %.500s", r.Status, r.Code, status, code, r.Body)
	}
	return r
}
