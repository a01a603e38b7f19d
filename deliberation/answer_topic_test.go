package deliberation_test

import (
	"errors"
	"sync"
	"testing"

	"jushou/deliberation"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestAnAnswerStopsTheClockAndTellsTheAuthor(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	w.clock.Set(monday(9, 30))
	w.sweep()
	got, err := w.answer(w.staff, topic.ID)
	must(t, err)
	if got.Status != deliberation.Responded || !got.Clock.MetAt.Equal(monday(9, 30)) || got.Responses[0].Title != "居委干部" {
		t.Errorf("answered %+v", got)
	}
	told := w.events(deliberation.TopicAnswered)
	data, err := deliberation.Decode[deliberation.Answered](told[0])
	if err != nil || len(told) != 1 || !data.First || !data.Late || data.Author != "wang" || data.ByName != "李社工" || data.Excerpt == "" {
		t.Errorf("told %+v, %v", data, err)
	}
	v, err := w.Topic(t.Context(), w.neighbour, topic.ID)
	if err != nil || v.Responses[0].By != "" || v.Responses[0].Name != "李社工" || len(v.History) != 3 {
		t.Errorf("the neighbour sees %+v, %v", v, err)
	}
	w.clock.Set(monday(23, 0))
	if n := w.sweep(); n != 0 {
		t.Errorf("answered, yet %d topics changed", n)
	}
}

func TestTwoStaffAnswerAtOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	staff := []identity.Actor{w.staff, w.colleague, w.secretary, w.townStaff}
	faults := make([]error, len(staff))
	var answers sync.WaitGroup
	for i, a := range staff {
		answers.Go(func() { _, faults[i] = w.answer(a, topic.ID) })
	}
	answers.Wait()
	must(t, errors.Join(faults...))
	first := 0
	v := w.read(topic.ID)
	for _, r := range v.Responses {
		if r.First {
			first++
		}
	}
	if len(v.Responses) != len(staff) || first != 1 || len(w.events(deliberation.TopicAnswered)) != len(staff) {
		t.Errorf("%d answers stay, %d stopped the clock", len(v.Responses), first)
	}
}

func TestWhoAnswersWhere(t *testing.T) {
	t.Parallel()
	w := setup(t)
	nearby, property := w.post("灯不亮"), w.postAs(w.resident, deliberation.BoardProperty, "物业费")
	cases := []struct {
		name  string
		actor identity.Actor
		topic deliberation.TopicID
		want  fault.Kind
	}{
		{"a neighbour", w.neighbour, nearby.ID, fault.Denied},
		{"the author", w.resident, nearby.ID, fault.Denied},
		{"an observer", w.observer, nearby.ID, fault.Denied},
		{"a partner on another board", w.property, nearby.ID, fault.Denied},
		{"nobody we know", w.public, nearby.ID, fault.Unauthenticated},
		{"a partner on the own board", w.property, property.ID, fault.Internal},
	}
	for _, c := range cases {
		got, err := w.answer(c.actor, c.topic)
		if c.want == fault.Internal {
			if err != nil || got.Status != deliberation.Responded || got.Responses[0].Role != identity.RolePartner {
				t.Errorf("%s: %v, %s", c.name, err, got.Status)
			}
		} else if fault.KindOf(err) != c.want || err == nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestStaffDoNotAnswerThemselvesOffTheList(t *testing.T) {
	t.Parallel()
	w := setup(t)
	own := w.postAs(w.staff, deliberation.BoardNearby, "门卫室漏水")
	got, err := w.answer(w.staff, own.ID)
	if err != nil || got.Status != deliberation.Waiting || len(got.Responses) != 1 {
		t.Errorf("answering oneself: %v, %s", err, got.Status)
	}
	got, err = w.AnswerTopic(t.Context(), w.colleague, deliberation.AnswerTopic{ID: w.token(), Topic: own.ID, Body: "您的留言已收到", Auto: true})
	if err != nil || got.Status != deliberation.Waiting {
		t.Errorf("an automatic reply: %v, %s", err, got.Status)
	}
	got, err = w.answer(w.colleague, own.ID)
	if err != nil || got.Status != deliberation.Responded || len(got.Responses) != 3 {
		t.Errorf("a colleague's answer: %v, %s", err, got.Status)
	}
}

func TestTheSameAnswerTwiceIsOne(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	cmd := deliberation.AnswerTopic{ID: w.token(), Topic: topic.ID, Body: "在修"}
	for range 2 {
		got, err := w.AnswerTopic(t.Context(), w.staff, cmd)
		if err != nil || len(got.Responses) != 1 || got.Status != deliberation.Responded {
			t.Errorf("%v, %d responses, %s", err, len(got.Responses), got.Status)
		}
	}
	if n := len(w.events(deliberation.TopicAnswered)); n != 1 {
		t.Errorf("told %d times", n)
	}
}

func TestStatsOfACommunity(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 6 {
		topic := w.post("灯不亮")
		w.clock.Advance(60e9)
		if _, err := w.answer(w.staff, topic.ID); err != nil {
			t.Fatal(err)
		}
	}
	w.post("没人管的事")
	w.clock.Set(monday(12, 0))
	st, err := w.Stats(t.Context(), w.neighbour, "c1", deliberation.Window{From: monday(0, 0), To: monday(23, 0)})
	must(t, err)
	if c := st.Clocks[0]; c.Topics != 7 || c.Answered != 6 || c.Never != 1 || c.Median != 60e9 {
		t.Errorf("stats %+v", c)
	}
	if _, err := w.Stats(t.Context(), w.neighbour, "c1", deliberation.Window{From: monday(9, 0), To: monday(0, 0)}); fault.CodeOf(err) != "stats.bad_window" {
		t.Errorf("a window that ends before it begins: %v", err)
	}
}
