package hall

import (
	"context"
	"errors"
	"slices"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// keptAtOnce is how many documents one run of the sweep looks at.
const keptAtOnce = 200

// Keep records what the stored instants say has fallen due: rounds that have ended, promised reports and answers that
// are missing, days whose window is over. It returns how many documents it changed. Each thing is recorded once, whoever
// runs it and however often.
func (s *Service) Keep(ctx context.Context) (int, error) {
	now := s.Now()
	q := docstore.Query{Index: byStep, To: now.UnixMilli() + 1, Limit: keptAtOnce}
	sessions, _, err := s.sessions.Find(ctx, q)
	if err != nil {
		return 0, err
	}
	done := 0
	for _, x := range sessions {
		_, err := s.sessions.Update(ctx, string(x.ID), func(x *Session) ([]docstore.Fact, error) {
			facts := append(x.roundOver(now), x.breach(now)...)
			if len(facts) == 0 {
				return nil, docstore.ErrUnchanged
			}
			return facts, nil
		})
		if err != nil {
			return done, err
		}
		done++
	}
	days, err := s.keepDays(ctx, q)
	return done + days, err
}

func (s *Service) keepDays(ctx context.Context, q docstore.Query) (int, error) {
	found, _, err := s.days.Find(ctx, q)
	if err != nil {
		return 0, err
	}
	now := s.Now()
	for i, d := range found {
		asked, left, err := s.tally(ctx, d.ID)
		if err != nil {
			return i, err
		}
		if _, err := s.days.Update(ctx, string(d.ID), func(d *Day) ([]docstore.Fact, error) { return d.keep(asked, left, now) }); err != nil {
			return i, err
		}
	}
	return len(found), nil
}

// Participants returns the accounts of those who argued, supported or proposed in a session, for who tells them what
// became of it. It reads all of them, so it is for the feed and not for pages.
func (s *Service) Participants(ctx context.Context, id SessionID) ([]identity.AccountID, error) {
	x, _, err := s.sessions.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	seen := map[identity.AccountID]bool{"": true}
	var all []identity.AccountID
	add := func(who identity.AccountID) {
		if !seen[who] {
			seen[who] = true
			all = append(all, who)
		}
	}
	for _, o := range x.Options {
		add(o.By.Account)
	}
	q := docstore.Query{Index: bySession, Equal: []any{string(id)}}
	err = s.arguments.Each(ctx, q, func(a Argument) error { add(a.Author.Account); return nil })
	if err != nil {
		return nil, err
	}
	return all, s.supports.Each(ctx, q, func(y support) error { add(y.Account); return nil })
}

// ForgetAuthor takes a person out of what a deleted account has said; the words stay under identity.ErasedName, and
// supports and "me too" go. The relay gives it account.erased, at least once. Official acts keep their name.
func (s *Service) ForgetAuthor(ctx context.Context, e docstore.Event) error {
	if e.Type != identity.EventErased {
		return nil
	}
	who := identity.AccountID(e.Doc.ID)
	q, now := docstore.Query{Index: byAuthor, Equal: []any{string(who)}}, s.Now()
	forgotten := docstore.Fact{Type: AuthorForgotten, Actor: forgetting.Ref(), At: now}
	gone := deliberation.Author{Name: identity.ErasedName}
	return deliberation.Joined(
		s.forgetOptions(ctx, who, forgotten),
		s.arguments.Each(ctx, q, func(a Argument) error {
			_, err := s.arguments.Update(ctx, string(a.ID), func(a *Argument) ([]docstore.Fact, error) {
				a.Author = gone
				return []docstore.Fact{forgotten}, nil
			})
			return err
		}),
		s.questions.Each(ctx, q, func(x Question) error {
			_, err := s.questions.Update(ctx, string(x.ID), func(x *Question) ([]docstore.Fact, error) {
				x.Author = gone
				return []docstore.Fact{forgotten}, nil
			})
			return err
		}),
		s.supports.Each(ctx, q, func(y support) error {
			return s.supports.Delete(ctx, supportKey(y.Argument, y.Account), docstore.Any, y, forgotten)
		}),
		s.joins.Each(ctx, q, func(j join) error {
			return s.joins.Delete(ctx, joinKey(j.Question, j.Account), docstore.Any, j, forgotten)
		}),
	)
}

// forgetOptions looks through every session, because options are part of theirs; accounts are deleted rarely.
func (s *Service) forgetOptions(ctx context.Context, who identity.AccountID, forgotten docstore.Fact) error {
	return s.sessions.Each(ctx, docstore.Query{Index: docstore.ByID}, func(x Session) error {
		if !slices.ContainsFunc(x.Options, func(o Option) bool { return o.By.Account == who && o.By.Title == "" }) {
			return nil
		}
		_, err := s.sessions.Update(ctx, string(x.ID), func(x *Session) ([]docstore.Fact, error) {
			for i, o := range x.Options {
				if o.By.Account == who && o.By.Title == "" {
					x.Options[i].By = deliberation.Author{Name: identity.ErasedName}
				}
			}
			return []docstore.Fact{forgotten}, nil
		})
		return err
	})
}
