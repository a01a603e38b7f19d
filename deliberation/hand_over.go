package deliberation

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// HandOver passes the duty on, with a note about what is open.
type HandOver struct {
	ID        string // the form's token
	Community community.ID
	To        identity.AccountID
	Until     time.Time // the plan applies again from then on
	Note      string
}

var (
	errUntil      = fault.New(fault.Invalid, "duty.until_past").On("until")
	errUntilFar   = fault.New(fault.Invalid, "duty.until_far").On("until").With("days", 31)
	errNoteNeeded = fault.New(fault.Invalid, "duty.note_needed").On("note")
)

// HandOver makes somebody of the roster the duty person until an instant. Sent twice it happens once.
func (s *Service) HandOver(ctx context.Context, actor identity.Actor, cmd HandOver) (DutyRoster, error) {
	node, err := s.community(ctx, cmd.Community)
	if err != nil {
		return DutyRoster{}, err
	}
	if err := identity.Can(actor, identity.HandOver, identity.At(node)); err != nil {
		return DutyRoster{}, err
	}
	note, err := NewReason(cmd.Note)
	now := s.now()
	if err := Joined(err, check(note == "", errNoteNeeded), check(!cmd.Until.After(now), errUntil),
		check(cmd.Until.After(now.AddDate(0, 0, 31)), errUntilFar), CheckToken(cmd.ID)); err != nil {
		return DutyRoster{}, err
	}
	h := Handover{ID: cmd.ID, By: actor.ID, To: cmd.To, At: now, Until: cmd.Until.UTC(), Note: note}
	roster, err := s.rosters.Update(ctx, string(node.ID), func(d *DutyRoster) ([]docstore.Fact, error) {
		if slices.ContainsFunc(d.Handovers, func(x Handover) bool { return x.ID == h.ID }) {
			return nil, docstore.ErrUnchanged
		}
		to, ok := d.Person(h.To)
		if !ok {
			return nil, errUnknownPerson.On("to").With("account", h.To)
		}
		from, _ := d.OnDuty(now.In(s.calendar.Zone()))
		passed := h
		passed.From = from.Account
		*d = d.handOver(passed)
		return []docstore.Fact{fact(DutyHandedOver, actor, now, HandedOver{
			Community: node.ID, From: from.Account, FromName: from.Name,
			To: to.Account, ToName: to.Name, Until: h.Until, Note: h.Note,
		})}, nil
	})
	if errors.Is(err, docstore.ErrNotFound) {
		return DutyRoster{}, errNobody.Because(err)
	}
	return roster, err
}
