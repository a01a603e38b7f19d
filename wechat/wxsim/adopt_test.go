package wxsim

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"testing"
	"unsafe"
)

// lent is a string over bytes that change later, as an adaptor lends them.
func lent(b []byte) string { return unsafe.String(&b[0], len(b)) }

func TestNothingOfAnAdaptorsRequestIsKept(t *testing.T) {
	t.Parallel()
	method, query, path, key, value := []byte("POST"), []byte("touser=lin"), []byte("/sandbox/a"), []byte("X-Name"), []byte("lin")
	r := (&http.Request{Method: lent(method), URL: &url.URL{Path: lent(path), RawQuery: lent(query)}, Header: http.Header{lent(key): {lent(value)}},
		Body: io.NopCloser(bytes.NewReader(nil))}).WithContext(t.Context())
	own := adopt(r)
	for _, b := range [][]byte{method, query, path, value} {
		copy(b, "################")
	}
	if own.Method != "POST" || own.URL.Query().Get("touser") != "lin" || own.URL.Path != "/sandbox/a" || own.Header.Get("X-Name") != "lin" {
		t.Errorf("%s %s %v", own.Method, own.URL, own.Header)
	}
	if own.Context() == r.Context() {
		t.Error("the context of an adaptor is kept")
	}
}
