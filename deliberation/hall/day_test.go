package hall_test

import (
	"testing"
	"time"

	"jushou/deliberation/hall"
	"jushou/deliberation/roomtest"
	"jushou/internal/identity"
)

func (g *ground) announce() hall.Day {
	g.T.Helper()
	d, err := g.AnnounceDay(g.T.Context(), g.staff, hall.AnnounceDay{
		ID: hall.DayID(g.Token()), Community: "c1", Title: "网上议事日：停车", From: g.In(day), To: g.In(day + 4*time.Hour),
		Answerers: []hall.Answerer{{Account: g.police.ID, Name: g.police.Name, Title: "社区民警"}},
	})
	roomtest.Must(g.T, err)
	return d
}

func (g *ground) ask(who identity.Actor, d hall.Day, body string) (hall.Question, error) {
	return g.AskQuestion(g.T.Context(), who, hall.AskQuestion{ID: hall.QuestionID(g.Token()), Day: d.ID, Body: body})
}

// TestADayOfQuestions goes from the announcement to the last promised answer.
func TestADayOfQuestions(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	d := g.announce()
	_, err := g.ask(g.wang, d, "几点开始？")
	roomtest.Refused(t, err, "hall.day_not_yet")
	g.Clock.Set(d.From)
	q, err := g.ask(g.wang, d, "消防通道划线什么时候划？")
	roomtest.Must(t, err)
	roomtest.Must(t, g.JoinQuestion(ctx, g.zhao, q.ID, true))
	roomtest.Must(t, g.JoinQuestion(ctx, g.zhao, q.ID, true))
	roomtest.Refused(t, g.JoinQuestion(ctx, g.wang, q.ID, true), "hall.own_argument")
	g.feed(g.Count, hall.QuestionJoined)
	g.Clock.Advance(time.Second) // the queue is in the order of asking
	later, err := g.ask(g.zhao, d, "访客车停哪里？")
	roomtest.Must(t, err)
	queue, _, err := g.Questions(ctx, g.zhao, d.ID, false, "")
	roomtest.Must(t, err)
	if len(queue) != 2 || queue[0].ID != q.ID || queue[0].Others != 1 || !queue[0].Joined || !queue[1].Mine {
		t.Fatalf("the queue is %+v", queue)
	}
	answer := hall.AnswerQuestion{ID: g.Token(), Question: q.ID, Body: "下周三划，临时停靠请绕行。"}
	for range 2 { // a double tap
		_, err = g.AnswerQuestion(ctx, g.police, answer)
		roomtest.Must(t, err)
	}
	_, err = g.AnswerQuestion(ctx, g.staff, hall.AnswerQuestion{ID: g.Token(), Question: q.ID, Body: "我也来答"})
	roomtest.Refused(t, err, "hall.answered_already")
	roomtest.Refused(t, second(g.AnswerQuestion(ctx, g.wang, hall.AnswerQuestion{ID: g.Token(), Question: later.ID, Body: "我来答"})), "identity.denied")

	_, err = g.CloseDay(ctx, g.staff, hall.CloseDay{Day: d.ID, Summary: "好"})
	roomtest.Refused(t, err, "hall.day_runs")
	g.Clock.Set(d.To)
	_, err = g.ask(g.wang, d, "还来得及吗？")
	roomtest.Refused(t, err, "hall.day_over")
	for range 2 {
		_, err = g.Keep(ctx)
		roomtest.Must(t, err)
	}
	if n := len(g.Events(hall.DayOver)); n != 1 {
		t.Fatalf("the end of the window was told %d times", n)
	}
	_, err = g.CloseDay(ctx, g.staff, hall.CloseDay{Day: d.ID, Summary: "问了两件事"})
	roomtest.Refused(t, err, "hall.day_promise") // one has no answer yet
	promised := g.In(3 * day)
	closed, err := g.CloseDay(ctx, g.staff, hall.CloseDay{Day: d.ID, Summary: "问了两件事", Promised: promised})
	roomtest.Must(t, err)
	if closed.PhaseAt(g.Clock.Now()) != hall.DayDone || !closed.Promised.Equal(promised) {
		t.Fatalf("closed as %+v", closed)
	}
	g.Clock.Set(promised)
	for range 2 {
		_, err = g.Keep(ctx)
		roomtest.Must(t, err)
	}
	if n := len(g.Events(hall.DayOverdue)); n != 1 {
		t.Fatalf("the broken promise was told %d times", n)
	}
	_, err = g.AnswerQuestion(ctx, g.staff, hall.AnswerQuestion{ID: g.Token(), Question: later.ID, Body: "停东门外。"})
	roomtest.Must(t, err)
	seen, err := g.Day(ctx, g.wang, d.ID)
	roomtest.Must(t, err)
	if seen.Asked != 2 || seen.Left != 0 || seen.BreachedAt.IsZero() || seen.Ask || seen.Answer {
		t.Errorf("in the end %+v", seen)
	}
}

