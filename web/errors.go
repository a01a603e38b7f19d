package web

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jushou/internal/fault"
	"jushou/web/api"
	"jushou/web/page"
	"jushou/web/view"
)

// fail is where every error of a handler ends: logged and counted once, then shown as a page in words or
// as problem+json to programs. A visitor who only has to sign in is sent to do so.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	v := page.Of(c)
	if v == nil { // refused before begin: an oversized or broken request
		now := s.deps.Clock.Now()
		v = page.Begin(c, s.site, "", now)
	}
	err = translate(err)
	if hasPrefix(c, "/api/") {
		return api.Refuse(v, err)
	}
	if fault.KindOf(err) == fault.Unauthenticated && c.Method() == fiber.MethodGet && !v.Partial() {
		return c.Redirect(page.SignIn(c.OriginalURL()), fiber.StatusFound)
	}
	problems := v.Refuse(err)
	if err := v.ShowAs(problems.Status, view.ProblemPage(problems)); err != nil {
		s.deps.Log.Error("show the error page", "id", v.ID, "error", err)
		return c.Status(problems.Status).SendString(problems.Summary)
	}
	return nil
}

// translate gives fiber's own errors their place among the refusals.
func translate(err error) error {
	var f *fiber.Error
	switch {
	case errors.Is(err, fasthttp.ErrBodyTooLarge):
		return page.ErrTooLarge.Because(err)
	case !errors.As(err, &f):
		return err
	}
	switch f.Code {
	case fiber.StatusNotFound:
		return page.ErrNotFound.Because(err)
	case fiber.StatusMethodNotAllowed:
		return page.ErrMethod.Because(err)
	case fiber.StatusRequestEntityTooLarge:
		return page.ErrTooLarge.Because(err)
	case fiber.StatusInternalServerError:
		return err
	}
	return page.ErrRequest.Because(err)
}

// report logs and counts an error once, and returns the reference a visitor may read out to us. An expected
// refusal is information; our own failure is an error; a visitor who went away is neither.
func (s *Server) report(v *page.Visit, err error) string {
	if errors.Is(err, context.Canceled) {
		return v.ID
	}
	kind := fault.KindOf(err)
	level := slog.LevelInfo
	switch kind {
	case fault.Internal:
		level = slog.LevelError
	case fault.Unavailable:
		level = slog.LevelWarn
	}
	s.deps.Log.Log(v.Context(), level, "refused", "id", v.ID, "method", v.Ctx.Method(), "path", strings.ToValidUTF8(v.Ctx.Path(), "?"),
		"kind", kind.String(), "code", fault.CodeOf(err), "error", err)
	if s.deps.Count != nil {
		s.deps.Count(page.Status(kind), fault.CodeOf(err))
	}
	return v.ID
}
