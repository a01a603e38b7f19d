package wxsim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// maxBody bounds what a call may carry: the largest upload the platform takes, and its form.
const maxBody = 11 << 20

// refusal is an answer with an errcode. The platform sends it with status 200.
type refusal struct {
	code int
	msg  string
}

func (r refusal) Error() string { return fmt.Sprintf("%d %s", r.code, r.msg) }

func refuse(code int, format string, args ...any) error {
	return refusal{code, fmt.Sprintf(format, args...)}
}

// reply is an answer: v as JSON, or raw bytes with their type.
type reply struct {
	v    any
	raw  []byte
	kind string
	name string // file name of a download
	then func() // runs in the background after the answer is decided
}

type ok map[string]any

// okReply is errcode 0 and whatever else the call returns.
func okReply(more ok) reply {
	if more == nil {
		more = ok{}
	}
	more["errcode"], more["errmsg"] = 0, "ok"
	return reply{v: more}
}

// call is one request to the API, read and ready. Its handler runs with mu held.
type call struct {
	r    *http.Request
	q    url.Values
	body []byte
	now  time.Time
}

func (c *call) decode(v any) error {
	if len(bytes.TrimSpace(c.body)) == 0 {
		return refuse(44002, "empty post data")
	}
	if err := json.Unmarshal(c.body, v); err != nil {
		return refuse(47001, "data format error")
	}
	return nil
}

// endpoint is one path of the API. limit is the calls a day, 0 for the common one.
type endpoint struct {
	method string
	token  bool
	limit  int
	serve  func(*Sim, *call) (reply, error)
}

const commonLimit = 100_000

func endpoints() map[string]endpoint {
	get := func(f func(*Sim, *call) (reply, error)) endpoint { return endpoint{http.MethodGet, true, 0, f} }
	post := func(f func(*Sim, *call) (reply, error)) endpoint { return endpoint{http.MethodPost, true, 0, f} }
	open := func(f func(*Sim, *call) (reply, error)) endpoint { return endpoint{http.MethodGet, false, 0, f} }
	return map[string]endpoint{
		"/cgi-bin/token":                             {http.MethodGet, false, 2000, (*Sim).token},
		"/cgi-bin/stable_token":                      {http.MethodPost, false, 500_000, (*Sim).stableToken},
		"/cgi-bin/ticket/getticket":                  get((*Sim).getTicket),
		"/cgi-bin/getcallbackip":                     get((*Sim).callbackIPs),
		"/cgi-bin/get_api_domain_ip":                 get((*Sim).callbackIPs),
		"/cgi-bin/clear_quota":                       post((*Sim).clearQuota),
		"/cgi-bin/clear_quota/v2":                    {http.MethodPost, false, 0, (*Sim).clearQuotaBySecret},
		"/cgi-bin/openapi/quota/get":                 post((*Sim).quotaGet),
		"/cgi-bin/openapi/rid/get":                   post((*Sim).ridGet),
		"/cgi-bin/message/template/send":             post((*Sim).templateSend),
		"/cgi-bin/template/get_all_private_template": get((*Sim).templateList),
		"/cgi-bin/template/api_add_template":         post((*Sim).templateAdd),
		"/cgi-bin/template/del_private_template":     post((*Sim).templateDelete),
		"/cgi-bin/message/custom/send":               post((*Sim).customSend),
		"/cgi-bin/message/custom/typing":             post((*Sim).customTyping),
		"/cgi-bin/qrcode/create":                     post((*Sim).qrCreate),
		"/cgi-bin/menu/create":                       post((*Sim).menuCreate),
		"/cgi-bin/menu/get":                          get((*Sim).menuGet),
		"/cgi-bin/menu/delete":                       get((*Sim).menuDelete),
		"/cgi-bin/user/info":                         get((*Sim).userInfo),
		"/cgi-bin/user/get":                          get((*Sim).userList),
		"/cgi-bin/tags/create":                       post((*Sim).tagCreate),
		"/cgi-bin/tags/get":                          get((*Sim).tagList),
		"/cgi-bin/tags/getidlist":                    post((*Sim).tagsOf),
		"/cgi-bin/tags/members/batchtagging":         post((*Sim).tagMembers),
		"/cgi-bin/tags/members/batchuntagging":       post((*Sim).untagMembers),
		"/cgi-bin/media/upload":                      post((*Sim).mediaUpload),
		"/cgi-bin/media/get":                         get((*Sim).mediaGet),
		"/sns/oauth2/access_token":                   open((*Sim).snsToken),
		"/sns/oauth2/refresh_token":                  open((*Sim).snsRefresh),
		"/sns/userinfo":                              open((*Sim).snsUserInfo),
		"/sns/auth":                                  open((*Sim).snsAuth),
	}
}

