package whistle

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jushou/deliberation/whistle"
	"jushou/web/view"
)

// tone is the icon and colour of a state.
func tone(s whistle.Status) string {
	switch s {
	case whistle.Open:
		return "working"
	case whistle.Cancelled:
		return "withdrawn"
	}
	return "resolved"
}

// unitTone is the same of a unit's.
func unitTone(u whistle.Unit, late bool) string {
	switch {
	case late:
		return "overdue"
	case u.Reply == whistle.Accepted:
		return "answered"
	case u.Reply == whistle.Arrived:
		return "resolved"
	case u.Reply == whistle.Refused:
		return "withdrawn"
	}
	return "waiting"
}

// names lists the units called.
func names(ctx context.Context, units []whistle.Unit) string {
	all := make([]string, len(units))
	for i, u := range units {
		all[i] = u.Name
	}
	return strings.Join(all, view.T(ctx, "list.and"))
}

// moment says an instant with its hour, which is what people who meet need; today's is said as everywhere.
func moment(ctx context.Context, at time.Time) string {
	local, now := view.Local(at), view.Local(view.Now(ctx))
	if local.YearDay() == now.YearDay() && local.Year() == now.Year() {
		return view.When(ctx, at)
	}
	return view.T(ctx, "whistle.moment", "month", strconv.Itoa(int(local.Month())), "day", strconv.Itoa(local.Day()), "clock", local.Format("15:04"))
}

// verdicts are the answers of an evaluation.
func verdicts(ctx context.Context) []view.Option {
	var all []view.Option
	for _, v := range whistle.Verdicts() {
		all = append(all, view.Option{Value: string(v), Text: view.T(ctx, "whistle.verdict_"+string(v))})
	}
	return all
}

// speaks reports whether the reader answers for the unit.
func (r recordView) speaks(n int) bool {
	for _, own := range r.V.Speaks {
		if own == n {
			return true
		}
	}
	return false
}

// failed reports whether the form of a step comes back.
func (r recordView) failed(n int, s whistle.Step) bool {
	return r.Failed == strconv.Itoa(n)+"/"+string(s)
}

// typed is what was typed into a form that comes back.
func (r recordView) typed(n int, s whistle.Step) string {
	if r.failed(n, s) {
		return r.Words
	}
	return ""
}

// end is the same for the steps of those who called.
func (r recordView) end(verb string) string {
	if r.Failed == verb {
		return r.Words
	}
	return ""
}
