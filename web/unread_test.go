package web

import (
	"context"
	"strconv"
	"testing"

	"jushou/internal/identity"
	"jushou/web/page"
)

func TestTheDotAsksOnceUntilSomethingChanges(t *testing.T) {
	t.Parallel()
	asked := 0
	s := probe(t, func(d *Deps) {
		d.Unread = func(context.Context, identity.Actor) (int, error) {
			asked++
			return asked, nil
		}
	})
	s.app.Get("/probe/unread", page.Handle(func(v *page.Visit) error {
		v.Actor.ID = "somebody"
		return v.Ctx.SendString(strconv.Itoa(s.unread.of(v)))
	}))
	for i, want := range []string{"1", "1"} {
		if got := ask(t, s, "GET", "/probe/unread", "").text; got != want {
			t.Errorf("look %d: got %s, want %s", i+1, got, want)
		}
	}
	if got := ask(t, s, "GET", "/probe/unread", "", "Cookie", page.FreshCookie+"=1").text; got != "2" {
		t.Errorf("after a change: got %s, want 2", got)
	}
}
