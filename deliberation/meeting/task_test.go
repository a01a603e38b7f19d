package meeting_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation/meeting"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func (v *village) report(a identity.Actor, id meeting.TaskID, text string, done bool) (meeting.TaskView, error) {
	return v.ReportTask(v.T.Context(), a, meeting.ReportTask{ID: v.Token(), Task: id, Text: text, Done: done})
}

func day(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	roomtest.Must(t, err)
	return d
}

func TestDecisionsBecomeTasks(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.published(meeting.Hearing)
	if n := len(v.Events(meeting.EventTaskOpened)); n != 2 || len(m.Tasks) != 2 {
		t.Fatalf("%d tasks were opened, %d are shown", n, len(m.Tasks))
	}
	for i, due := range []string{"2026-05-25 17:30", "2026-05-20 17:30"} {
		if !m.Tasks[i].Clock.DueAt.Equal(v.At(due)) || m.Tasks[i].Caller != "" {
			t.Errorf("task %d is due %v", i+1, m.Tasks[i].Clock.DueAt)
		}
	}
	trees, sign := m.Tasks[0].ID, m.Tasks[1].ID
	_, err := v.report(v.property, trees, "不是我们的", false)
	roomtest.Refused(t, err, "identity.denied")
	_, err = v.report(v.wang, trees, "看着像移走了", true)
	roomtest.Refused(t, err, "identity.denied")
	_, err = v.report(v.qian, trees, "别处的社工", true)
	roomtest.Refused(t, err, "meeting.no_task")
	_, err = v.report(v.sun, trees, "别处的居民", true)
	roomtest.Refused(t, err, "meeting.no_task")
	_, err = v.report(v.greening, trees, "", true)
	roomtest.Refused(t, err, "meeting.report_needed")
	_, err = v.report(v.greening, "nothing-1", "做了", true)
	roomtest.Refused(t, err, "meeting.no_task")
	_, err = v.report(v.greening, trees, "已报批，周四移", false)
	roomtest.Must(t, err)
	done, err := v.report(v.li, sign, "告示贴了六处", true) // the committee's own
	roomtest.Must(t, err)
	if !done.Done() || !done.Reports[0].Noted || len(done.Missed()) != 0 {
		t.Errorf("done %+v", done)
	}
	_, err = v.report(v.li, sign, "又贴了一次", true)
	roomtest.Refused(t, err, "meeting.task_done")
	desk, err := v.TownDesk(t.Context(), v.greening, "t")
	if err != nil || len(desk.Tasks) != 1 || !desk.Tasks[0].Report {
		t.Errorf("the department's desk %+v, %v", desk, err)
	}
	all, err := v.TaskDesk(t.Context(), v.chen, "c1")
	if err != nil || len(all) != 1 || all[0].ID != trees {
		t.Errorf("the community's desk %+v, %v", all, err)
	}
	none, err := v.TaskDesk(t.Context(), v.property, "c1")
	if err != nil || len(none) != 0 {
		t.Errorf("the property's tasks %+v, %v", none, err)
	}
}

func TestAReportSentTwiceIsOne(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.published(meeting.Joint)
	cmd := meeting.ReportTask{ID: v.Token(), Task: m.Tasks[0].ID, Text: "移走了", Done: true}
	for range 2 {
		_, err := v.ReportTask(t.Context(), v.greening, cmd)
		roomtest.Must(t, err)
	}
	if n := len(v.Events(meeting.EventTaskDone)); n != 1 {
		t.Errorf("done %d times", n)
	}
}

