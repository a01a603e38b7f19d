package projects

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/projects/preset"
)

// Put puts a project of which everything up to a stage is told elsewhere at that stage.
func (s *Service) Put(ctx context.Context, id ID, at preset.Stage) error {
	_, err := s.projects.Update(ctx, string(id), func(p *Project) ([]docstore.Fact, error) {
		p.note(Step{What: "project.put", Actor: "system:test", From: p.Stage, To: at, At: s.Now()})
		p.Stage, p.Since, p.Approved = at, s.Now(), p.Plan.Total()
		if at == preset.Rating {
			p.RateDue = s.rateDue(*p, s.Now())
		}
		if p.EstablishedAt.IsZero() {
			p.EstablishedAt = s.Now()
		}
		return nil, nil
	})
	return err
}

// GiveUp says of a project at its settlement that it was given up on its way.
func (s *Service) GiveUp(ctx context.Context, id ID) error {
	_, err := s.projects.Update(ctx, string(id), func(p *Project) ([]docstore.Fact, error) {
		p.CancelledAt = s.Now()
		return nil, nil
	})
	return err
}

// Lots is the order in which representatives are drawn.
var Lots = lots

// Arrow is a move that leads from one stage to another.
type Arrow struct {
	From preset.Stage
	Move Move
	To   preset.Stage
}

// Arrows lists them for a preset, from the table of moves.
func Arrows(p preset.Preset) []Arrow {
	var all []Arrow
	for _, w := range ways() {
		for _, from := range w.from {
			x := Project{Preset: p, Stage: from}
			if to := x.leadsTo(w.move); to != from {
				all = append(all, Arrow{from, w.move, to})
			}
		}
	}
	return all
}

// Interrupt takes an import back to the moment in which it was confirmed and one of its projects was still to be made.
func (s *Service) Interrupt(ctx context.Context, id string, missing ID) error {
	p, n, err := s.projects.Get(ctx, string(missing))
	if err != nil {
		return err
	}
	if err := s.projects.Delete(ctx, string(missing), docstore.Want(n), p); err != nil {
		return err
	}
	_, err = s.imports.Update(ctx, id, func(x *Import) ([]docstore.Fact, error) {
		x.DoneAt, x.Left = time.Time{}, nil
		return nil, nil
	})
	return err
}
