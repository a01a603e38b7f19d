package digest

import (
	"context"
	"errors"
	"fmt"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Open begins a digest of a period.
type Open struct {
	ID        ID // the form's token
	Community community.ID
	Title     string
	Purpose   string
	From, To  calendar.Date // both days belong to the period
}

var (
	errTitle    = fault.New(fault.Invalid, "digest.title_needed").On("title")
	errTitleLen = fault.New(fault.Invalid, "digest.title_too_long").On("title")
	errPurpose  = fault.New(fault.Invalid, "digest.purpose_too_long").On("purpose")
	errDays     = fault.New(fault.Invalid, "digest.bad_period").On("from")
	errLongTime = fault.New(fault.Invalid, "digest.period_too_long").On("to").With("max", MaxDays)
	errAhead    = fault.New(fault.Invalid, "digest.period_ahead").On("to")
	errMany     = fault.New(fault.Invalid, "digest.period_too_full").On("to").With("max", MaxPeriod)
)

// Open begins a digest. Sent twice it is one.
func (s *Service) Open(ctx context.Context, actor identity.Actor, cmd Open) (View, error) {
	node, err := s.Directory.Node(ctx, cmd.Community)
	if err != nil {
		return View{}, err
	}
	if node.Level != community.LevelCommunity {
		return View{}, ErrNotFound
	}
	if err := identity.Can(actor, identity.WriteDigest, identity.At(node)); err != nil {
		return View{}, err
	}
	d := Digest{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Title: line(cmd.Title), Purpose: line(cmd.Purpose), From: cmd.From, To: cmd.To,
		State: Collecting, OpenedAt: s.now(),
	}
	zone := s.Calendar.Zone()
	d.Since, d.Until = cmd.From.At(0, zone).UTC(), cmd.To.AddDays(1).At(0, zone).UTC()
	if err := deliberation.Joined(d.check(s.Calendar.DateAt(d.OpenedAt)), deliberation.CheckToken(string(cmd.ID))); err != nil {
		return View{}, err
	}
	n, err := s.Topics.CountIn(ctx, d.Community, d.Window(), "", MaxPeriod+1)
	if err != nil {
		return View{}, err
	}
	if n > MaxPeriod {
		return View{}, errMany
	}
	if d.OpenedBy, err = s.Topics.AuthorOf(ctx, actor, d.Place()); err != nil {
		return View{}, err
	}
	h := hand{actor, d.OpenedBy}
	d.note(Opened, h, "", "", d.OpenedAt)
	_, err = s.digests.Put(ctx, string(d.ID), docstore.Absent, d, fact(Opened, h, d.OpenedAt, d.news(h)))
	if errors.Is(err, docstore.ErrConflict) {
		return s.openedBefore(ctx, actor, d)
	}
	return s.view(actor, d), err
}

// check looks at everything that needs no store, and tells all faults at once.
func (d Digest) check(today calendar.Date) error {
	days := d.Until.Sub(d.Since).Hours() / 24
	return deliberation.Joined(
		when(d.Title == "", errTitle), deliberation.Within(d.Title, MaxTitle, errTitleLen),
		deliberation.Within(d.Purpose, MaxPurpose, errPurpose),
		when(d.From.Year < 2000 || d.To.Before(d.From), errDays),
		when(days > MaxDays, errLongTime),
		when(today.Before(d.To), errAhead),
	)
}

// openedBefore returns the digest that the same form made.
func (s *Service) openedBefore(ctx context.Context, actor identity.Actor, d Digest) (View, error) {
	old, _, err := s.digests.Get(ctx, string(d.ID))
	if err != nil {
		return View{}, fmt.Errorf("look up a digest opened twice: %w", err)
	}
	if old.OpenedBy.Account != actor.ID || old.Community != d.Community || old.Title != d.Title || old.From != d.From || old.To != d.To {
		return View{}, ErrTaken
	}
	return s.view(actor, old), nil
}
