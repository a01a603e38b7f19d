package roster

import (
	"context"
	"errors"
	"fmt"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// savedEvery is how many homes are written between two notes of progress.
const savedEvery = 50

// ApplyRoster writes a confirmed import's homes, each a commit of its own, in the order of their ids. It may
// be killed anywhere and run again, also by two processes at once: a home that is written already is
// read and left alone. An import that is done is nil again. The relay calls it for EventConfirmed, and
// SweepRosters for what the relay dropped.
func (s *Service) ApplyRoster(ctx context.Context, id string) error {
	i, _, err := s.imports.Get(ctx, id)
	if err != nil {
		return err
	}
	switch i.State {
	case Done, Discarded:
		return s.purge(ctx, i)
	case Confirmed, Applying:
	default:
		return ErrNotConfirmed.With("import", id)
	}
	data, err := s.fetch(ctx, i)
	if err != nil {
		return s.unlessEnded(ctx, id, fmt.Errorf("apply roster %q: %w", id, err))
	}
	_, preview, found, err := s.read(ctx, i.Community, i.FileName, data, s.clock.Now())
	if err != nil {
		return fmt.Errorf("apply roster %q: %w", id, err)
	}
	// A building that was renamed since makes errors of rows that had none. Nothing is half imported: the
	// import goes back to the people. (Homes that an interrupted run wrote are found unchanged next time.)
	if preview.Errors > len(found.full) {
		return s.giveBack(ctx, i, preview, found)
	}
	return s.write(ctx, i, preview.Homes)
}

// unlessEnded forgives a missing file when another process has finished meanwhile and deleted it.
func (s *Service) unlessEnded(ctx context.Context, id string, cause error) error {
	if i, _, err := s.imports.Get(ctx, id); err == nil && i.State == Done && errors.Is(cause, docstore.ErrNotFound) {
		return nil
	}
	return cause
}

// Follow is for the event relay. An event that comes again after the import went back to the people is
// none of its business.
func (s *Service) Follow(ctx context.Context, e docstore.Event) error {
	if e.Type != EventConfirmed {
		return nil
	}
	if err := s.ApplyRoster(ctx, e.Doc.ID); !errors.Is(err, ErrNotConfirmed) {
		return err
	}
	return nil
}

func (s *Service) giveBack(ctx context.Context, i Import, p Preview, c comparison) error {
	reread, err := i.judged(s.box, p, c)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	_, err = s.change(ctx, i.ID, func(i Import) (Import, []docstore.Fact, error) { return i.Return(reread, now) })
	return err
}

// write puts the homes on their households, notes progress, and finishes.
func (s *Service) write(ctx context.Context, i Import, homes []Home) error {
	var left []identity.HouseholdID
	for n, h := range homes {
		if n%savedEvery == 0 {
			if err := s.advance(ctx, i.ID, n, len(homes)); err != nil {
				return err
			}
		}
		err := s.settle(ctx, h, i)
		if errors.Is(err, identity.ErrHouseholdFull) {
			left = append(left, h.ID())
			continue
		}
		if err != nil {
			return fmt.Errorf("apply roster %q: %w", i.ID, err)
		}
	}
	now := s.clock.Now()
	i, err := s.change(ctx, i.ID, func(i Import) (Import, []docstore.Fact, error) { return i.Finish(len(homes), left, now) })
	if err != nil {
		return err
	}
	return s.purge(ctx, i)
}

func (s *Service) advance(ctx context.Context, id string, n, total int) error {
	_, err := s.change(ctx, id, func(i Import) (Import, []docstore.Fact, error) { return i.Advance(n, total) })
	return err
}

// maxTries bounds settle. Each failed try means that somebody else's change of the household went through.
const maxTries = 50

// settle lists the people of one home, on conflict again. A home that knows them all is not written.
func (s *Service) settle(ctx context.Context, h Home, i Import) error {
	for try := 1; ; try++ {
		before, version, err := s.households.Get(ctx, string(h.ID()))
		if err != nil && !errors.Is(err, docstore.ErrNotFound) {
			return err
		}
		if err != nil {
			before, version = identity.Household{}, 0
		}
		now := s.clock.Now()
		after, changed, err := merge(s.box, before, h, i.ID, now)
		if err != nil || !changed {
			return err
		}
		_, err = s.households.Put(ctx, string(h.ID()), docstore.Want(version), after, after.Changed(i.ConfirmedBy, now))
		if err == nil {
			return nil
		}
		if !errors.Is(err, docstore.ErrConflict) || try == maxTries {
			return err
		}
	}
}
