package project

import (
	"context"
	"strconv"
	"time"

	"jushou/internal/calendar"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/view"
)

// lateView is a project for which a stored instant has passed and nobody has acted.
type lateView struct {
	projects.View
	Key   string
	Since time.Time
	N     int
}

// overdue reports which instant of a project has passed: nobody raised a hand in time, the notice is over and nothing was
// established, nothing is heard of the work, a milestone's day is over. It sets no terms of its own.
func overdue(x projects.View, today calendar.Date) (lateView, bool) {
	late := lateView{View: x}
	n := x.Notice()
	switch {
	case x.Stage == preset.Gathering && !x.HandlessAt.IsZero() && x.Lead == nil && len(x.Raised()) == 0:
		late.Key, late.Since = "handless", x.HandlessAt
	case x.Stage == preset.Noticing && n != nil && x.Phase == projects.NoticeDone:
		late.Key, late.Since = "notice", n.DueAt
	case x.Stale():
		late.Key, late.Since = "quiet", x.StaleAt
	case x.Stage == preset.Working && x.Late(today) > 0:
		late.Key, late.N = "milestone", x.Late(today)
	}
	return late, late.Key != ""
}

// says says what has passed.
func (l lateView) says(ctx context.Context) string {
	when := ""
	if !l.Since.IsZero() {
		when = view.When(ctx, l.Since)
	}
	return view.T(ctx, "project.late."+l.Key, "when", when, "n", strconv.Itoa(l.N))
}
