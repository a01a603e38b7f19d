// Package affairs has the pages of 公开栏: the board that residents read and ask on, and the desk where items are entered,
// reviewed, answered for and corrected.
package affairs

import (
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/internal/community"
	"jushou/internal/photo"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Affairs   *disclosure.Service
	Directory *community.Directory
	Shelf     upload.Shelf
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell what waits for a review or an answer.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{"affairs": func(v *page.Visit, r console.Room) (int, error) {
		return s.Affairs.Waiting(v.Context(), r.Actor, r.Node.ID)
	}}
}

// periodWords says a period as people do: 2026年9月, 2026年第三季度.
func periodWords(v *page.Visit, p disclosure.Period) string {
	if p == "" {
		return ""
	}
	first := p.First()
	year := strconv.Itoa(first.Year)
	if p.Cadence() == disclosure.Quarterly {
		return v.T("affairs.quarter", "year", year, "quarter", v.T("affairs.quarter_"+strconv.Itoa((int(first.Month)+2)/3)))
	}
	return v.T("affairs.month", "year", year, "month", strconv.Itoa(int(first.Month)))
}

// aboutWords says what an item is about: its period and kind, or the day of a decision.
func aboutWords(v *page.Visit, kind disclosure.Kind, p disclosure.Period, i *disclosure.Item) string {
	name := v.T("affairs.kind_" + string(kind))
	if p != "" {
		return periodWords(v, p) + name
	}
	if i != nil {
		d := i.DecidedOn
		return name + " · " + v.T("affairs.decided", "year", strconv.Itoa(d.Year), "month", strconv.Itoa(int(d.Month)), "day", strconv.Itoa(d.Day))
	}
	return name
}

// who says a person with the role beside it.
func who(a deliberation.Author) string { return strings.TrimSpace(a.Title + " " + a.Name) }

// asker says who asked; somebody who deleted the account has no name any more.
func asker(v *page.Visit, a deliberation.Author) string {
	if a.Name == "" {
		return v.T("affairs.gone")
	}
	return strings.TrimSpace(a.Name + " " + a.Building)
}

// owedWords says what has to be published and by when, in one sentence.
func owedWords(v *page.Visit, o disclosure.Obligation) string {
	what := aboutWords(v, o.Kind, o.Period, nil)
	if o.Title != "" {
		what = v.T("affairs.matter", "title", o.Title)
	}
	if o.Clock.DueAt.IsZero() {
		return v.T("affairs.owed_unknown", "what", what)
	}
	due := dayWords(v, o)
	if o.Clock.Overdue(v.Now) {
		return v.T("affairs.overdue", "what", what, "due", due)
	}
	return v.T("affairs.owed", "what", what, "due", due)
}

func dayWords(v *page.Visit, o disclosure.Obligation) string {
	at := view.Local(o.Clock.DueAt)
	if at.Year() != view.Local(v.Now).Year() {
		return v.T("when.date", "year", strconv.Itoa(at.Year()), "month", strconv.Itoa(int(at.Month())), "day", strconv.Itoa(at.Day()))
	}
	return v.T("when.day", "month", strconv.Itoa(int(at.Month())), "day", strconv.Itoa(at.Day()))
}

// Photo shows a photo of an item to whoever may read the item.
func (p *Pages) Photo(v *page.Visit) error {
	id := v.Param("photo")
	ok, err := p.Affairs.Photo(v.Context(), v.Actor, disclosure.ItemID(v.Param("item")), deliberation.PhotoID(id))
	if err != nil {
		return err
	}
	if !ok {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}
