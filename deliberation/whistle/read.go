package whistle

import (
	"context"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// PageSize is how many whistles a page holds.
const PageSize = 20

// Page is one page of whistles.
type Page struct {
	Items []View
	Next  docstore.Cursor
}

// Whistle returns one whistle.
func (s *Service) Whistle(ctx context.Context, actor identity.Actor, id ID) (View, error) {
	w, err := s.whistles.Read(ctx, actor, string(id))
	if err != nil {
		return View{}, err
	}
	return s.view(actor, w), nil
}

// Whistles returns a community's whistles, the latest first: its public record.
func (s *Service) Whistles(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) (Page, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, errTownOnly); err != nil {
		return Page{}, err
	}
	found, next, err := s.whistles.Find(ctx, docstore.Query{
		Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: PageSize, After: after,
	})
	return s.page(actor, found, next), err
}

// maxOpen bounds how many open whistles of a town one look goes through. A town calls a few a week.
const maxOpen = docstore.MaxLimit

// Desk is what a town, or a department of it, has to do with whistles.
type Desk struct {
	// Waiting are those with something to do, the earliest due first: for a department what it has not answered, for
	// the town what is under supervision.
	Waiting []View
	// Running are the other open ones that concern the reader, the latest first.
	Running []View
	// Past are the latest of all that concern the reader and are over.
	Past []View
}

// TownDesk returns the whistles of a town that concern the actor: all of them for the town's own people, those that
// call their department for a department's.
func (s *Service) TownDesk(ctx context.Context, actor identity.Actor, town community.ID) (Desk, error) {
	node, err := s.Town(ctx, actor, town, identity.SeeDepartment, ErrNotFound)
	if err != nil {
		return Desk{}, err
	}
	place := identity.At(node)
	all := identity.Can(actor, identity.WatchWhistle, place) == nil
	mine := func(w Whistle) bool {
		return all || slices.ContainsFunc(w.Units, func(u Unit) bool {
			return u.Board != "" && identity.Can(actor, identity.AnswerWhistle, place.On(u.Board)) == nil
		})
	}
	open, _, err := s.whistles.Find(ctx, docstore.Query{Index: byOpen, Equal: []any{string(town)}, Desc: true, Limit: maxOpen})
	if err != nil {
		return Desk{}, err
	}
	latest, _, err := s.whistles.Find(ctx, docstore.Query{Index: byTown, Equal: []any{string(town)}, Desc: true, Limit: maxOpen})
	if err != nil {
		return Desk{}, err
	}
	var d Desk
	for _, w := range slices.DeleteFunc(open, func(w Whistle) bool { return !mine(w) }) {
		v := s.view(actor, w)
		if all && w.Supervised() || !all && v.Waits() {
			d.Waiting = append(d.Waiting, v)
		} else {
			d.Running = append(d.Running, v)
		}
	}
	for _, w := range latest {
		if w.Status != Open && mine(w) && len(d.Past) < PageSize {
			d.Past = append(d.Past, s.view(actor, w))
		}
	}
	slices.SortStableFunc(d.Waiting, func(a, b View) int { return a.due().Compare(b.due()) })
	return d, nil
}

// Waits reports whether a unit that the reader answers for has not answered.
func (v View) Waits() bool {
	return v.Status == Open && slices.ContainsFunc(v.Speaks, func(n int) bool { return v.Units[n].Board != "" && v.Units[n].Reply == Asked })
}

func (s *Service) page(actor identity.Actor, found []Whistle, next docstore.Cursor) Page {
	p := Page{Next: next}
	for _, w := range found {
		p.Items = append(p.Items, s.view(actor, w))
	}
	return p
}

// due is the earliest instant at which a unit that has not answered has to.
func (v View) due() (first time.Time) {
	for _, u := range v.Units {
		if u.Reply == Asked && (first.IsZero() || u.DueAt.Before(first)) {
			first = u.DueAt
		}
	}
	return first
}

// Concerned returns the authors of the topics that a whistle is tied to. It is for the feed and not for pages.
func (s *Service) Concerned(ctx context.Context, id ID) ([]identity.AccountID, error) {
	w, _, err := s.whistles.Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	return s.AuthorsOf(ctx, w.Topics)
}