func TestOverdueIsAFactThatStays(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.published(meeting.Hearing)
	trees := m.Tasks[0]
	due := trees.Clock.DueAt
	v.Clock.Set(due.Add(-time.Second))
	if _, err := v.Watch(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen, err := v.Task(t.Context(), v.wang, trees.ID)
	if err != nil || len(seen.Missed()) != 0 || seen.Explain.Phase != deadline.PhaseClose {
		t.Errorf("a second early %+v, %v", seen.Explain, err)
	}
	v.Clock.Set(due.Add(72 * time.Hour)) // nobody looked for three days
	for range 2 {
		_, err := v.Watch(t.Context())
		roomtest.Must(t, err)
	}
	done, err := v.report(v.greening, trees.ID, "移走了，晚了几天，吊车约不到", true)
	roomtest.Must(t, err)
	if len(done.Missed()) != 1 || !done.Missed()[0].Equal(due) || done.Explain.Late != 72*time.Hour {
		t.Errorf("missed %v, late by %v", done.Missed(), done.Explain.Late)
	}
	var heard []string
	for _, e := range v.Events(meeting.EventTaskLate) {
		if n := news(t, e); n.Step != "" {
			heard = append(heard, fmt.Sprint(n.Subject, n.Step, n.Warning))
		}
	}
	want := []string{"贴告示secretaryfalse", "移走两棵挡路的树ownertrue", "贴告示publicfalse", "移走两棵挡路的树secretaryfalse"}
	slices.Sort(heard)
	slices.Sort(want)
	if !slices.Equal(heard, want) {
		t.Errorf("heard %q", heard)
	}
}

func TestALaterDateNeedsAReasonAndASecondPerson(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.published(meeting.Hearing)
	trees, sign := m.Tasks[0].ID, m.Tasks[1].ID
	ask := func(a identity.Actor, id meeting.TaskID, to, why string) error {
		_, err := v.AskLater(t.Context(), a, meeting.AskLater{Task: id, To: day(t, to), Reason: why})
		return err
	}
	roomtest.Refused(t, ask(v.property, trees, "2026-06-01", "忙"), "identity.denied")
	roomtest.Refused(t, ask(v.greening, trees, "2026-06-01", ""), "deadline.no_reason")
	roomtest.Refused(t, ask(v.greening, trees, "2026-05-22", "忙"), "deadline.not_later")
	roomtest.Refused(t, ask(v.greening, trees, "2027-06-01", "忙"), "meeting.beyond_calendar")
	roomtest.Must(t, ask(v.greening, trees, "2026-06-01", "雨季不能移树"))
	roomtest.Refused(t, ask(v.greening, trees, "2026-06-02", "再晚"), "deadline.asked")
	roomtest.Must(t, ask(v.chen, sign, "2026-05-22", "纸没到"))
	_, err := v.DecideLater(t.Context(), v.chen, sign, true, "")
	roomtest.Refused(t, err, "deadline.same_person")
	_, err = v.DecideLater(t.Context(), v.li, trees, true, "")
	roomtest.Refused(t, err, "identity.denied")
	_, err = v.DecideLater(t.Context(), v.town, sign, false, "")
	roomtest.Refused(t, err, "deadline.no_reason")
	_, err = v.DecideLater(t.Context(), v.town, sign, false, "街道有纸")
	roomtest.Must(t, err)
	v.To("2026-05-26 09:00") // the first date has passed before anybody decided
	got, err := v.DecideLater(t.Context(), v.chen, trees, true, "")
	roomtest.Must(t, err)
	if !got.Clock.DueAt.Equal(v.At("2026-06-01 17:30")) || len(got.Missed()) != 1 || len(got.Explain.Extended) != 1 {
		t.Errorf("put off to %v, missed %v", got.Clock.DueAt, got.Missed())
	}
	if p := got.Explain.Extended[0]; !p.Was.Equal(v.At("2026-05-25 17:30")) || p.Reason != "雨季不能移树" {
		t.Errorf("the old date reads %+v", p)
	}
	_, err = v.DecideLater(t.Context(), v.town, trees, true, "")
	roomtest.Refused(t, err, "deadline.not_asked")
}

func news(t testing.TB, e docstore.Event) meeting.News {
	t.Helper()
	n, err := decode(e)
	roomtest.Must(t, err)
	return n
}

// TestDowntimeChangesNoFact compares a sweep every few hours with a single one at the end.
func TestDowntimeChangesNoFact(t *testing.T) {
	t.Parallel()
	v, runs := setup(t), 0
	rapid.Check(t, func(r *rapid.T) {
		steps := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 6).Draw(r, "steps")
		pause := rapid.IntRange(2, 60).Draw(r, "hours between")
		var records []string
		for _, awake := range []bool{true, false} {
			runs++
			v.To("2026-05-11 10:00")
			m := v.published(meeting.Hearing)
			trees := m.Tasks[0].ID
			for i, s := range steps {
				for range 4 {
					v.Clock.Advance(time.Duration(pause) * time.Hour / 4)
					if awake {
						_, err := v.Watch(t.Context())
						roomtest.Must(t, err)
					}
				}
				today := calendar.DateOf(v.Clock.Now().In(time.FixedZone("", 8*3600)))
				var err error
				switch s { // what the clock refuses is refused in both runs
				case 0, 1:
					_, err = v.report(v.greening, trees, fmt.Sprint("第", i), false)
				case 2:
					_, err = v.report(v.greening, trees, "好了", true)
				case 3:
					_, err = v.AskLater(t.Context(), v.greening, meeting.AskLater{Task: trees, To: today.AddDays(9), Reason: "下雨"})
				case 4:
					_, err = v.DecideLater(t.Context(), v.chen, trees, true, "")
				case 5:
					_, err = v.DecideLater(t.Context(), v.chen, trees, false, "不行")
				}
				if err != nil && fault.KindOf(err) == fault.Internal {
					r.Fatal(err)
				}
			}
			v.Clock.Advance(30 * 24 * time.Hour)
			_, err := v.Watch(t.Context())
			roomtest.Must(t, err)
			end, err := v.Task(t.Context(), v.li, trees)
			roomtest.Must(t, err)
			var record []string
			for _, b := range end.Clock.Breaches {
				record = append(record, fmt.Sprint("missed", b.Sequence, b.At.UTC()))
			}
			for _, x := range end.Clock.Steps {
				record = append(record, fmt.Sprint("step", x.Key(), x.At.UTC()))
			}
			record = append(record, fmt.Sprint(end.Clock.DueAt.UTC(), end.Clock.MetAt.UTC(), len(end.Reports), len(end.Clock.Promises)))
			slices.Sort(record)
			records = append(records, strings.Join(record, "\n"))
		}
		if records[0] != records[1] {
			r.Errorf("awake:\n%s\nasleep:\n%s", records[0], records[1])
		}
	})
	if runs < 20 {
		t.Errorf("only %d runs", runs)
	}
}
