package deadline_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
)

func TestRecomputeShowsFirst(t *testing.T) {
	t.Parallel()
	cal, now := china(t), at(t, "2026-05-12 10:00")
	shorter := deadline.DefaultPolicy()
	shorter.Version, shorter.Terms[deadline.Resolution] = 2, days(3)
	c := start(t, days(5), "2026-05-11 10:00")
	next, change, err := c.Recompute(shorter, cal, "新办法", zhou, now)
	if err != nil || !change.Moved || !change.Was.Equal(c.DueAt) || !change.Due.Equal(next.DueAt) {
		t.Fatalf("change %+v, %v", change, err)
	}
	sameInstant(t, "the promise that stands", c.DueAt, "2026-05-18 17:30")
	sameInstant(t, "the promise that would be", next.DueAt, "2026-05-14 17:30")
	if last := next.Promises[1]; last.Cause != deadline.Recomputed || !last.Was.Equal(c.DueAt) || next.Policy != 2 {
		t.Errorf("written down as %+v", last)
	}
	if _, change, _ := c.Recompute(shorter, cal, "新办法", zhou, at(t, "2026-05-15 10:00")); change.Moved {
		t.Error("made a breach of a promise that nobody gave")
	}
	if err := c.AskExtension(cal, date(t, "2026-05-25"), "等材料", li, now); err != nil {
		t.Fatal(err)
	}
	if _, err := c.GrantExtension(cal, zhou, now); err != nil {
		t.Fatal(err)
	}
	if _, change, _ := c.Recompute(shorter, cal, "新办法", zhou, now); change.Moved {
		t.Error("moved a date that people agreed on")
	}
}

func TestAnEditedCalendarMovesNoPromise(t *testing.T) {
	t.Parallel()
	c := start(t, days(5), "2026-05-11 10:00")
	edited, err := calendar.ForCommunity(calendar.Options{Overrides: []calendar.Override{
		{Date: date(t, "2026-05-14"), Name: "台风"}, {Date: date(t, "2026-05-15"), Name: "台风"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Complete(edited); err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "due", c.DueAt, "2026-05-18 17:30")
	if _, err := c.Pause(edited, "哪一层楼？", li, at(t, "2026-05-12 09:00")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Resume(edited, at(t, "2026-05-12 10:00")); err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "due after an hour's pause", c.DueAt, "2026-05-19 10:00")
	next, change, err := start(t, days(5), "2026-05-11 10:00").Recompute(deadline.DefaultPolicy(), edited, "台风", zhou, at(t, "2026-05-12 09:00"))
	if err != nil || !change.Moved || next.Calendar != edited.Version() {
		t.Errorf("recomputed %+v, %v", change, err)
	}
}

func TestTheNextYearCompletesByItself(t *testing.T) {
	t.Parallel()
	years, err := calendar.Statutory()
	if err != nil {
		t.Fatal(err)
	}
	full := china(t)
	short, err := calendar.New(calendar.Options{}, years[:len(years)-1])
	if err != nil {
		t.Fatal(err)
	}
	end := short.ValidThrough()
	for name, x := range map[string]struct {
		back  int
		pause bool
	}{"due unknown": {3, false}, "only the ladder unknown": {17, false}, "pause unknown": {6, true}} {
		p := deadline.DefaultPolicy()
		from := end.AddDays(-x.back).At(calendar.Clock(10, 0), short.Zone())
		c, err := deadline.Start(p, deadline.Resolution, short, from)
		if !errors.Is(err, calendar.ErrBeyond) || !c.Incomplete {
			t.Fatalf("%s: %v", name, err)
		}
		want, err := deadline.Start(p, deadline.Resolution, full, from)
		if err != nil {
			t.Fatal(err)
		}
		if x.pause {
			for _, y := range []struct {
				c   *deadline.Clock
				cal *calendar.Calendar
			}{{&c, short}, {&want, full}} {
				if _, err := y.c.Pause(y.cal, "哪一层楼？", li, from.Add(time.Hour)); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if _, _, err := y.c.Resume(y.cal, from.Add(25*time.Hour)); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
		if err := c.Complete(short); !errors.Is(err, calendar.ErrBeyond) {
			t.Errorf("%s: not loud while the year is missing: %v", name, err)
		}
		if err := c.Complete(full); err != nil || c.Incomplete {
			t.Errorf("%s: %v", name, err)
		}
		if !c.DueAt.Equal(want.DueAt) || fmt.Sprint(c.Plan) != fmt.Sprint(want.Plan) {
			t.Errorf("%s: due %v, plan %v; with the year from the beginning %v, %v", name, c.DueAt, c.Plan, want.DueAt, want.Plan)
		}
	}
}
