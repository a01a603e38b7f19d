package deliberation

import (
	"context"
	"errors"

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
	old, version, err := s.rosters.Get(ctx, string(node.ID))
	if err != nil && !errors.Is(err, docstore.ErrNotFound) {
		return DutyRoster{}, err
	}
	if old.Revision != cmd.Roster.Revision {
		return DutyRoster{}, ErrStale.With("revision", old.Revision).With("seen", cmd.Roster.Revision)
	}
	roster := cmd.Roster
	roster.Handovers = old.Handovers
	roster.Revision++
	data := RosterSet{Community: node.ID}
	for _, p := range roster.People {
		data.People = append(data.People, p.Account)
	}
	_, err = s.rosters.Put(ctx, string(node.ID), docstore.Want(version), roster, fact(DutySet, actor, s.now(), data))
	if errors.Is(err, docstore.ErrConflict) {
		return DutyRoster{}, ErrStale.Because(err)
	}
	return roster, err
}
