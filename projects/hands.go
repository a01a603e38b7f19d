package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// RaiseHand is a body's offer.
type RaiseHand struct {
	ID      string // the form's token
	Project ID
	Bring   string
	People  int
	Money   money.Fen // 0 for none
	Weeks   int
}

// RaiseHand adds a hand in the name of the branch or partner that the actor acts for in this community.
func (s *Service) RaiseHand(ctx context.Context, actor identity.Actor, cmd RaiseHand) (Project, error) {
	bring, err := written.Text("bring", cmd.Bring, MaxBring)
	if err := deliberation.Joined(err, deliberation.CheckToken(cmd.ID)); err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, cmd.Project, identity.RaiseHand, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		body := by.Title
		if body == "" {
			body = by.Name
		}
		return p.RaiseHand(Hand{ID: cmd.ID, By: by, Body: body, Bring: bring, People: cmd.People, Money: cmd.Money, Weeks: cmd.Weeks}, now)
	})
}

// LowerHand takes one's own hand back.
func (s *Service) LowerHand(ctx context.Context, actor identity.Actor, id ID, hand, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.RaiseHand, reason, func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.LowerHand(hand, reason, by, s.handDue(*p, now), now)
	})
}

// ChooseLead records which hand carries the project.
func (s *Service) ChooseLead(ctx context.Context, actor identity.Actor, id ID, hand, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.DecideProject, reason, func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.ChooseLead(hand, reason, by, now)
	})
}

// LeaveLead lets the lead go.
func (s *Service) LeaveLead(ctx context.Context, actor identity.Actor, id ID, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.ProposeProject, reason, (*Project).LeaveLead)
}

// ReplaceLead records who carries on: a hand or a co-proposer, by its id.
func (s *Service) ReplaceLead(ctx context.Context, actor identity.Actor, id ID, candidate, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.DecideProject, reason, func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.ReplaceLead(candidate, reason, by, now)
	})
}
