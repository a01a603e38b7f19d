package deadline

import (
	"errors"
	"slices"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/fault"
)

// Clock is one promise to a resident and what became of it. It is stored in the document of its case; the zero Clock
// promises nothing. Its key in the case is (Kind, Sequence).
type Clock struct {
	Kind Kind `json:"kind"`
	// Sequence counts the promises of this kind in the case that could be broken: it rises when a case is reopened, and
	// when a date is put off that had passed already.
	Sequence  int       `json:"sequence"`
	Policy    int       `json:"policy"`   // version
	Calendar  string    `json:"calendar"` // version
	StartedAt time.Time `json:"started_at"`
	// DueAt is when it has to be met, later by the pauses so far; zero while the calendar does not reach it. While a
	// pause runs it is what holds if the pause runs to its own end.
	DueAt   time.Time `json:"due_at,omitzero"`
	MetAt   time.Time `json:"met_at,omitzero"`
	EndedAt time.Time `json:"ended_at,omitzero"` // nobody owes it any more

	Rules    Rules     `json:"rules"`
	Promises []Promise `json:"promises"` // every date ever given, the first one first
	Pauses   []Pause   `json:"pauses,omitempty"`
	Requests []Request `json:"requests,omitempty"` // for a later date
	Plan     []Planned `json:"plan,omitempty"`     // the ladder's instants, rising
	// Incomplete says that the calendar ended before DueAt or before the ladder's last rung.
	Incomplete bool     `json:"incomplete,omitempty"`
	Breaches   []Breach `json:"breaches,omitempty"`
	Steps      []Step   `json:"steps,omitempty"`
	Counted    Counted  `json:"counted,omitzero"`  // why DueAt is when it is
	Earlier    []Clock  `json:"earlier,omitempty"` // of the same case and kind, before it was reopened
}

// Rules are what a clock keeps of the policy it was started under.
type Rules struct {
	Term       Term      `json:"term"`
	Pause      PauseRule `json:"pause"`
	Extensions int       `json:"extensions"`
	Ladder     []Rung    `json:"ladder"`
}

// Cause says where a promised date comes from.
type Cause string

// Causes.
const (
	Started    Cause = "started"
	Extended   Cause = "extended"
	Merged     Cause = "merged"     // another case came in that was due earlier
	Recomputed Cause = "recomputed" // somebody let a new policy or calendar hold for it
)

// Promise is a date that was given, before any pause after it.
type Promise struct {
	Cause    Cause     `json:"cause"`
	At       time.Time `json:"at"`
	DueAt    time.Time `json:"due_at,omitzero"`
	Was      time.Time `json:"was,omitzero"` // the due instant before it
	Reason   string    `json:"reason,omitempty"`
	AskedBy  Person    `json:"asked_by,omitzero"`
	By       Person    `json:"by,omitzero"` // who decided
	Sequence int       `json:"sequence"`
	Raw      time.Time `json:"raw,omitzero"` // of DueAt, for the unit Days
}

// Person is who did something, as the case shows it.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	Role string `json:"role,omitempty"`
}

// Planned is when a rung of the ladder is reached.
type Planned struct {
	Level int       `json:"level"` // index in Rules.Ladder
	At    time.Time `json:"at"`
}

var (
	// ErrNoTerm means that the policy promises nothing for a kind.
	ErrNoTerm = fault.New(fault.Invalid, "deadline.no_term")
	// ErrStopped means that the clock is met or ended.
	ErrStopped = fault.New(fault.Conflict, "deadline.stopped")
	// ErrRunning means that a clock still runs and cannot be taken up again.
	ErrRunning = fault.New(fault.Conflict, "deadline.running")
)

// Start returns the clock of something filed at start. Where the calendar ends before what would be promised, the
// clock is valid and must be stored, and the error is calendar.ErrBeyond for an operator to see (Incomplete is true,
// Complete finishes it later). Any other error means that there is no clock.
func Start(p Policy, kind Kind, cal *calendar.Calendar, start time.Time) (Clock, error) {
	term, ok := p.Terms[kind]
	if !ok || !term.legal() {
		return Clock{}, ErrNoTerm.With("kind", kind)
	}
	start = second(start)
	c := Clock{
		Kind: kind, Sequence: 1, Policy: p.Version, Calendar: cal.Version(), StartedAt: start,
		Rules:    Rules{Term: term, Pause: p.Pause, Extensions: p.Extensions, Ladder: slices.Clone(p.Ladder)},
		Promises: []Promise{{Cause: Started, At: start, Sequence: 1}},
	}
	return c.completed(cal)
}

// completed is Complete for operations that go on where the calendar ends.
func (c Clock) completed(cal *calendar.Calendar) (Clock, error) {
	err := c.Complete(cal)
	if err != nil && !errors.Is(err, calendar.ErrBeyond) {
		return Clock{}, err
	}
	return c, err
}

// Reopen returns the next clock of a case that is taken up again: a promise of its own from now on, with the old
// record in Earlier. The errors are those of Start, and ErrRunning.
func (c Clock) Reopen(p Policy, cal *calendar.Calendar, now time.Time) (Clock, error) {
	if c.Running() {
		return Clock{}, ErrRunning
	}
	next, err := Start(p, c.Kind, cal, now)
	if next.Sequence == 0 {
		return next, err
	}
	next.Sequence = c.Sequence + 1
	next.Promises[0].Sequence = next.Sequence
	next.Earlier = append(slices.Clone(c.Earlier), c)
	next.Earlier[len(next.Earlier)-1].Earlier = nil
	return next, err
}

// IsZero reports whether nothing is promised.
func (c Clock) IsZero() bool { return c.Sequence == 0 }

// Running reports whether something is still owed.
func (c Clock) Running() bool { return !c.IsZero() && c.MetAt.IsZero() && c.EndedAt.IsZero() }

// Owed returns the due instant of a clock that runs; false when nothing is owed or nothing could be promised yet. What
// is closed, merged or withdrawn is never due.
func (c Clock) Owed() (time.Time, bool) { return c.DueAt, c.Running() && !c.DueAt.IsZero() }

// stop returns the instant the clock stopped, zero while it runs.
func (c Clock) stop() time.Time {
	if c.EndedAt.IsZero() || (!c.MetAt.IsZero() && c.MetAt.Before(c.EndedAt)) {
		return c.MetAt
	}
	return c.EndedAt
}

// Meet stops the clock: what was promised is done. It is told what had fallen due before, like Record. A clock that
// has stopped stays as it is.
func (c *Clock) Meet(now time.Time) News {
	if !c.Running() {
		return News{}
	}
	news := c.Record(now).untold(c)
	c.Pauses, c.MetAt = c.closed(now), second(now)
	return news
}

// End stops the clock because nobody owes it any more: withdrawn, merged into another case, closed. A pause stays as it
// is, in case the end is taken back.
func (c *Clock) End(now time.Time) News {
	if !c.Running() {
		return News{}
	}
	news := c.Record(now).untold(c)
	c.EndedAt = second(now)
	return news
}

// Reinstate takes End back: the clock runs again with the instants it always had, because the resident did wait. It
// reports whether there was an end to take back.
func (c *Clock) Reinstate() bool {
	if c.EndedAt.IsZero() {
		return false
	}
	c.EndedAt = time.Time{}
	return true
}

// Took returns how long it took until it was met, by the wall clock; false if it is not.
func (c Clock) Took() (time.Duration, bool) {
	if c.MetAt.IsZero() {
		return 0, false
	}
	return max(0, c.MetAt.Sub(c.StartedAt)), true
}
