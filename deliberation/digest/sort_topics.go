package digest

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

var (
	errHeading    = fault.New(fault.Invalid, "digest.heading_needed").On("heading")
	errHeadingLen = fault.New(fault.Invalid, "digest.heading_too_long").On("heading")
	errSummary    = fault.New(fault.Invalid, "digest.summary_too_long").On("summary")
	errAsk        = fault.New(fault.Invalid, "digest.ask_too_long").On("ask")
	errNoneChosen = fault.New(fault.Invalid, "digest.no_topics").On("topics")
	errPlaced     = fault.New(fault.Invalid, "digest.too_many_placed").On("topics").With("max", MaxPlaced)
	errTopic      = fault.New(fault.Invalid, "digest.other_topic").On("topics")
)

// WriteGroup makes a group of a digest or changes what it says.
type WriteGroup struct {
	Digest ID
	Seen   int // the revision the form knew
	Writing
}

// WriteGroup stores it. A form sent twice makes one group.
func (s *Service) WriteGroup(ctx context.Context, actor identity.Actor, cmd WriteGroup) (View, error) {
	w := Writing{ID: cmd.ID, Heading: deliberation.Line(cmd.Heading), Summary: deliberation.Line(cmd.Summary), Ask: deliberation.Line(cmd.Ask)}
	d, h, err := s.at(ctx, actor, cmd.Digest, identity.WriteDigest)
	if err != nil {
		return View{}, err
	}
	if err := w.check(); err != nil {
		return View{}, err
	}
	return s.save(ctx, actor, d.ID, h, func(d *Digest, h hand, now time.Time) ([]docstore.Fact, error) {
		return d.Write(w, cmd.Seen, h, now)
	})
}

func (w Writing) check() error {
	return deliberation.Joined(
		fault.When(w.Heading == "", errHeading), deliberation.Within(w.Heading, MaxHeading, errHeadingLen),
		deliberation.Within(w.Summary, MaxSummary, errSummary), deliberation.Within(w.Ask, MaxAsk, errAsk),
		deliberation.CheckToken(string(w.ID)),
	)
}

// DropGroup takes a group away; its topics are unsorted again.
func (s *Service) DropGroup(ctx context.Context, actor identity.Actor, id ID, group GroupID, seen int) (View, error) {
	return s.step(ctx, actor, id, identity.WriteDigest, func(d *Digest, _ hand, _ time.Time) ([]docstore.Fact, error) {
		return d.Drop(group, seen)
	})
}

// PlaceTopics puts topics into a group, or with Group "" out of theirs.
type PlaceTopics struct {
	Digest ID
	Group  GroupID
	Topics []deliberation.TopicID
	Seen   int
	// Make makes the group, under the id Group and with Heading, in the same step.
	Make    bool
	Heading string
}

// PlaceTopics sorts. What was merged is placed as the topic it goes on in; a topic of another community, of another time, or one
// that is not public is refused as if there were none.
func (s *Service) PlaceTopics(ctx context.Context, actor identity.Actor, cmd PlaceTopics) (View, error) {
	d, h, err := s.at(ctx, actor, cmd.Digest, identity.WriteDigest)
	if err != nil {
		return View{}, err
	}
	if err := deliberation.Joined(fault.When(len(cmd.Topics) == 0, errNoneChosen), fault.When(len(cmd.Topics) > MaxPlaced, errPlaced)); err != nil {
		return View{}, err
	}
	w := Writing{ID: cmd.Group, Heading: deliberation.Line(cmd.Heading)}
	if cmd.Make {
		if err := w.check(); err != nil {
			return View{}, err
		}
	}
	topics := cmd.Topics
	if cmd.Group != "" { // out goes whatever is in
		if topics, err = s.own(ctx, d, topics); err != nil {
			return View{}, err
		}
	}
	return s.save(ctx, actor, d.ID, h, func(d *Digest, h hand, now time.Time) ([]docstore.Fact, error) {
		seen := cmd.Seen
		if cmd.Make && d.group(cmd.Group) < 0 {
			if _, err := d.Write(w, seen, h, now); err != nil {
				return nil, err
			}
			seen = d.Revision
		}
		return d.Sort(topics, cmd.Group, seen)
	})
}

// own returns the topics as they are passed up, each once, and refuses those that are not the period's.
func (s *Service) own(ctx context.Context, d Digest, ids []deliberation.TopicID) ([]deliberation.TopicID, error) {
	named, err := s.Periods.TopicsFound(ctx, collecting, ids)
	if err != nil {
		return nil, err
	}
	seen := map[deliberation.TopicID]bool{}
	for _, t := range named {
		seen[t.ID] = true
	}
	for _, id := range ids {
		if !seen[id] {
			return nil, errTopic.With("topic", id)
		}
	}
	found, err := s.roots(ctx, ids)
	if err != nil {
		return nil, err
	}
	var own []deliberation.TopicID
	once := map[deliberation.TopicID]bool{}
	for _, t := range found {
		ok, err := s.ofPeriod(ctx, d, t)
		if err != nil {
			return nil, err
		}
		if !ok || !proposable(t) {
			return nil, errTopic.With("topic", t.ID)
		}
		if !once[t.ID] {
			own = append(own, t.ID)
		}
		once[t.ID] = true
	}
	if len(own) == 0 {
		return nil, errTopic
	}
	return own, nil
}

// ofPeriod reports whether a topic, or one that was merged into it, was posted in the digest's community and period.
func (s *Service) ofPeriod(ctx context.Context, d Digest, t deliberation.TopicView) (bool, error) {
	inside := func(t deliberation.TopicView) bool {
		return t.Community == d.Community && !t.CreatedAt.Before(d.Since) && t.CreatedAt.Before(d.Until)
	}
	if inside(t) || t.Community != d.Community {
		return inside(t), nil
	}
	var merged []deliberation.TopicID
	for _, a := range t.Absorbed {
		merged = append(merged, a.Topic)
	}
	found, err := s.Periods.TopicsFound(ctx, collecting, merged)
	for _, m := range found {
		if inside(m) {
			return true, err
		}
	}
	return false, err
}
