package projects

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
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
	// Held are the entries whose steps are not known to have happened, by when they took. The relay that follows the step, or
	// else the sweep, takes them from here.
	Held map[ID]time.Time `json:"held,omitempty"`
}

// HoldGrace is how long a step may need between taking its sum and happening; one that has not happened by then gives it back.
const HoldGrace = 10 * time.Minute

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

// hold takes a sum from a year for a step that is about to happen; entry names the step, so that once more changes nothing.
// What the year does not have any more is refused. Should the process end before the step happens, the sweep gives it back.
func (s *Service) hold(ctx context.Context, p Project, year int, entry ID, sum money.Fen, now time.Time) error {
	return s.write(ctx, p, year, func(e *Envelope) error {
		left := p.Preset.Envelope - e.Sum() + e.Taken[entry]
		if p.Preset.Envelope > 0 && sum > left {
			return errEnvelope.With("left", max(left, 0)).With("cap", p.Preset.Envelope)
		}
		had, taken := e.Taken[entry]
		if _, held := e.Held[entry]; taken && !held && had == sum {
			return docstore.ErrUnchanged
		}
		if e.Held = maps.Clone(e.Held); e.Held == nil {
			e.Held = map[ID]time.Time{}
		}
		e.Taken[entry], e.Held[entry] = sum, now
		return nil
	})
}

// settle notes what a step that has happened took from a year, or, below zero, gives back; once more changes nothing. It is not
// refused: the step is the truth.
func (s *Service) settle(ctx context.Context, p Project, year int, entry ID, sum money.Fen) error {
	return s.write(ctx, p, year, func(e *Envelope) error {
		had, taken := e.Taken[entry]
		if _, held := e.Held[entry]; taken && !held && had == sum {
			return docstore.ErrUnchanged
		}
		e.free(entry)
		e.Taken[entry] = sum
		return nil
	})
}

// write changes the envelope from which a project takes, and makes it where there is none. change may write into Taken.
func (s *Service) write(ctx context.Context, p Project, year int, change func(*Envelope) error) error {
	key := envelopeKey(p.Community, p.Preset.Key, year)
	empty := Envelope{Community: p.Community, Preset: p.Preset.Key, Year: year, Taken: map[ID]money.Fen{}}
	if _, err := s.envelopes.Add(ctx, key, empty); err != nil {
		return err
	}
	_, err := s.envelopes.Update(ctx, key, func(e *Envelope) ([]docstore.Fact, error) {
		e.Taken = maps.Clone(e.Taken)
		return nil, change(e)
	})
	return err
}

// free ends the waiting of an entry.
func (e *Envelope) free(entry ID) {
	e.Held = maps.Clone(e.Held)
	delete(e.Held, entry)
}

// firstHeld is the instant of the entry that has waited longest.
func (e Envelope) firstHeld() (time.Time, bool) {
	if len(e.Held) == 0 {
		return time.Time{}, false
	}
	return slices.MinFunc(slices.Collect(maps.Values(e.Held)), time.Time.Compare), true
}

// untake forgets what a step took that was not taken after all.
func (s *Service) untake(ctx context.Context, p Project, year int, entry ID) error {
	_, err := s.envelopes.Update(ctx, envelopeKey(p.Community, p.Preset.Key, year), func(e *Envelope) ([]docstore.Fact, error) {
		if _, ok := e.Taken[entry]; !ok {
			return nil, docstore.ErrUnchanged
		}
		e.Taken = maps.Clone(e.Taken)
		delete(e.Taken, entry)
		e.free(entry)
		return nil, nil
	})
	return err
}

// giveBackHeld ends the waiting of entries whose steps had their time: what did not happen gives its sum back. It returns how many
// envelopes it looked at.
func (s *Service) giveBackHeld(ctx context.Context, now time.Time) (int, error) {
	due := now.Add(-HoldGrace)
	found, _, err := s.envelopes.Find(ctx, docstore.Query{Index: byHold, To: due.UnixMilli() + 1, Limit: boardPage})
	for n, e := range found {
		for entry, since := range e.Held {
			if since.After(due) {
				continue
			}
			if err := s.giveBackOne(ctx, e, entry, since); err != nil {
				return n, err
			}
		}
	}
	return len(found), err
}

// giveBackOne looks whether a step has happened, and ends its waiting unless somebody tries it again meanwhile.
func (s *Service) giveBackOne(ctx context.Context, e Envelope, entry ID, since time.Time) error {
	done, err := s.happened(ctx, entry)
	if err != nil {
		return err
	}
	_, err = s.envelopes.Update(ctx, envelopeKey(e.Community, e.Preset, e.Year), func(e *Envelope) ([]docstore.Fact, error) {
		if at, held := e.Held[entry]; !held || !at.Equal(since) {
			return nil, docstore.ErrUnchanged
		}
		if e.free(entry); !done {
			e.Taken = maps.Clone(e.Taken)
			delete(e.Taken, entry)
		}
		return nil, nil
	})
	return err
}

// happened reports whether the step of an entry did: the project is established, its variation approved.
func (s *Service) happened(ctx context.Context, entry ID) (bool, error) {
	project, variation, varies := strings.Cut(string(entry), "/")
	p, _, err := s.projects.Get(ctx, project)
	if err != nil || !varies {
		return err == nil && !p.EstablishedAt.IsZero(), err
	}
	x, err := p.Variation(variation)
	return err == nil && x.State == VaryApproved, err
}

// reserve takes the project's sum from the year in which it is established.
func (s *Service) reserve(ctx context.Context, p Project, now time.Time) error {
	return s.hold(ctx, p, s.Calendar.DateAt(now).Year, p.ID, p.Plan.Total(), now)
}

// FollowEstablished notes that what an established project took is taken. The relay gives it project.established, at least once.
func (s *Service) FollowEstablished(ctx context.Context, e docstore.Event) error {
	p, _, err := s.projects.Get(ctx, e.Doc.ID)
	if err != nil || p.EstablishedAt.IsZero() {
		return err
	}
	return s.settle(ctx, p, s.yearOf(p), p.ID, p.Plan.Total())
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
	return s.settle(ctx, p, s.yearOf(p), p.ID+"/unspent", -unspent)
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
