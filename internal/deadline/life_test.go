package deadline_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"jushou/internal/deadline"
	"jushou/internal/fault"
)

func pause(t testing.TB, c *deadline.Clock, text string) error {
	t.Helper()
	_, err := c.Pause(china(t), "哪一层楼？", li, at(t, text))
	return err
}

func resume(t testing.TB, c *deadline.Clock, text string) bool {
	t.Helper()
	_, waited, err := c.Resume(china(t), at(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return waited
}

func TestAPauseEndsWithTheReplyOrByItself(t *testing.T) {
	t.Parallel()
	c := start(t, days(5), "2026-05-11 10:00")
	if err := pause(t, &c, "2026-05-12 09:00"); err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "its own end", c.Pauses[0].Until, "2026-05-19 17:30")
	if e := c.Explain(at(t, "2026-05-13 09:00")); e.Phase != deadline.PhaseWaiting || e.Question == "" || !e.ResumesAt.Equal(c.Pauses[0].Until) {
		t.Errorf("explained %+v", e)
	}
	if next, ok := c.NextStepAt(); !ok || !next.Equal(c.Pauses[0].Until) {
		t.Errorf("the sweep looks at %v, %v", next, ok)
	}
	answered := c
	if !resume(t, &answered, "2026-05-13 09:00") {
		t.Error("the reply did not end the pause")
	}
	sameInstant(t, "due after a day", answered.DueAt, "2026-05-19 17:30")
	if news := c.Record(at(t, "2026-05-25 08:00")); !news.Resumed || !c.Pauses[0].To.Equal(c.Pauses[0].Until) {
		t.Errorf("the pause did not end by itself: %+v", news)
	}
	sameInstant(t, "due after six days", c.DueAt, "2026-05-26 17:30")
	if resume(t, &c, "2026-05-25 09:00") {
		t.Error("a pause that is over was ended")
	}
}

func TestPausesAreRefused(t *testing.T) {
	t.Parallel()
	cal := china(t)
	c := start(t, days(5), "2026-05-11 10:00")
	if _, err := c.Pause(cal, " \n", li, at(t, "2026-05-12 09:00")); !errors.Is(err, deadline.ErrNoQuestion) {
		t.Errorf("without a question: %v", err)
	}
	if err := pause(t, &c, "2026-05-18 17:30"); !errors.Is(err, deadline.ErrOverdue) {
		t.Errorf("when it is late: %v", err)
	}
	if err := pause(t, &c, "2026-05-12 09:00"); err != nil {
		t.Fatal(err)
	}
	if err := pause(t, &c, "2026-05-12 10:00"); !errors.Is(err, deadline.ErrPaused) {
		t.Errorf("twice at once: %v", err)
	}
	resume(t, &c, "2026-05-18 10:00")
	if err := pause(t, &c, "2026-05-18 11:00"); err != nil {
		t.Fatal(err)
	}
	resume(t, &c, "2026-05-18 12:00")
	if err := pause(t, &c, "2026-05-18 13:00"); !errors.Is(err, deadline.ErrPausesUsedUp) {
		t.Errorf("a third time: %v", err)
	}
	c.Meet(at(t, "2026-05-18 14:00"))
	if err := pause(t, &c, "2026-05-18 15:00"); !errors.Is(err, deadline.ErrStopped) {
		t.Errorf("after it is met: %v", err)
	}
}

func TestTheTotalOfPausesIsCapped(t *testing.T) {
	t.Parallel()
	p := deadline.DefaultPolicy()
	p.Pause = deadline.PauseRule{Times: 5, Total: days(4), Each: days(3)}
	c, err := deadline.Start(p, deadline.Resolution, china(t), at(t, "2026-05-11 10:00"))
	if err != nil {
		t.Fatal(err)
	}
	if err := pause(t, &c, "2026-05-11 11:00"); err != nil {
		t.Fatal(err)
	}
	resume(t, &c, "2026-05-13 11:00") // two days
	if err := pause(t, &c, "2026-05-14 11:00"); err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "the end of what is left", c.Pauses[1].Until, "2026-05-18 17:30")
	resume(t, &c, "2026-05-19 11:00")
	if err := pause(t, &c, "2026-05-19 12:00"); !errors.Is(err, deadline.ErrPausesUsedUp) {
		t.Errorf("after four days: %v", err)
	}
}

func TestALaterDateNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	cal := china(t)
	c := start(t, days(5), "2026-05-11 10:00")
	ask := func(to, reason, when string) error {
		return c.AskExtension(cal, date(t, to), reason, li, at(t, when))
	}
	if err := ask("2026-05-18", "等材料", "2026-05-12 10:00"); !errors.Is(err, deadline.ErrNotLater) {
		t.Errorf("the same day: %v", err)
	}
	if err := ask("2026-05-25", " ", "2026-05-12 10:00"); !errors.Is(err, deadline.ErrNoReason) {
		t.Errorf("no reason: %v", err)
	}
	if _, err := c.GrantExtension(cal, zhou, at(t, "2026-05-12 11:00")); !errors.Is(err, deadline.ErrNotAsked) {
		t.Errorf("nobody asked: %v", err)
	}
	if err := ask("2026-05-23", "等材料", "2026-05-12 10:00"); err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "due while it is only asked for", c.DueAt, "2026-05-18 17:30")
	if err := ask("2026-05-26", "等材料", "2026-05-12 10:00"); !errors.Is(err, deadline.ErrAsked) {
		t.Errorf("asked twice: %v", err)
	}
	if _, err := c.GrantExtension(cal, li, at(t, "2026-05-12 11:00")); !errors.Is(err, deadline.ErrSamePerson) {
		t.Errorf("granted to herself: %v", err)
	}
	if _, err := c.GrantExtension(cal, zhou, at(t, "2026-05-12 11:00")); err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "a Saturday moves on", c.DueAt, "2026-05-25 17:30")
	if e := c.Explain(at(t, "2026-05-13 10:00")); len(e.Extended) != 1 || !e.Extended[0].Was.Equal(at(t, "2026-05-18 17:30")) ||
		e.Extended[0].AskedBy != li || e.Extended[0].By != zhou {
		t.Errorf("the earlier date is not readable: %+v", e.Extended)
	}
	if c.Sequence != 1 {
		t.Errorf("sequence %d of a promise that was not broken", c.Sequence)
	}
}

