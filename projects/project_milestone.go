package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Milestone is something that the work is to reach: by when and for how much it was planned, and how it came.
type Milestone struct {
	N    int           `json:"n"`
	Name string        `json:"name"`
	Due  calendar.Date `json:"due"`
	Cost money.Fen     `json:"cost,omitempty"`
	// Earlier are the plans that this one replaced since the work began, the oldest first.
	Earlier []Planned `json:"earlier,omitempty"`
	// Reached is nil until the lead has said so; what supervisors say about it stands in Words, one of each.
	Reached *Reached `json:"reached,omitempty"`
	Words   []Word   `json:"words,omitempty"`
	// DroppedAt is when it was given up, and Why.
	DroppedAt time.Time `json:"dropped_at,omitzero"`
	Why       string    `json:"why,omitempty"`
}

// Planned is what was planned until an instant, and why it was changed.
type Planned struct {
	Due   calendar.Date `json:"due"`
	Cost  money.Fen     `json:"cost,omitempty"`
	Until time.Time     `json:"until"`
	Why   string        `json:"why"`
}

// Reached is how a milestone came.
type Reached struct {
	On   calendar.Date       `json:"on"`
	Cost money.Fen           `json:"cost,omitempty"`
	By   deliberation.Author `json:"by"`
	At   time.Time           `json:"at"`
}

// Word is what a supervisor says about a milestone that was reached.
type Word struct {
	By    deliberation.Author `json:"by"`
	Holds bool                `json:"holds"`
	Text  string              `json:"text,omitempty"`
	At    time.Time           `json:"at"`
}

// MilestoneRow is a line of the form on which milestones are written; N is 0 for a new one.
type MilestoneRow struct {
	N    int
	Name string
	Due  calendar.Date
	Cost money.Fen
}

// maxEarlier bounds how often one milestone may be planned anew.
const maxEarlier = 20

var (
	errMilestone     = fault.New(fault.Invalid, "project.bad_milestone").On("milestones")
	errMilestones    = fault.New(fault.Invalid, "project.too_many_milestones").On("milestones")
	errMilestoneCost = fault.New(fault.Invalid, "project.milestones_over").On("milestones")
	errMilestoneGone = fault.New(fault.NotFound, "project.no_such_milestone")
	errReached       = fault.New(fault.Conflict, "project.milestone_reached")
	errNotReached    = fault.New(fault.Conflict, "project.milestone_not_reached")
	errSpent         = fault.New(fault.Invalid, "project.bad_cost").On("cost")
)

// Dropped reports whether it was given up.
func (m Milestone) Dropped() bool { return !m.DroppedAt.IsZero() }

// Open reports whether it is still to be reached.
func (m Milestone) Open() bool { return m.Reached == nil && !m.Dropped() }

// Late reports whether it should have been reached before today.
func (m Milestone) Late(today calendar.Date) bool { return m.Open() && m.Due.Before(today) }

// Disputed reports whether a supervisor says that it was not reached.
func (m Milestone) Disputed() bool {
	return m.Reached != nil && slices.ContainsFunc(m.Words, func(w Word) bool { return !w.Holds })
}

// Timetable lists the milestones that were not dropped, by the day for which they are planned.
func (p Project) Timetable() []Milestone {
	all := slices.DeleteFunc(slices.Clone(p.Milestones), Milestone.Dropped)
	slices.SortStableFunc(all, func(a, b Milestone) int {
		switch {
		case a.Due.Before(b.Due):
			return -1
		case b.Due.Before(a.Due):
			return 1
		}
		return a.N - b.N
	})
	return all
}

// Progress counts the milestones that are reached, and all that were not dropped.
func (p Project) Progress() (reached, all int) {
	for _, m := range p.Milestones {
		if m.Dropped() {
			continue
		}
		all++
		if m.Reached != nil {
			reached++
		}
	}
	return reached, all
}

