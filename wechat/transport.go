package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// maxAnswer bounds the JSON answers we read. The longest, a menu, is some kilobytes.
const maxAnswer = 1 << 20

var errAnswerTooLong = errors.New("answer exceeds its bound")

// answer is a response that has been read to its end.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// roundTrip carries one request, whoever built it, to the configured base and reads the answer whole, so
// that the time limit covers the body too. judge finds the refusal in the answer. The error it returns names
// the path only: the query holds the token or the secret. It follows no redirect; the platform sends none.
func (c *Client) roundTrip(ctx context.Context, req *http.Request, limit int64,
	judge func(api string, a answer) *APIError) (answer, *APIError) {
	began := time.Now() // a real duration for metrics, whatever the product's clock shows
	api := req.URL.Path
	a, err := c.carry(ctx, req, limit)
	var refusal *APIError
	if err != nil {
		refusal = &APIError{API: api, Code: codeBusy, Status: a.status, Unsure: !neverSent(err), Err: withoutURL(err)}
	} else {
		refusal = judge(api, a)
	}
	if c.cfg.Observe != nil {
		seen := Attempt{API: api, Status: a.status, Took: time.Since(began)}
		if refusal != nil {
			seen.Code = refusal.Code
		}
		c.cfg.Observe(seen)
	}
	return a, refusal
}

func (c *Client) carry(ctx context.Context, req *http.Request, limit int64) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	out := req.Clone(ctx)
	out.URL.Scheme, out.URL.Host = c.api.Scheme, c.api.Host
	out.URL.Path = c.api.Path + req.URL.Path
	out.URL.RawPath = ""
	out.Host = ""
	res, err := c.cfg.Transport.RoundTrip(out)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	a := answer{status: res.StatusCode, header: res.Header}
	a.body, err = io.ReadAll(io.LimitReader(res.Body, limit+1))
	if err == nil && int64(len(a.body)) > limit {
		err = errAnswerTooLong
	}
	return a, err
}

// neverSent reports that the request cannot have reached anybody.
func neverSent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial"
}

// withoutURL drops a *url.Error's address, which contains secrets, and keeps what went wrong.
func withoutURL(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// judgeJSON is the judge of every call that answers JSON.
func judgeJSON(api string, a answer) *APIError { return answerError(api, a.status, a.body) }

// post calls an API that takes and answers JSON. HTML characters are left as they are: the platform would
// show \u0026 to people.
func (c *Client) post(ctx context.Context, path string, query url.Values, body, into any) error {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return fmt.Errorf("encode %s: %w", path, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, officialAPI+path+"?"+query.Encode(), &buffer)
	if err != nil {
		return fmt.Errorf("build %s: %w", path, withoutURL(err))
	}
	req.Header.Set("Content-Type", "application/json;charset=utf-8")
	a, refusal := c.roundTrip(ctx, req, maxAnswer, judgeJSON)
	if refusal != nil {
		return refusal
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		return fmt.Errorf("decode answer of %s: %w", path, err)
	}
	return nil
}

// asAPIError returns the APIError in err's tree, or nil.
func asAPIError(err error) *APIError {
	e, _ := errors.AsType[*APIError](err)
	return e
}