func TestALaterDateAfterTheBreachIsAnotherPromise(t *testing.T) {
	t.Parallel()
	cal := china(t)
	c := start(t, days(5), "2026-05-11 10:00")
	if err := c.AskExtension(cal, date(t, "2026-05-25"), "等材料", li, at(t, "2026-05-20 10:00")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.GrantExtension(cal, zhou, at(t, "2026-05-20 11:00")); err != nil {
		t.Fatal(err)
	}
	if len(c.Breaches) != 1 || c.Sequence != 2 || c.Overdue(at(t, "2026-05-20 12:00")) {
		t.Fatalf("sequence %d, breaches %+v", c.Sequence, c.Breaches)
	}
	c.Record(at(t, "2026-06-30 12:00"))
	if len(c.Breaches) != 2 || c.Breaches[1].Sequence != 2 {
		t.Fatalf("breaches %+v", c.Breaches)
	}
	sameInstant(t, "first breach", c.Breaches[0].At, "2026-05-18 17:30")
	sameInstant(t, "second breach", c.Breaches[1].At, "2026-05-25 17:30")
	seen := map[string]bool{}
	for _, s := range c.Steps {
		if seen[s.Key()] {
			t.Errorf("step %s twice", s.Key())
		}
		seen[s.Key()] = true
	}
}

func TestARequestIsRefusedOrTakenBack(t *testing.T) {
	t.Parallel()
	cal := china(t)
	c := start(t, days(5), "2026-05-11 10:00")
	for i, by := range []deadline.Person{zhou, li} {
		if err := c.AskExtension(cal, date(t, "2026-05-25"), "等材料", li, at(t, "2026-05-12 10:00")); err != nil {
			t.Fatal(err)
		}
		if err := c.RefuseExtension("", by, at(t, "2026-05-12 11:00")); (err == nil) != (by == li) {
			t.Errorf("refused without a word by %s: %v", by.Name, err)
		}
		if by == zhou {
			if err := c.RefuseExtension("材料已到", by, at(t, "2026-05-12 11:00")); err != nil {
				t.Error(err)
			}
		}
		if len(c.Requests) != i+1 || c.Requests[i].Granted || c.Requests[i].DecidedBy != by {
			t.Errorf("requests %+v", c.Requests)
		}
	}
	sameInstant(t, "due", c.DueAt, "2026-05-18 17:30")
}

func TestMergeTakesTheEarliestDue(t *testing.T) {
	t.Parallel()
	cal := china(t)
	early, late := start(t, days(5), "2026-05-11 10:00"), start(t, days(5), "2026-05-13 10:00")
	if err := pause(t, &late, "2026-05-13 11:00"); err != nil {
		t.Fatal(err)
	}
	kept := late
	if _, err := kept.Merge(cal, early, "同一盏灯", li, at(t, "2026-05-14 10:00")); err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "due", kept.DueAt, "2026-05-18 17:30")
	if kept.Waiting(at(t, "2026-05-14 10:00")) || kept.Promises[1].Cause != deadline.Merged {
		t.Errorf("waits on, or does not say why: %+v", kept.Promises)
	}
	other := early
	if _, err := other.Merge(cal, late, "同一盏灯", li, at(t, "2026-05-14 10:00")); err != nil || !other.DueAt.Equal(early.DueAt) {
		t.Errorf("the later one moved it to %v, %v", other.DueAt, err)
	}
	early.Meet(at(t, "2026-05-14 10:00"))
	if _, err := late.Merge(cal, early, "", li, at(t, "2026-05-14 11:00")); err != nil || len(late.Promises) != 1 {
		t.Errorf("a clock that has stopped changed another: %v", err)
	}
}

// TestTheReasonOfADueDayIsOfThatDay counts the working days of the promise that holds now, which a merge and an extension change.
func TestTheReasonOfADueDayIsOfThatDay(t *testing.T) {
	t.Parallel()
	cal := china(t)
	for n := 1; n <= 40; n++ { // across the May and the summer holidays, from Saturdays and evenings too
		for _, from := range []string{"2026-04-28 16:40", "2026-05-11 10:00", "2026-05-16 09:11", "2026-06-18 22:00"} {
			if c := start(t, days(n), from); c.Counted.Workdays != n {
				t.Errorf("%d working days from %s are explained as %d", n, from, c.Counted.Workdays)
			}
		}
	}
	long, short := start(t, days(10), "2026-05-11 10:00"), start(t, days(3), "2026-05-11 10:00")
	if _, err := long.Merge(cal, short, "清除小广告", li, at(t, "2026-05-11 11:00")); err != nil {
		t.Fatal(err)
	}
	if e := long.Explain(at(t, "2026-05-11 11:00")); e.Counted.Workdays != 3 {
		t.Errorf("brought nearer to %v, explained by %d working days", e.DueAt, e.Counted.Workdays)
	}
}

func TestReopeningStartsAnotherClockAndKeepsTheRecord(t *testing.T) {
	t.Parallel()
	cal := china(t)
	c := start(t, days(5), "2026-05-11 10:00")
	if _, err := c.Reopen(deadline.DefaultPolicy(), cal, at(t, "2026-05-20 10:00")); !errors.Is(err, deadline.ErrRunning) {
		t.Errorf("a clock that runs: %v", err)
	}
	c.Meet(at(t, "2026-05-20 10:00"))
	for i := range 3 {
		next, err := c.Reopen(deadline.DefaultPolicy(), cal, at(t, "2026-06-01 10:00").AddDate(0, i, 0))
		if err != nil || next.Sequence != i+2 || len(next.Earlier) != i+1 || len(next.Breaches) != 0 {
			t.Fatalf("reopened: sequence %d, %d earlier, %v", next.Sequence, len(next.Earlier), err)
		}
		if len(next.Earlier[0].Breaches) != 1 || len(next.Earlier[i].Earlier) != 0 {
			t.Errorf("the old record: %+v", next.Earlier)
		}
		next.End(next.StartedAt.Add(time.Hour))
		c = next
	}
}

