package projects

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Envelope is what a community's projects of one preset have taken from a year. It is a document, so that two projects
// which are established at once cannot both take the last of it. Taken has an entry for each step that took something, or,
// below zero, gave it back: the establishing under the project's id, a variation and what was not spent below it.
type Envelope struct {
	Community community.ID     `json:"community"`
	Preset    preset.Key       `json:"preset"`
	Year      int              `json:"year"`
	Taken     map[ID]money.Fen `json:"taken"`
}

// Sum is what is taken.
func (e Envelope) Sum() money.Fen {
	var sum money.Fen
	for _, f := range e.Taken {
		sum += f
	}
	return sum
}

var errEnvelope = fault.New(fault.Conflict, "project.over_envelope")

func envelopeKey(in community.ID, key preset.Key, year int) string {
	return fmt.Sprintf("%s/%s/%d", in, key, year)
}

// takeFrom notes what one step of a project takes from a year, or, below zero, gives back: entry names the step, so that once
// more changes nothing. What the year does not have any more is refused.
func (s *Service) takeFrom(ctx context.Context, p Project, year int, entry ID, sum money.Fen) error {
	key := envelopeKey(p.Community, p.Preset.Key, year)
	empty := Envelope{Community: p.Community, Preset: p.Preset.Key, Year: year, Taken: map[ID]money.Fen{}}
	if _, err := s.envelopes.Add(ctx, key, empty); err != nil {
		return err
	}
	_, err := s.envelopes.Update(ctx, key, func(e *Envelope) ([]docstore.Fact, error) {
		left := p.Preset.Envelope - e.Sum() + e.Taken[entry]
		if p.Preset.Envelope > 0 && sum > 0 && sum > left {
			return nil, errEnvelope.With("left", max(left, 0)).With("cap", p.Preset.Envelope)
		}
		if had, ok := e.Taken[entry]; ok && had == sum {
			return nil, docstore.ErrUnchanged
		}
		e.Taken = maps.Clone(e.Taken)
		e.Taken[entry] = sum
		return nil, nil
	})
	return err
}

// untake forgets what a step took that was not taken after all.
func (s *Service) untake(ctx context.Context, p Project, year int, entry ID) error {
	_, err := s.envelopes.Update(ctx, envelopeKey(p.Community, p.Preset.Key, year), func(e *Envelope) ([]docstore.Fact, error) {
		if _, ok := e.Taken[entry]; !ok {
			return nil, docstore.ErrUnchanged
		}
		e.Taken = maps.Clone(e.Taken)
		delete(e.Taken, entry)
		return nil, nil
	})
	return err
}

// reserve takes the project's sum from the year in which it is established.
func (s *Service) reserve(ctx context.Context, p Project, now time.Time) error {
	return s.takeFrom(ctx, p, s.Calendar.DateAt(now).Year, p.ID, p.Plan.Total())
}

// release gives back what a project took that was not established after all.
func (s *Service) release(ctx context.Context, id ID, now time.Time) error {
	p, _, err := s.projects.Get(ctx, string(id))
	if err != nil || !p.EstablishedAt.IsZero() {
		return err
	}
	return s.untake(ctx, p, s.Calendar.DateAt(now).Year, id)
}

// yearOf is the year from which an established project takes.
func (s *Service) yearOf(p Project) int { return s.Calendar.DateAt(p.EstablishedAt).Year }

// varied is the entry of a variation in the envelope.
func varied(p ID, variation string) ID { return p + "/" + ID(variation) }

// giveBack returns to the year what an established project did not spend; once more changes nothing.
func (s *Service) giveBack(ctx context.Context, p Project, unspent money.Fen) error {
	return s.takeFrom(ctx, p, s.yearOf(p), p.ID+"/unspent", -unspent)
}

// GiveBack follows the end of a project: what it did not spend goes back to the year it was taken from. The relay gives it
// project.archived and project.closed, at least once.
func (s *Service) GiveBack(ctx context.Context, e docstore.Event) error {
	if e.Type != Archived && e.Type != ClosedCancelled {
		return nil
	}
	p, _, err := s.projects.Get(ctx, e.Doc.ID)
	if err != nil || !p.Settled() {
		return err
	}
	if unspent := p.Approved - p.Statement.Paid; unspent > 0 {
		return s.giveBack(ctx, p, unspent)
	}
	return nil
}

// Year returns what of this year's envelope is taken by projects of a preset.
func (s *Service) Year(ctx context.Context, actor identity.Actor, in community.ID, key preset.Key) (Envelope, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return Envelope{}, err
	}
	year := s.Calendar.DateAt(s.Now()).Year
	e, _, err := s.envelopes.Get(ctx, envelopeKey(in, key, year))
	if errors.Is(err, docstore.ErrNotFound) {
		return Envelope{Community: in, Preset: key, Year: year}, nil
	}
	return e, err
}
