package whistle

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ConcludeWhistle writes down the joint solution.
func (s *Service) ConcludeWhistle(ctx context.Context, actor identity.Actor, id ID, solution string) (View, error) {
	return s.end(ctx, actor, id, solution, (*Whistle).Conclude)
}

// EvaluateWhistle says whether the solution helped. The words may be empty.
func (s *Service) EvaluateWhistle(ctx context.Context, actor identity.Actor, id ID, v Verdict, words string) (View, error) {
	return s.end(ctx, actor, id, words, func(w *Whistle, words string, h hand, now time.Time) ([]docstore.Fact, error) {
		return w.Evaluate(v, words, h, now)
	})
}

// CancelWhistle takes the call back.
func (s *Service) CancelWhistle(ctx context.Context, actor identity.Actor, id ID, why string) (View, error) {
	return s.end(ctx, actor, id, why, (*Whistle).Cancel)
}

func (s *Service) end(ctx context.Context, actor identity.Actor, id ID, words string, step func(*Whistle, string, hand, time.Time) ([]docstore.Fact, error)) (View, error) {
	words = deliberation.Clean(words)
	w, err := s.whistles.Step(ctx, actor, string(id), identity.CallWhistle, func(w *Whistle, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if err := deliberation.Within(words, MaxWords, errWords); err != nil {
			return nil, err
		}
		return step(w, words, hand{actor: actor, who: by}, now)
	})
	if err != nil {
		return View{}, err
	}
	return s.view(actor, w), nil
}
