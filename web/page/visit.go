// Package page is what a handler has in hand: one Visit per request.
//
// A handler is a func(*Visit) error. It asks who (v.Actor), parses (v.Field, v.Param), makes one call to a use
// case, and answers (v.Show, v.Go, v.JSON). It returns errors as they come: web's error handler turns them into a
// page or problem+json. A handler of a form shows the form again instead, with v.Refuse.
package page

import (
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/identity"
	"jushou/web/pagecache"
	"jushou/web/view"
)

// Visit is one request. It lives as long as the handler runs and is not shared.
type Visit struct {
	// Ctx is the fiber request, for the rare handler that needs more than this type offers.
	Ctx *fiber.Ctx
	// Actor is who asks. The zero Actor is the public.
	Actor identity.Actor
	// Session is the signed-in browser's; its ID is "" without one.
	Session identity.Session
	// Person is the Actor as views see it.
	Person view.Person
	// Stale is set on a form post whose CSRF token was missing or old: Actor is then the public, so that
	// nothing can happen, and Refuse asks the visitor to press the button once more.
	Stale bool
	// Now is the instant the request began, by the product's clock.
	Now time.Time
	// ID names the request in the log and on error pages.
	ID string

	site *Site
	head struct {
		scope string
		at    int64
		known bool
	}
}

// Site is what all visits share.
type Site struct {
	Frame view.Frame // without Person and Now
	Cache *pagecache.Cache
	// Secure is set where the site is served over TLS.
	Secure bool
	// Head returns a number that changes whenever something in the scope does.
	Head func(ctx context.Context, scope string) (int64, error)
	// Report logs and counts an error once and returns the reference shown to the visitor.
	Report func(v *Visit, err error) string
}

// Begin attaches a new Visit to the request.
func Begin(c *fiber.Ctx, s *Site, id string, now time.Time) *Visit {
	v := &Visit{Ctx: c, Now: now, ID: id, site: s}
	c.Locals(visitKey{}, v)
	return v
}

type visitKey struct{}

// Of returns the Visit that Begin attached.
func Of(c *fiber.Ctx) *Visit {
	v, _ := c.Locals(visitKey{}).(*Visit)
	return v
}

// Handler is a page action.
type Handler func(*Visit) error

// Handle adapts a page action to fiber.
func Handle(h Handler) fiber.Handler {
	return func(c *fiber.Ctx) error { return h(Of(c)) }
}

// Context ends when the server stops; pass it to use cases.
func (v *Visit) Context() context.Context { return v.Ctx.UserContext() }

// Param returns a part of the path, for example "community".
func (v *Visit) Param(name string) string { return v.Ctx.Params(name) }

// Query returns a query argument.
func (v *Visit) Query(name string) string { return v.Ctx.Query(name) }

// Field returns a form field as typed, without the blanks around it and with line ends as "\n". What
// counts as too long or forbidden is the use case's to say.
func (v *Visit) Field(name string) string {
	text := strings.ReplaceAll(v.Ctx.FormValue(name), "\r\n", "\n")
	return strings.TrimFunc(text, unicode.IsSpace)
}

// Fields returns all values of a repeated form field, for example photo ids.
func (v *Visit) Fields(name string) []string {
	var all []string
	if form, err := v.Ctx.MultipartForm(); err == nil {
		all = append(all, form.Value[name]...)
	} else {
		for _, b := range v.Ctx.Request().PostArgs().PeekMulti(name) {
			all = append(all, string(b))
		}
	}
	return all
}

// Checked reports whether a checkbox was ticked.
func (v *Visit) Checked(name string) bool { return v.Ctx.FormValue(name) != "" }

// Partial reports whether htmx asks for a piece of a page rather than the page.
func (v *Visit) Partial() bool {
	return v.Ctx.Get("HX-Request") == "true" && v.Ctx.Get("HX-Boosted") != "true"
}

// Unread counts the visitor's unread notices.
func (v *Visit) Unread() int {
	if v.Person.Unread == nil {
		return 0
	}
	return v.Person.Unread()
}

// InWeChat reports whether the page is opened inside WeChat, where signing in is silent. It decides what is
// convenient and never what is allowed.
func (v *Visit) InWeChat() bool {
	agent := v.Ctx.Get(fiber.HeaderUserAgent)
	return strings.Contains(agent, "MicroMessenger/") && !strings.Contains(agent, "wxwork/")
}
