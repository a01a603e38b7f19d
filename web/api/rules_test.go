package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"golang.org/x/sync/errgroup"

	"jushou/web/api"
)

// problem decodes a refusal.
func (r reply) problem() api.Problem {
	r.j.t.Helper()
	var p api.Problem
	if err := json.Unmarshal(r.Body, &p); err != nil {
		r.j.t.Fatal(err)
	}
	return p
}

// TestRulesOfTheAPI shows in one house what is refused and how, and what happens once.
func TestRulesOfTheAPI(t *testing.T) {
	t.Parallel()
	newJudge(t).play(t, part{"who may do what", whoMayDoWhat}, part{"keys and ids", keysAndIDs}, part{"bodies not understood", bodiesNotUnderstood},
		part{"pages follow each other", pagesFollow}, part{"proof of origin", proofOfOrigin}, part{"ten at once, and a restart", tenAtOnce})
}

// whoMayDoWhat asks for what is not theirs, as residents, as the public and from the next community.
func whoMayDoWhat(t *testing.T, j *judge) {
	lin, nobody := j.as("lin"), j.public()
	for _, path := range []string{"queue", "duty", "rounds", "residents", "imports", "roles", "comments"} {
		r := lin.call("GET", "/desk/hexiang/"+path, nil, nil).refused(403, "identity.denied")
		if p := r.problem(); p.Title != "denied" || p.Status != 403 || p.Detail == "" || p.Reference == "" {
			t.Errorf("%s: %+v", path, p)
		}
		nobody.call("GET", "/desk/hexiang/"+path, nil, nil).refused(401, "identity.sign_in")
	}
	for _, path := range []string{"topics", "inbox", "consents", "looks", "data"} {
		nobody.call("GET", "/me/"+path, nil, nil).refused(401, "identity.sign_in")
	}
	nobody.call("POST", "/communities/hexiang/topics", m{"board": "nearby", "body": "x"}, nil).refused(401, "identity.sign_in")
	lin.call("POST", "/communities/yinxing/topics", m{"board": "nearby", "body": "x"}, nil).refused(403, "identity.verify_first")

	posted := raise(lin, "只有荷香的人看得到")
	path := "/topics/" + string(posted.ID)
	stranger := j.as("zhou") // signed in, lives nowhere yet
	stranger.call("GET", path, nil, nil).refused(404, "topic.not_found")
	stranger.call("GET", path+"/comments", nil, nil).refused(404, "topic.not_found")
	stranger.call("POST", path+"/comments", m{"body": "x"}, nil).refused(404, "topic.not_found")
	nobody.call("GET", path, nil, nil).refused(401, "identity.sign_in")
	j.as("wang").call("PATCH", path, m{"revision": 0, "body": "改成我的"}, nil).refused(403, "topic.not_author")
	j.as("chen").call("GET", "/desk/yinxing/queue", nil, nil).refused(403, "identity.denied")
	j.as("observer").call("POST", path+"/answers", m{"body": "x"}, nil).refused(403, "identity.denied")
}

// keysAndIDs sends the same thing twice, and other things under the same key.
func keysAndIDs(t *testing.T, j *judge) {
	lin := j.as("lin")
	post := func(c client, body string, headers ...string) (api.Topic, reply) {
		var made api.Topic
		r := c.call("POST", "/communities/hexiang/topics", m{"board": "nearby", "body": body}, &made, headers...)
		return made, r
	}
	first, r := post(lin, "电梯又停了", "Idempotency-Key", "k-1")
	r.ok(201)
	again, r := post(lin, "电梯又停了", "Idempotency-Key", "k-1")
	r.ok(201)
	if first.ID != again.ID || !first.CreatedAt.Time.Equal(again.CreatedAt.Time) {
		t.Errorf("%s at %s, then %s at %s", first.ID, first.CreatedAt, again.ID, again.CreatedAt)
	}
	_, r = post(lin, "说的是另一件事", "Idempotency-Key", "k-1")
	r.refused(422, "api.key_reused")
	other, r := post(j.as("wang"), "电梯又停了", "Idempotency-Key", "k-1")
	if r.ok(201); other.ID == first.ID {
		t.Error("two people share a key")
	}
	_, r = post(lin, "x", "Idempotency-Key", "两个汉字")
	r.refused(422, "api.bad_key")
	_, r = post(lin, "x", "Idempotency-Key", strings.Repeat("k", 129))
	r.refused(422, "api.bad_key")
	// A refused call uses no key up: the corrected one goes under the same.
	_, r = post(lin, "", "Idempotency-Key", "k-2")
	r.refused(422, "topic.body_empty")
	_, r = post(lin, "现在写了", "Idempotency-Key", "k-2")
	r.ok(201)
	// The id of the body names the document in its own right, whatever memory holds.
	byID := m{"id": string(first.ID), "board": "nearby", "body": "电梯又停了"}
	lin.call("POST", "/communities/hexiang/topics", byID, &again).ok(201)
	byID["body"] = "抢走这个编号"
	lin.call("POST", "/communities/hexiang/topics", byID, nil).refused(409, "topic.token_taken")
	lin.call("POST", "/communities/hexiang/topics", m{"id": "17", "board": "nearby", "body": "x"}, nil).refused(422, "topic.bad_token")
	var one, two api.StoredPhoto
	jpeg := picture(t, 77)
	lin.file("/photos", "a.jpg", jpeg, &one, "Idempotency-Key", "p").ok(201)
	lin.file("/photos", "a.jpg", jpeg, &two, "Idempotency-Key", "p").ok(201)
	if one.ID != two.ID {
		t.Errorf("the photo is %s and %s", one.ID, two.ID)
	}
}

