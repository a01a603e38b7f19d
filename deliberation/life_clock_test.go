package deliberation_test

import (
	"errors"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/identity"
)

func TestAQuestionStopsTheClockUntilTheAuthorSaysSomething(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx, id := t.Context(), w.accepted()
	due := w.read(id).Resolution.DueAt
	w.clock.Set(march(3, 9, 0))
	_, err := w.AskAuthor(ctx, w.staff, deliberation.AskAuthor{Topic: id, Question: "是几号楼的灯？"})
	must(t, err)
	if v := w.read(id); !v.Asked || v.Question == "" || v.Resolve.Phase != deadline.PhaseWaiting {
		t.Errorf("asked: %+v", v.Resolve)
	}
	w.clock.Set(march(4, 9, 0)) // one working day of seven hours
	for _, who := range []identity.Actor{w.neighbour, w.resident} {
		_, err = w.CommentTopic(ctx, who, deliberation.CommentTopic{ID: deliberation.CommentID(w.token()), Topic: id, Body: "3号楼", Via: deliberation.ViaChat})
		must(t, err)
		for _, e := range w.events(deliberation.TopicCommented) {
			must(t, w.FollowReplies(ctx, e))
			must(t, w.FollowReplies(ctx, e))
		}
		if still := w.read(id).Asked; still != (who.ID == w.neighbour.ID) {
			t.Errorf("after %s wrote it waits: %v", who.ID, still)
		}
	}
	if got := w.read(id).Resolution.DueAt; !got.Equal(due.Add(24 * time.Hour)) {
		t.Errorf("due %v, then %v", due, got)
	}
	if n := len(w.events(deliberation.TopicReplied)); n != 1 {
		t.Errorf("%d replies", n)
	}
}

func TestAQuestionNobodyAnswersEndsByItself(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.accepted()
	w.clock.Set(march(3, 9, 0))
	asked, err := w.AskAuthor(t.Context(), w.staff, deliberation.AskAuthor{Topic: id, Question: "是几号楼的灯？"})
	must(t, err)
	until := asked.Resolution.Pauses[0].Until
	if n := w.watch(until.Add(-time.Second)); n != 0 {
		t.Error("the wait ended early")
	}
	if w.watch(until.Add(time.Hour)); w.read(id).Asked || len(w.events(deliberation.TopicUnanswered)) != 1 {
		t.Error("the wait goes on")
	}
}

func TestALaterDateNeedsAReasonAndASecondPerson(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx, id := t.Context(), w.accepted()
	ask := deliberation.AskExtension{Topic: id, To: calendar.Date{Year: 2026, Month: 3, Day: 31}, Reason: "要等配件"}
	was := w.read(id).Resolution.DueAt
	_, err := w.AskExtension(ctx, w.secretary, ask)
	must(t, err)
	grant := deliberation.DecideExtension{Topic: id, Grant: true}
	if _, err := w.DecideExtension(ctx, w.secretary, grant); !errors.Is(err, deadline.ErrSamePerson) {
		t.Errorf("the asker granted it: %v", err)
	}
	if _, err := w.DecideExtension(ctx, w.colleague, grant); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("a colleague granted it: %v", err)
	}
	longer, err := w.DecideExtension(ctx, w.townStaff, grant)
	must(t, err)
	last := longer.Resolution.Promises[len(longer.Resolution.Promises)-1]
	if !longer.Resolution.DueAt.Equal(march(31, 17, 30)) || !last.Was.Equal(was) || last.Reason != "要等配件" {
		t.Errorf("extended to %v: %+v", longer.Resolution.DueAt, last)
	}
}

func TestAMissedDayIsAFactAndGoesUpOnceAStep(t *testing.T) {
	t.Parallel()
	often, once := setup(t), setup(t)
	for _, w := range []*town{often, once} {
		w.accepted()
	}
	for day := 2; day <= 31; day++ {
		for _, hour := range []int{9, 14, 18} {
			often.watch(march(day, hour, 0))
			often.watch(march(day, hour, 0))
		}
	}
	once.watch(march(31, 18, 0))
	topics := [2]deliberation.Topic{}
	for i, w := range []*town{often, once} {
		page, err := w.Feed(t.Context(), w.staff, "c1", "", "")
		must(t, err)
		topics[i] = page.Items[0].Topic
	}
	a, b := topics[0].Resolution, topics[1].Resolution
	if len(a.Breaches) != 1 || len(a.Steps) != 5 || len(b.Breaches) != 1 || len(b.Steps) != 5 || !a.Breaches[0].At.Equal(b.Breaches[0].At) {
		t.Fatalf("swept often %d breaches, %d steps; once %d, %d", len(a.Breaches), len(a.Steps), len(b.Breaches), len(b.Steps))
	}
	for i := range a.Steps {
		if !a.Steps[i].At.Equal(b.Steps[i].At) || a.Steps[i].To != b.Steps[i].To {
			t.Errorf("step %d: %+v and %+v", i, a.Steps[i], b.Steps[i])
		}
	}
	if n, m := len(often.events(deliberation.TopicEscalated)), len(once.events(deliberation.TopicEscalated)); n != 5 || m != 1 {
		t.Errorf("told %d times, after an outage %d", n, m)
	}
	if page, err := once.DeskQueue(t.Context(), once.secretary, deliberation.DeskQuery{Node: "c1", Filter: deliberation.DeskLate}); err != nil || len(page.Items) != 1 {
		t.Errorf("late: %d, %v", len(page.Items), err)
	}
}

func TestAResolvedTopicClosesByItself(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.resolved()
	at := w.read(id).CloseAt
	if n := w.watch(at.Add(-time.Second)); n != 0 {
		t.Error("closed early")
	}
	w.watch(at.Add(48 * time.Hour))
	w.watch(at.Add(49 * time.Hour))
	v := w.read(id)
	if last := v.History[len(v.History)-1]; v.Status != deliberation.Closed || v.Work.Ending != deliberation.EndSilent || !last.At.Equal(at) {
		t.Errorf("%s, %+v", v.Status, last)
	}
}

func TestWhatIsOverNeverEscalates(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	for name, end := range map[string]func(*town, deliberation.TopicID) error{
		"hidden": func(w *town, id deliberation.TopicID) error {
			_, err := w.HideTopic(ctx, w.staff, deliberation.HideTopic{Topic: id, Reason: "有姓名"})
			return err
		},
		"withdrawn": func(w *town, id deliberation.TopicID) error {
			_, err := w.WithdrawTopic(ctx, w.resident, deliberation.WithdrawTopic{Topic: id})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := setup(t)
			id := w.dispatched()
			must(t, end(w, id))
			if n := w.watch(march(31, 9, 0)); n != 0 || len(w.events(deliberation.TopicEscalated, deliberation.TopicMissed)) != 0 {
				t.Errorf("%d topics changed", n)
			}
		})
	}
}

func TestAHiddenTopicShownAgainOwesWhatItDid(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx, id := t.Context(), w.dispatched()
	due := w.read(id).Resolution.DueAt
	_, err := w.HideTopic(ctx, w.staff, deliberation.HideTopic{Topic: id, Reason: "有姓名"})
	must(t, err)
	w.clock.Set(march(5, 9, 0))
	_, err = w.ReleaseTopic(ctx, w.staff, deliberation.ReleaseTopic{Topic: id})
	must(t, err)
	if v := w.read(id); v.Status != deliberation.Dispatched || !v.Resolution.Running() || !v.Resolution.DueAt.Equal(due) {
		t.Errorf("%s, due %v", v.Status, v.Resolution.DueAt)
	}
}
