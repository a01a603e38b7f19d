package deliberation

import (
	"context"
	"errors"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// SetDuty replaces a community's duty roster. Handovers that run stay.
type SetDuty struct {
	Roster DutyRoster // Revision is the one the form saw
}

// SetDuty stores the roster. A roster changed by somebody else in the meantime is ErrStale.
func (s *Service) SetDuty(ctx context.Context, actor identity.Actor, cmd SetDuty) (DutyRoster, error) {
	node, err := s.community(ctx, cmd.Roster.Community)
	if err != nil {
		return DutyRoster{}, err
	}
	if err := identity.Can(actor, identity.SetDuty, identity.At(node)); err != nil {
		return DutyRoster{}, err
	}
	if err := cmd.Roster.Check(); err != nil {
		return DutyRoster{}, err
	}
	now := s.now()
	roster, err := s.rosters.Update(ctx, string(node.ID), func(d *DutyRoster) ([]docstore.Fact, error) {
		return d.replace(cmd.Roster, actor, now)
	})
	if !errors.Is(err, docstore.ErrNotFound) {
		return roster, err
	}
	roster = DutyRoster{}
	facts, err := roster.replace(cmd.Roster, actor, now)
	if err != nil {
		return DutyRoster{}, err
	}
	_, err = s.rosters.Put(ctx, string(node.ID), docstore.Absent, roster, facts...)
	if errors.Is(err, docstore.ErrConflict) {
		return DutyRoster{}, ErrStale.Because(err)
	}
	return roster, err
}

// replace takes over a form's roster if it was made from the one that is there. Handovers stay.
func (d *DutyRoster) replace(form DutyRoster, by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	if d.Revision != form.Revision {
		return nil, ErrStale.With("revision", d.Revision).With("seen", form.Revision)
	}
	form.Handovers = d.Handovers
	form.Revision++
	*d = form
	data := RosterSet{Community: d.Community}
	for _, p := range d.People {
		data.People = append(data.People, p.Account)
	}
	return []docstore.Fact{fact(DutySet, by, now, data)}, nil
}
