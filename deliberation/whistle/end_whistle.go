package whistle

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ConcludeWhistle writes down the joint solution.
func (s *Service) ConcludeWhistle(ctx context.Context, actor identity.Actor, id ID, solution string) (View, error) {
	return s.end(ctx, actor, id, solution, func(w *Whistle, words string, h hand) ([]docstore.Fact, error) {
		return w.Conclude(words, h, s.now())
	})
}

// EvaluateWhistle says whether the solution helped. The words may be empty.
func (s *Service) EvaluateWhistle(ctx context.Context, actor identity.Actor, id ID, v Verdict, words string) (View, error) {
	return s.end(ctx, actor, id, words, func(w *Whistle, words string, h hand) ([]docstore.Fact, error) {
		return w.Evaluate(v, words, h, s.now())
	})
}

// CancelWhistle takes the call back.
func (s *Service) CancelWhistle(ctx context.Context, actor identity.Actor, id ID, why string) (View, error) {
	return s.end(ctx, actor, id, why, func(w *Whistle, words string, h hand) ([]docstore.Fact, error) {
		return w.Cancel(words, h, s.now())
	})
}

func (s *Service) end(ctx context.Context, actor identity.Actor, id ID, words string, step func(*Whistle, string, hand) ([]docstore.Fact, error)) (View, error) {
	w, err := s.load(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	h, err := s.calls(ctx, actor, w, identity.CallWhistle)
	if err != nil {
		return View{}, err
	}
	words = deliberation.Clean(words)
	if err := deliberation.Within(words, MaxWords, errWords); err != nil {
		return View{}, err
	}
	w, err = s.change(ctx, id, func(w *Whistle) ([]docstore.Fact, error) { return step(w, words, h) })
	if err != nil {
		return View{}, err
	}
	return s.view(actor, w), nil
}
