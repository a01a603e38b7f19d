// Package digest has the pages of 意见上行: what a community passed up to its town and what came of it, as residents read and
// print it; the desk where staff collect, sort and pass up; and the town's inbox, where each group is answered.
package digest

import (
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Digests   *digest.Service
	Directory *community.Directory
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell how many digests wait for somebody in a room.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{"digests": func(v *page.Visit, r console.Room) (int, error) {
		return s.Digests.Waiting(v.Context(), v.Actor, r.Node.ID)
	}}
}

// dayWords says a day as people do, with the year where it is another.
func dayWords(v *page.Visit, d calendar.Date) string {
	month, day := strconv.Itoa(int(d.Month)), strconv.Itoa(d.Day)
	if d.Year != view.Local(v.Now).Year() {
		return v.T("when.date", "year", strconv.Itoa(d.Year), "month", month, "day", day)
	}
	return v.T("when.day", "month", month, "day", day)
}

func periodWords(v *page.Visit, d digest.View) string {
	if d.From == d.To {
		return dayWords(v, d.From)
	}
	return v.T("digest.period", "from", dayWords(v, d.From), "to", dayWords(v, d.To))
}

// dueWords says by when the town answers; "" where nothing is owed.
func dueWords(v *page.Visit, d digest.View) (words string, late bool) {
	due, owed := d.Clock.Owed()
	switch {
	case !owed && d.State == digest.Submitted:
		return v.T("digest.due_unknown"), false
	case !owed:
		return "", false
	case d.Clock.Overdue(v.Now):
		return v.T("digest.overdue", "when", dayWords(v, calendar.DateOf(view.Local(due)))), true
	}
	return v.T("digest.due", "when", dayWords(v, calendar.DateOf(view.Local(due)))), false
}

// who says a person with the role beside it.
func who(a deliberation.Author) string { return strings.TrimSpace(a.Title + " " + a.Name) }

// speaker says who wrote a topic: the masked name, with the building or the role.
func speaker(v *page.Visit, a deliberation.Author) string {
	if a.Name == "" {
		return v.T("digest.gone")
	}
	place := a.Building
	if place == "" {
		place = a.Title
	}
	return strings.TrimSpace(a.Name + " " + place)
}

// untilWords says by when something will be done.
func untilWords(v *page.Visit, a digest.Answer) string {
	words := a.Until
	if a.UntilDay.Year != 0 {
		words = strings.TrimSpace(words + " " + v.T("digest.until_day", "day", dayWords(v, a.UntilDay)))
	}
	return words
}

// tone is the icon and colour of a state.
func tone(d digest.State, late bool) string {
	switch d {
	case digest.Submitted:
		if late {
			return "overdue"
		}
		return "waiting"
	case digest.Sorted:
		return "waiting"
	case digest.Answered:
		return "answered"
	case digest.Closed:
		return "resolved"
	case digest.Returned:
		return "held"
	case digest.Withdrawn:
		return "withdrawn"
	}
	return "working"
}

// verdictTone is the same of a verdict.
func verdictTone(d digest.Verdict) string {
	switch d {
	case digest.Adopted:
		return "resolved"
	case digest.Partly:
		return "answered"
	}
	return "withdrawn"
}

// card is a digest in a list.
type card struct {
	Href, Title, Period, Where string
	State                      digest.State
	Due                        string
	Late                       bool
	Sum                        string // how much it holds and what became of it
	Purpose                    string
}

func cardOf(v *page.Visit, d digest.View, base string) card {
	c := card{Href: base + string(d.ID), Title: d.Title, Period: periodWords(v, d), State: d.State, Purpose: d.Purpose, Sum: sumWords(v, d)}
	c.Due, c.Late = dueWords(v, d)
	return c
}

// sumWords says in one sentence how much a digest holds, and what the town made of it.
func sumWords(v *page.Visit, d digest.View) string {
	if len(d.Groups) == 0 {
		return ""
	}
	words := v.T("digest.sum", "groups", strconv.Itoa(len(d.Groups)), "topics", strconv.Itoa(d.Placed()))
	counts := map[digest.Verdict]int{}
	for _, g := range d.Groups {
		if a, ok := g.Answer(); ok {
			counts[a.Verdict]++
		}
	}
	for _, verdict := range digest.Verdicts() {
		if n := counts[verdict]; n > 0 {
			words += v.T("digest.sum_"+string(verdict), "n", strconv.Itoa(n))
		}
	}
	return words
}

// pager leads through a list of digests.
func pager(v *page.Visit, here string, found digest.Page) view.Pager {
	return v.Pager(here, digest.ListPage, len(found.Items), string(found.Next))
}
