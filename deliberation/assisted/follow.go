package assisted

import (
	"context"
	"errors"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Followed are the types of events that Follow is given.
func Followed() []string {
	return []string{identity.EventVerified, identity.EventErased, deliberation.TopicWithdrawn, EventConfirmed}
}

// Follow keeps entries in step with accounts and topics. It may be given an event any number of times.
func (s *Service) Follow(ctx context.Context, event docstore.Event) error {
	switch event.Type {
	case identity.EventVerified:
		return s.registered(ctx, event)
	case identity.EventErased:
		return s.erased(ctx, event)
	case deliberation.TopicWithdrawn:
		return s.withdrawn(ctx, event)
	case EventConfirmed:
		data, err := deliberation.Decode[News](event)
		if err != nil {
			return err
		}
		return s.topics.ClaimTopic(ctx, deliberation.TopicID(event.Doc.ID), data.Person)
	}
	return nil
}

// registered asks who has become a resident about what was entered for their number.
func (s *Service) registered(ctx context.Context, event docstore.Event) error {
	data, err := deliberation.Decode[identity.AccountEvent](event)
	if err != nil {
		return err
	}
	marks, err := s.people.MarksOf(ctx, data.Account)
	if err != nil {
		return err
	}
	for _, mark := range marks {
		q := docstore.Query{Index: byMark, Equal: []any{string(data.Community) + "/" + mark}}
		err := s.entries.Each(ctx, q, func(e Entry) error { return s.ask(ctx, e.Topic, data.Account) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) erased(ctx context.Context, event docstore.Event) error {
	data, err := deliberation.Decode[identity.AccountEvent](event)
	if err != nil {
		return err
	}
	q := docstore.Query{Index: byPerson, Equal: []any{string(data.Account)}}
	return s.entries.Each(ctx, q, func(e Entry) error {
		_, err := s.entries.Update(ctx, string(e.Topic), func(e *Entry) ([]docstore.Fact, error) { return nil, e.forget(data.Account) })
		return err
	})
}

func (s *Service) withdrawn(ctx context.Context, event docstore.Event) error {
	_, err := s.entries.Update(ctx, event.Doc.ID, func(e *Entry) ([]docstore.Fact, error) { return nil, e.drop() })
	if errors.Is(err, docstore.ErrNotFound) {
		return nil // posted by who said it
	}
	return err
}
