package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// DispatchTopic gives a topic to a department: by an item of the town's catalogue, which fixes the department, or by the
// department itself where no item fits.
type DispatchTopic struct {
	Topic      TopicID
	Item       string
	Department string
	Why        string // needed; everybody reads it
	Seen       int    // Work.Dispatches as the form saw it
}

// DispatchTopic gives a topic to a department, or to another one; a contest that waits is decided by that. Sending it
// where it is changes nothing.
func (s *Service) DispatchTopic(ctx context.Context, actor identity.Actor, cmd DispatchTopic) (Topic, error) {
	why, err := NewReason(cmd.Why)
	if err != nil {
		return Topic{}, err
	}
	t, err := s.known(ctx, actor, cmd.Topic)
	if err != nil {
		return Topic{}, err
	}
	if err := t.allows(actor, identity.DispatchTopic); err != nil {
		return Topic{}, err
	}
	if cmd.Item == "" && cmd.Department == "" || s.catalogue == nil {
		return Topic{}, errNotDispatch
	}
	errand, err := s.catalogue.Errand(ctx, t.Town(), cmd.Item, cmd.Department)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.DispatchTopic, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		return t.Dispatch(actor, errand, why, cmd.Seen, x, now)
	})
}

// ContestDispatch says that a topic is not the business of the department that has it.
type ContestDispatch struct {
	Topic  TopicID
	Reason string // needed
}

// ContestDispatch disputes a dispatch. Until somebody decides, the department answers for the topic all the same.
func (s *Service) ContestDispatch(ctx context.Context, actor identity.Actor, cmd ContestDispatch) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.HandleTopic, func(t *Topic, _ Terms) ([]docstore.Fact, error) {
		return t.Contest(actor, reason, now)
	})
}

// ReviewDispatch lets a contested dispatch stand.
type ReviewDispatch struct {
	Topic  TopicID
	Reason string // needed
}

// ReviewDispatch decides that a contested dispatch stands. Who contested it does not decide.
func (s *Service) ReviewDispatch(ctx context.Context, actor identity.Actor, cmd ReviewDispatch) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.DispatchTopic, func(t *Topic, _ Terms) ([]docstore.Fact, error) {
		return t.Review(actor, reason, now)
	})
}
