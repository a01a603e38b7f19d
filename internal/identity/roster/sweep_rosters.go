package roster

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

const (
	// receivedWithin is how long storing a file may take; an older one was cut off.
	receivedWithin = time.Hour
	// decidedWithin is how long a preview waits. After that the people's data is deleted; the file is
	// still on somebody's computer.
	decidedWithin = 7 * 24 * time.Hour
)

// SweepRosters goes on with every import that is not at its end: applies what was confirmed, discards what
// nobody decided about, deletes files that are no longer needed. It returns how many it moved on; one that
// fails does not keep the others waiting.
func (s *Service) SweepRosters(ctx context.Context) (int, error) {
	n := 0
	var faults []error
	err := s.imports.Each(ctx, docstore.Query{Index: "open", Equal: []any{"open"}}, func(i Import) error {
		moved, err := s.moveOn(ctx, i)
		if err != nil {
			faults = append(faults, fmt.Errorf("import %q: %w", i.ID, err))
		}
		if moved && err == nil {
			n++
		}
		return ctx.Err()
	})
	return n, errors.Join(append(faults, err)...)
}

func (s *Service) moveOn(ctx context.Context, i Import) (bool, error) {
	age := s.clock.Now().Sub(i.At)
	switch {
	case i.State == Receiving && age < receivedWithin, i.State == Previewed && age < decidedWithin:
		return false, nil
	case i.State == Receiving, i.State == Previewed:
		_, err := s.discard(ctx, identity.System("roster"), i.ID)
		return true, err
	}
	return true, s.ApplyRoster(ctx, i.ID)
}
