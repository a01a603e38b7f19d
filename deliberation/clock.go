package deliberation

import (
	"time"
)

// Step is what a Round does to a topic that still has no official answer.
type Step string

// The ladder, in order: at the first Round after posting, the second, the third.
const (
	StepListed    Step = "listed"              // on the duty list; the duty person is told once
	StepSecretary Step = "escalated_secretary" // missed one Round: next duty person and secretary
	StepTown      Step = "escalated_town"      // missed two: the town
)

// Ladder returns the steps in order.
func Ladder() [3]Step { return [3]Step{StepListed, StepSecretary, StepTown} }

// rungs is how many Round instants a clock holds.
const rungs = 3

// StepRecord is a step that was taken: when it fell due, and when a sweep wrote it down.
type StepRecord struct {
	Step       Step      `json:"step"`
	At         time.Time `json:"at"`
	RecordedAt time.Time `json:"recorded_at,omitzero"`
}

// ResponseClock is the promise made when a topic was posted: the instants of the next Rounds, computed once
// under a policy and a calendar version and never moved afterwards. Everything else is computed from them.
type ResponseClock struct {
	Policy   int    `json:"policy"`
	Calendar string `json:"calendar"`
	// Patrolled is the board's rule on the day of posting.
	Patrolled bool      `json:"patrolled,omitempty"`
	StartedAt time.Time `json:"started_at"`
	// Rounds are the first three Rounds strictly after StartedAt; fewer if the calendar knew no more.
	Rounds []time.Time `json:"rounds,omitempty"`
	DueAt  time.Time   `json:"due_at,omitzero"` // Rounds[0]
	MetAt  time.Time   `json:"met_at,omitzero"` // the first official answer
	// EndedAt is when the topic was withdrawn or hidden: nobody owes it an answer from then on.
	EndedAt time.Time    `json:"ended_at,omitzero"`
	Steps   []StepRecord `json:"steps,omitempty"`
}

// Phase is where a response clock stands.
type Phase string

// Phases. After the first Round an unpatrolled clock is overdue; a patrolled one tells who has the topic now.
const (
	PhaseNone      Phase = "none"      // no answer is promised
	PhaseWaiting   Phase = "waiting"   // before the first Round
	PhaseListed    Phase = "listed"    // with the duty person
	PhaseSecretary Phase = "secretary" // with the next duty person and the secretary
	PhaseTown      Phase = "town"      // with the town
	PhaseOverdue   Phase = "overdue"   // late, on a board that is not patrolled
	PhaseMet       Phase = "met"       // answered
	PhaseEnded     Phase = "ended"     // withdrawn or hidden before an answer
)

// Explanation is the data of the clock's sentence: “下一次巡查 14:00 前回应”, “已超过 1 次巡查，已转书记”.
type Explanation struct {
	Phase Phase
	DueAt time.Time // zero while the calendar knows no Round to promise
	// NextAt is the next stored Round after now, zero if all have passed.
	NextAt time.Time
	// Missed counts the Rounds that found the topic on the list already: 0, 1 (secretary), 2 (town).
	Missed int
	// Late is how long past DueAt the answer came or, without an answer, now is; zero in time.
	Late  time.Duration
	MetAt time.Time
}

// startClock makes the clock of a topic posted at start. rounds are the Rounds strictly after it that the
// calendar knows, at most three of which are kept.
func startClock(start time.Time, rounds []time.Time, policy int, calendar string, patrolled bool) *ResponseClock {
	c := &ResponseClock{Policy: policy, Calendar: calendar, Patrolled: patrolled, StartedAt: start}
	c.extend(rounds)
	return c
}

// extend adds Rounds the calendar did not know before. Those promised already stay as they are.
func (c *ResponseClock) extend(rounds []time.Time) {
	kept := append([]time.Time(nil), c.Rounds...)
	for _, at := range rounds {
		if len(kept) < rungs && at.After(c.StartedAt) && (len(kept) == 0 || at.After(kept[len(kept)-1])) {
			kept = append(kept, at)
		}
	}
	c.Rounds = kept
	if len(kept) > 0 {
		c.DueAt = kept[0]
	}
}