// tenAtOnce sends one post ten times at the same moment, and once more after the memory of keys is gone.
func tenAtOnce(t *testing.T, j *judge) {
	zhang := j.as("zhang")
	to, topic := j.h.URL+"/api/v1/communities/hexiang/topics", m{"board": "nearby", "body": "十个人同时点了发送"}
	send := func() (string, error) {
		req, err := http.NewRequestWithContext(t.Context(), "POST", to, bytes.NewReader(mustJSON(t, topic)))
		if err != nil {
			return "", err
		}
		req.Header.Set("Authorization", "Bearer "+zhang.token)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", "ten")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return "", err
		}
		defer res.Body.Close()
		var made api.Topic
		if err := json.NewDecoder(res.Body).Decode(&made); err != nil || res.StatusCode != 201 {
			return "", fmt.Errorf("status %d: %w", res.StatusCode, err)
		}
		return string(made.ID), nil
	}
	var ids [10]string
	var group errgroup.Group
	for i := range ids {
		group.Go(func() (err error) {
			ids[i], err = send()
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if slices.Sort(ids[:]); ids[0] != ids[9] || ids[0] == "" {
		t.Errorf("one post became %v", ids)
	}
	j.h.Restart()
	if again, err := send(); err != nil || again != ids[0] {
		t.Errorf("after the restart it is %q, %v", again, err)
	}
	j.h.Restart() // forgets what the key was used for; the topic does not
	topic["body"] = "换了内容"
	zhang.call("POST", "/communities/hexiang/topics", topic, nil, "Idempotency-Key", "ten").refused(409, "topic.token_taken")
}

// bodiesNotUnderstood tells every fault with its field.
func bodiesNotUnderstood(t *testing.T, j *judge) {
	lin := j.as("lin")
	to := "/communities/hexiang/topics"
	for _, c := range []struct {
		name, body, code string
		fields           []string
	}{
		{"no JSON", `{"body":`, "api.bad_json", nil},
		{"a list", `[1]`, "api.bad_type", nil},
		{"misspelt", `{"bord":"nearby","body":"x","Title":"y"}`, "api.unknown_field", []string{"Title", "bord"}},
		{"a number", `{"board":"nearby","body":7}`, "api.bad_type", []string{"body"}},
		{"too long everywhere", `{"board":"nearby","kind":"notice","title":"` + strings.Repeat("长", 41) + `","body":"` + strings.Repeat("长", 2001) + `","photos":["x"]}`,
			"topic.body_too_long", []string{"body", "kind", "photos", "title"}},
		{"empty", ``, "board.not_found", nil},
		{"no such board", `{"board":"gossip","body":"x"}`, "board.not_found", nil},
	} {
		r := lin.call("POST", to, c.body, nil)
		p := r.problem()
		var fields []string
		for _, f := range p.Fields {
			if f.Field != "" {
				fields = append(fields, f.Field)
			}
			if f.Detail == "" || f.Code == "" {
				t.Errorf("%s: no sentence for %+v", c.name, f)
			}
		}
		if p.Code != c.code || !slices.Equal(fields, c.fields) || p.Status != r.Status {
			t.Errorf("%s: %s on %v, want %s on %v", c.name, p.Code, fields, c.code, c.fields)
		}
	}
	lin.send("POST", to, []byte("body=x"), "Content-Type", "application/x-www-form-urlencoded").refused(422, "api.not_json")
	lin.send("POST", "/photos", []byte("x"), "Content-Type", "text/plain").refused(422, "api.no_file")
	lin.file("/photos", "a.jpg", []byte("this is a text"), nil).refused(422, "photo.not_an_image")
	lin.call("GET", "/me/topics?after=kaputt", nil, nil).refused(422, "store.bad_cursor")
	form := lin.call("POST", "/me/homes", m{"name": "1", "phone": "12", "community": "hexiang", "building": "hexiang-3", "room": "", "consents": []m{}}, nil)
	if p := form.problem(); p.Detail != "有 4 处要改，都列在 fields 里。" {
		t.Errorf("the form is refused with %q", p.Detail)
	}
	var fields []string
	for _, f := range form.problem().Fields {
		fields = append(fields, f.Field)
	}
	if !slices.Equal(fields, []string{"consents", "name", "phone", "room"}) {
		t.Errorf("the form has faults on %v", fields)
	}
}

// pagesFollow reads a feed to its end by its cursors.
func pagesFollow(t *testing.T, j *judge) {
	gu := j.as("gu")
	for range 23 {
		raise(gu, "又一条")
	}
	seen, pages, after := map[string]bool{}, 0, ""
	for {
		var feed api.Feed
		gu.call("GET", "/communities/hexiang/topics?board=nearby&after="+after, nil, &feed).ok(200)
		for _, c := range feed.Items {
			if seen[string(c.ID)] {
				t.Fatalf("%s comes twice", c.ID)
			}
			seen[string(c.ID)] = true
		}
		if pages++; feed.Next == "" {
			break
		}
		after = feed.Next
	}
	if pages < 2 || len(seen) < 23 {
		t.Errorf("%d topics on %d pages", len(seen), pages)
	}
}

// proofOfOrigin tells a program, a page of ours and a foreign page apart.
func proofOfOrigin(t *testing.T, j *judge) {
	lin := j.as("lin")
	topic := `{"board":"nearby","body":"从哪里来的"}`
	ask := func(headers ...string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), "POST", j.h.URL+"/api/v1/communities/hexiang/topics", strings.NewReader(topic))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		var p struct{ Code string }
		if err := json.NewDecoder(res.Body).Decode(&p); err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, p.Code
	}
	var session api.Session
	lin.call("GET", "/session", nil, &session).ok(200)
	cookie := "jushou=" + lin.token
	for _, c := range []struct {
		name    string
		headers []string
		status  int
		code    string
	}{
		{"a cookie alone", []string{"Cookie", cookie}, 403, "identity.bad_csrf"},
		{"a cookie with a wrong token", []string{"Cookie", cookie, "X-CSRF-Token", "x"}, 403, "identity.bad_csrf"},
		{"a cookie with the token", []string{"Cookie", cookie, "X-CSRF-Token", session.CSRF}, 201, ""},
		{"a page of ours", []string{"Cookie", cookie, "Sec-Fetch-Site", "same-origin"}, 201, ""},
		{"a page of ours in an old browser", []string{"Cookie", cookie, "Origin", j.h.URL}, 201, ""},
		{"a foreign page", []string{"Cookie", cookie, "Sec-Fetch-Site", "cross-site", "X-CSRF-Token", session.CSRF}, 403, "web.cross_site"},
		{"a foreign page in an old browser", []string{"Cookie", cookie, "Origin", "https://evil.example"}, 403, "web.cross_site"},
		{"a program", []string{"Authorization", "Bearer " + lin.token}, 201, ""},
		{"a forged token", []string{"Authorization", "Bearer forged"}, 401, "identity.session_ended"},
		{"a forged token beside a cookie", []string{"Authorization", "Bearer forged", "Cookie", cookie}, 401, "identity.session_ended"},
	} {
		if status, code := ask(c.headers...); status != c.status || code != c.code {
			t.Errorf("%s: %d %q, want %d %q", c.name, status, code, c.status, c.code)
		}
	}
	j.h.Browser().Call("GET", "/api/v1/nothing", nil, nil).Want(404, `"code":"web.not_found"`)
}

// TestTheJudgeIsAwake shows the judge an answer that the document does not allow.
func TestTheJudgeIsAwake(t *testing.T) {
	t.Parallel()
	router := newRouter(t)
	for _, c := range []struct {
		status      int
		media, body string
	}{
		{200, "application/json", `{"items":[{"id":7}]}`},
		{200, "application/json", `{}`},
		{418, "application/problem+json", `{}`},
		{404, "application/problem+json", `{"type":"about:blank","title":"not_found","status":404,"code":"topic.no_such_code","detail":"x","reference":"x"}`},
	} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", "/api/v1/communities", nil)
		if err != nil {
			t.Fatal(err)
		}
		route, params, err := router.FindRoute(req)
		if err != nil {
			t.Fatal(err)
		}
		in := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route}
		err = openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: in, Status: c.status, Header: http.Header{"Content-Type": {c.media}},
			Body: io.NopCloser(bytes.NewReader([]byte(c.body))), Options: &openapi3filter.Options{IncludeResponseStatus: true},
		})
		if err == nil {
			t.Errorf("%d %s is allowed", c.status, c.body)
		}
	}
}
