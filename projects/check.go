package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Pass lets a proposal go on from the check. How many households it is for is counted now, once.
func (s *Service) Pass(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	p, err := s.projects.May(ctx, actor, string(id), identity.CheckProject)
	if err != nil {
		return Project{}, err
	}
	homes := 0
	if p.Preset.Endorse.ByHousehold() {
		if homes, err = s.Homes.Homes(ctx, p.Community, p.For.Buildings); err != nil {
			return Project{}, err
		}
	}
	return s.step(ctx, actor, id, identity.CheckProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Pass(homes, s.handDue(*p, now), by, now)
	})
}

// Refuse ends a proposal at the check.
func (s *Service) Refuse(ctx context.Context, actor identity.Actor, id ID, x Exclusion, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.CheckProject, reason, func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Refuse(x, reason, by, now)
	})
}

// Return gives a proposal back to its proposer.
func (s *Service) Return(ctx context.Context, actor identity.Actor, id ID, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.CheckProject, reason, (*Project).Return)
}

// Cancel gives a project up by a recorded decision.
func (s *Service) Cancel(ctx context.Context, actor identity.Actor, id ID, reason string) (Project, error) {
	if err := s.mayLeaveRound(ctx, actor, id, MoveCancel); err != nil {
		return Project{}, err
	}
	return s.explained(ctx, actor, id, identity.DecideProject, reason, (*Project).Cancel)
}
