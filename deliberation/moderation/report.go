package moderation

import (
	"context"
	"errors"
	"slices"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// MakeReport is a resident's hint that something should be looked at.
type MakeReport struct {
	Ref
	Why   Why
	Words string // needed where Why is other
}

// Report takes a resident's hint. It hides nothing, however many there are. The same person reporting the same thing
// again changes nothing and is told nothing else than the first time.
func (s *Service) Report(ctx context.Context, actor identity.Actor, cmd MakeReport) error {
	t, err := s.look(ctx, cmd.Ref)
	if err != nil {
		return err
	}
	if err := identity.Can(actor, identity.ReportContent, t.place()); err != nil {
		return err
	}
	words, err := newWords(cmd.Words)
	faults := deliberation.Joined(
		err, bad(!slices.Contains(Whys(), cmd.Why), errWhy), bad(cmd.Why == WhyOther && words == "", errSayWhat),
	)
	switch {
	case faults != nil:
		return faults
	case t.Author.Account == actor.ID:
		return errOwnReport
	case t.State == StateHeld:
		return errNoRoom // only its author and moderators know of it
	case t.State != StateShown:
		return ErrGone
	}
	now := s.now()
	_, err = s.change(ctx, t, func(c *Case) ([]docstore.Fact, error) {
		first, raised := c.OpenedAt.IsZero(), c.Raised()
		if err := c.report(Report{By: actor.ID, Why: cmd.Why, Words: words, At: now}, now); err != nil {
			return nil, err
		}
		data := Reported{About: about(*c, t), Why: cmd.Why, First: first, Raised: c.Raised() && !raised}
		return []docstore.Fact{fact(EventReported, reporting, now, data)}, nil
	})
	return ignore(err, docstore.ErrUnchanged)
}

func newWords(s string) (string, error) {
	s = deliberation.Clean(s)
	return s, deliberation.Within(s, MaxWords, errLongWords)
}

func bad(is bool, f *fault.Error) error {
	if is {
		return f
	}
	return nil
}

// MakeAppeal is an author's word against a decision.
type MakeAppeal struct {
	Ref
	Words string
}

// Appeal asks for another person to look again at the actor's own words, once against each decision.
func (s *Service) Appeal(ctx context.Context, actor identity.Actor, cmd MakeAppeal) (Appeal, error) {
	t, err := s.own(ctx, actor, cmd.Ref)
	if err != nil {
		return Appeal{}, err
	}
	words, err := newWords(cmd.Words)
	if err := deliberation.Joined(err, bad(words == "", errSayWhat)); err != nil {
		return Appeal{}, err
	}
	if t.State != StateHidden && t.State != StateHeld {
		return Appeal{}, ErrGone
	}
	now := s.now()
	a := Appeal{By: actor.ID, Words: words, At: now, Against: t.ModeratedAt, Moderator: t.ModeratedBy}
	if a.ToTown, err = s.nobodyElse(ctx, t); err != nil {
		return Appeal{}, err
	}
	c, err := s.change(ctx, t, func(c *Case) ([]docstore.Fact, error) {
		if err := c.appeal(a, now); err != nil {
			return nil, err
		}
		data := Appealed{About: about(*c, t), Author: actor.ID, Moderator: a.Moderator, ToTown: a.ToTown}
		return []docstore.Fact{fact(EventAppealed, actor, now, data)}, nil
	})
	if err != nil && !errors.Is(err, docstore.ErrUnchanged) {
		return Appeal{}, err
	}
	return c.Appeals[len(c.Appeals)-1], nil
}

// own returns the actor's own thing.
func (s *Service) own(ctx context.Context, actor identity.Actor, r Ref) (Thing, error) {
	if !actor.Known() {
		return Thing{}, identity.ErrSignIn
	}
	t, err := s.look(ctx, r)
	switch {
	case err != nil:
		return Thing{}, err
	case t.Author.Account == "" || t.Author.Account != actor.ID:
		return Thing{}, errNoRoom // whether there is such a thing is nobody else's
	}
	return t, nil
}

// OwnAppeal returns the actor's own thing and the appeal against what was decided about it last, if there is one.
func (s *Service) OwnAppeal(ctx context.Context, actor identity.Actor, r Ref) (Thing, *Appeal, error) {
	t, err := s.own(ctx, actor, r)
	if err != nil {
		return Thing{}, nil, err
	}
	c, err := s.caseOf(ctx, t)
	if n := len(c.Appeals); n > 0 {
		last := c.Appeals[n-1]
		last.Moderator = ""
		return t, &last, err
	}
	return t, nil, err
}

// nobodyElse reports whether the community has nobody who may decide an appeal: staff or secretary, and neither the
// author nor who decided before.
func (s *Service) nobodyElse(ctx context.Context, t Thing) (bool, error) {
	for _, role := range []identity.Role{identity.RoleStaff, identity.RoleSecretary} {
		people, err := s.holders.RoleHolders(ctx, role, t.place().Community())
		if err != nil {
			return false, err
		}
		for _, p := range people {
			if p != t.ModeratedBy && p != t.Author.Account {
				return false, nil
			}
		}
	}
	return true, nil
}
