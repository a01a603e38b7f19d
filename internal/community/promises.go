package community

import (
	"slices"

	"jushou/internal/fault"
)

// Promises are the terms under which a community accepts and resolves what residents bring. The zero value of a field
// means the product's default, which is ours and nobody's rule. A clock that runs keeps the version it was
// started under.
type Promises struct {
	// Version counts changes; 0 are the defaults.
	Version int `json:"version,omitempty"`
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

// LadderLevels are the recipients a ladder may name, from the bottom.
func LadderLevels() []string { return []string{"superior", "secretary", "town", "public"} }

// Defaults of Promises.
const (
	DefaultAcceptDays  = 2
	DefaultResolveDays = 10
	DefaultCloseDays   = 7
)

// Bounds of Promises.
const (
	maxTermDays  = 250 // working days: about a year
	maxCloseDays = 90
)

var errBadPromises = fault.New(fault.Invalid, "community.bad_promises")

// Effective returns the promises with the defaults filled in; an empty ladder stays empty.
func (p Promises) Effective() Promises {
	for _, f := range []struct {
		n   *int
		def int
	}{{&p.AcceptDays, DefaultAcceptDays}, {&p.ResolveDays, DefaultResolveDays}, {&p.CloseDays, DefaultCloseDays}} {
		if *f.n == 0 {
			*f.n = f.def
		}
	}
	return p
}

// WithPromises returns the settings with other promises. The version rises if anything changed, and is not the caller's.
func (s Settings) WithPromises(p Promises) (Settings, error) {
	if err := p.check(); err != nil {
		return s, err
	}
	old := s.Promises
	p.Version = old.Version
	if p.AcceptDays == old.AcceptDays && p.ResolveDays == old.ResolveDays && p.CloseDays == old.CloseDays && slices.Equal(p.Ladder, old.Ladder) {
		return s, nil
	}
	p.Version++
	s.Promises = p
	return s, nil
}

func (p Promises) check() error {
	for _, f := range []struct {
		name   string
		n, max int
	}{{"accept_days", p.AcceptDays, maxTermDays}, {"resolve_days", p.ResolveDays, maxTermDays}, {"close_days", p.CloseDays, maxCloseDays}} {
		if f.n < 0 || f.n > f.max {
			return errBadPromises.On(f.name).With("max", f.max)
		}
	}
	levels := LadderLevels()
	if len(p.Ladder) > len(levels) {
		return errBadPromises.On("ladder").With("max", len(levels))
	}
	last, level := -1, -1
	for _, step := range p.Ladder {
		i := slices.Index(levels, step.To)
		if i <= level || step.Days <= last || step.Days > maxTermDays {
			return errBadPromises.On("ladder").With("to", step.To).With("max", maxTermDays)
		}
		last, level = step.Days, i
	}
	return nil
}
