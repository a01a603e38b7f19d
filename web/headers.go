package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// headers sets what every answer carries. HTML and JSON are never stored by the browser: WeChat's
// webview caches aggressively, and a page belongs to who asked for it.
func (s *Server) headers(c *fiber.Ctx) error {
	c.Set("Content-Security-Policy", s.policy)
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "same-origin")
	c.Set("Permissions-Policy", "geolocation=(), microphone=(), payment=()")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set(fiber.HeaderCacheControl, "no-store")
	if strings.HasPrefix(s.deps.BaseURL, "https://") {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return c.Next()
}

// policy forbids inline scripts and styles, other hosts, and being framed by others. The WeChat
// script is the one exception: it can only come from WeChat.
func policy(frameAncestors []string) string {
	ancestors := strings.Join(append([]string{"'self'"}, frameAncestors...), " ")
	return "default-src 'self'; img-src 'self' data: blob:; script-src 'self' https://res.wx.qq.com; " +
		"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors " + ancestors
}
