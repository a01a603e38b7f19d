package web

import (
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// client returns the address that a request came from. Production stands behind a proxy on the same machine, which
// appends whom it saw to X-Forwarded-For: so the last entry is believed, and only when the connection itself comes
// from this machine. Everything before it was written by the visitor.
func client(c *fiber.Ctx) string {
	peer := c.Context().RemoteIP()
	if !peer.IsLoopback() {
		return peer.String()
	}
	chain := c.Get(fiber.HeaderXForwardedFor)
	last := strings.TrimSpace(chain[strings.LastIndexByte(chain, ',')+1:])
	if seen, err := netip.ParseAddr(last); err == nil {
		return seen.String()
	}
	return peer.String()
}
