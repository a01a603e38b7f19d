package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/identity"
	"jushou/web/page"
)

// csrfField and csrfHeader carry the session's token back, in forms and in scripts.
const (
	csrfField  = "_csrf"
	csrfHeader = "X-CSRF-Token"
)

// genuine keeps other sites from posting in a visitor's name. A request that a browser says comes from
// elsewhere is refused. One without the session's token is carried on with nobody as its actor: no use case
// lets it do anything, and its form comes back with the text and a good token, one tap from being sent.
func (s *Server) genuine(c *fiber.Ctx) error {
	if safe(c.Method()) || hasPrefix(c, "/wechat/") || hasPrefix(c, "/sandbox/") {
		return c.Next()
	}
	if s.crossSite(c) {
		return page.ErrCrossSite.With("origin", c.Get(fiber.HeaderOrigin))
	}
	v := page.Of(c)
	if v.Session.ID != "" && !s.proven(c) && v.Session.CheckCSRF(csrfToken(c)) != nil {
		if hasPrefix(c, "/api/") {
			return identity.ErrBadCSRF // a program has no form to come back to
		}
		v.Stale, v.Actor = true, identity.Actor{}
	}
	if err := c.Next(); err != nil {
		return err
	}
	if c.Response().StatusCode() < fiber.StatusBadRequest {
		v.Refresh()
	}
	return nil
}

// proven reports whether a call of the API needs no token: it carries a bearer token, which no other site can make a
// browser send, or the browser itself says that it comes from a page of ours.
func (s *Server) proven(c *fiber.Ctx) bool {
	if !hasPrefix(c, "/api/") {
		return false
	}
	site := c.Get("Sec-Fetch-Site")
	return bearer(c) != "" || site == "same-origin" || site == "" && c.Get(fiber.HeaderOrigin) != ""
}

// crossSite asks the browser, which knows: Sec-Fetch-Site where it is sent, Origin otherwise. Programs
// that send neither carry no cookie of a browser.
func (s *Server) crossSite(c *fiber.Ctx) bool {
	if bearer(c) != "" {
		return false
	}
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return false
	case "":
	default:
		return true
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return false
	}
	from, err := url.Parse(origin)
	return err != nil || from.Host != string(c.Request().Host())
}

func csrfToken(c *fiber.Ctx) string {
	if token := c.Get(csrfHeader); token != "" {
		return token
	}
	return c.FormValue(csrfField)
}
