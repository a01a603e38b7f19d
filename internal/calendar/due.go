package calendar

import (
	"time"

	"jushou/internal/fault"
)

// ErrBadDuration means that fewer than one working day or less than no time was asked for.
var ErrBadDuration = fault.New(fault.Invalid, "calendar.bad_duration")

// AddWorkdays returns when something filed at start is due in n working days, n at least 1: at the end of
// business hours of the n-th working day after start's date. The day of filing does not count.
func (c *Calendar) AddWorkdays(start time.Time, n int) (time.Time, error) {
	if n < 1 {
		return time.Time{}, ErrBadDuration.With("days", n)
	}
	d := c.DateAt(start)
	if err := c.covers(d); err != nil {
		return time.Time{}, err
	}
	var err error
	for range n {
		if d, err = c.NextWorkday(d); err != nil {
			return time.Time{}, err
		}
	}
	x, err := c.Day(d)
	if err != nil {
		return time.Time{}, err
	}
	return d.At(x.Hours.end(), c.zone), nil
}

// Span is a stretch of time, From included and To not.
type Span struct{ From, To time.Time }

// Open returns the working spans of a date as instants, in order. A day that clocks skip altogether (Apia, 30 December
// 2011) has none, and what is skipped within a day is not worked.
func (c *Calendar) Open(d Date) ([]Span, error) {
	x, err := c.Day(d)
	if err != nil {
		return nil, err
	}
	var spans []Span
	begin, end := d.At(0, c.zone), d.At(EndOfDay, c.zone)
	for _, h := range x.Hours {
		s := Span{d.At(h.From, c.zone), d.At(h.To, c.zone)}
		if n := len(spans); n > 0 && s.From.Before(spans[n-1].To) {
			s.From = spans[n-1].To
		}
		if s.From.Before(begin) {
			s.From = begin
		}
		if s.To.After(end) {
			s.To = end
		}
		if s.From.Before(s.To) {
			spans = append(spans, s)
		}
	}
	return spans, nil
}

// IsOpen reports whether t is in business hours.
func (c *Calendar) IsOpen(t time.Time) (bool, error) {
	spans, err := c.Open(c.DateAt(t))
	for _, s := range spans {
		if !t.Before(s.From) && t.Before(s.To) {
			return true, nil
		}
	}
	return false, err
}

// NextOpen returns the first instant at or after t that is in business hours.
func (c *Calendar) NextOpen(t time.Time) (time.Time, error) {
	for date := c.DateAt(t); ; date = date.AddDays(1) {
		spans, err := c.Open(date)
		if err != nil {
			return time.Time{}, err
		}
		for _, s := range spans {
			if s = s.since(t); s.length() > 0 {
				return s.From, nil
			}
		}
	}
}

// Add returns the first instant at which working time of length d has passed since start; start itself when d is 0.
// It ends with business hours rather than at the next opening.
func (c *Calendar) Add(start time.Time, d time.Duration) (time.Time, error) {
	return c.AddPaused(start, d, nil)
}

// AddPaused is Add where time inside the pauses does not count. Pauses may touch, overlap and come in any order.
func (c *Calendar) AddPaused(start time.Time, d time.Duration, pauses []Span) (time.Time, error) {
	if d < 0 {
		return time.Time{}, ErrBadDuration.With("duration", d)
	}
	if d == 0 {
		return start, nil
	}
	for date := c.DateAt(start); ; date = date.AddDays(1) {
		spans, err := c.Open(date)
		if err != nil {
			return time.Time{}, err
		}
		for _, s := range subtract(spans, pauses) {
			s = s.since(start)
			if length := s.length(); length < d {
				d -= length
				continue
			}
			return s.From.Add(d), nil
		}
	}
}

// Within returns the working time between a and b, 0 if b is not after a.
func (c *Calendar) Within(a, b time.Time) (time.Duration, error) {
	total := time.Duration(0)
	if !a.Before(b) {
		return 0, nil
	}
	for date, last := c.DateAt(a), c.DateAt(b); !last.Before(date); date = date.AddDays(1) {
		spans, err := c.Open(date)
		if err != nil {
			return 0, err
		}
		for _, s := range spans {
			total += s.since(a).until(b).length()
		}
	}
	return total, nil
}

func (s Span) since(t time.Time) Span {
	if s.From.Before(t) {
		s.From = t
	}
	return s
}

func (s Span) until(t time.Time) Span {
	if s.To.After(t) {
		s.To = t
	}
	return s
}

// length is 0 for a span that ends before it begins.
func (s Span) length() time.Duration { return max(s.To.Sub(s.From), 0) }

// subtract returns what of the spans lies outside the cuts, in order.
func subtract(spans, cuts []Span) []Span {
	for _, x := range cuts {
		if x.length() == 0 {
			continue
		}
		var left []Span
		for _, s := range spans {
			for _, part := range [2]Span{s.until(x.From), s.since(x.To)} {
				if part.length() > 0 {
					left = append(left, part)
				}
			}
		}
		spans = left
	}
	return spans
}
