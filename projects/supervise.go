package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// OfferSupervision offers to watch the work; token is the form's.
func (s *Service) OfferSupervision(ctx context.Context, actor identity.Actor, id ID, token string) (Project, error) {
	if err := deliberation.CheckToken(token); err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, id, identity.EndorseProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.OfferSupervision(token, by, now)
	})
}

// NameSupervisor says yes or no to somebody who offered.
func (s *Service) NameSupervisor(ctx context.Context, actor identity.Actor, id ID, supervisor string, yes bool) (Project, error) {
	return s.step(ctx, actor, id, identity.DecideProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.NameSupervisor(supervisor, yes, by, now)
	})
}

// LeaveSupervision takes one's own offer or duty back.
func (s *Service) LeaveSupervision(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	return s.step(ctx, actor, id, identity.EndorseProject, (*Project).LeaveSupervision)
}
