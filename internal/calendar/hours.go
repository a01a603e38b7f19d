package calendar

import (
	"fmt"
	"slices"
	"time"

	"jushou/internal/fault"
)

// TimeOfDay is a time on a clock in seconds since 00:00, at most 24:00.
type TimeOfDay int

// EndOfDay is 24:00.
const EndOfDay TimeOfDay = 24 * 60 * 60

var (
	errBadTime  = fault.New(fault.Invalid, "calendar.bad_time")
	errBadHours = fault.New(fault.Invalid, "calendar.bad_hours")
)

// Clock returns the TimeOfDay of an hour and a minute.
func Clock(hour, minute int) TimeOfDay { return TimeOfDay(hour*3600 + minute*60) }

// ParseTime reads "09:00", "09:00:30" or "24:00".
func ParseTime(s string) (TimeOfDay, error) {
	if s == "24:00" {
		return EndOfDay, nil
	}
	for _, layout := range []string{"15:04", "15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil && len(s) == len(layout) {
			return TimeOfDay(t.Hour()*3600 + t.Minute()*60 + t.Second()), nil
		}
	}
	return 0, errBadTime.With("text", s)
}

// String returns "09:00", or "09:00:30" when there are seconds.
func (t TimeOfDay) String() string {
	s := fmt.Sprintf("%02d:%02d", t/3600, t/60%60)
	if t%60 != 0 {
		s += fmt.Sprintf(":%02d", t%60)
	}
	return s
}

// MarshalText implements encoding.TextMarshaler.
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (t *TimeOfDay) UnmarshalText(text []byte) (err error) {
	*t, err = ParseTime(string(text))
	return err
}

// Interval is a stretch of a day, From included and To not.
type Interval struct {
	From TimeOfDay `json:"from"`
	To   TimeOfDay `json:"to"`
}

// Hours are the working intervals of a day, in order and apart; none is a day off.
type Hours []Interval

// check refuses intervals that are empty, out of the day, out of order or overlapping. Touching ones are legal.
func (h Hours) check() error {
	end := TimeOfDay(0)
	for i, x := range h {
		if x.From < 0 || x.To > EndOfDay || x.From >= x.To || i > 0 && x.From < end {
			return errBadHours.With("from", x.From).With("to", x.To)
		}
		end = x.To
	}
	return nil
}

// end returns when the last interval ends. h is not empty.
func (h Hours) end() TimeOfDay { return h[len(h)-1].To }

// Week is the ordinary pattern; the index is time.Weekday.
type Week [7]Hours

// OfficeWeek is our default, not anybody's rule: Monday to Friday, 09:00–11:30 and 13:00–17:30. A community sets its own.
func OfficeWeek() Week {
	var w Week
	for d := time.Monday; d <= time.Friday; d++ {
		w[d] = Hours{{Clock(9, 0), Clock(11, 30)}, {Clock(13, 0), Clock(17, 30)}}
	}
	return w
}

// check refuses malformed days and a week in which nothing is ever open: silently falling back to wall
// clock time is what such a setting leads to elsewhere.
func (w Week) check() error {
	for _, h := range w {
		if err := h.check(); err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(w[:], func(h Hours) bool { return len(h) > 0 }) {
		return errBadHours.With("week", "closed")
	}
	return nil
}

// makeup is what is worked on a make-up day unless the options say: the hours of the first working day from Monday on.
func (w Week) makeup() Hours {
	for i := range w {
		if h := w[(int(time.Monday)+i)%7]; len(h) > 0 {
			return h
		}
	}
	return nil
}
