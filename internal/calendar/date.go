package calendar

import (
	"fmt"
	"time"

	"jushou/internal/fault"
)

// Date is a day of the civil calendar without a zone. The zero Date is not a day. Dates are comparable with ==.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

var errBadDate = fault.New(fault.Invalid, "calendar.bad_date")

// ParseDate reads "2026-11-21" and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, errBadDate.With("text", s).Because(err)
	}
	return DateOf(t), nil
}

// DateOf returns the day that t's own zone shows.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// String returns "2026-11-21".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// AddDays returns the day n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.utc().AddDate(0, 0, n)) }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.utc().Before(e.utc()) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// At returns the instant at which clocks in zone show the time on the day. A time that is skipped when
// clocks go forward moves on by the gap; of a time that comes twice it is the first. 24:00 is the next day's 00:00.
func (d Date) At(at TimeOfDay, zone *time.Location) time.Time {
	wall := d.utc().Add(time.Duration(at) * time.Second)
	_, before := wall.Add(-day).In(zone).Zone()
	_, after := wall.Add(day).In(zone).Zone()
	first, second := shift(wall, before, zone), shift(wall, after, zone)
	if second.Before(first) {
		first, second = second, first
	}
	for _, t := range [2]time.Time{first, second} {
		if shows(t, wall) {
			return t
		}
	}
	return shift(wall, before, zone)
}

const day = 24 * time.Hour

// shift reads wall as local time at an offset of so many seconds.
func shift(wall time.Time, offset int, zone *time.Location) time.Time {
	return wall.Add(-time.Duration(offset) * time.Second).In(zone)
}

// shows reports whether clocks show wall at t.
func shows(t, wall time.Time) bool {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).Equal(wall)
}
