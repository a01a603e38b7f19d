package deliberation

import (
	"testing"
	"time"
)

// at is an instant of Monday 2 March 2026 in Shanghai, as UTC.
func at(hour, minute int) time.Time {
	return time.Date(2026, 3, 2, hour, minute, 0, 0, time.FixedZone("CST", 8*3600)).UTC()
}

// dayRounds are the Rounds after a post at 08:10: the same day's three.
func dayRounds() []time.Time { return []time.Time{at(9, 0), at(14, 0), at(20, 0)} }

func TestPhaseAndSentenceFollowTheStoredInstants(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name      string
		now       time.Time
		met       time.Time
		patrolled bool
		want      Phase
		next      time.Time
		missed    int
		late      time.Duration
		steps     int
	}{
		{"just posted", at(8, 10), time.Time{}, true, PhaseWaiting, at(9, 0), 0, 0, 0},
		{"a moment before the Round", at(9, 0).Add(-time.Millisecond), time.Time{}, true, PhaseWaiting, at(9, 0), 0, 0, 0},
		{"at the Round", at(9, 0), time.Time{}, true, PhaseListed, at(14, 0), 0, 0, 1},
		{"after the first Round", at(10, 0), time.Time{}, true, PhaseListed, at(14, 0), 0, time.Hour, 1},
		{"missed one", at(14, 0), time.Time{}, true, PhaseSecretary, at(20, 0), 1, 5 * time.Hour, 2},
		{"missed two", at(20, 0), time.Time{}, true, PhaseTown, time.Time{}, 2, 11 * time.Hour, 3},
		{"weeks later nothing more is added", at(20, 0).AddDate(0, 0, 30), time.Time{}, true, PhaseTown, time.Time{}, 2, 11*time.Hour + 30*24*time.Hour, 3},
		{"not patrolled: late and with nobody else", at(15, 0), time.Time{}, false, PhaseOverdue, at(20, 0), 1, 6 * time.Hour, 0},
		{"answered in time", at(15, 0), at(8, 59), true, PhaseMet, time.Time{}, 0, 0, 0},
		{"answered at the very Round: after it", at(15, 0), at(9, 0), true, PhaseMet, time.Time{}, 0, 0, 1},
		{"answered after the second Round", at(23, 0), at(14, 30), true, PhaseMet, time.Time{}, 1, 5*time.Hour + 30*time.Minute, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			clock := startClock(at(8, 10), dayRounds(), 1, "v1", c.patrolled)
			clock.MetAt = c.met
			e := clock.Explain(c.now)
			if e.Phase != c.want || !e.NextAt.Equal(c.next) || e.Missed != c.missed || e.Late != c.late {
				t.Errorf("explain = %+v, want %s, next %v, missed %d, late %v", e, c.want, c.next, c.missed, c.late)
			}
			if !e.DueAt.Equal(at(9, 0)) {
				t.Errorf("due %v, want the first Round", e.DueAt)
			}
			if due := clock.Due(c.now); len(due) != c.steps {
				t.Errorf("%d steps due, want %d", len(due), c.steps)
			}
		})
	}
}

func TestStepsAreOwedOnceInOrderWithTheirTrueTimes(t *testing.T) {
	t.Parallel()
	clock := startClock(at(8, 10), dayRounds(), 1, "v1", true)
	clock.record(at(9, 1))
	if due := clock.Due(at(8, 5)); len(due) != 0 {
		t.Errorf("a clock that jumped back an hour owes %v", due)
	}
	if due := clock.Due(at(9, 30)); len(due) != 0 {
		t.Errorf("the first step is owed again: %v", due)
	}
	clock.record(at(23, 0))
	want := []StepRecord{
		{StepListed, at(9, 0), at(9, 1)}, {StepSecretary, at(14, 0), at(23, 0)}, {StepTown, at(20, 0), at(23, 0)},
	}
	if len(clock.Steps) != len(want) {
		t.Fatalf("recorded %v", clock.Steps)
	}
	for i, step := range clock.Steps {
		if step != want[i] {
			t.Errorf("step %d is %+v, want %+v", i, step, want[i])
		}
	}
	if _, ok := clock.NextStepAt(); ok {
		t.Error("the last rung is taken, yet a sweep is asked to come back")
	}
}

func TestAnEndedClockHasNoDueTimeInAnyIndex(t *testing.T) {
	t.Parallel()
	clock := startClock(at(8, 10), dayRounds(), 1, "v1", true)
	clock.EndedAt = at(8, 30)
	if phase := clock.PhaseAt(at(22, 0)); phase != PhaseEnded {
		t.Errorf("phase is %s", phase)
	}
	if _, ok := clock.NextStepAt(); ok || clock.Overdue(at(22, 0)) || len(clock.Due(at(22, 0))) != 0 {
		t.Error("a withdrawn topic still owes something")
	}
	fields := topicFields(Topic{Clock: clock, Status: Withdrawn, Path: []tenant{"d", "t", "c"}})
	for _, name := range []string{"due", "queue", "town_queue", "next_step", "held"} {
		if _, ok := fields[name]; ok {
			t.Errorf("field %s is set on a withdrawn topic", name)
		}
	}
}

func TestAClockWaitsForItsCalendar(t *testing.T) {
	t.Parallel()
	clock := startClock(at(8, 10), nil, 1, "v1", true)
	if e := clock.Explain(at(22, 0)); e.Phase != PhaseWaiting || !e.DueAt.IsZero() || e.Late != 0 {
		t.Errorf("without a Round nothing is promised or late: %+v", e)
	}
	if next, ok := clock.NextStepAt(); !ok || !next.Equal(at(8, 10)) {
		t.Error("no sweep will come to complete the clock")
	}
	clock.extend(dayRounds()[:1])
	clock.extend(append(dayRounds(), at(21, 0)))
	if len(clock.Rounds) != rungs || !clock.Rounds[2].Equal(at(20, 0)) || !clock.DueAt.Equal(at(9, 0)) {
		t.Errorf("completed to %v", clock.Rounds)
	}
}

func TestAPromisedRoundNeverMoves(t *testing.T) {
	t.Parallel()
	clock := startClock(at(8, 10), dayRounds(), 1, "v1", true)
	clock.extend([]time.Time{at(8, 30), at(10, 0), at(21, 0)})
	for i, want := range dayRounds() {
		if !clock.Rounds[i].Equal(want) {
			t.Errorf("Round %d moved to %v", i, clock.Rounds[i])
		}
	}
}
