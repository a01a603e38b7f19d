package disclosure

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Board is what residents see of a community's affairs.
type Board struct {
	Items []Item
	Next  docstore.Cursor
	// Owed is what has to be published, the earliest first; what is late is said to everybody.
	Owed     []Obligation
	Schedule Schedule
}

// Board lists what is published, newest first, of one kind or of all, and what is owed.
func (s *Service) Board(ctx context.Context, actor identity.Actor, c community.ID, kind Kind, after docstore.Cursor) (Board, error) {
	node, err := s.Community(ctx, actor, c, identity.ReadCommunity, ErrNotFound)
	if err != nil {
		return Board{}, err
	}
	q := docstore.Query{Index: byShown, Equal: []any{string(c)}, Desc: true, Limit: listPage, After: after}
	if kind != "" {
		q.Index, q.Equal = byKind, []any{string(c) + "/" + string(kind)}
	}
	var b Board
	if b.Items, b.Next, err = s.items.Find(ctx, q); err != nil {
		return Board{}, err
	}
	if b.Owed, err = s.owed(ctx, c); err != nil {
		return Board{}, err
	}
	b.Schedule, err = s.schedule(ctx, node)
	return b, err
}

func (s *Service) owed(ctx context.Context, c community.ID) ([]Obligation, error) {
	owed, _, err := s.obligations.Find(ctx, docstore.Query{Index: byDesk, Equal: []any{string(c)}, Limit: mostOnDesk})
	return owed, err
}

// View is an item with what is asked about it, and what the reader may do.
type View struct {
	Item      Item
	Questions []Question
	May       May
}

// May says what the reader may do with an item.
type May struct {
	Ask    bool
	Work   bool // sees versions that are not published
	Enter  bool // correct, answer
	Review bool // decide about the version that waits
	Own    bool // entered it, and may only take it back
}

// Item returns an item and the questions about it, the first one first. Residents' account ids are left to the page.
func (s *Service) Item(ctx context.Context, actor identity.Actor, id ItemID) (View, error) {
	i, err := s.items.Read(ctx, actor, string(id))
	if err != nil {
		return View{}, err
	}
	asked, _, err := s.questions.Find(ctx, docstore.Query{Index: byItem, Equal: []any{string(id)}, Limit: mostAsked})
	if err != nil {
		return View{}, err
	}
	may := func(v identity.Verb) bool { return identity.Can(actor, v, i.Place()) == nil }
	pending, waits := i.Pending()
	_, shown := i.Current()
	v := View{Item: i, Questions: asked, May: May{
		Ask: shown && may(identity.AskAffairs), Work: Works(actor, i.Place()), Enter: may(identity.EnterAffairs),
		Own: waits && pending.EnteredBy.Account == actor.ID,
	}}
	v.May.Review = waits && may(identity.ReviewAffairs)
	return v, nil
}

// Photo reports whether the actor may see a photo of an item.
func (s *Service) Photo(ctx context.Context, actor identity.Actor, id ItemID, photo deliberation.PhotoID) (bool, error) {
	i, err := s.items.Read(ctx, actor, string(id))
	return err == nil && i.holds(photo, Works(actor, i.Place())), err
}

// Desk is what waits for the people who publish.
type Desk struct {
	Owed      []Obligation
	Review    []Item // a version waits for another person
	Returned  []Item
	Questions []Question // unanswered, the first one first
	Schedule  Schedule
}

// Desk returns what waits in a community.
func (s *Service) Desk(ctx context.Context, actor identity.Actor, c community.ID) (Desk, error) {
	node, err := s.Community(ctx, actor, c, identity.ReviewAffairs, ErrNotFound)
	if err != nil {
		return Desk{}, err
	}
	var d Desk
	here := func(index string) docstore.Query {
		return docstore.Query{Index: index, Equal: []any{string(c)}, Limit: mostOnDesk}
	}
	if d.Owed, err = s.owed(ctx, c); err != nil {
		return Desk{}, err
	}
	if d.Review, _, err = s.items.Find(ctx, here(byDesk)); err != nil {
		return Desk{}, err
	}
	if d.Returned, _, err = s.items.Find(ctx, here(byReturn)); err != nil {
		return Desk{}, err
	}
	if d.Questions, _, err = s.questions.Find(ctx, here(byDesk)); err != nil {
		return Desk{}, err
	}
	d.Schedule, err = s.schedule(ctx, node)
	return d, err
}

// Waiting counts what waits in a community: reviews, answers and what is late. It stops at a hundred.
func (s *Service) Waiting(ctx context.Context, actor identity.Actor, c community.ID) (int, error) {
	if _, err := s.Community(ctx, actor, c, identity.ReviewAffairs, ErrNotFound); err != nil {
		return 0, err
	}
	reviews, err := s.items.Count(ctx, docstore.Query{Index: byDesk, Equal: []any{string(c)}}, mostOnDesk)
	if err != nil {
		return 0, err
	}
	asked, err := s.questions.Count(ctx, docstore.Query{Index: byDesk, Equal: []any{string(c)}}, mostOnDesk)
	return reviews + asked, err
}

// mostExported bounds an export: eight years of months of three kinds.
const mostExported = 300

// Export returns the published items, newest first, for a table.
func (s *Service) Export(ctx context.Context, actor identity.Actor, c community.ID) ([]Item, error) {
	if _, err := s.Community(ctx, actor, c, identity.ReadCommunity, ErrNotFound); err != nil {
		return nil, err
	}
	var all []Item
	q := docstore.Query{Index: byShown, Equal: []any{string(c)}, Desc: true, Limit: listPage}
	for len(all) < mostExported {
		found, next, err := s.items.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		if q.After = next; next == "" {
			break
		}
	}
	return all, nil
}
