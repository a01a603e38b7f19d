package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// Projects is what the accounts ask of the projects.
type Projects interface {
	// Project returns what the accounts need to know of one, or ErrNoProject.
	Project(ctx context.Context, id string) (Project, error)
	// Open lists those in a community, or in the communities of a town, that money may be allotted to now.
	Open(ctx context.Context, node community.ID) ([]Project, error)
}

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	Calendar *calendar.Calendar
	// Projects may be nil: money is then allotted to named purposes only.
	Projects Projects
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	funds  docstore.Table[Fund]
	grants docstore.Table[Grant]
}

// New returns a Service.
func New(d Deps) *Service {
	scope := func(f Fund) string { return string(f.Node) }
	return &Service{
		d, docstore.Table[Fund]{Store: d.Store, Kind: FundKind, Fields: fundFields, Scope: scope},
		docstore.Table[Grant]{Store: d.Store, Kind: GrantKind, Scope: func(g Grant) string { return string(g.Community) }},
	}
}

// Today is the day that clocks in the communities show.
func (s *Service) Today() calendar.Date { return s.Calendar.DateAt(s.Now()) }

// place returns a community or town in which the actor may do the verb.
func (s *Service) place(ctx context.Context, actor identity.Actor, id community.ID, verb identity.Verb) (community.Node, error) {
	n, err := s.Directory.Node(ctx, id)
	if err != nil {
		return n, fmt.Errorf("find place %q: %w", id, err)
	}
	if n.Level != community.LevelCommunity && n.Level != community.LevelTown {
		return n, ErrNotFound
	}
	return n, identity.Can(actor, verb, identity.At(n))
}

// fund returns a fund on which the actor may do the verb. To those who have no part in the accounts of its place it is
// missing, except that somebody unknown is asked to sign in.
func (s *Service) fund(ctx context.Context, actor identity.Actor, id FundID, verb identity.Verb) (Fund, error) {
	f, _, err := s.funds.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Fund{}, ErrNotFound
	} else if err != nil {
		return Fund{}, err
	}
	err = identity.Can(actor, verb, f.Place())
	if err != nil && actor.Known() && identity.Can(actor, identity.SeeAccounts, f.Place()) != nil {
		err = ErrNotFound
	}
	if err != nil {
		return Fund{}, err
	}
	return f, nil
}

// step changes a fund in the name of somebody who may do the verb. change must be pure.
func (s *Service) step(ctx context.Context, actor identity.Actor, id FundID, verb identity.Verb, change func(*Fund, deliberation.Author, time.Time) ([]docstore.Fact, error)) (Fund, error) {
	f, err := s.fund(ctx, actor, id, verb)
	if err != nil {
		return f, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, f.Place())
	if err != nil {
		return Fund{}, err
	}
	now := s.Now()
	return s.funds.Update(ctx, string(id), func(f *Fund) ([]docstore.Fact, error) {
		if f.Balances == nil {
			f.Balances = map[Account]money.Fen{}
		}
		return change(f, by, now)
	})
}

// around reads what a decision about a draft needs to know of the projects it concerns.
func (s *Service) around(ctx context.Context, f Fund, d Draft) (Around, error) {
	a := Around{Projects: map[string]Project{}, Elsewhere: map[string]money.Fen{}}
	for _, id := range f.ProjectsOf(d) {
		if s.Projects == nil {
			continue
		}
		p, err := s.Projects.Project(ctx, id)
		if errors.Is(err, ErrNoProject) {
			continue
		} else if err != nil {
			return a, err
		}
		a.Projects[id] = p
		if f.gains(d) != id {
			continue
		}
		if a.Elsewhere[id], err = s.claimed(ctx, f.ID, id); err != nil {
			return a, err
		}
		others, err := s.holding(ctx, p)
		if err != nil {
			return a, err
		}
		for _, o := range others {
			if n := o.LineOf(id); n > 0 && o.ID != f.ID {
				a.Elsewhere[id] += o.allotted(n)
			}
		}
	}
	return a, nil
}

// most bounds the funds of one place that are read together: a dozen a year for eight years.
const most = 100

// holding returns the funds that have allotted money to a project: those of its community and its town.
func (s *Service) holding(ctx context.Context, p Project) ([]Fund, error) {
	all, err := s.near(ctx, p.Path)
	return slices.DeleteFunc(all, func(f Fund) bool { return f.LineOf(p.ID) == 0 }), err
}

// near returns the funds of a community and its town, the newest first.
func (s *Service) near(ctx context.Context, path []community.ID) ([]Fund, error) {
	var all []Fund
	for _, node := range path[min(1, len(path)):] {
		funds, _, err := s.funds.Find(ctx, docstore.Query{Index: byNode, Equal: []any{string(node)}, Desc: true, Limit: most})
		if err != nil {
			return nil, err
		}
		all = append(all, funds...)
	}
	return all, nil
}