func TestAfterDowntimeOnlyTheHighestStepIsTold(t *testing.T) {
	t.Parallel()
	c := start(t, days(5), "2026-05-11 10:00")
	news := c.Record(at(t, "2026-05-23 12:00"))
	if news.Breach == nil || !news.Breach.At.Equal(c.DueAt) || len(news.Steps) != 4 {
		t.Fatalf("news %+v", news)
	}
	told := 0
	for _, s := range c.Steps {
		if s.Told {
			told++
		}
	}
	if step, ok := news.Told(); !ok || step.To != deadline.ToTown || told != 1 {
		t.Errorf("told %d, the highest %+v", told, step)
	}
	if !c.Record(at(t, "2026-05-23 12:00")).IsZero() || !c.Due(at(t, "2026-05-11 10:00")).IsZero() {
		t.Error("told twice")
	}
	if next, ok := c.NextStepAt(); !ok || !next.Equal(c.Plan[4].At) {
		t.Errorf("next at %v, %v", next, ok)
	}
	c.Meet(at(t, "2026-06-20 12:00"))
	if last := c.Steps[len(c.Steps)-1]; last.To != deadline.ToPublic || last.Told {
		t.Errorf("found only when it was met, and told all the same: %+v", last)
	}
}

func TestEveryFaultOfAPolicyAtOnce(t *testing.T) {
	t.Parallel()
	if err := deadline.DefaultPolicy().Check(); err != nil {
		t.Fatalf("ours: %v", err)
	}
	bad := deadline.Policy{
		Terms: map[deadline.Kind]deadline.Term{"": {N: 1, Unit: deadline.Days}, "a": {N: 0, Unit: deadline.Days}, "b": {N: 1, Unit: "weeks"}},
		Pause: deadline.PauseRule{Times: 11, Total: days(2), Each: days(3)}, Extensions: -1,
		Ladder: []deadline.Rung{
			{To: deadline.ToPublic}, {Before: 20, To: deadline.ToOwner}, {Before: 120, To: deadline.ToOwner},
			{After: days(3), To: deadline.ToTown}, {After: days(3)}, {After: deadline.Term{N: 60, Unit: deadline.WorkingMinutes}, To: deadline.ToTown},
			{After: deadline.Term{N: 1, Unit: deadline.Minutes}, Before: 1, To: deadline.ToTown},
		},
	}
	want := []string{
		"name missing", "version below_one", "terms no_kind", "terms.a bad_term", "terms.b bad_term", "extensions out_of_range",
		"pause.times out_of_range", "pause.each above_total", "ladder.0 public_not_last", "ladder.1 not_later", "ladder.2 bad_share",
		"ladder.2 not_later", "ladder.4 no_recipient", "ladder.4 not_later", "ladder.5 not_later", "ladder.6 before_and_after",
		"ladder.6 bad_term", "ladder.6 not_later",
	}
	got := map[string]bool{}
	for _, f := range fault.All(bad.Check()) {
		got[f.Field+" "+f.Args["rule"]] = true
	}
	for _, w := range want {
		if !got[w] {
			t.Errorf("no word of %q", w)
		}
		delete(got, w)
	}
	for g := range got {
		if !strings.HasPrefix(g, "ladder.3") {
			t.Errorf("unexpected: %q", g)
		}
	}
	if err := (deadline.Policy{}).Check(); err == nil {
		t.Error("an empty policy was accepted")
	}
	if _, err := deadline.Start(deadline.Policy{}, deadline.Resolution, china(t), at(t, "2026-05-11 10:00")); !errors.Is(err, deadline.ErrNoTerm) {
		t.Errorf("no term: %v", err)
	}
}
