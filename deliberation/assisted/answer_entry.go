package assisted

import (
	"context"
	"errors"
	"strings"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Entry returns an entry to its person, without what is for staff only.
func (s *Service) Entry(ctx context.Context, actor identity.Actor, id deliberation.TopicID) (Entry, error) {
	if !actor.Known() {
		return Entry{}, identity.ErrSignIn
	}
	e, err := s.entry(ctx, id)
	if err == nil && (actor.ID == "" || e.Person != actor.ID) {
		err = ErrNotFound
	}
	if err != nil {
		return Entry{}, err
	}
	e.Mark, e.Paper = "", ""
	return e, nil
}

func (s *Service) entry(ctx context.Context, id deliberation.TopicID) (Entry, error) {
	e, _, err := s.entries.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Entry{}, ErrNotFound
	}
	return e, err
}

// Confirm takes the person's yes. The topic becomes theirs by Follow. Confirming again changes nothing.
func (s *Service) Confirm(ctx context.Context, actor identity.Actor, id deliberation.TopicID) error {
	if _, err := s.Entry(ctx, actor, id); err != nil {
		return err
	}
	now := s.now()
	_, err := s.entries.Update(ctx, string(id), func(e *Entry) ([]docstore.Fact, error) { return e.Confirm(actor, now) })
	return err
}

// Dispute takes the person's no, with what they meant. Staff are asked to correct the text or to withdraw it.
func (s *Service) Dispute(ctx context.Context, actor identity.Actor, id deliberation.TopicID, note string) error {
	if _, err := s.Entry(ctx, actor, id); err != nil {
		return err
	}
	note, err := newNote(note)
	if err != nil {
		return err
	}
	now := s.now()
	_, err = s.entries.Update(ctx, string(id), func(e *Entry) ([]docstore.Fact, error) { return e.Dispute(actor, note, now) })
	return err
}

func newNote(s string) (string, error) {
	s = strings.Join(strings.Fields(deliberation.Clean(s)), " ")
	if s == "" {
		return s, errNote
	}
	return s, deliberation.Within(s, MaxNote, errNote)
}
