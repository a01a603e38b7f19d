package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/clock"
	"jushou/internal/fault"
	"jushou/web/page"
)

// noon is when these tests happen.
var noon = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)

// quiet is a limiter that lets everything through and heads that never move.
type quiet struct{ refuse bool }

func (q quiet) Limit(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
	return !q.refuse, 1500 * time.Millisecond, nil
}
func (quiet) Head(context.Context, string) (int64, error) { return 1, nil }

// probe is a server with a few handlers of its own, to test what surrounds every handler.
func probe(t *testing.T, change func(*Deps)) *Server {
	t.Helper()
	d := Deps{Clock: clock.Standing(noon), Log: slog.New(slog.DiscardHandler), Limits: quiet{}, Heads: quiet{}, BaseURL: "http://example.com"}
	if change != nil {
		change(&d)
	}
	s, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	s.app.Get("/probe/broken", page.Handle(func(*page.Visit) error { return io.ErrUnexpectedEOF }))
	s.app.Get("/probe/panic", page.Handle(func(*page.Visit) error { panic("boom") }))
	s.app.Get("/api/v1/probe", page.Handle(func(*page.Visit) error {
		return fault.New(fault.Conflict, "store.conflict")
	}))
	s.app.Get("/probe/private", page.Handle(func(*page.Visit) error {
		return fault.New(fault.Unauthenticated, "identity.sign_in")
	}))
	s.app.Post("/probe/form", page.Handle(func(v *page.Visit) error { return v.Ctx.SendString(v.Field("text")) }))
	return s
}

type answer struct {
	*http.Response
	text string
}

func ask(t *testing.T, s *Server, method, path, body string, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://example.com"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationForm)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, string(text)}
}