// Late counts the milestones that should have been reached before today.
func (p Project) Late(today calendar.Date) int {
	late := 0
	for _, m := range p.Milestones {
		if m.Late(today) && Allows(p.Stage, MoveReach) {
			late++
		}
	}
	return late
}

// plannedCost is what the milestones are planned to cost together.
func plannedCost(all []Milestone) money.Fen {
	var sum money.Fen
	for _, m := range all {
		if !m.Dropped() {
			sum += m.Cost
		}
	}
	return sum
}

func (p Project) milestone(n int) int {
	return slices.IndexFunc(p.Milestones, func(m Milestone) bool { return m.N == n && !m.Dropped() })
}

// WriteMilestones puts down what the work is to reach: rows are all those that are still open. Until the work begins they are
// a draft that can be rewritten; after that a milestone that is planned anew keeps what was planned before, one that is left
// out is dropped and stays readable, and either needs a reason. seen is the revision that the form showed.
func (p *Project) WriteMilestones(rows []MilestoneRow, seen int, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := deliberation.Joined(p.may(MoveMilestones), p.leads(by)); err != nil {
		return nil, err
	}
	if err := checkRows(rows); err != nil {
		return nil, err
	}
	if p.written(rows) {
		return nil, docstore.ErrUnchanged
	}
	if seen != p.Program {
		return nil, errStale
	}
	all, replanned, err := p.rewrite(rows, reason, now)
	if err != nil {
		return nil, err
	}
	switch cost := plannedCost(all); {
	case replanned && reason == "":
		return nil, errReason
	case len(all) > MaxMilestones:
		return nil, errMilestones.With("max", MaxMilestones)
	case cost > p.Approved:
		return nil, errMilestoneCost.With("sum", cost).With("approved", p.Approved)
	}
	if err := p.take(MoveMilestones, MilestonesWritten, by, reason, now); err != nil {
		return nil, err
	}
	p.Milestones, p.Program = all, p.Program+1
	return []docstore.Fact{p.told(MilestonesWritten, by, reason, now)}, nil
}

func checkRows(rows []MilestoneRow) error {
	if len(rows) > MaxMilestones {
		return errMilestones.With("max", MaxMilestones)
	}
	for i, r := range rows {
		same := func(x MilestoneRow) bool { return r.N != 0 && x.N == r.N }
		if r.Name == "" || r.Due == (calendar.Date{}) || slices.ContainsFunc(rows[:i], same) {
			return errMilestone.With("line", i+1)
		}
		if r.Cost < 0 || r.Cost > money.Max {
			return preset.ErrAmount.On("milestones").With("max", money.Max)
		}
	}
	return nil
}

// written reports whether rows are what stands there already, as after a double tap.
func (p Project) written(rows []MilestoneRow) bool {
	open := slices.DeleteFunc(p.Timetable(), func(m Milestone) bool { return !m.Open() })
	return len(open) == len(rows) && !slices.ContainsFunc(rows, func(r MilestoneRow) bool {
		return !slices.ContainsFunc(open, func(m Milestone) bool { return m.Name == r.Name && m.Due == r.Due && m.Cost == r.Cost })
	})
}

// rewrite returns the milestones as the rows want them, and whether something that stood fast was planned anew or dropped.
func (p Project) rewrite(rows []MilestoneRow, reason string, now time.Time) (all []Milestone, replanned bool, err error) {
	begun := !p.StartedAt.IsZero()
	last := 0
	for _, m := range p.Milestones {
		last = max(last, m.N)
		i := slices.IndexFunc(rows, func(r MilestoneRow) bool { return r.N == m.N })
		switch {
		case !m.Open() && i >= 0:
			return nil, false, errReached.With("name", m.Name)
		case !m.Open():
		case i >= 0:
			changed := m.Due != rows[i].Due || m.Cost != rows[i].Cost || m.Name != rows[i].Name
			if changed && begun {
				replanned = true
				if len(m.Earlier) >= maxEarlier {
					return nil, false, errFull.With("max", maxEarlier)
				}
				m.Earlier = append(slices.Clip(m.Earlier), Planned{m.Due, m.Cost, now, reason})
			}
			m.Name, m.Due, m.Cost = rows[i].Name, rows[i].Due, rows[i].Cost
		case begun:
			replanned = true
			m.DroppedAt, m.Why = now, reason
		default:
			continue
		}
		all = append(all, m)
	}
	for _, r := range rows {
		if r.N != 0 {
			if p.milestone(r.N) < 0 {
				return nil, false, errMilestoneGone
			}
			continue
		}
		last++
		all = append(all, Milestone{N: last, Name: r.Name, Due: r.Due, Cost: r.Cost})
	}
	return all, replanned, nil
}

