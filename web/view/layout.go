package view

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
)

// htmlClass returns the classes of the root element: elder mode multiplies every rem.
func htmlClass(ctx context.Context) string {
	if p, err := person(ctx); err == nil && p.Elder {
		return "elder"
	}
	return ""
}

// csrfHeaders lets htmx send the session's token with every request.
func csrfHeaders(ctx context.Context) string {
	p, err := person(ctx)
	if err != nil || p.CSRF == "" {
		return "{}"
	}
	return `{"X-CSRF-Token":` + strconv.Quote(p.CSRF) + `}`
}

// tabs returns the bar for somebody who has a community; others get none.
func tabs(current string) func(*Person) templ.Component {
	return func(p *Person) templ.Component {
		if p.Home == "" {
			return templ.NopComponent
		}
		return tabBar(current, p)
	}
}

func toast(p *Person) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if p.Toast == "" || !frame(ctx).Words.Has(p.Toast) {
			return nil
		}
		return toastLine(T(ctx, p.Toast)).Render(ctx, w)
	})
}

func atMost99(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

func elderSwitch(next string) func(*Person) templ.Component {
	return func(p *Person) templ.Component { return elderForm(next, p) }
}

func unread(p *Person) int {
	if p.Unread == nil {
		return 0
	}
	return p.Unread()
}

func problemTitle(ctx context.Context, p Problems) string {
	if p.Status == http.StatusNotFound {
		return T(ctx, "problem.missing")
	}
	return T(ctx, "problem.title")
}
