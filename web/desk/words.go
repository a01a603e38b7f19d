package desk

import (
	"context"
	"time"

	"jushou/internal/identity"
	"jushou/web/view"
)

// dayOf writes the day of an instant without its time: 11月21日.
func dayOf(ctx context.Context, at time.Time) string {
	at = view.Local(at)
	return view.T(ctx, "when.day", "month", at.Format("1"), "day", at.Format("2"))
}

// mondayFirst lists the weekdays as calendars here show them; Sunday is 0.
func mondayFirst() []int { return []int{1, 2, 3, 4, 5, 6, 0} }

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func first(all []identity.AccountID) string {
	if len(all) == 0 {
		return ""
	}
	return string(all[0])
}

// grouped writes a count as 12,800.
func grouped(n int) string { return view.Grouped(uint64(max(n, 0))) }
