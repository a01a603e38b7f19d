package deliberation

import (
	"strings"
	"time"

	"jushou/internal/fault"
)

// Guide is what an article of 办事指南 says about itself: where it was taken from, and on which day somebody held it
// against that source, because a guide that is out of date sends people to the wrong window.
type Guide struct {
	Source    string // at most MaxSource runes
	CheckedOn string // "2006-01-02" in Asia/Shanghai
}

// MaxSource is the longest source of a guide in runes.
const MaxSource = 80

var (
	errNoSource   = fault.New(fault.Invalid, "guide.source_needed").On("source")
	errLongSource = fault.New(fault.Invalid, "guide.source_too_long").On("source")
	errCheckedOn  = fault.New(fault.Invalid, "guide.bad_date").On("checked_on")
	errChecked    = fault.New(fault.Invalid, "guide.date_ahead").On("checked_on")
)

// NewGuide checks what an article of the guide says about itself. On other boards there is nothing to say.
func NewGuide(g Guide, board BoardKey, today string) (Guide, error) {
	if board != BoardGuide {
		return Guide{}, nil
	}
	g.Source = Line(g.Source)
	g.CheckedOn = strings.TrimSpace(g.CheckedOn)
	day, err := time.Parse(time.DateOnly, g.CheckedOn)
	return g, Joined(
		check(g.Source == "", errNoSource),
		Within(g.Source, MaxSource, errLongSource),
		check(err != nil, errCheckedOn),
		check(err == nil && day.Format(time.DateOnly) > today, errChecked),
	)
}

// today is the date in the communities' time zone.
func (s *Service) today() string { return s.now().In(s.calendar.Zone()).Format(time.DateOnly) }
