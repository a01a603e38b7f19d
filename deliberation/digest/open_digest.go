package digest

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
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
	node, err := s.Community(ctx, actor, cmd.Community, identity.WriteDigest, ErrNotFound)
	if err != nil {
		return View{}, err
	}
	d := Digest{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Title: deliberation.Line(cmd.Title), Purpose: deliberation.Line(cmd.Purpose), From: cmd.From, To: cmd.To,
		State: Collecting, OpenedAt: s.Now(),
	}
	zone := s.Calendar.Zone()
	d.Since, d.Until = cmd.From.At(0, zone).UTC(), cmd.To.AddDays(1).At(0, zone).UTC()
	if err := deliberation.Joined(d.check(s.Calendar.DateAt(d.OpenedAt)), deliberation.CheckToken(string(cmd.ID))); err != nil {
		return View{}, err
	}
	n, err := s.Periods.CountIn(ctx, d.Community, d.Window(), "", MaxPeriod+1)
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
	first, err := s.digests.Add(ctx, string(d.ID), d, fact(Opened, h, d.OpenedAt, d.news(h)))
	if err != nil {
		return View{}, err
	}
	if first.OpenedBy.Account != actor.ID || first.Community != d.Community || first.Title != d.Title || first.From != d.From || first.To != d.To {
		return View{}, ErrTaken
	}
	return s.view(actor, first), nil
}

// check looks at everything that needs no store, and tells all faults at once.
func (d Digest) check(today calendar.Date) error {
	days := d.Until.Sub(d.Since).Hours() / 24
	return deliberation.Joined(
		fault.When(d.Title == "", errTitle), deliberation.Within(d.Title, MaxTitle, errTitleLen),
		deliberation.Within(d.Purpose, MaxPurpose, errPurpose),
		fault.When(d.From.Year < 2000 || d.To.Before(d.From), errDays),
		fault.When(days > MaxDays, errLongTime),
		fault.When(today.Before(d.To), errAhead),
	)
}
