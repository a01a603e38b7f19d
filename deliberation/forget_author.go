package deliberation

import (
	"context"
	"fmt"
	"slices"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ForgetAuthor takes the person out of what a deleted account has written; the words stay under
// identity.ErasedName. The relay gives it account.erased, at least once. Official acts, which are notices and
// answers, keep the name they were done under.
func (s *Service) ForgetAuthor(ctx context.Context, e docstore.Event) error {
	if e.Type != identity.EventErased {
		return nil
	}
	account := identity.AccountID(e.Doc.ID)
	q := docstore.Query{Index: byAuthor, Equal: []any{string(account)}}
	err := s.topics.Each(ctx, q, func(t Topic) error { return s.forgetInTopic(ctx, t, account) })
	if err != nil {
		return fmt.Errorf("forget an author's topics: %w", err)
	}
	err = s.comments.Each(ctx, q, func(c Comment) error { return s.forgetInComment(ctx, c, account) })
	if err != nil {
		return fmt.Errorf("forget an author's comments: %w", err)
	}
	return nil
}

// forgetInTopic begins with what the topic has gone on in, because that is found through it alone: stopped half way, the
// next try finds the same.
func (s *Service) forgetInTopic(ctx context.Context, t Topic, account identity.AccountID) error {
	now := s.now()
	update := func(id TopicID, forget func(*Topic, identity.AccountID) bool) (Topic, error) {
		return s.topics.Update(ctx, string(id), func(t *Topic) ([]docstore.Fact, error) {
			if !forget(t, account) {
				return nil, docstore.ErrUnchanged
			}
			return []docstore.Fact{fact(AuthorForgotten, forgetting, now, t.about())}, nil
		})
	}
	for into := t.Into; into != ""; {
		passed, err := update(into, (*Topic).forgetAbsorbed)
		if err != nil {
			return err
		}
		into = passed.Into
	}
	_, err := update(t.ID, (*Topic).forget)
	return err
}

// forgetAbsorbed removes the account from the authors of merged topics.
func (t *Topic) forgetAbsorbed(account identity.AccountID) bool {
	i := slices.IndexFunc(t.Absorbed, func(a Absorbed) bool { return a.Author == account })
	if i < 0 {
		return false
	}
	t.Absorbed = slices.Clone(t.Absorbed)
	for ; i < len(t.Absorbed); i++ {
		if a := &t.Absorbed[i]; a.Author == account {
			a.Author, a.Name = "", identity.ErasedName
		}
	}
	return true
}

// forget removes the author from the topic and its history, and reports whether there was anything to remove.
func (t *Topic) forget(account identity.AccountID) bool {
	if !t.IsAuthor(account) || t.Kind == KindNotice {
		return false
	}
	t.Author = Author{Name: identity.ErasedName}
	t.History = slices.Clone(t.History)
	for i := range t.History {
		if e := &t.History[i]; e.Actor == string(account) && e.Title == "" {
			e.Actor, e.Name = "", identity.ErasedName
		}
	}
	return true
}

func (s *Service) forgetInComment(ctx context.Context, c Comment, account identity.AccountID) error {
	t, _, err := s.topics.Get(ctx, string(c.Topic))
	if err != nil {
		return err
	}
	now := s.now()
	_, err = s.comments.Update(ctx, string(c.ID), func(c *Comment) ([]docstore.Fact, error) {
		if c.Author.Account != account {
			return nil, docstore.ErrUnchanged
		}
		c.Author = Author{Name: identity.ErasedName}
		return []docstore.Fact{fact(AuthorForgotten, forgetting, now, t.about())}, nil
	})
	return err
}
