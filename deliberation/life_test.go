package deliberation_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// march is an instant of March 2026 by the clock on the wall; the 2nd is a Monday.
func march(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, shanghai)
}

// watch runs the sweep of promises at an instant.
func (w *town) watch(at time.Time) int {
	w.t.Helper()
	w.clock.Set(at)
	n, err := w.WatchPromises(w.t.Context())
	must(w.t, err)
	return n
}

// accepted is a topic of the resident's that staff answered and accepted on Monday the 2nd.
func (w *town) accepted() deliberation.TopicID {
	w.t.Helper()
	id := w.post("灯被树挡住了").ID
	w.clock.Set(march(2, 8, 30))
	_, err := w.answer(w.staff, id)
	must(w.t, err)
	w.clock.Set(march(2, 10, 0))
	_, err = w.AcceptTopic(w.t.Context(), w.staff, deliberation.AcceptTopic{Topic: id})
	must(w.t, err)
	return id
}

func (w *town) dispatched() deliberation.TopicID {
	w.t.Helper()
	id := w.accepted()
	_, err := w.DispatchTopic(w.t.Context(), w.staff, deliberation.DispatchTopic{Topic: id, Item: "LH-01", Why: "要修剪树枝"})
	must(w.t, err)
	return id
}

func (w *town) report(by identity.Actor, id deliberation.TopicID) error {
	_, err := w.ReportTopic(w.t.Context(), by, deliberation.ReportTopic{ID: w.token(), Topic: id, Body: "修剪好了，灯也亮了"})
	return err
}

func (w *town) resolved() deliberation.TopicID {
	w.t.Helper()
	id := w.dispatched()
	_, err := w.TakeTopic(w.t.Context(), w.greening, id)
	must(w.t, err)
	must(w.t, w.report(w.greening, id))
	_, err = w.VerifyTopic(w.t.Context(), w.colleague, deliberation.VerifyTopic{Topic: id, Passed: true, Reason: "去看过了"})
	must(w.t, err)
	return id
}

func TestATopicGoesThroughAllFiveSteps(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.resolved()
	_, err := w.ConfirmTopic(t.Context(), w.resident, deliberation.ConfirmTopic{Topic: id, Solved: true})
	must(t, err)
	v := w.read(id)
	if v.Status != deliberation.Closed || v.Work.Ending != deliberation.EndConfirmed || v.Work.First.Department != "greening" {
		t.Errorf("ended %s with %+v", v.Status, v.Work)
	}
	for _, e := range v.History {
		if e.At.IsZero() || e.Actor == "" || !e.Public {
			t.Errorf("a step without who and when: %+v", e)
		}
	}
	if v.Acceptance.MetAt.IsZero() || v.Resolution.MetAt.IsZero() || v.Resolution.Running() {
		t.Errorf("clocks: %+v, %+v", v.Acceptance, v.Resolution)
	}
	seen, err := w.Topic(t.Context(), w.neighbour, id)
	must(t, err)
	if seen.Work.Reports[0].By.Name != "吕队长" || seen.Work.Reports[0].By.Account != "" || seen.Work.Handled != nil || seen.Work.Checks[0].By.Account != "" {
		t.Errorf("the neighbour sees %+v", seen.Work)
	}
	if n := w.watch(march(30, 9, 0)); n != 0 {
		t.Errorf("closed, and yet %d topics changed", n)
	}
}

func TestWhoHandlesNeverVerifies(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx, id := t.Context(), w.accepted()
	_, err := w.TakeTopic(ctx, w.staff, id) // the community keeps it
	must(t, err)
	must(t, w.report(w.staff, id))
	pass := deliberation.VerifyTopic{Topic: id, Passed: true}
	if _, err := w.VerifyTopic(ctx, w.staff, pass); !errors.Is(err, deliberation.ErrSameHand) {
		t.Errorf("the handler verified: %v", err)
	}
	if v := w.read(id); v.May.Verify {
		t.Error("the handler is offered to verify")
	}
	if _, err := w.VerifyTopic(ctx, w.greening, pass); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("a department verified: %v", err)
	}
	_, err = w.VerifyTopic(ctx, w.colleague, deliberation.VerifyTopic{Topic: id, Reason: "还有一盏"})
	must(t, err)
	must(t, w.report(w.staff, id))
	_, err = w.VerifyTopic(ctx, w.colleague, pass)
	must(t, err)
	again, err := w.VerifyTopic(ctx, w.colleague, pass)
	if err != nil || len(again.Work.Checks) != 2 {
		t.Errorf("a double tap: %v, %d checks", err, len(again.Work.Checks))
	}
}

