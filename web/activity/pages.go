// Package activity holds the pages of 达人 and their activities: what comes and who holds it, signing up, the host's own list, what
// waits for the desk, and what everybody may read.
package activity

import (
	"context"
	"strconv"
	"time"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Activities *activity.Service
	Projects   *projects.Service
	Directory  *community.Directory
	Places     community.Places
	Shelf      upload.Shelf
	BaseURL    string // the public address, for calendars
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages; those of the desk stand in the console's frame.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell what waits for the desk.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{
		"activities": func(v *page.Visit, r console.Room) (int, error) {
			return s.Activities.DeskCount(v.Context(), r.Actor, r.Node.ID)
		},
	}
}

// node returns the community that an address names, for somebody who may do the verb there.
func (p *Pages) node(v *page.Visit, verb identity.Verb) (community.Node, error) {
	n, err := v.Community(p.Directory)
	if err != nil {
		return n, err
	}
	return n, identity.Can(v.Actor, verb, identity.At(n))
}

func home(c community.ID) string { return "/c/" + string(c) }

func href(id activity.ID) string { return "/activity/" + string(id) }

func hostHref(id activity.HostID) string { return "/host/" + string(id) }

func number(n int) string { return strconv.Itoa(n) }

// fields are what hosts do, to choose from.
func fields(ctx context.Context) []view.Option {
	var all []view.Option
	for _, f := range activity.Fields() {
		all = append(all, view.Option{Value: string(f), Text: view.T(ctx, "activity.field."+string(f))})
	}
	return all
}

// when says from when to when: on one day, the clock of the end alone.
func when(ctx context.Context, from, to time.Time) string {
	end := view.When(ctx, to)
	if a, b := view.Local(from), view.Local(to); a.YearDay() == b.YearDay() && a.Year() == b.Year() {
		end = b.Format("15:04")
	}
	return view.T(ctx, "activity.from_to", "from", exact(ctx, from), "to", end)
}

// exact says a day with its weekday and the clock.
func exact(ctx context.Context, at time.Time) string {
	l := view.Local(at)
	return view.T(ctx, "activity.day", "month", number(int(l.Month())), "day", number(l.Day()), "weekday", view.T(ctx, "activity.weekday."+number(int(l.Weekday()))), "clock", l.Format("15:04"))
}

// room says how many seats there are and are left.
func room(ctx context.Context, v activity.View) string {
	switch {
	case v.Capacity == 0:
		return view.T(ctx, "activity.no_bound", "n", number(v.Seated))
	case v.Waits > 0:
		return view.T(ctx, "activity.waits", "room", number(v.Capacity), "n", number(v.Waits))
	case v.Free == 0:
		return view.T(ctx, "activity.none_free", "room", number(v.Capacity))
	}
	return view.T(ctx, "activity.free", "room", number(v.Capacity), "n", number(v.Free))
}

// whom says who may come.
func whom(ctx context.Context, g activity.Guests) string {
	said := ""
	for i, n := range g.Names {
		if i > 0 {
			said += "、"
		}
		said += n
	}
	if said == "" {
		said = view.T(ctx, "activity.for_all")
	}
	if g.Words != "" {
		said += view.T(ctx, "activity.and") + g.Words
	}
	return said
}

// icon is the shape beside a phase.
func icon(p activity.Phase) string {
	switch p {
	case activity.PhaseOpen:
		return "hand"
	case activity.PhaseFull, activity.PhaseWaits, activity.PhaseClosed:
		return "waiting"
	case activity.PhaseRunning:
		return "working"
	case activity.PhaseOver:
		return "resolved"
	}
	return "withdrawn"
}

// phaseLook is the colour of a phase, one of those that a status has.
func phaseLook(p activity.Phase) string { return "status-" + icon(p) }
