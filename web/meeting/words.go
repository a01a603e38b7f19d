package meeting

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"jushou/deliberation/meeting"
	"jushou/internal/deadline"
	"jushou/web/view"
)

// tone is the icon and colour of a state.
func tone(s meeting.State) string {
	switch s {
	case meeting.Called, meeting.Postponed:
		return "waiting"
	case meeting.Announced:
		return "public"
	case meeting.Published:
		return "resolved"
	case meeting.Cancelled:
		return "withdrawn"
	}
	return "working"
}

// replyTone is the same of a guest's answer.
func replyTone(r meeting.Reply) string {
	switch r {
	case meeting.Accepted:
		return "answered"
	case meeting.Declined:
		return "withdrawn"
	}
	return "waiting"
}

// moment says an instant with its weekday and hour, which is what people who meet need; today's is said as everywhere.
func moment(ctx context.Context, at time.Time) string {
	local, now := view.Local(at), view.Local(view.Now(ctx))
	if local.YearDay() == now.YearDay() && local.Year() == now.Year() {
		return view.When(ctx, at)
	}
	return view.T(ctx, "meeting.moment", "month", strconv.Itoa(int(local.Month())), "day", strconv.Itoa(local.Day()),
		"weekday", view.T(ctx, "meeting.weekday_"+strconv.Itoa(int(local.Weekday()))), "clock", local.Format("15:04"))
}

// by names who did something.
func by(name, title string) string { return strings.TrimSpace(title + " " + name) }

// taskView is a task as pages show it.
type taskView struct {
	meeting.TaskView
	Href string // "" where the page has no more to show
}

func taskViews(all []meeting.TaskView, base string) []taskView {
	shown := make([]taskView, len(all))
	for i, t := range all {
		shown[i].TaskView = t
		if base != "" {
			shown[i].Href = base + string(t.ID)
		}
	}
	return shown
}

// promise tells a clock in the words of its kind.
func promise(kind deadline.Kind, e deadline.Explanation, holder string) []view.Promise {
	if e.Phase == deadline.PhaseNone || e.Phase == deadline.PhaseEnded {
		return nil
	}
	p := view.Promise{Kind: string(kind), Phase: string(e.Phase), Start: e.StartedAt, Due: e.DueAt, Late: e.Late, Holder: holder, Days: e.Counted.Workdays}
	var off []string
	for _, h := range e.Counted.Holidays {
		off = append(off, h.Name)
	}
	p.Off = strings.Join(off, "、")
	for _, x := range e.Extended {
		p.Was = append(p.Was, x.Was)
	}
	return []view.Promise{p}
}

// missed are the dates that a task missed and that its clock does not say by itself: those before the present one.
func (t taskView) missed() []time.Time {
	return slices.DeleteFunc(t.Missed(), func(at time.Time) bool { return at.Equal(t.Clock.DueAt) })
}

// tally says the counts of a review in one sentence.
func tally(ctx context.Context, t *meeting.Tally) string {
	return view.T(ctx, "meeting.tally", "yes", strconv.Itoa(t.Satisfied), "fair", strconv.Itoa(t.Basically), "no", strconv.Itoa(t.Not))
}

// kinds are the answers of the form's first question.
func kinds(ctx context.Context) []view.Option {
	var all []view.Option
	for _, k := range meeting.Kinds() {
		all = append(all, view.Option{Value: string(k), Text: view.T(ctx, "meeting.kind_"+string(k))})
	}
	return all
}

// replies says how those invited answered.
func replies(ctx context.Context, v meeting.View) string {
	coming := 0
	for _, g := range v.Guests {
		if g.Reply == meeting.Accepted {
			coming++
		}
	}
	return view.T(ctx, "meeting.replies", "n", strconv.Itoa(len(v.Guests)), "coming", strconv.Itoa(coming))
}

// split makes a list of what was typed a line each.
func split(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
}

// taskState is the icon and the word of where a task stands.
func taskState(t taskView) (icon, word string) {
	switch {
	case t.Done():
		return "resolved", "done"
	case t.Explain.Phase == deadline.PhaseOverdue:
		return "overdue", "overdue"
	}
	return "working", "running"
}

// number reads a field as a whole number.
func number(text string, otherwise int) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return otherwise
	}
	return n
}
