package story

import (
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/deadline"
	"jushou/web/view"
)

func TestRestLeavesOutWhatTheTitleSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ title, body, want string }{
		{"路灯坏了", "路灯坏了", ""},
		{"路灯坏了", "路灯坏了\n\n晚上看不清", "晚上看不清"},
		{"路灯坏了", "路灯坏了三天", "路灯坏了三天"},
		{"另有标题", "路灯坏了\n晚上看不清", "路灯坏了\n晚上看不清"},
	} {
		if got := rest(c.title, c.body); got != c.want {
			t.Errorf("%q of %q: got %q, want %q", c.title, c.body, got, c.want)
		}
	}
}

func TestEveryPhaseOfTheClockHasItsWordsAndMark(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)
	next := now.Add(4 * time.Hour)
	for _, c := range []struct {
		name    string
		status  deliberation.Status
		explain deliberation.Explanation
		clock   string
		mark    view.Status
	}{
		{"waiting", deliberation.Waiting, deliberation.Explanation{Phase: deliberation.PhaseWaiting, DueAt: next, NextAt: next}, "waiting", view.Waiting},
		{"calendar too short", deliberation.Waiting, deliberation.Explanation{Phase: deliberation.PhaseWaiting}, "waiting_unknown", view.Waiting},
		{"listed", deliberation.Waiting, deliberation.Explanation{Phase: deliberation.PhaseListed, NextAt: next, Late: time.Hour}, "listed", view.Overdue},
		{"secretary", deliberation.Waiting, deliberation.Explanation{Phase: deliberation.PhaseSecretary, NextAt: next, Late: time.Hour}, "secretary", view.Overdue},
		{"no next Round", deliberation.Waiting, deliberation.Explanation{Phase: deliberation.PhaseSecretary, Late: time.Hour}, "overdue", view.Overdue},
		{"town", deliberation.Waiting, deliberation.Explanation{Phase: deliberation.PhaseTown, Late: time.Hour}, "town", view.Overdue},
		{"met in time", deliberation.Responded, deliberation.Explanation{Phase: deliberation.PhaseMet}, "", view.Answered},
		{"met late", deliberation.Responded, deliberation.Explanation{Phase: deliberation.PhaseMet, Late: time.Hour}, "met_late", view.Answered},
		{"open", deliberation.Open, deliberation.Explanation{Phase: deliberation.PhaseNone}, "", ""},
		{"withdrawn", deliberation.Withdrawn, deliberation.Explanation{Phase: deliberation.PhaseEnded}, "", view.Withdrawn},
		{"hidden", deliberation.Hidden, deliberation.Explanation{Phase: deliberation.PhaseEnded}, "", view.Concealed},
		{"held", deliberation.Held, deliberation.Explanation{Phase: deliberation.PhaseNone}, "", view.Held},
	} {
		topic := deliberation.TopicView{Topic: deliberation.Topic{Status: c.status, CreatedAt: now}, Explain: c.explain}
		if got := Clock(topic).Phase; got != c.clock {
			t.Errorf("%s: clock %q, want %q", c.name, got, c.clock)
		}
		if got := Status(topic); got != c.mark {
			t.Errorf("%s: mark %q, want %q", c.name, got, c.mark)
		}
	}
}

func TestWhatGrewOutOfATopicIsOnePressAway(t *testing.T) {
	t.Parallel()
	links := []deliberation.Link{
		{Kind: deliberation.LinkHall, ID: "1"}, {Kind: deliberation.LinkCovenant, ID: "2"}, {Kind: deliberation.LinkMeeting, ID: "3"},
		{Kind: deliberation.LinkWhistle, ID: "4"}, {Kind: deliberation.LinkDigest, ID: "5"}, {Kind: deliberation.LinkTopic, ID: "6"},
	}
	ways := Ways(deliberation.TopicView{Topic: deliberation.Topic{Links: links}})
	for i, want := range []string{"/hall/1", "/covenant/2", "/meeting/3", "/whistles/4", "/digest/5", "/t/6"} {
		if ways[i].Href != want {
			t.Errorf("%s leads to %q, want %q", links[i].Kind, ways[i].Href, want)
		}
	}
}

// TestAPromiseIsExplainedByTheDayThatHolds has a term of ten days that a catalogue's item made three.
func TestAPromiseIsExplainedByTheDayThatHolds(t *testing.T) {
	t.Parallel()
	e := deadline.Explanation{Phase: deadline.PhaseRunning, Term: deadline.Term{N: 10, Unit: deadline.WorkingDays}, Counted: deadline.Counted{Workdays: 3}}
	shown := Promises(deliberation.TopicView{Resolve: e})
	if len(shown) != 1 || shown[0].Days != 3 {
		t.Errorf("shown as %+v", shown)
	}
}
