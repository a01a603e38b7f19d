package meeting

import (
	"context"
	"slices"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Forget takes a deleted account out of opinions, guests and listeners; official acts keep the name they were done
// under. It is a relay's handler, given account.erased at least once.
func (s *Service) Forget(ctx context.Context, e docstore.Event) error {
	if e.Type != identity.EventErased {
		return nil
	}
	who := identity.AccountID(e.Doc.ID)
	err := s.opinions.Each(ctx, docstore.Query{Index: byAuthor, Equal: []any{string(who)}}, func(o Opinion) error {
		_, err := s.opinions.Update(ctx, string(o.ID), func(o *Opinion) ([]docstore.Fact, error) { return o.forget(who, e.At) })
		return err
	})
	if err != nil {
		return err
	}
	// Guests and listeners are part of their meeting, so every meeting is looked through; accounts are deleted rarely.
	return s.meetings.Each(ctx, docstore.Query{Index: docstore.ByID}, func(m Meeting) error {
		if !m.knows(who) {
			return nil
		}
		_, err := s.meetings.Update(ctx, string(m.ID), func(m *Meeting) ([]docstore.Fact, error) { return m.forget(who, e) })
		return err
	})
}

func (m Meeting) knows(who identity.AccountID) bool {
	return slices.ContainsFunc(m.Guests, func(g Guest) bool { return g.Account == who }) ||
		slices.ContainsFunc(m.Listeners, func(a deliberation.Author) bool { return a.Account == who })
}

// forget takes the person out. A guest's place stays, because others are named by theirs.
func (m *Meeting) forget(who identity.AccountID, e docstore.Event) ([]docstore.Fact, error) {
	if !m.knows(who) {
		return nil, docstore.ErrUnchanged
	}
	m.Guests = slices.Clone(m.Guests)
	for i := range m.Guests {
		if g := &m.Guests[i]; g.Account == who {
			g.Account, g.Name, g.ByName = "", identity.ErasedName, ""
		}
	}
	m.Listeners = slices.DeleteFunc(slices.Clone(m.Listeners), func(a deliberation.Author) bool { return a.Account == who })
	return []docstore.Fact{{Type: EventForgotten, Actor: forgetting.Ref(), At: e.At, Data: m.news()}}, nil
}
