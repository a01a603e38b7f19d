package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/projects/preset"
)

// Permit is a line of the preset's checklist, recorded before work begins.
type Permit struct {
	Name string        `json:"name"`
	Date calendar.Date `json:"date"` // of the document
	// Note is the number of the document and who issued it.
	Note  string               `json:"note"`
	Photo deliberation.PhotoID `json:"photo,omitempty"`
	By    deliberation.Author  `json:"by"`
	At    time.Time            `json:"at"`
}

var (
	errNoPermit    = fault.New(fault.Invalid, "project.no_such_permit").On("permit")
	errPermitNote  = fault.New(fault.Invalid, "project.no_permit_note").On("note")
	errPermitDue   = fault.New(fault.Conflict, "project.permit_missing")
	errDate        = fault.New(fault.Invalid, "project.bad_date").On("date")
	errNoMilestone = fault.New(fault.Conflict, "project.no_milestone")
	errUnfinished  = fault.New(fault.Conflict, "project.milestones_open")
	errNothingDone = fault.New(fault.Conflict, "project.nothing_reached")
)

// Permit returns what was recorded under a name of the checklist, nil if nothing was.
func (p Project) Permit(name string) *Permit {
	i := slices.IndexFunc(p.Permits, func(x Permit) bool { return x.Name == name })
	if i < 0 {
		return nil
	}
	return &p.Permits[i]
}

// RecordPermit records a permit; once more puts the better record in its place. today is the day in the community.
func (p *Project) RecordPermit(x Permit, today calendar.Date, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	old := p.Permit(x.Name)
	switch {
	case !slices.Contains(p.Preset.Permits, x.Name):
		return nil, errNoPermit
	case x.Note == "":
		return nil, errPermitNote
	case x.Date == calendar.Date{} || today.Before(x.Date):
		return nil, errDate
	case old != nil && old.Date == x.Date && old.Note == x.Note && old.Photo == x.Photo:
		return nil, docstore.ErrUnchanged
	}
	if err := p.take(MovePermit, PermitRecorded, by, x.Name, now); err != nil {
		return nil, err
	}
	x.By, x.At = by, now
	p.Permits = slices.DeleteFunc(slices.Clone(p.Permits), func(o Permit) bool { return o.Name == x.Name })
	p.Permits = append(p.Permits, x)
	return []docstore.Fact{p.told(PermitRecorded, by, x.Name, now)}, nil
}

// ready refuses to begin without somebody who carries the work, a permit that the preset asks for, or a milestone.
func (p Project) ready() error {
	if p.Lead == nil {
		return errNoLead
	}
	for _, name := range p.Preset.Permits {
		if p.Permit(name) == nil {
			return errPermitDue.With("permit", name)
		}
	}
	return fault.When(len(p.Timetable()) == 0, errNoMilestone)
}

// Start begins the work. From now on the silence is measured.
func (p *Project) Start(days *calendar.Calendar, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveStart); err != nil {
		return nil, err
	}
	if err := p.ready(); err != nil {
		return nil, err
	}
	if err := p.take(MoveStart, Started, by, "", now); err != nil {
		return nil, err
	}
	p.StartedAt = now
	p.hear(days, now)
	return []docstore.Fact{p.told(Started, by, "", now)}, nil
}

// hear notes a sign of life at an instant and reports whether that changed anything. The alarm is due at the end of the day
// on which the preset's days are over.
func (p *Project) hear(days *calendar.Calendar, at time.Time) bool {
	if p.Stage != preset.Working || !at.After(p.HeardAt) {
		return false
	}
	p.HeardAt, p.StaleAt, p.StaleDue = at, time.Time{}, time.Time{}
	if n := p.Preset.StaleDays; n > 0 {
		p.StaleDue = days.DateAt(at).AddDays(n).At(calendar.EndOfDay, days.Zone()).UTC()
	}
	return true
}

// Stale reports whether nothing has been heard of the work for longer than the preset allows.
func (p Project) Stale() bool { return p.Stage == preset.Working && !p.StaleAt.IsZero() }

// goQuiet records, once for a silence, that nothing was heard in time. The recorded instant is the stored one.
func (p *Project) goQuiet(now time.Time) []docstore.Fact {
	if p.StaleDue.IsZero() || now.Before(p.StaleDue) || !Allows(p.Stage, MoveQuiet) || p.take(MoveQuiet, WentQuiet, keeping, "", p.StaleDue) != nil {
		return nil
	}
	p.StaleAt, p.StaleDue = p.StaleDue, time.Time{}
	return []docstore.Fact{p.told(WentQuiet, keeping, "", now)}
}

// Finish is the lead's report that the work is done: every milestone is reached, or dropped with its reason, and nobody is
// asked for a change any more.
func (p *Project) Finish(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := deliberation.Joined(p.may(MoveFinish), p.leads(by)); err != nil {
		return nil, err
	}
	if err := p.done(); err != nil {
		return nil, err
	}
	if err := p.take(MoveFinish, Finished, by, "", now); err != nil {
		return nil, err
	}
	p.FinishedAt, p.StaleDue, p.StaleAt = now, time.Time{}, time.Time{}
	return []docstore.Fact{p.told(Finished, by, "", now)}, nil
}

// done refuses to call the work done while something is open.
func (p Project) done() error {
	reached, all := p.Progress()
	switch {
	case reached < all:
		return errUnfinished.With("n", all-reached)
	case reached == 0:
		return errNothingDone
	case len(p.AskedVariations()) > 0:
		return errVaryWaits
	}
	return nil
}

// stop gives up a project that is established: what was spent is settled next.
func (p *Project) stop(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := deliberation.Joined(p.may(MoveCancel), p.disinterested(by)); err != nil {
		return nil, err
	}
	if err := p.take(MoveCancel, CancelledBy, by, reason, now); err != nil {
		return nil, err
	}
	p.Reason, p.CancelledAt, p.StaleDue, p.StaleAt = reason, now, time.Time{}, time.Time{}
	p.dropVariations(by, now)
	return []docstore.Fact{p.told(CancelledBy, by, reason, now)}, nil
}
