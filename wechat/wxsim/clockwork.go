package wxsim

import (
	"fmt"
	"time"

	"jushou/internal/fault"
)

var errBadTime = fault.New(fault.Invalid, "wxsim.bad_time")

// Now is the virtual time, in the platform's zone.
func (s *Sim) Now() time.Time { return s.clock.Now().In(chinaTime) }

// Advance moves the clock that the whole app follows.
func (s *Sim) Advance(d time.Duration) {
	s.clock.Advance(d)
	s.changed()
}

// nextAt returns the next instant with this wall time, "09:00", after now.
func nextAt(now time.Time, wall string) (time.Time, error) {
	at, err := time.Parse("15:04", wall)
	if err != nil {
		return time.Time{}, errBadTime.With("time", wall).Because(fmt.Errorf("wall time: %w", err))
	}
	now = now.In(chinaTime)
	next := time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), 0, 0, chinaTime)
	if !next.After(now) {
		next = next.AddDate(0, 0, 1)
	}
	return next, nil
}

// clockMove is the body of a POST to the clock: one of its fields.
type clockMove struct {
	Advance string `json:"advance,omitempty"` // a Go duration, or days: "3h", "-1h", "3d"
	Set     string `json:"set,omitempty"`     // RFC 3339
	Next    string `json:"next,omitempty"`    // a wall time: "09:00"
}

// moveClock applies m and returns the new time.
func (s *Sim) moveClock(m clockMove) (time.Time, error) {
	switch {
	case m.Advance != "":
		d, err := parseSpan(m.Advance)
		if err != nil {
			return time.Time{}, err
		}
		s.clock.Advance(d)
	case m.Set != "":
		at, err := time.Parse(time.RFC3339, m.Set)
		if err != nil {
			return time.Time{}, errBadTime.With("time", m.Set).Because(fmt.Errorf("set: %w", err))
		}
		s.clock.Set(at)
	case m.Next != "":
		at, err := nextAt(s.clock.Now(), m.Next)
		if err != nil {
			return time.Time{}, err
		}
		s.clock.Set(at)
	default:
		return time.Time{}, errBadTime
	}
	s.changed()
	return s.Now(), nil
}

// The app needs real time to follow the clock: waitQuiet returns when it has neither called nor been
// pushed to for quietFor, or after quietAtMost, so that days can fly past without leaving it behind.
const (
	quietFor    = 180 * time.Millisecond
	quietAtMost = 1500 * time.Millisecond
	quietLook   = 30 * time.Millisecond
)

func (s *Sim) waitQuiet() {
	seen, since, began := int64(-1), time.Now(), time.Now()
	for time.Since(began) < quietAtMost && s.pause(quietLook) {
		s.mu.Lock()
		now, busy := s.st.Seq, s.busy > 0
		s.mu.Unlock()
		if now != seen || busy {
			seen, since = now, time.Now()
		}
		if time.Since(since) >= quietFor {
			return
		}
	}
}

func parseSpan(text string) (time.Duration, error) {
	var days int
	if n, err := fmt.Sscanf(text, "%dd", &days); n == 1 && err == nil && fmt.Sprintf("%dd", days) == text {
		return time.Duration(days) * 24 * time.Hour, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, errBadTime.With("time", text).Because(fmt.Errorf("advance: %w", err))
	}
	return d, nil
}
