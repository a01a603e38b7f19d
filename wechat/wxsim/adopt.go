package wxsim

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// adopt returns a request whose strings and context belong to us. Behind fiber's adaptor the strings of
// a request lie in a buffer that the next request overwrites, and its context is reused; what the
// simulator logs, counts or sends on in the background would turn into somebody else's. A request of
// net/http keeps its context, and with it the news that the caller has gone.
func adopt(r *http.Request) *http.Request {
	ctx := r.Context()
	if ctx.Value(http.ServerContextKey) == nil {
		ctx = context.Background()
	}
	own := r.WithContext(ctx)
	own.Method, own.Host, own.RequestURI = strings.Clone(r.Method), strings.Clone(r.Host), strings.Clone(r.RequestURI)
	own.URL = &url.URL{Path: strings.Clone(r.URL.Path), RawPath: strings.Clone(r.URL.RawPath), RawQuery: strings.Clone(r.URL.RawQuery)}
	own.Header = make(http.Header, len(r.Header))
	for key, values := range r.Header {
		for _, v := range values {
			own.Header.Add(strings.Clone(key), strings.Clone(v))
		}
	}
	return own
}
