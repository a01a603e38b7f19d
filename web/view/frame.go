// Package view is what all pages share: the layout, the components, and the words for time and money.
//
// Pages are templ components that take view models. What belongs to the request rather than to the page
// (language, now, asset addresses, who is looking) travels in a Frame, which Show puts into the context that templ
// hands to every component; T, When, CSRF and the rest read it there.
//
// A fragment that is shared between people (web/pagecache) is rendered with the Frame's Shared copy, in
// which everything about a person is missing: a component that needs it fails the rendering, loudly, so that one
// resident's token or name can never be served to another.
package view

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/a-h/templ"

	"jushou/web/words"
)

// Frame is what one rendering knows besides the view model.
type Frame struct {
	Words *words.Catalogue
	Now   time.Time
	// Asset returns the address of a style or script by its plain name.
	Asset func(name string) string
	// Sandbox shows the banner of the demo installation.
	Sandbox bool
	// Person is who looks at the page; nil in a shared fragment.
	Person *Person
}

// Person is the part of a Frame that differs between people.
type Person struct {
	// CSRF is the token of the session, "" without one.
	CSRF string
	// Known is set when somebody is signed in.
	Known bool
	// Elder chooses the large, one-action-a-row form of every page.
	Elder bool
	// Home is the path of the person's own community, "" if there is none yet.
	Home string
	// Desk is set for people with a role, who see the way to the desk.
	Desk bool
	// Unread counts notices in the inbox that were not read. It is asked only where it is shown.
	Unread func() int
	// Toast is a key of the catalogue, shown once after a redirect.
	Toast string
}

type frameKey struct{}

// Show renders a component with the frame.
func Show(ctx context.Context, w io.Writer, f *Frame, c templ.Component) error {
	return c.Render(context.WithValue(ctx, frameKey{}, f), w)
}

// Shared returns the frame without the person.
func (f *Frame) Shared() *Frame {
	shared := *f
	shared.Person = nil
	return &shared
}

func frame(ctx context.Context) *Frame {
	f, _ := ctx.Value(frameKey{}).(*Frame)
	return f
}

// T returns a sentence of the catalogue; args are name, value, name, value.
func T(ctx context.Context, key string, args ...string) string {
	return frame(ctx).Words.T(key, args...)
}

// Now returns the instant the page is rendered for.
func Now(ctx context.Context) time.Time { return frame(ctx).Now }

// Asset returns the address of a style or script.
func Asset(ctx context.Context, name string) string { return frame(ctx).Asset(name) }

// errShared is what a personal component returns inside a shared fragment.
var errShared = errors.New("view: a part that belongs to one person was rendered in a fragment shared by many")

// person returns who looks at the page, or errShared.
func person(ctx context.Context) (*Person, error) {
	if p := frame(ctx).Person; p != nil {
		return p, nil
	}
	return nil, errShared
}

// Personal renders a component that reads the person, and fails inside a shared fragment.
func Personal(part func(p *Person) templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		p, err := person(ctx)
		if err != nil {
			return err
		}
		return part(p).Render(ctx, w)
	})
}
