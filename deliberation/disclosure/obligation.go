package disclosure

import (
	"time"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// The clocks of this package.
const (
	Publication deadline.Kind = "publication"
	Answering   deadline.Kind = "affair_answer"
)

// policy is what this package promises; its version rises when the numbers in it change. Steps beside our own levels:
// the secretary is warned and told, then the town, then everybody reads it.
func policy(days int) deadline.Policy {
	return deadline.Policy{
		Name: "disclosure", Version: 1,
		Terms: map[deadline.Kind]deadline.Term{
			Publication: {N: days, Unit: deadline.Days},
			Answering:   {N: 5, Unit: deadline.WorkingDays},
		},
		Ladder: []deadline.Rung{
			{Before: 20, To: deadline.ToOwner},
			{To: deadline.ToSecretary},
			{After: deadline.Term{N: 3, Unit: deadline.WorkingDays}, To: deadline.ToTown},
			{After: deadline.Term{N: 5, Unit: deadline.WorkingDays}, To: deadline.ToPublic},
		},
	}
}

// Obligation is one thing that has to be published: a kind for a period, or a major matter that was entered.
type Obligation struct {
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Kind      Kind           `json:"kind"`
	Period    Period         `json:"period,omitempty"`
	Item      ItemID         `json:"item,omitempty"` // the major matter, or what met it
	Title     string         `json:"title,omitempty"`
	Clock     deadline.Clock `json:"clock"`
}

// Key is the document's id: there is one obligation for a community, kind and period, or for a major matter.
func (o Obligation) Key() string {
	what := string(o.Period)
	if o.Period == "" {
		what = string(o.Item)
	}
	return string(o.Community) + "/" + string(o.Kind) + "/" + what
}

// begins is when the time to publish begins to run: at the end of the period's last day, or of the day of the decision.
func begins(d calendar.Date, cal *calendar.Calendar) time.Time {
	return d.At(calendar.EndOfDay, cal.Zone()).Add(-time.Second)
}

// met records that the item was published at an instant. The first item meets it.
func (o *Obligation) met(item ItemID, title string, at time.Time) ([]docstore.Fact, error) {
	if !o.Clock.Running() {
		return nil, docstore.ErrUnchanged
	}
	o.Item, o.Title = item, title
	o.Clock.Meet(at)
	return []docstore.Fact{fact(ObligationMet, watching, at, o.news())}, nil
}

// watch completes the clock and records what has fallen due. An error of the calendar comes with what could be recorded.
func (o *Obligation) watch(cal *calendar.Calendar, now time.Time) ([]docstore.Fact, error) {
	beyond := o.Clock.Complete(cal)
	return told(o.Clock.Record(now), ObligationLate, o.news(), o.Clock, now), beyond
}

// told is the fact of the one step that people hear of, and a silent one for what was only written down.
func told(news deadline.News, what string, about News, c deadline.Clock, now time.Time) []docstore.Fact {
	if news.IsZero() {
		return nil
	}
	about.DueAt, about.Sequence = c.DueAt, c.Sequence
	if step, ok := news.Told(); ok {
		about.Step, about.Level, about.Warning = step.To, step.Level, step.Warning
	}
	return []docstore.Fact{fact(what, watching, now, about)}
}

// watching is the hand that writes down what fell due.
var watching = identity.System("patrol")