// Incomplete reports that the calendar ended before the third Round.
func (c ResponseClock) Incomplete() bool { return len(c.Rounds) < rungs }

// end returns the instant the clock stopped, zero while it runs.
func (c ResponseClock) end() time.Time {
	if c.EndedAt.IsZero() || (!c.MetAt.IsZero() && c.MetAt.Before(c.EndedAt)) {
		return c.MetAt
	}
	return c.EndedAt
}

// Running reports whether an answer is still owed.
func (c ResponseClock) Running() bool { return c.end().IsZero() }

// passed counts the stored Rounds at or before now that found the topic unanswered. An answer at the
// very instant of a Round comes after it: the time to answer is half open, [start, Round).
func (c ResponseClock) passed(now time.Time) int {
	if end := c.end(); !end.IsZero() && end.Before(now) {
		now = end
	}
	n := 0
	for n < len(c.Rounds) && !c.Rounds[n].After(now) {
		n++
	}
	return n
}

// Due returns the steps that have fallen due by now and are not recorded, in order, each with its true
// time. It is what a sweep has to write down; a clock that jumps back owes nothing twice.
func (c ResponseClock) Due(now time.Time) []StepRecord {
	if !c.Patrolled {
		return nil
	}
	ladder, passed := Ladder(), c.passed(now)
	var due []StepRecord
	for i := len(c.Steps); i < passed; i++ {
		due = append(due, StepRecord{Step: ladder[i], At: c.Rounds[i]})
	}
	return due
}

// record appends the due steps as written down at now and returns them.
func (c *ResponseClock) record(now time.Time) []StepRecord {
	due := c.Due(now)
	steps := append([]StepRecord(nil), c.Steps...)
	for i := range due {
		due[i].RecordedAt = now
		steps = append(steps, due[i])
	}
	c.Steps = steps
	return due
}

// NextStepAt returns when a sweep has to look at the clock again; false when never. An incomplete
// clock is looked at by every sweep, which tries to complete it and complains while it cannot.
func (c ResponseClock) NextStepAt() (time.Time, bool) {
	switch {
	case !c.Running():
		return time.Time{}, false
	case c.Incomplete():
		return c.StartedAt, true
	case !c.Patrolled || len(c.Steps) >= rungs:
		return time.Time{}, false
	}
	return c.Rounds[len(c.Steps)], true
}

// PhaseAt returns where the clock stands at now, from the stored instants alone.
func (c ResponseClock) PhaseAt(now time.Time) Phase {
	switch {
	case !c.Running() && c.end().Equal(c.MetAt):
		return PhaseMet
	case !c.Running():
		return PhaseEnded
	}
	passed := c.passed(now)
	switch {
	case passed == 0:
		return PhaseWaiting
	case !c.Patrolled:
		return PhaseOverdue
	}
	return [...]Phase{PhaseListed, PhaseSecretary, PhaseTown}[passed-1]
}

// Overdue reports whether the promised Round has passed without an answer.
func (c ResponseClock) Overdue(now time.Time) bool { return c.Running() && c.passed(now) > 0 }

// Explain returns the data of the clock's sentence at now.
func (c ResponseClock) Explain(now time.Time) Explanation {
	passed := c.passed(now)
	e := Explanation{Phase: c.PhaseAt(now), DueAt: c.DueAt, Missed: max(0, passed-1), MetAt: c.MetAt}
	at := now
	if end := c.end(); !end.IsZero() {
		at = end
	} else if passed < len(c.Rounds) {
		e.NextAt = c.Rounds[passed]
	}
	if !c.DueAt.IsZero() && at.After(c.DueAt) {
		e.Late = at.Sub(c.DueAt)
	}
	return e
}

// Took returns how long the first official answer took; false if there is none.
func (c ResponseClock) Took() (time.Duration, bool) {
	if c.MetAt.IsZero() {
		return 0, false
	}
	return max(0, c.MetAt.Sub(c.StartedAt)), true
}

// Due returns the steps the topic's clock owes at now; none in a state where nothing is owed.
func Due(t Topic, now time.Time) []StepRecord {
	if t.Clock == nil {
		return nil
	}
	return t.Clock.Due(now)
}
