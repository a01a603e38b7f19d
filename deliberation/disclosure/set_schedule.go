package disclosure

import (
	"context"
	"errors"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Schedule returns what a community has to publish, and how often.
func (s *Service) Schedule(ctx context.Context, actor identity.Actor, c community.ID) (Schedule, error) {
	node, err := s.Community(ctx, actor, c, identity.ReadCommunity, ErrNotFound)
	if err != nil {
		return Schedule{}, err
	}
	return s.schedule(ctx, node)
}

// schedule returns the stored schedule, or the default that the watch will store.
func (s *Service) schedule(ctx context.Context, node community.Node) (Schedule, error) {
	found, _, err := s.schedules.Get(ctx, string(node.ID))
	if errors.Is(err, docstore.ErrNotFound) {
		return newSchedule(node, s.Today(), s.Now()), nil
	}
	return found, err
}

// SetSchedule changes how often a community publishes, and how soon.
type SetSchedule struct {
	Community community.ID
	Cadence   map[Kind]Cadence
	Days      int
	Seen      int // the revision the form knew
}

// SetSchedule stores the change. Dates promised already stay.
func (s *Service) SetSchedule(ctx context.Context, actor identity.Actor, cmd SetSchedule) (Schedule, error) {
	node, err := s.Community(ctx, actor, cmd.Community, identity.SetAffairs, ErrNotFound)
	if err != nil {
		return Schedule{}, err
	}
	now, today := s.Now(), s.Today()
	if _, err := s.schedules.Add(ctx, string(node.ID), newSchedule(node, today, now)); err != nil {
		return Schedule{}, err
	}
	return s.schedules.Update(ctx, string(node.ID), func(x *Schedule) ([]docstore.Fact, error) {
		return x.Set(cmd.Cadence, cmd.Days, cmd.Seen, actor, today, now)
	})
}

// BeginSchedule stores the default of a community that begins to publish with the period of a day. It is for
// installations whose history is older than they are; a schedule that is there stays.
func (s *Service) BeginSchedule(ctx context.Context, c community.ID, day calendar.Date) error {
	node, err := s.Directory.Node(ctx, c)
	if err != nil {
		return err
	}
	_, err = s.schedules.Add(ctx, string(c), newSchedule(node, day, s.Now()))
	return err
}
