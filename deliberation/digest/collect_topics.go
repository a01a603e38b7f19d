package digest

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Proposal is a topic that may be passed up.
type Proposal struct {
	deliberation.TopicView
	// In is the group that it is in, "" if none.
	In GroupID
	// Earlier is set for a topic from before the period in which one of the period goes on.
	Earlier bool
	// Before is set where the town has had it in another digest.
	Before bool
}

// Proposals is a page of the period, the oldest first.
type Proposals struct {
	Digest View
	Items  []Proposal
	Next   docstore.Cursor
	// Total is how many topics the period holds, notices and hidden ones too.
	Total int
}

// Propose returns a page of the period's topics that may be passed up, of one board or with "" of all. It costs one seek,
// fifty documents and those that merged ones go on in, and one count that stops at MaxPeriod.
func (s *Service) Propose(ctx context.Context, actor identity.Actor, id ID, board deliberation.BoardKey, after docstore.Cursor) (Proposals, error) {
	d, _, err := s.at(ctx, actor, id, identity.WriteDigest)
	if err != nil {
		return Proposals{}, err
	}
	page, err := s.Periods.TopicsIn(ctx, collecting, d.Community, d.Window(), board, after)
	if err != nil {
		return Proposals{}, err
	}
	all, err := s.candidates(ctx, d, page.Items)
	if err != nil {
		return Proposals{}, err
	}
	total, err := s.Periods.CountIn(ctx, d.Community, d.Window(), board, MaxPeriod)
	if err != nil {
		return Proposals{}, err
	}
	found := Proposals{Digest: s.view(actor, d), Next: page.Next, Total: total}
	for _, t := range all {
		found.Items = append(found.Items, Proposal{TopicView: t, In: d.GroupOf(t.ID), Earlier: t.CreatedAt.Before(d.Since), Before: passedElsewhere(t, d.ID)})
	}
	return found, nil
}

// passedElsewhere reports whether another digest has had the topic.
func passedElsewhere(t deliberation.TopicView, here ID) bool {
	for _, l := range t.Links {
		if l.Kind == deliberation.LinkDigest && l.ID != string(here) {
			return true
		}
	}
	return false
}

// proposable reports whether a topic is an opinion that may be passed up: asked for or complained of in public, and not
// about somebody's health.
func proposable(t deliberation.TopicView) bool {
	return t.Kind.Undertakes() && t.Status.Shown() && t.Status != deliberation.Merged && t.Board != deliberation.BoardDoctor
}

// mostMerges bounds how far a topic that was merged, and merged again, is followed.
const mostMerges = 5

// candidates returns those of a period's topics that may be passed up, each once. A merged one stands as the topic that it goes
// on in: if that is of the period too, it comes on its own page.
func (s *Service) candidates(ctx context.Context, d Digest, found []deliberation.TopicView) ([]deliberation.TopicView, error) {
	var all []deliberation.TopicView
	seen := map[deliberation.TopicID]bool{}
	var onward []deliberation.TopicID
	for _, t := range found {
		seen[t.ID] = true
		switch {
		case t.Status == deliberation.Merged:
			onward = append(onward, t.Into)
		case proposable(t):
			all = append(all, t)
		}
	}
	roots, err := s.roots(ctx, onward)
	if err != nil {
		return nil, err
	}
	for _, t := range roots {
		if !seen[t.ID] && proposable(t) && t.CreatedAt.Before(d.Since) {
			seen[t.ID] = true
			all = append(all, t)
		}
	}
	return all, nil
}

// roots follows topics to those they go on in, which are public and not merged.
func (s *Service) roots(ctx context.Context, ids []deliberation.TopicID) ([]deliberation.TopicView, error) {
	var roots []deliberation.TopicView
	for range mostMerges {
		if len(ids) == 0 {
			break
		}
		found, err := s.Periods.TopicsFound(ctx, collecting, ids)
		if err != nil {
			return nil, err
		}
		ids = nil
		for _, t := range found {
			if t.Status == deliberation.Merged {
				ids = append(ids, t.Into)
			} else {
				roots = append(roots, t)
			}
		}
	}
	return roots, nil
}

// voices counts the people that topics speak for, each once. What was entered for somebody offline counts one each, because
// nobody can tell who they are.
func voices(all []deliberation.TopicView) int {
	seen, n := map[identity.AccountID]bool{}, 0
	count := func(a identity.AccountID) {
		if a == "" || !seen[a] {
			n++
		}
		seen[a] = true
	}
	for _, t := range all {
		count(t.Author.Account)
		for _, a := range t.Absorbed {
			count(a.Author)
		}
	}
	return n
}

// tally counts what the period holds that may be passed up: at most MaxPeriod documents, in pages.
func (s *Service) tally(ctx context.Context, d Digest) (Tally, error) {
	var all []deliberation.TopicView
	seen := map[deliberation.TopicID]bool{}
	var after docstore.Cursor
	for range MaxPeriod/deliberation.PeriodPage + 1 {
		page, err := s.Periods.TopicsIn(ctx, collecting, d.Community, d.Window(), "", after)
		if err != nil {
			return Tally{}, err
		}
		found, err := s.candidates(ctx, d, page.Items)
		if err != nil {
			return Tally{}, err
		}
		for _, t := range found {
			if !seen[t.ID] {
				all = append(all, deliberation.TopicView{Topic: deliberation.Topic{Author: t.Author, Absorbed: t.Absorbed}})
			}
			seen[t.ID] = true
		}
		if after = page.Next; after == "" {
			break
		}
	}
	return Tally{Topics: len(all), Voices: voices(all)}, nil
}
