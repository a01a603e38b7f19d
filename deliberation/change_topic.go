package deliberation

import (
	"context"
	"errors"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// change lets a rule change a topic under the terms of its community. Only relays call it: whoever acts for a
// person asks for permission first (step).
func (s *Service) change(ctx context.Context, id TopicID, rule func(*Topic, Terms) ([]docstore.Fact, error)) (Topic, error) {
	t, _, err := s.topics.Get(ctx, string(id))
	if err != nil {
		return Topic{}, err
	}
	terms, err := s.terms(ctx, t.Community)
	if err != nil {
		return Topic{}, err
	}
	return s.promised(s.topics.Update(ctx, string(id), func(t *Topic) ([]docstore.Fact, error) { return rule(t, terms) }))
}

// step lets somebody who may do the verb take a step. The verb is asked again of the topic as it is when it is written:
// a department that has lost the topic meanwhile, or a board it was moved from, gives no right any more.
func (s *Service) step(ctx context.Context, actor identity.Actor, id TopicID, verb identity.Verb, rule func(*Topic, Terms) ([]docstore.Fact, error)) (Topic, error) {
	t, err := s.known(ctx, actor, id)
	if err != nil {
		return Topic{}, err
	}
	if err := t.allows(actor, verb); err != nil {
		return Topic{}, err
	}
	return s.change(ctx, id, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		if err := t.allows(actor, verb); err != nil {
			return nil, err
		}
		return rule(t, x)
	})
}

// known returns a topic the actor may read.
func (s *Service) known(ctx context.Context, actor identity.Actor, id TopicID) (Topic, error) {
	t, _, err := s.topics.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return t, ErrNotFound.With("topic", id)
	}
	if err != nil {
		return t, err
	}
	return t, sightOf(actor, t).reads(t)
}

// allows asks whether the actor may do the verb on the topic: at its board, or at the desk of the department that has it.
func (t Topic) allows(actor identity.Actor, verb identity.Verb) error {
	err := identity.Can(actor, verb, t.Place())
	if err == nil {
		return nil
	}
	if p, ok := t.DepartmentPlace(); ok && identity.Can(actor, verb, p) == nil {
		return nil
	}
	return err
}

// promised says loudly that a clock could not be completed, once when it was started and at every sweep after that.
func (s *Service) promised(t Topic, err error) (Topic, error) {
	if err == nil && (t.Acceptance.Incomplete || t.Resolution.Incomplete) {
		s.log.Error("calendar ends before a promised date", "topic", t.ID, "community", t.Community)
	}
	return t, err
}
