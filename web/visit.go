package web

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/page"
)

// begin gives the request its Visit and its id, and turns a panic into an internal error.
func (s *Server) begin(c *fiber.Ctx) (err error) {
	now := s.deps.Clock.Now()
	v := page.Begin(c, s.site, ids.New(now), now)
	c.Set(fiber.HeaderXRequestID, v.ID)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return c.Next()
}

// identify finds out who asks, once.
func (s *Server) identify(c *fiber.Ctx) error {
	v := page.Of(c)
	v.Person.Elder = c.Cookies(page.ElderCookie) == "1"
	if toast := c.Cookies(page.ToastCookie); toast != "" {
		v.Person.Toast = toast
		if safe(c.Method()) {
			v.Forget(page.ToastCookie)
		}
	}
	sent, token := bearer(c), c.Cookies(page.SessionCookie)
	if sent != "" {
		token = sent
	}
	if token == "" {
		return c.Next()
	}
	actor, session, err := s.deps.Sessions.Open(v.Context(), token)
	if err != nil && fault.KindOf(err) == fault.Unauthenticated && sent == "" {
		return c.Next()
	}
	if err != nil {
		return fmt.Errorf("open the session: %w", err)
	}
	s.welcome(v, actor, session)
	return c.Next()
}

// bearer returns the session's token as programs send it to the API: in a header instead of the cookie, which is
// then not looked at.
func bearer(c *fiber.Ctx) string {
	if !hasPrefix(c, "/api/") {
		return ""
	}
	scheme, token, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

func (s *Server) welcome(v *page.Visit, actor identity.Actor, session identity.Session) {
	v.Actor, v.Session = actor, session
	v.Person.CSRF = session.CSRF()
	v.Person.Known = true
	v.Person.Home = home(actor)
	v.Person.Desk = len(actor.Grants) > 0
	v.Person.Unread = func() int { return s.unread.of(v) }
	if token, ok := s.deps.Sessions.Renew(session); ok && bearer(v.Ctx) == "" {
		v.Keep(page.SessionCookie, token, identity.SessionLife)
	}
}

// home returns the path of the community the person lives in, or waits to be confirmed in.
func home(a identity.Actor) string {
	first := ""
	for _, m := range a.Memberships {
		switch {
		case m.Status == identity.MemberVerified:
			return "/c/" + string(m.Community)
		case m.Status == identity.MemberPending && first == "":
			first = "/c/" + string(m.Community)
		}
	}
	return first
}
