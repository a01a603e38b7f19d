package digest

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// FinishSorting says that the sorting is done, and asks the secretary to look. It adds up the period: MaxPeriod documents at
// most.
func (s *Service) FinishSorting(ctx context.Context, actor identity.Actor, id ID, seen int) (View, error) {
	d, h, err := s.at(ctx, actor, id, identity.WriteDigest)
	if err != nil {
		return View{}, err
	}
	if d.State.Allows(MoveFinish) && d.Revision != seen {
		return View{}, ErrStale
	}
	weights, err := s.weights(ctx, d)
	if err != nil {
		return View{}, err
	}
	t, err := s.tally(ctx, d)
	if err != nil {
		return View{}, err
	}
	return s.save(ctx, actor, id, h, func(d *Digest, h hand, now time.Time) ([]docstore.Fact, error) {
		return d.Finish(weights, t, seen, h, now)
	})
}

// weights looks at the topics of the groups: MaxTopics documents at most.
func (s *Service) weights(ctx context.Context, d Digest) (map[GroupID]Weight, error) {
	all := map[GroupID]Weight{}
	for _, g := range d.Groups {
		found, err := s.roots(ctx, g.Topics)
		if err != nil {
			return nil, err
		}
		var kept []deliberation.TopicView
		var w Weight
		for _, t := range found {
			if proposable(t) && (d.GroupOf(t.ID) == g.ID || d.GroupOf(t.ID) == "") && !taken(all, w, t.ID) {
				kept = append(kept, t)
				w.Topics = append(w.Topics, t.ID)
			}
		}
		w.Voices = voices(kept)
		all[g.ID] = w
	}
	return all, nil
}

// taken reports whether a topic stands in a group already: two that were merged since they were placed are one now.
func taken(all map[GroupID]Weight, w Weight, id deliberation.TopicID) bool {
	for _, id2 := range w.Topics {
		if id2 == id {
			return true
		}
	}
	for _, other := range all {
		for _, id2 := range other.Topics {
			if id2 == id {
				return true
			}
		}
	}
	return false
}

// SendBack lets the sorting go on, with a reason: the secretary wants it otherwise, or who finished it thinks better of it.
func (s *Service) SendBack(ctx context.Context, actor identity.Actor, id ID, why string, seen int) (View, error) {
	return s.stepWith(ctx, actor, id, identity.WriteDigest, why, func(d *Digest, why string, h hand, now time.Time) ([]docstore.Fact, error) {
		return d.SendBack(why, seen, h, now)
	})
}

// stepWith is step with words.
func (s *Service) stepWith(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb, words string, change func(*Digest, string, hand, time.Time) ([]docstore.Fact, error)) (View, error) {
	_, h, err := s.at(ctx, actor, id, verb)
	if err != nil {
		return View{}, err
	}
	words, err = reason(words)
	if err != nil {
		return View{}, err
	}
	return s.save(ctx, actor, id, h, func(d *Digest, h hand, now time.Time) ([]docstore.Fact, error) {
		return change(d, words, h, now)
	})
}