// serveAPI answers api.weixin.qq.com: always status 200, errors in the body.
func (s *Sim) serveAPI(w http.ResponseWriter, r *http.Request, path string) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		http.Error(w, "read body", http.StatusBadRequest)
		return
	}
	fault := s.takeFault(r, path, body)
	if fault != nil && s.breakEarly(w, r, path, body, fault) {
		return
	}
	c := &call{r: r, q: r.URL.Query(), body: body, now: s.clock.Now()}
	answer, err := s.dispatch(c, path, fault)
	s.record(c, path, answer, err, fault)
	if answer.then != nil {
		s.background(answer.then)
	}
	out := s.render(answer, err, path)
	if fault != nil && s.breakLate(w, r, out, fault) {
		return
	}
	out.write(w)
}

// dispatch runs the path's handler under mu, after the checks that every path shares.
func (s *Sim) dispatch(c *call, path string, fault *Fault) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := fault.refusal(c); err != nil {
		return reply{}, err
	}
	e, known := s.api[path]
	switch {
	case !known:
		return reply{}, refuse(40066, "invalid url")
	case c.r.Method != e.method && e.method == http.MethodGet:
		return reply{}, refuse(43001, "require GET method")
	case c.r.Method != e.method:
		return reply{}, refuse(43002, "require POST method")
	case len(c.body) > maxBody:
		return reply{}, refuse(45001, "media size out of limit")
	}
	if e.token {
		if err := s.checkToken(c); err != nil {
			return reply{}, err
		}
	}
	if err := s.spend(path, e.limit, c.now); err != nil {
		return reply{}, err
	}
	return e.serve(s, c)
}

// rendered is an answer in bytes.
type rendered struct {
	kind, name string
	body       []byte
}

func (s *Sim) render(a reply, err error, path string) rendered {
	if err != nil {
		var no refusal
		if !errors.As(err, &no) {
			no = refusal{-1, "system error"}
		}
		return rendered{kind: jsonType, body: encode(ok{"errcode": no.code, "errmsg": no.msg + " rid: " + s.rid(path)})}
	}
	if a.raw != nil {
		return rendered{kind: a.kind, name: a.name, body: a.raw}
	}
	return rendered{kind: jsonType, body: encode(a.v)}
}

// jsonType is the content type that the platform really sends; it names an encoding, not a charset.
const jsonType = "application/json; encoding=utf-8"

func (out rendered) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", out.kind)
	if out.name != "" {
		w.Header().Set("Content-Disposition", `attachment; filename="`+out.name+`"`)
	}
	w.Write(out.body)
}

// encode writes JSON as the platform does: real UTF-8, no HTML escapes.
func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return []byte(`{"errcode":-1,"errmsg":"system error"}`)
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// ridsKept bounds the request ids that rid/get can look up.
const ridsKept = 10_000

// rid makes the request id that ends every errmsg, and remembers its path for rid/get.
func (s *Sim) rid(path string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprintf("%08x-%08x-%08x", uint32(s.clock.Now().Unix()), s.rng.Uint32(), s.rng.Uint32())
	if len(s.rids) >= ridsKept {
		clear(s.rids)
	}
	s.rids[id] = path
	return id
}
