package disclosure

import (
	"maps"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Schedule is what a community has to publish, and how often. A community without one has the default from the day the
// watch first came by.
type Schedule struct {
	Community community.ID     `json:"community"`
	Path      []community.ID   `json:"path"`
	Cadence   map[Kind]Cadence `json:"cadence"`
	// Days after a period's end, or after the decision of a major matter, until it has to be published.
	Days int `json:"days"`
	// Opened is the first period of each kind for which there is no Obligation yet.
	Opened    map[Kind]Period `json:"opened"`
	Revision  int             `json:"revision"`
	ChangedAt time.Time       `json:"changed_at"`
}

// DefaultDays is our default and nobody's rule.
const DefaultDays = 15

var (
	errCadence = fault.New(fault.Invalid, "affairs.bad_cadence").On("cadence")
	errDays    = fault.New(fault.Invalid, "affairs.bad_days").On("days")
)

// newSchedule is the default of a community from today on.
func newSchedule(n community.Node, today calendar.Date, now time.Time) Schedule {
	s := Schedule{
		Community: n.ID, Path: n.Path, Days: DefaultDays, ChangedAt: now,
		Cadence: map[Kind]Cadence{Finance: Monthly, Welfare: Quarterly, Major: AtOnce},
	}
	s.open(today)
	return s
}

// open begins to count a regular kind with the period that holds today, unless it is counted already.
func (s *Schedule) open(today calendar.Date) {
	opened := map[Kind]Period{}
	maps.Copy(opened, s.Opened)
	s.Opened = opened
	for kind, cadence := range s.Cadence {
		if p := s.Opened[kind]; cadence != AtOnce && (p == "" || p.Cadence() != cadence) {
			s.Opened[kind] = PeriodOf(today, cadence)
		}
	}
}

// ended returns the periods of a kind that have ended before today and have no Obligation, the earliest first.
func (s Schedule) ended(kind Kind, today calendar.Date) []Period {
	var all []Period
	for p := s.Opened[kind]; p != "" && p.Last().Before(today); p = p.Next() {
		all = append(all, p)
	}
	return all
}

// Set changes how often and how soon. What is promised for periods that have ended stays.
func (s *Schedule) Set(cadence map[Kind]Cadence, days, seen int, by identity.Actor, today calendar.Date, now time.Time) ([]docstore.Fact, error) {
	switch {
	case s.Revision != seen:
		return nil, ErrStale
	case days < 1 || days > 31:
		return nil, errDays
	case cadence[Major] != AtOnce:
		return nil, errCadence
	}
	for _, kind := range []Kind{Finance, Welfare} {
		if cadence[kind] != Monthly && cadence[kind] != Quarterly {
			return nil, errCadence
		}
	}
	s.Cadence, s.Days, s.ChangedAt = map[Kind]Cadence{Finance: cadence[Finance], Welfare: cadence[Welfare], Major: AtOnce}, days, now
	s.Revision++
	s.open(today)
	return []docstore.Fact{fact(ScheduleSet, by, now, News{Community: s.Community, Town: townOf(s.Path)})}, nil
}