func TestAnItemBringsTheDayNearerAndARedispatchPutsNothingOff(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx, id := t.Context(), w.dispatched()
	due := w.read(id).Resolution.DueAt
	if !due.Equal(march(9, 17, 30)) { // five working days after the 2nd, not ten
		t.Fatalf("due %v", due)
	}
	if _, err := w.TakeTopic(ctx, w.roads, id); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("another department took it: %v", err)
	}
	_, err := w.ContestDispatch(ctx, w.greening, deliberation.ContestDispatch{Topic: id, Reason: "是路灯歪了"})
	must(t, err)
	if q, err := w.DeskQueue(ctx, w.staff, deliberation.DeskQuery{Node: "c1", Filter: deliberation.DeskDecide}); err != nil || len(q.Items) != 1 {
		t.Errorf("to decide: %d, %v", len(q.Items), err)
	}
	w.clock.Set(march(4, 9, 0))
	to := deliberation.DispatchTopic{Topic: id, Department: "roads", Why: "路灯归市政"}
	if _, err := w.DispatchTopic(ctx, w.staff, to); !errors.Is(err, deliberation.ErrStale) {
		t.Errorf("a form from before the first dispatch: %v", err)
	}
	to.Seen = 1
	moved, err := w.DispatchTopic(ctx, w.staff, to)
	must(t, err)
	if !moved.Resolution.DueAt.Equal(due) || moved.Work.First.Department != "greening" || moved.Work.Contests[0].Decided == nil || moved.Contested() {
		t.Errorf("redispatched: due %v, work %+v", moved.Resolution.DueAt, moved.Work)
	}
	if _, err := w.TakeTopic(ctx, w.greening, id); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("the first department took it after all: %v", err)
	}
	_, err = w.TakeTopic(ctx, w.roads, id)
	must(t, err)
	mine, err := w.DepartmentQueue(ctx, w.roads, deliberation.DepartmentQuery{Town: "t", Task: deliberation.TaskHandle})
	if err != nil || len(mine.Items) != 1 || mine.Handle != 1 || mine.Take != 0 {
		t.Errorf("the department's desk: %+v, %v", mine, err)
	}
	if _, err := w.DepartmentQueue(ctx, w.roads, deliberation.DepartmentQuery{Town: "t", Department: "greening"}); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("another department's desk: %v", err)
	}
}

func TestAnAuthorDisputesOnceAndAThirdPersonDecides(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx, id := t.Context(), w.resolved()
	no := deliberation.ConfirmTopic{Topic: id, Reason: "还是黑的"}
	if _, err := w.ConfirmTopic(ctx, w.neighbour, no); !errors.Is(err, deliberation.ErrNotAuthor) {
		t.Errorf("a neighbour disputed: %v", err)
	}
	disputed, err := w.ConfirmTopic(ctx, w.resident, no)
	must(t, err)
	if disputed.Status != deliberation.Disputed || !disputed.Resolution.Running() || len(disputed.Resolution.Earlier) != 1 {
		t.Errorf("disputed: %s, clock %+v", disputed.Status, disputed.Resolution)
	}
	uphold := deliberation.UpholdTopic{Topic: id, Reason: "换灯不在这次范围"}
	if _, err := w.UpholdTopic(ctx, w.colleague, uphold); !errors.Is(err, deliberation.ErrSameHand) {
		t.Errorf("who verified decided: %v", err)
	}
	_, err = w.ReopenTopic(ctx, w.secretary, deliberation.ReopenTopic{Topic: id, Reason: "再去一次"})
	must(t, err)
	_, err = w.TakeTopic(ctx, w.greening, id)
	must(t, err)
	must(t, w.report(w.greening, id))
	_, err = w.VerifyTopic(ctx, w.secretary, deliberation.VerifyTopic{Topic: id, Passed: true})
	must(t, err)
	if _, err := w.ConfirmTopic(ctx, w.resident, no); !errors.Is(err, deliberation.ErrDisputedOnce) {
		t.Errorf("a second dispute: %v", err)
	}
}

