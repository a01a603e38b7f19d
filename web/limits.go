package web

import (
	"bytes"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jushou/internal/fault"
	"jushou/web/page"
)

// Bounds of request bodies in bytes. They are applied when the header has arrived, before the body is read.
const (
	// formBody lets a text far too long for any field through, nine bytes for a Chinese character, so
	// that it is refused in words and comes back in its form.
	formBody  = 256 << 10
	photoBody = 13 << 20 // one photo of 12 MB and its envelope
	// storyBody is for forms that carry their photos themselves, without JavaScript: a few as phones take them,
	// one of which may be too large. The refusal of that one comes with the form and the text in it, which a
	// body cut off at the door could not give back.
	storyBody  = 32 << 20
	importBody = 13 << 20 // a household roster, a town's list of items, projects of earlier years
)

// limitBody chooses the bound of a request's body by its address. Who shows no session has no photo to send: whether the
// session is good is found out later, but nobody fills our memory without one. The simulator's phones keep their
// cookies elsewhere, so the sandbox lets everybody.
func (s *Server) limitBody(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path, _, _ := bytes.Cut(h.RequestURI(), []byte("?"))
	bound := bodyBound(string(path))
	if !s.deps.Sandbox && len(h.Cookie(page.SessionCookie)) == 0 && len(h.Peek(fiber.HeaderAuthorization)) == 0 {
		bound = min(bound, formBody)
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: bound}
}

func bodyBound(path string) int {
	switch {
	case strings.HasPrefix(path, "/api/"):
		return apiBound(path)
	case strings.HasPrefix(path, "/photos"):
		return photoBody
	case strings.HasSuffix(path, "/post"), strings.HasSuffix(path, "/edit"), strings.HasSuffix(path, "/topics"), strings.HasSuffix(path, "/answer"), strings.HasSuffix(path, "/report"),
		strings.HasSuffix(path, "/notice"), strings.HasSuffix(path, "/assist"):
		return storyBody
	case strings.HasPrefix(path, "/desk/") && (strings.HasSuffix(path, "/affairs/new") || strings.HasSuffix(path, "/serve") || strings.HasSuffix(path, "/mandate") || strings.HasSuffix(path, "/basis") || strings.HasSuffix(path, "/bind") || strings.HasSuffix(path, "/decide") || strings.HasSuffix(path, "/draft") || strings.HasSuffix(path, "/correct")):
		return storyBody
	case strings.HasPrefix(path, "/p/") && strings.HasSuffix(path, "/paper"), strings.HasPrefix(path, "/c/") && strings.HasSuffix(path, "/projects"):
		return storyBody
	case strings.HasPrefix(path, "/desk/") && (strings.HasSuffix(path, "/import") || strings.HasSuffix(path, "/owners") || strings.HasSuffix(path, "/catalogue") || strings.HasSuffix(path, "/former")):
		return importBody
	case strings.HasPrefix(path, "/sandbox/"):
		return photoBody
	}
	return formBody
}

// apiBound is the bound of the API: its photos and rosters come alone, everything else is JSON.
func apiBound(path string) int {
	switch {
	case strings.HasSuffix(path, "/photos"):
		return photoBody
	case strings.HasSuffix(path, "/imports"), strings.HasSuffix(path, "/catalogue/drafts"):
		return importBody
	}
	return formBody
}

// What one person, or one address that is not signed in, may do.
const (
	changes       = 60 // unsafe requests
	changesWindow = time.Minute
)

// slowDown refuses hammering. When the limiter does not answer the request goes on: a resident's words
// weigh more than the limit.
func (s *Server) slowDown(c *fiber.Ctx) error {
	if safe(c.Method()) && !costly(c) {
		return c.Next()
	}
	v := page.Of(c)
	who := string(v.Actor.ID)
	if who == "" {
		who = client(c)
	}
	ok, after, err := s.deps.Limits.Limit(v.Context(), "web:"+who, changes, changesWindow)
	if err != nil && fault.KindOf(err) != fault.Unavailable {
		return err
	}
	if err == nil && !ok {
		return page.SlowDown(after)
	}
	return c.Next()
}

// costly reports the one page that writes when it is only looked at: each look by a browser without a code makes one, and
// asks WeChat, whose calls are numbered by the day.
func costly(c *fiber.Ctx) bool { return c.Path() == "/desk/login" }

func safe(method string) bool {
	return method == fiber.MethodGet || method == fiber.MethodHead || method == fiber.MethodOptions
}

func hasPrefix(c *fiber.Ctx, prefix string) bool { return strings.HasPrefix(c.Path(), prefix) }