// Reach is the lead's word that a milestone was reached on a day, for so much. One that a supervisor disputes may be said
// anew; what was said about it before is then open again.
func (p *Project) Reach(n int, on calendar.Date, cost money.Fen, days *calendar.Calendar, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := deliberation.Joined(p.may(MoveReach), p.leads(by)); err != nil {
		return nil, err
	}
	i := p.milestone(n)
	if i < 0 {
		return nil, errMilestoneGone
	}
	m := p.Milestones[i]
	switch {
	case m.Reached != nil && m.Reached.On == on && m.Reached.Cost == cost && !m.Disputed():
		return nil, docstore.ErrUnchanged
	case m.Reached != nil && !m.Disputed():
		return nil, errReached.With("name", m.Name)
	case on == calendar.Date{} || days.DateAt(now).Before(on) || on.Before(days.DateAt(p.EstablishedAt)):
		return nil, errDate
	case cost < 0 || cost > money.Max:
		return nil, errSpent
	}
	if err := p.take(MoveReach, MilestoneReached, by, m.Name, now); err != nil {
		return nil, err
	}
	p.Milestones = slices.Clone(p.Milestones)
	m.Reached, m.Words = &Reached{On: on, Cost: cost, By: by, At: now}, nil
	p.Milestones[i] = m
	p.hear(days, now)
	return []docstore.Fact{p.milestoneStep(MilestoneReached, m, "", by, now)}, nil
}

// Confirm is a supervisor's word whether a milestone was reached. A no says why. The last word of each counts.
func (p *Project) Confirm(n int, holds bool, words string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := deliberation.Joined(p.may(MoveConfirm), p.supervises(by)); err != nil {
		return nil, err
	}
	i := p.milestone(n)
	switch {
	case i < 0:
		return nil, errMilestoneGone
	case p.Milestones[i].Reached == nil:
		return nil, errNotReached
	case !holds && words == "":
		return nil, errNoWords
	}
	m, own := p.Milestones[i], func(w Word) bool { return w.By.Account == by.Account }
	if slices.ContainsFunc(m.Words, func(w Word) bool { return own(w) && w.Holds == holds && w.Text == words }) {
		return nil, docstore.ErrUnchanged
	}
	what := MilestoneConfirmed
	if !holds {
		what = MilestoneDisputed
	}
	if err := p.take(MoveConfirm, what, anonymous(by), m.Name, now); err != nil {
		return nil, err
	}
	m.Words = append(slices.DeleteFunc(slices.Clone(m.Words), own), Word{By: by, Holds: holds, Text: words, At: now})
	p.Milestones = slices.Clone(p.Milestones)
	p.Milestones[i] = m
	return []docstore.Fact{p.milestoneStep(what, m, words, by, now)}, nil
}

func (p Project) milestoneStep(what string, m Milestone, reason string, by deliberation.Author, now time.Time) docstore.Fact {
	d := MilestoneStep{About: p.about(), Linked: p.linked(by), Milestone: m.Name, Due: m.Due, Reason: reason}
	d.Reached, d.All = p.Progress()
	if m.Reached != nil {
		d.On, d.Cost = m.Reached.On, m.Reached.Cost
	}
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: d}
}
