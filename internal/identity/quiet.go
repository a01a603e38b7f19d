package identity

import (
	"time"

	"jushou/internal/fault"
)

// The hours in which messages to many wait unless a person chose others: ours, and nobody's rule.
const (
	QuietFrom = "22:00"
	QuietTo   = "07:00"
)

// ErrBadQuiet means that a time of day is not written as 22:00.
var ErrBadQuiet = fault.New(fault.Invalid, "identity.bad_quiet").On("quiet")

// Quiet are hours of the day in which WeChat messages wait. The zero Quiet is QuietFrom to QuietTo.
type Quiet struct {
	// From and To are times of day as "15:04"; From is the first quiet minute, To the first that is not. Where To is
	// not later than From the night lies between them.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Off means that no hour is quiet.
	Off bool `json:"off,omitempty"`
}

// NewQuiet returns hours; two empty times are the product's own, two equal ones mean none.
func NewQuiet(from, to string) (Quiet, error) {
	if from == "" && to == "" {
		return Quiet{}, nil
	}
	for _, text := range []string{from, to} {
		if at, err := time.Parse("15:04", text); err != nil || at.Format("15:04") != text {
			return Quiet{}, ErrBadQuiet.With("time", text)
		}
	}
	if from == to {
		return Quiet{Off: true}, nil
	}
	return Quiet{From: from, To: to}, nil
}

// Chosen reports whether the person chose the hours and did not just leave them as they were.
func (q Quiet) Chosen() bool { return q != Quiet{} }

// Hours returns the times of day, the product's own if none were chosen.
func (q Quiet) Hours() (from, to string) {
	if q.From == "" {
		return QuietFrom, QuietTo
	}
	return q.From, q.To
}

// Until returns when the quiet hours that now lies in end; ok is false outside them. Times of day are the zone's.
func (q Quiet) Until(now time.Time, zone *time.Location) (end time.Time, ok bool) {
	if q.Off {
		return time.Time{}, false
	}
	from, to := q.Hours()
	start, err := time.Parse("15:04", from)
	stop, stopErr := time.Parse("15:04", to)
	if err != nil || stopErr != nil {
		return time.Time{}, false
	}
	local := now.In(zone)
	on := func(day int, at time.Time) time.Time {
		return time.Date(local.Year(), local.Month(), local.Day()+day, at.Hour(), at.Minute(), 0, 0, zone)
	}
	for _, day := range []int{-1, 0} { // the night that began yesterday, and the one that begins today
		begin, end := on(day, start), on(day, stop)
		if !stop.After(start) {
			end = on(day+1, stop)
		}
		if !now.Before(begin) && now.Before(end) {
			return end, true
		}
	}
	return time.Time{}, false
}