func TestTwoTopicsBecomeOne(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx := t.Context()
	older := w.post("灯不亮")
	w.clock.Set(monday(9, 10)) // a Round has passed
	younger := w.postAs(w.neighbour, deliberation.BoardNearby, "楼下的灯坏了")
	third := w.post("灯还没修")
	w.store.refuseWith(func(x docstore.Write) error { // the second write is lost
		if x.ID == string(older.ID) {
			return docstore.ErrUnavailable
		}
		return nil
	})
	merge := deliberation.MergeTopic{Topic: older.ID, Into: younger.ID, Reason: "同一盏灯"}
	if _, err := w.MergeTopic(ctx, w.staff, merge); err == nil {
		t.Fatal("the lost write went unnoticed")
	}
	w.store.refuseWith(nil)
	for range 2 {
		for _, e := range w.events(deliberation.TopicMerged) {
			must(t, w.FollowMerges(ctx, e))
		}
	}
	_, err := w.MergeTopic(ctx, w.staff, deliberation.MergeTopic{Topic: third.ID, Into: older.ID})
	must(t, err)
	into, from := w.read(older.ID), w.read(younger.ID)
	if from.Status != deliberation.Merged || from.Into != older.ID || from.Clock.Running() || len(into.Absorbed) != 2 {
		t.Errorf("merged %s into %s; absorbed %+v", from.Status, from.Into, into.Absorbed)
	}
	if into.Voices() != 2 || !into.Clock.DueAt.Equal(monday(9, 0)) {
		t.Errorf("%d voices, due %v", into.Voices(), into.Clock.DueAt)
	}
	if len(into.Links) != 2 || into.Links[0].ID != string(younger.ID) || len(from.Links) != 1 || from.Links[0].ID != string(older.ID) {
		t.Errorf("links %+v and %+v", into.Links, from.Links)
	}
	elsewhere, err := w.PostTopic(ctx, w.elsewhere, deliberation.PostTopic{ID: deliberation.TopicID(w.token()), Community: "c2", Board: "nearby", Body: "灯", Via: deliberation.ViaH5})
	must(t, err)
	if _, err := w.MergeTopic(ctx, w.townStaff, deliberation.MergeTopic{Topic: elsewhere.ID, Into: older.ID}); !errors.Is(err, deliberation.ErrMergeWhere) {
		t.Errorf("merged across communities: %v", err)
	}
	if _, err := w.MergeTopic(ctx, w.staff, deliberation.MergeTopic{Topic: elsewhere.ID, Into: older.ID}); !errors.Is(err, deliberation.ErrNotFound) {
		t.Errorf("staff of c1 learned of a topic of c2: %v", err)
	}
}

func TestAPromiseIsNotLostInAMerge(t *testing.T) {
	t.Parallel()
	w := setup(t)
	older := w.post("灯不亮")
	w.clock.Set(monday(8, 20))
	id := w.accepted()
	if _, err := w.MergeTopic(t.Context(), w.staff, deliberation.MergeTopic{Topic: id, Into: older.ID}); err == nil {
		t.Error("an accepted topic went on in one that nobody has answered")
	}
}

