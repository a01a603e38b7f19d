package calendar

// DayKind says why a day is worked or not.
type DayKind string

const (
	// Ordinary is a day on which the week's pattern holds.
	Ordinary DayKind = "ordinary"
	// Holiday is a day off that a notice names.
	Holiday DayKind = "holiday"
	// Makeup is a day that would be off and is worked for a holiday (调休).
	Makeup DayKind = "makeup"
	// Local is a day that the community decided about itself.
	Local DayKind = "local"
)

// Day explains one date.
type Day struct {
	Date  Date
	Kind  DayKind
	Name  string // of the holiday or local decision; "" when ordinary
	Hours Hours  // what is worked; none on a day off
}

// Workday reports whether anything is worked.
func (d Day) Workday() bool { return len(d.Hours) > 0 }

// Day returns what the calendar knows of the date, or ErrBeyond or ErrBefore.
func (c *Calendar) Day(d Date) (Day, error) {
	if err := c.covers(d); err != nil {
		return Day{}, err
	}
	if x, ok := c.overrides[d]; ok {
		return Day{Date: d, Kind: Local, Name: x.Name, Hours: x.Hours}, nil
	}
	ordinary := c.week[d.Weekday()]
	named, ok := c.named[d]
	switch {
	case ok && named.Off:
		return Day{Date: d, Kind: Holiday, Name: named.Name}, nil
	case ok && len(ordinary) == 0:
		return Day{Date: d, Kind: Makeup, Name: named.Name, Hours: c.makeup}, nil
	}
	return Day{Date: d, Kind: Ordinary, Hours: ordinary}, nil
}

// IsWorkday reports whether anything is worked on the date.
func (c *Calendar) IsWorkday(d Date) (bool, error) {
	x, err := c.Day(d)
	return x.Workday(), err
}

// NextWorkday returns the first working day after d.
func (c *Calendar) NextWorkday(d Date) (Date, error) {
	for {
		d = d.AddDays(1)
		if ok, err := c.IsWorkday(d); ok || err != nil {
			return d, err
		}
	}
}

// Days explains every date from first to last, both included: the "why" beside a published deadline.
func (c *Calendar) Days(first, last Date) ([]Day, error) {
	var list []Day
	for d := first; !last.Before(d); d = d.AddDays(1) {
		x, err := c.Day(d)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, nil
}
