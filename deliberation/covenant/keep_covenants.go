package covenant

import (
	"context"
	"errors"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// keptAtOnce is how many documents one run of the sweep looks at.
const keptAtOnce = 200

// Keep records that comment windows have ended, each once, and returns how many.
func (s *Service) Keep(ctx context.Context) (int, error) {
	now := s.Now()
	found, _, err := s.covenants.Find(ctx, docstore.Query{Index: byStep, To: now.UnixMilli() + 1, Limit: keptAtOnce})
	if err != nil {
		return 0, err
	}
	for i, c := range found {
		owed, err := s.owed(ctx, c.ID, len(c.Editions))
		if err != nil {
			return i, err
		}
		if _, err := s.covenants.Update(ctx, string(c.ID), func(c *Covenant) ([]docstore.Fact, error) { return c.commentsOver(owed, now) }); err != nil {
			return i, err
		}
	}
	return len(found), nil
}

// Participants returns the accounts of those who commented on any edition, for who tells them what became of it.
func (s *Service) Participants(ctx context.Context, id ID) ([]identity.AccountID, error) {
	c, _, err := s.covenants.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	seen := map[identity.AccountID]bool{"": true}
	var all []identity.AccountID
	for _, e := range c.Editions {
		err := s.comments.Each(ctx, docstore.Query{Index: byEdition, Equal: []any{editionKey(id, e.N)}}, func(x Comment) error {
			if !seen[x.Author.Account] {
				seen[x.Author.Account] = true
				all = append(all, x.Author.Account)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ForgetAuthor takes a person out of the comments of a deleted account; the words stay under identity.ErasedName. The
// relay gives it account.erased, at least once. Official acts keep their name.
func (s *Service) ForgetAuthor(ctx context.Context, e docstore.Event) error {
	if e.Type != identity.EventErased {
		return nil
	}
	forgotten := docstore.Fact{Type: AuthorForgotten, Actor: forgetting.Ref(), At: s.Now()}
	q := docstore.Query{Index: byAuthor, Equal: []any{e.Doc.ID}}
	return s.comments.Each(ctx, q, func(x Comment) error {
		_, err := s.comments.Update(ctx, string(x.ID), func(x *Comment) ([]docstore.Fact, error) {
			x.Author = deliberation.Author{Name: identity.ErasedName}
			return []docstore.Fact{forgotten}, nil
		})
		return err
	})
}
