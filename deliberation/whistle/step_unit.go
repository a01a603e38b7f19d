package whistle

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// StepUnit is one step of one unit.
type StepUnit struct {
	Whistle ID
	Unit    int // its place in the whistle, from 0
	Step    Step
	// Words are the reason of a refusal or of insisting, or the report.
	Words string
	// At is when an accepting unit will come, or when it was there.
	At time.Time
}

// StepUnit carries out a step: a unit's own people accept, refuse, arrive and report; whoever may call writes down
// arrivals too, and everything for units without accounts; the town insists. The same step sent again finds the unit
// past it.
func (s *Service) StepUnit(ctx context.Context, actor identity.Actor, cmd StepUnit) (View, error) {
	w, err := s.whistles.Read(ctx, actor, string(cmd.Whistle))
	if err != nil {
		return View{}, err
	}
	h, err := s.handFor(ctx, actor, w, cmd)
	if err != nil {
		return View{}, err
	}
	words := deliberation.Clean(cmd.Words)
	if err := deliberation.Within(words, MaxWords, errWords); err != nil {
		return View{}, err
	}
	now := s.Now()
	due, err := s.due(w.Urgent, now)
	if err != nil {
		return View{}, err
	}
	w, err = s.whistles.Update(ctx, string(w.ID), func(w *Whistle) ([]docstore.Fact, error) {
		switch cmd.Step {
		case StepAccept:
			return w.Accept(cmd.Unit, cmd.At.UTC(), h, now)
		case StepRefuse:
			return w.Refuse(cmd.Unit, words, h, now)
		case StepArrive:
			return w.Arrive(cmd.Unit, cmd.At.UTC(), h, now)
		case StepReport:
			return w.ReportOn(cmd.Unit, words, h, now)
		case StepInsist:
			return w.Insist(cmd.Unit, words, due, h, now)
		}
		return nil, ErrState.With("step", cmd.Step)
	})
	if err != nil {
		return View{}, err
	}
	return s.view(actor, w), nil
}

// handFor asks whether the actor may take the step.
func (s *Service) handFor(ctx context.Context, actor identity.Actor, w Whistle, cmd StepUnit) (hand, error) {
	switch cmd.Step {
	case StepInsist:
		by, err := s.Author(ctx, actor, w.Place(), identity.WatchWhistle)
		return hand{actor: actor, who: by}, err
	case StepArrive:
		if by, err := s.Author(ctx, actor, w.Place(), identity.CallWhistle); err == nil {
			return hand{actor: actor, who: by}, nil
		}
	}
	return s.speaks(ctx, actor, w, cmd.Unit)
}
