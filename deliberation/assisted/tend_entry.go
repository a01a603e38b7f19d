package assisted

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// Unconfirmed lists a community's entries that wait for their person or were disputed, the oldest first.
func (s *Service) Unconfirmed(ctx context.Context, actor identity.Actor, node community.Node, after docstore.Cursor) ([]Entry, docstore.Cursor, error) {
	if err := identity.Can(actor, identity.AssistEntry, identity.At(node)); err != nil {
		return nil, "", err
	}
	return s.entries.Find(ctx, docstore.Query{Index: byDesk, Equal: []any{string(node.ID)}, After: after, Limit: PageSize})
}

// CountUnconfirmed counts them, up to CountMost.
func (s *Service) CountUnconfirmed(ctx context.Context, actor identity.Actor, node community.Node) (int, error) {
	if err := identity.Can(actor, identity.AssistEntry, identity.At(node)); err != nil {
		return 0, err
	}
	return s.entries.Count(ctx, docstore.Query{Index: byDesk, Equal: []any{string(node.ID)}}, CountMost)
}

// DeskEntry returns an entry to staff of its community.
func (s *Service) DeskEntry(ctx context.Context, actor identity.Actor, id deliberation.TopicID) (Entry, error) {
	e, err := s.entry(ctx, id)
	if err == nil {
		err = identity.Can(actor, identity.AssistEntry, e.Place())
	}
	if err != nil {
		return Entry{}, err
	}
	return e, nil
}

// Step is what staff do with an entry.
type Step string

// Steps of staff.
const (
	StepSettle Step = "settle" // corrected after a dispute
	StepSign   Step = "sign"   // the person signed a paper
	StepCheck  Step = "check"  // a second member of staff made sure
)

// Tend is a step of staff.
type Tend struct {
	Entry deliberation.TopicID
	Do    Step
	Note  string               // of StepSettle and StepCheck
	Paper deliberation.PhotoID // of StepSign
}

// Tend takes a step of staff of the entry's community.
func (s *Service) Tend(ctx context.Context, actor identity.Actor, cmd Tend) (Entry, error) {
	if _, err := s.DeskEntry(ctx, actor, cmd.Entry); err != nil {
		return Entry{}, err
	}
	note, err := cmd.Note, error(nil)
	switch cmd.Do {
	case StepSettle, StepCheck:
		note, err = newNote(cmd.Note)
	case StepSign:
		if !ids.Valid(string(cmd.Paper)) {
			err = ErrPaper
		}
	default:
		err = errStep
	}
	if err != nil {
		return Entry{}, err
	}
	now := s.now()
	return s.entries.Update(ctx, string(cmd.Entry), func(e *Entry) ([]docstore.Fact, error) {
		switch cmd.Do {
		case StepSign:
			return e.Sign(actor, cmd.Paper, now)
		case StepCheck:
			return e.Check(actor, note, now)
		}
		return e.Settle(actor, note, now)
	})
}