func TestMovingABoardWinsNoTime(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("物业不修门禁")
	w.clock.Set(monday(10, 0))
	moved, err := w.MoveTopic(t.Context(), w.staff, deliberation.MoveTopic{Topic: topic.ID, Board: deliberation.BoardProperty, Reason: "归物业"})
	must(t, err)
	if moved.Board != deliberation.BoardProperty || !moved.Clock.DueAt.Equal(topic.Clock.DueAt) || moved.Status != deliberation.Waiting {
		t.Errorf("moved to %s, due %v", moved.Board, moved.Clock.DueAt)
	}
	if q, err := w.DeskQueue(t.Context(), w.property, deliberation.DeskQuery{Node: "c1"}); err != nil || len(q.Items) != 1 {
		t.Errorf("the partner's queue: %d, %v", len(q.Items), err)
	}
	if _, err := w.PostTopic(t.Context(), w.resident, deliberation.PostTopic{
		ID: deliberation.TopicID(w.token()), Community: "c1", Board: deliberation.BoardNeighbours, Body: "谁会修灯", Via: deliberation.ViaH5,
	}); !errors.Is(err, deliberation.ErrOwnRoom) {
		t.Errorf("what neighbours need became a topic: %v", err)
	}
	if _, err := w.MoveTopic(t.Context(), w.staff, deliberation.MoveTopic{Topic: topic.ID, Board: deliberation.BoardNeighbours, Reason: "邻居之间的事"}); !errors.Is(err, deliberation.ErrOwnRoom) {
		t.Errorf("a topic was moved to where there are none: %v", err)
	}
	w.change(deliberation.BoardSwap, func(c *deliberation.BoardChange) { c.On = true })
	aid := w.postAs(w.resident, deliberation.BoardSwap, "谁会修灯")
	asked, err := w.MoveTopic(t.Context(), w.staff, deliberation.MoveTopic{Topic: aid.ID, Board: deliberation.BoardNearby, Reason: "要人来修"})
	must(t, err)
	if asked.Clock == nil || !asked.Clock.StartedAt.Equal(monday(10, 0)) || asked.Status != deliberation.Waiting {
		t.Errorf("from a board without a promise: %s, %+v", asked.Status, asked.Clock)
	}
	if _, err := w.MoveTopic(t.Context(), w.staff, deliberation.MoveTopic{Topic: aid.ID, Board: deliberation.BoardNotice, Reason: "x"}); err == nil {
		t.Error("a resident's topic became a notice")
	}
}

func TestTwoAcceptAtOnceAndOneRefuses(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.post("灯不亮").ID
	_, err := w.answer(w.staff, id)
	must(t, err)
	var steps sync.WaitGroup
	faults := make([]error, 3)
	for i, a := range []identity.Actor{w.staff, w.colleague} {
		steps.Go(func() { _, faults[i] = w.AcceptTopic(t.Context(), a, deliberation.AcceptTopic{Topic: id}) })
	}
	steps.Go(func() {
		_, faults[2] = w.RefuseTopic(t.Context(), w.secretary, deliberation.RefuseTopic{Topic: id, Kind: deliberation.RefusedOthers, Reason: "归供电公司"})
	})
	steps.Wait()
	v := w.read(id)
	decided := len(w.events(deliberation.TopicAccepted, deliberation.TopicRefused))
	if decided != 1 || v.Status != deliberation.Accepted && v.Status != deliberation.Refused {
		t.Errorf("%s after %d decisions: %v", v.Status, decided, faults)
	}
}

func TestAForgedStepIsRefused(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx, id := t.Context(), w.dispatched()
	for name, err := range map[string]error{
		"a resident accepts": func() error {
			_, err := w.AcceptTopic(ctx, w.resident, deliberation.AcceptTopic{Topic: id})
			return err
		}(),
		"an observer dispatches": func() error {
			_, err := w.DispatchTopic(ctx, w.observer, deliberation.DispatchTopic{Topic: id, Item: "LH-01", Why: "x", Seen: 1})
			return err
		}(),
		"the author takes it":  func() error { _, err := w.TakeTopic(ctx, w.resident, id); return err }(),
		"it is reported early": w.report(w.greening, id),
		"it is verified early": func() error {
			_, err := w.VerifyTopic(ctx, w.staff, deliberation.VerifyTopic{Topic: id, Passed: true})
			return err
		}(),
		"it is confirmed early": func() error {
			_, err := w.ConfirmTopic(ctx, w.resident, deliberation.ConfirmTopic{Topic: id, Solved: true})
			return err
		}(),
		"from another place": func() error { _, err := w.TakeTopic(ctx, w.elsewhere, id); return err }(),
		"nobody":             func() error { _, err := w.TakeTopic(ctx, identity.Actor{}, id); return err }(),
	} {
		if err == nil {
			t.Errorf("%s", name)
		}
	}
	if v := w.read(id); v.Status != deliberation.Dispatched || len(w.events(deliberation.TopicTaken)) != 0 {
		t.Errorf("it is %s", v.Status)
	}
}
