package projects

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// Vary is a variation as its form gives it.
type Vary struct {
	ID        string // the form's token
	Project   ID
	What, Why string
	Amount    money.Fen // below zero for less
	Weeks     int
}

// Vary asks for a change of what was approved, by the lead.
func (s *Service) Vary(ctx context.Context, actor identity.Actor, cmd Vary) (Project, error) {
	what, err1 := written.Text("what", cmd.What, MaxVariation)
	reason, err2 := written.Text("why", cmd.Why, MaxVariation)
	if err := deliberation.Joined(err1, err2, deliberation.CheckToken(cmd.ID)); err != nil {
		return Project{}, err
	}
	p, err := s.projects.May(ctx, actor, string(cmd.Project), identity.ProposeProject)
	if err != nil {
		return Project{}, err
	}
	if len(s.screen(actor, p.Place(), what, reason)) > 0 {
		return Project{}, errWords.On("what")
	}
	spent, err := s.Accounts.Spent(ctx, p.ID)
	if err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, cmd.Project, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Vary(Variation{ID: cmd.ID, By: by, What: what, Why: reason, Amount: cmd.Amount, Weeks: cmd.Weeks}, spent.Committed, now)
	})
}

// ApproveVariation lets a variation count. More money is taken from the year of the project first and given back where the
// project then refuses; less is given back to the year afterwards. Should this process end in between, the sweep and the relay
// do that.
//
// What the accounts have promised is read a moment before: a contract that is posted in that very moment is not seen here,
// and its payment is.
func (s *Service) ApproveVariation(ctx context.Context, actor identity.Actor, id ID, variation, reason string) (Project, error) {
	reason, err := written.Line("reason", reason, MaxReason)
	if err != nil {
		return Project{}, err
	}
	p, by, err := s.projects.For(ctx, actor, string(id), identity.DecideProject)
	if err != nil {
		return Project{}, err
	}
	spent, err := s.Accounts.Spent(ctx, id)
	if err != nil {
		return Project{}, err
	}
	now, before := s.Now(), p
	if _, err := p.ApproveVariation(variation, reason, spent.Committed, by, now); errors.Is(err, docstore.ErrUnchanged) {
		return before, nil
	} else if err != nil {
		return Project{}, err
	}
	x, err := before.Variation(variation)
	if err != nil {
		return Project{}, err
	}
	if x.Amount > 0 {
		if err := s.hold(ctx, before, s.yearOf(before), varied(id, variation), x.Amount, now); err != nil {
			return Project{}, err
		}
	}
	p, err = s.projects.Update(ctx, string(id), func(p *Project) ([]docstore.Fact, error) {
		return p.ApproveVariation(variation, reason, spent.Committed, by, now)
	})
	if err != nil {
		if fault.KindOf(err) != fault.Internal {
			err = errors.Join(err, s.unvary(ctx, id, variation))
		}
		return p, err
	}
	return p, s.settleVariation(ctx, p, variation)
}

// unvary gives back what a variation took that was not approved after all.
func (s *Service) unvary(ctx context.Context, id ID, variation string) error {
	p, _, err := s.projects.Get(ctx, string(id))
	if err != nil {
		return err
	}
	if x, err := p.Variation(variation); err != nil || x.State == VaryApproved {
		return err
	}
	return s.untake(ctx, p, s.yearOf(p), varied(id, variation))
}

// settleVariation notes in the year what an approved variation took, and gives back what it spares.
func (s *Service) settleVariation(ctx context.Context, p Project, variation string) error {
	x, err := p.Variation(variation)
	if err != nil || x.State != VaryApproved || x.Amount == 0 {
		return err
	}
	return s.settle(ctx, p, s.yearOf(p), varied(p.ID, variation), x.Amount)
}

// FollowVariation makes good what a process that ended too early left undone. The relay gives it project.variation_approved, at
// least once.
func (s *Service) FollowVariation(ctx context.Context, e docstore.Event) error {
	d, err := deliberation.Decode[VariationStep](e)
	if err != nil {
		return err
	}
	p, _, err := s.projects.Get(ctx, string(d.Project))
	if err != nil {
		return err
	}
	return s.settleVariation(ctx, p, d.Variation)
}

// RefuseVariation says no to one, with the reason.
func (s *Service) RefuseVariation(ctx context.Context, actor identity.Actor, id ID, variation, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.DecideProject, reason, func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.RefuseVariation(variation, reason, by, now)
	})
}

// WithdrawVariation takes one's own wish back.
func (s *Service) WithdrawVariation(ctx context.Context, actor identity.Actor, id ID, variation string) (Project, error) {
	return s.step(ctx, actor, id, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.WithdrawVariation(variation, by, now)
	})
}
