package community

import (
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"jushou/internal/fault"
)

// Terms are within how many days a community accepts and resolves what residents bring, and who hears of it when a day
// is missed. The zero value of a field means the product's default, which is ours and nobody's rule.
type Terms struct {
	// AcceptDays is within how many working days after the first answer a topic is accepted or refused, and
	// ResolveDays within how many after that it is resolved.
	AcceptDays  int `json:"accept_days,omitempty"`
	ResolveDays int `json:"resolve_days,omitempty"`
	// CloseDays is after how many days a resolved topic closes whose author says nothing.
	CloseDays int `json:"close_days,omitempty"`
	// Ladder says who hears of a missed date, how many working days later; empty means the default.
	Ladder []LadderStep `json:"ladder,omitempty"`
}

// LadderStep is one level: who hears, so many working days after the due date, 0 on it.
type LadderStep struct {
	Days int    `json:"days"`
	To   string `json:"to"` // "superior", "secretary", "town", "public"
}

// Promises are the terms that a community gives today and how it came to them. A clock that runs keeps the version it
// was started under.
type Promises struct {
	// Version counts changes; 0 are the defaults.
	Version int `json:"version,omitempty"`
	Terms
	// Change is the one that led to this version; nil for the defaults. Earlier ones are documents of their own
	// (PromiseRecord), so that the settings do not grow.
	Change *PromiseChange `json:"change,omitempty"`
}

// PromiseChange is one change of a community's terms. It is public, so it names people as staff are shown.
type PromiseChange struct {
	Version int       `json:"version"`
	By      string    `json:"by"` // as events name actors
	Name    string    `json:"name"`
	Title   string    `json:"title,omitempty"`
	At      time.Time `json:"at"`
	Reason  string    `json:"reason"`
	// Before and After are complete: the defaults of that day are filled in.
	Before Terms `json:"before"`
	After  Terms `json:"after"`
}

// LadderLevels are the recipients a ladder may name, from the bottom.
func LadderLevels() []string { return []string{"superior", "secretary", "town", "public"} }

// Defaults of Terms.
const (
	DefaultAcceptDays  = 2
	DefaultResolveDays = 10
	DefaultCloseDays   = 7
)

// DefaultLadder is upwards on the day itself and one, three and five working days after it, the last one in public.
func DefaultLadder() []LadderStep {
	return []LadderStep{{0, "superior"}, {1, "secretary"}, {3, "town"}, {5, "public"}}
}

// Bounds of Terms and of the reason for changing them.
const (
	MaxTermDays      = 250 // working days: about a year
	MaxCloseDays     = 90
	MaxPromiseReason = 200 // runes
)

var (
	// ErrPromisesChanged means that somebody else has changed the terms after the form was opened.
	ErrPromisesChanged = fault.New(fault.Conflict, "community.promises_stale")

	errBadPromises  = fault.New(fault.Invalid, "community.bad_promises")
	errBadLadder    = fault.New(fault.Invalid, "community.bad_ladder").On("ladder").With("max", MaxTermDays)
	errNoReason     = fault.New(fault.Invalid, "community.reason_needed").On("reason")
	errReasonLength = fault.New(fault.Invalid, "community.reason_too_long").On("reason").With("max", MaxPromiseReason)
)

// Effective returns the terms with the defaults filled in.
func (t Terms) Effective() Terms {
	for _, f := range []struct {
		n   *int
		def int
	}{{&t.AcceptDays, DefaultAcceptDays}, {&t.ResolveDays, DefaultResolveDays}, {&t.CloseDays, DefaultCloseDays}} {
		if *f.n == 0 {
			*f.n = f.def
		}
	}
	if len(t.Ladder) == 0 {
		t.Ladder = DefaultLadder()
	}
	return t
}

// Same reports whether two terms promise the same.
func (t Terms) Same(other Terms) bool {
	a, b := t.Effective(), other.Effective()
	return a.AcceptDays == b.AcceptDays && a.ResolveDays == b.ResolveDays && a.CloseDays == b.CloseDays && slices.Equal(a.Ladder, b.Ladder)
}

// WithPromises returns the settings with the terms of c.After, if nobody has changed them since version seen. By, Name,
// Title, At and Reason of c are the caller's; its version and the terms before it are not. Terms that promise the
// same change nothing and are no conflict: the form sent twice is one change. All faults are told at once.
func (s Settings) WithPromises(seen int, c PromiseChange) (Settings, error) {
	old := s.Promises
	if err := errors.Join(c.After.check(), checkPromiseReason(c.Reason)); err != nil {
		return s, err
	}
	if old.Same(c.After) {
		return s, nil
	}
	if seen != old.Version {
		return s, ErrPromisesChanged.With("version", old.Version).With("seen", seen)
	}
	c.Version, c.Before, c.After = old.Version+1, old.Effective(), c.After.Effective()
	s.Promises = Promises{Version: c.Version, Terms: c.After, Change: &c}
	return s, nil
}

func checkPromiseReason(reason string) error {
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		return errNoReason
	case n > MaxPromiseReason:
		return errReasonLength
	}
	return nil
}

func (t Terms) check() error {
	var faults []error
	for _, f := range []struct {
		name   string
		n, max int
	}{{"accept_days", t.AcceptDays, MaxTermDays}, {"resolve_days", t.ResolveDays, MaxTermDays}, {"close_days", t.CloseDays, MaxCloseDays}} {
		if f.n < 0 || f.n > f.max {
			faults = append(faults, errBadPromises.On(f.name).With("max", f.max))
		}
	}
	return errors.Join(append(faults, checkLadder(t.Ladder))...)
}

// checkLadder refuses a ladder that does not rise both in days and in levels.
func checkLadder(ladder []LadderStep) error {
	last, level := -1, -1
	for _, step := range ladder {
		i := slices.Index(LadderLevels(), step.To)
		if i <= level || step.Days <= last || step.Days > MaxTermDays {
			return errBadLadder.With("to", step.To)
		}
		last, level = step.Days, i
	}
	return nil
}
