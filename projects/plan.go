package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// WritePlan is plan and budget as the form gives them.
type WritePlan struct {
	Project ID
	Seen    int
	Plan
}

// WritePlan writes plan and budget, by who leads or the desk.
func (s *Service) WritePlan(ctx context.Context, actor identity.Actor, cmd WritePlan) (Project, error) {
	p, err := s.projects.May(ctx, actor, string(cmd.Project), identity.ProposeProject)
	if err != nil {
		return p, err
	}
	plan, err := cmd.Plan.clean(p.Class, p.Preset.Caps)
	if err != nil {
		return Project{}, err
	}
	return s.stepOfLead(ctx, actor, cmd.Project, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.WritePlan(plan, cmd.Seen, by, now)
	})
}

// AttachPaper attaches what the preset asks for: the proposer, the lead, or the desk.
func (s *Service) AttachPaper(ctx context.Context, actor identity.Actor, id ID, key string, photo deliberation.PhotoID) (Project, error) {
	if err := deliberation.CheckPhotos([]deliberation.PhotoID{photo}); err != nil {
		return Project{}, err
	}
	attach := func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		facts, err := p.AttachPaper(key, photo, by, now)
		return s.andAccepted(p, facts, err, now)
	}
	p, err := s.projects.May(ctx, actor, string(id), identity.ProposeProject)
	if err == nil && p.Proposer.Account == actor.ID && actor.ID != "" {
		return s.step(ctx, actor, id, identity.ProposeProject, attach)
	}
	return s.stepOfLead(ctx, actor, id, attach)
}

// PutForward gives the plan to whoever decides.
func (s *Service) PutForward(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	return s.stepOfLead(ctx, actor, id, (*Project).PutForward)
}
