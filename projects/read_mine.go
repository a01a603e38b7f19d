package projects

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// MineShown bounds each list of Mine.
const MineShown = 50

// Mine are the projects that somebody has to do with, the latest first; none stands in two lists.
type Mine struct {
	Carries  []View // as the lead
	Proposed []View
	Supports []View // endorsed or followed
}

// None reports whether all lists are empty.
func (m Mine) None() bool { return len(m.Carries)+len(m.Proposed)+len(m.Supports) == 0 }

// Mine lists what the actor carries, has proposed, and supports or follows, as far as they may know of it still.
func (s *Service) Mine(ctx context.Context, actor identity.Actor) (Mine, error) {
	if !actor.Known() {
		return Mine{}, identity.ErrSignIn
	}
	var m Mine
	seen := map[ID]bool{}
	add := func(list *[]View, p Project) {
		if !seen[p.ID] && s.projects.Knows(actor, p) == nil {
			seen[p.ID] = true
			*list = append(*list, s.view(actor, p, false, s.Now()))
		}
	}
	for _, own := range []struct {
		index string
		list  *[]View
	}{{byLead, &m.Carries}, {byProposer, &m.Proposed}} {
		found, _, err := s.projects.Find(ctx, docstore.Query{Index: own.index, Equal: []any{string(actor.ID)}, Desc: true, Limit: MineShown})
		if err != nil {
			return Mine{}, fmt.Errorf("list own projects by %s: %w", own.index, err)
		}
		for _, p := range found {
			add(own.list, p)
		}
	}
	supported, err := s.supported(ctx, actor.ID)
	if err != nil {
		return Mine{}, err
	}
	for _, p := range supported {
		add(&m.Supports, p)
	}
	return m, nil
}

// supported reads what somebody endorsed or follows, the latest first.
func (s *Service) supported(ctx context.Context, who identity.AccountID) ([]Project, error) {
	q := docstore.Query{Index: byAuthor, Equal: []any{string(who)}, Desc: true, Limit: MineShown}
	endorsed, _, err1 := s.endorsements.Find(ctx, q)
	follows, _, err2 := s.followings.Find(ctx, q)
	if err := errors.Join(err1, err2); err != nil {
		return nil, fmt.Errorf("list supported projects: %w", err)
	}
	var ids []string
	for _, f := range follows {
		ids = append(ids, string(f.Project))
	}
	for _, e := range endorsed {
		ids = append(ids, string(e.Project))
	}
	found, err := s.projects.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	all := make([]Project, 0, len(found))
	for _, p := range found {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Project) int { return b.Since.Compare(a.Since) })
	return all, nil
}
