package web

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

func TestTheAddressOfAVisitorBehindOurProxy(t *testing.T) {
	t.Parallel()
	app := fiber.New()
	for _, c := range []struct{ name, peer, forwarded, want string }{
		{"no proxy", "203.0.113.9", "", "203.0.113.9"},
		{"a visitor who writes the header himself", "203.0.113.9", "198.51.100.1", "203.0.113.9"},
		{"our proxy", "127.0.0.1", "203.0.113.9", "203.0.113.9"},
		{"our proxy, and a forged beginning", "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"},
		{"our proxy over IPv6", "::1", "2001:db8::7", "2001:db8::7"},
		{"nonsense", "127.0.0.1", "unknown", "127.0.0.1"},
		{"nobody forwarded", "127.0.0.1", "", "127.0.0.1"},
	} {
		request := &fasthttp.RequestCtx{}
		request.SetRemoteAddr(&net.TCPAddr{IP: net.ParseIP(c.peer), Port: 1})
		if c.forwarded != "" {
			request.Request.Header.Set(fiber.HeaderXForwardedFor, c.forwarded)
		}
		ctx := app.AcquireCtx(request)
		if got := client(ctx); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		app.ReleaseCtx(ctx)
	}
}
