package ledger

import (
	"context"
	"errors"
	"maps"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/money"
)

// Grant is what is being given to one project at this moment. Several funds may allot money to a project at once, and each is a
// document of its own; so whoever posts writes a claim here first, and reads what the other funds hold after it. Of two at once the
// one that wrote later counts the other's claim, whether or not that has been posted yet.
type Grant struct {
	Project   string       `json:"project"`
	Community community.ID `json:"community"`
	// Claims are by voucher. One that was left behind by a process that died holds its part until its voucher is decided about.
	Claims map[EntryID]Claim `json:"claims"`
}

// Claim is a voucher that is about to be posted.
type Claim struct {
	Fund FundID    `json:"fund"`
	Fen  money.Fen `json:"fen"`
}

// claim writes down that a voucher is about to give more to a project, and returns what takes that back. For other vouchers it does
// nothing.
func (s *Service) claim(ctx context.Context, f Fund, e Entry) (release func(), err error) {
	project := f.gains(e.Draft)
	nothing := func() {}
	if project == "" || s.Projects == nil || e.State != Waits {
		return nothing, nil
	}
	empty := Grant{Project: project, Community: f.Node, Claims: map[EntryID]Claim{}}
	if _, err := s.grants.Add(ctx, project, empty); err != nil {
		return nothing, err
	}
	_, err = s.grants.Update(ctx, project, func(g *Grant) ([]docstore.Fact, error) {
		g.Claims = maps.Clone(g.Claims)
		g.Claims[e.ID] = Claim{f.ID, e.Fen}
		return nil, nil
	})
	if err != nil {
		return nothing, err
	}
	return func() {
		// A claim that stays is counted no more once its voucher is decided about, and is cleared by the next one.
		_ = s.drop(context.WithoutCancel(ctx), project, e.ID)
	}, nil
}

// drop removes claims.
func (s *Service) drop(ctx context.Context, project string, ids ...EntryID) error {
	_, err := s.grants.Update(ctx, project, func(g *Grant) ([]docstore.Fact, error) {
		g.Claims = maps.Clone(g.Claims)
		for _, id := range ids {
			delete(g.Claims, id)
		}
		return nil, nil
	})
	return err
}

// claimed is what vouchers of other funds are about to give to a project. It is asked after one's own claim was written, and before
// the other funds are read: what is posted in between is counted twice rather than not at all.
func (s *Service) claimed(ctx context.Context, own FundID, project string) (money.Fen, error) {
	g, _, err := s.grants.Get(ctx, project)
	if errors.Is(err, docstore.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	var sum money.Fen
	var over []EntryID
	for id, c := range g.Claims {
		if c.Fund == own {
			continue // the own fund knows
		}
		f, _, err := s.funds.Get(ctx, string(c.Fund))
		if err != nil {
			return 0, err
		}
		if e, ok := f.Entry(id); ok && e.State == Waits {
			sum += c.Fen
		} else {
			over = append(over, id)
		}
	}
	if len(over) == 0 {
		return sum, nil
	}
	return sum, s.drop(ctx, project, over...)
}