func second[T any](_ T, err error) error { return err }

// TestAKeptPromiseIsNoBreach answers in time, and the sweep says nothing.
func TestAKeptPromiseIsNoBreach(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	d := g.announce()
	g.Clock.Set(d.From)
	q, err := g.ask(g.wang, d, "快递柜放哪里？")
	roomtest.Must(t, err)
	g.Clock.Set(d.To.Add(time.Hour))
	_, err = g.CloseDay(ctx, g.staff, hall.CloseDay{Day: d.ID, Summary: "问了一件事", Promised: g.In(2 * day)})
	roomtest.Must(t, err)
	_, err = g.AnswerQuestion(ctx, g.police, hall.AnswerQuestion{ID: g.Token(), Question: q.ID, Body: "东门里。"})
	roomtest.Must(t, err)
	g.Clock.Set(g.In(5 * day))
	for range 3 {
		_, err = g.Keep(ctx)
		roomtest.Must(t, err)
	}
	if n := len(g.Events(hall.DayOverdue)); n != 0 {
		t.Errorf("told %d times that answers are missing", n)
	}
	if n, err := g.Keep(ctx); n != 0 || err != nil {
		t.Errorf("the sweep still finds %d: %v", n, err)
	}
}

func TestADayIsAnnouncedWithinBounds(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	who := []hall.Answerer{{Account: "li", Name: "李社工"}}
	tests := []struct {
		name     string
		from, to time.Duration
		title    string
		who      []hall.Answerer
		want     string
	}{
		{"in the past", -time.Hour, 2 * time.Hour, "议事日", who, "hall.day_window"},
		{"backwards", 3 * time.Hour, time.Hour, "议事日", who, "hall.day_window"},
		{"too long", time.Hour, 60 * time.Hour, "议事日", who, "hall.day_window"},
		{"too far", 61 * day, 61*day + 2*time.Hour, "议事日", who, "hall.day_window"},
		{"nobody answers", time.Hour, 3 * time.Hour, "议事日", nil, "hall.day_nobody"},
		{"no name", time.Hour, 3 * time.Hour, "", who, "hall.day_title"},
	}
	for _, tt := range tests {
		_, err := g.AnnounceDay(ctx, g.staff, hall.AnnounceDay{ID: hall.DayID(g.Token()), Community: "c1", Title: tt.title, From: g.In(tt.from), To: g.In(tt.to), Answerers: tt.who})
		t.Run(tt.name, func(t *testing.T) { roomtest.Refused(t, err, tt.want) })
	}
	d := g.announce()
	_, err := g.CancelDay(ctx, g.staff, d.ID, "")
	roomtest.Refused(t, err, "hall.reason_needed")
	called, err := g.CancelDay(ctx, g.staff, d.ID, "民警有紧急任务，改期另行通知")
	roomtest.Must(t, err)
	g.Clock.Set(d.From)
	if called.PhaseAt(d.From) != hall.DayCalled {
		t.Error("a day that was called off is open")
	}
	_, err = g.ask(g.wang, d, "还办吗？")
	roomtest.Refused(t, err, "hall.day_over")
}
