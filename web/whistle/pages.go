// Package whistle has the pages on which several units are called together: the public record for residents, the
// console for those who call, for the units that answer, and for the town that supervises.
package whistle

import (
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/whistle"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Whistles  *whistle.Service
	Topics    *deliberation.Service
	Directory *community.Directory
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell how many whistles of a place wait for somebody.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{"whistles": func(v *page.Visit, r console.Room) (int, error) {
		if r.Node.Level != community.LevelTown {
			return 0, nil
		}
		d, err := s.Whistles.TownDesk(v.Context(), v.Actor, r.Node.ID)
		return len(d.Waiting), err
	}}
}

// cardView is a whistle as lists show it.
type cardView struct {
	Href string
	// Where names the community, in a list over several.
	Where string
	V     whistle.View
	// Now decides who is late.
	Now time.Time
}

// waiting says how many units have not answered, and how many of those are late.
func (c cardView) waiting() (asked, late int) {
	for _, u := range c.V.Units {
		if u.Reply == whistle.Asked && c.V.Status == whistle.Open {
			asked++
			if u.Late(c.Now) {
				late++
			}
		}
	}
	return asked, late
}

func (c cardView) coming() int {
	n := 0
	for _, u := range c.V.Units {
		if u.Reply == whistle.Accepted || u.Reply == whistle.Arrived {
			n++
		}
	}
	return n
}

func cards(v *page.Visit, base string, all []whistle.View) []cardView {
	shown := make([]cardView, len(all))
	for i, w := range all {
		shown[i] = cardView{Href: base + string(w.ID), V: w, Now: v.Now}
	}
	return shown
}

// listView is a community's whistles.
type listView struct {
	Base  string
	Cards []cardView
	Pager view.Pager
	// New is where to call; "" for those who may not.
	New string
}

func list(v *page.Visit, base, here string, found whistle.Page) listView {
	return listView{Cards: cards(v, base, found.Items), Pager: v.Pager(here, whistle.PageSize, len(found.Items), string(found.Next))}
}

// Public shows a community's record to those who live there.
func (p *Pages) Public(v *page.Visit) error {
	in := community.ID(v.Param("community"))
	found, err := p.Whistles.Whistles(v.Context(), v.Actor, in, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	here := "/c/" + string(in)
	l := list(v, "/whistles/", here+"/whistles", found)
	l.Base = here
	return v.Show(PublicPage(l))
}

// Desk shows the same to those who work there, with the way to call.
func (p *Pages) Desk(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	found, err := p.Whistles.Whistles(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	l := list(v, "/desk/w/", r.Path("/whistles"), found)
	if r.May(identity.CallWhistle) {
		l.New = r.Path("/whistles/new")
	}
	d, err := p.Console.Desk(v, r, "whistles")
	if err != nil {
		return err
	}
	return v.Show(DeskPage(d, l))
}

// townView is what a town or a department has to do.
type townView struct {
	Waiting, Running, Past []cardView
	// Town is set for the town's own people, who supervise.
	Town bool
}

// Town shows a town what is under supervision, and a department what it is called to.
func (p *Pages) Town(v *page.Visit) error {
	r, err := p.Room(v, community.ID(v.Param("town")), community.LevelTown)
	if err != nil {
		return err
	}
	found, err := p.Whistles.TownDesk(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	shown := townView{Town: r.May(identity.WatchWhistle)}
	for _, part := range []struct {
		from []whistle.View
		to   *[]cardView
	}{{found.Waiting, &shown.Waiting}, {found.Running, &shown.Running}, {found.Past, &shown.Past}} {
		*part.to = cards(v, "/desk/w/", part.from)
		for i, c := range *part.to {
			node, err := p.Directory.Node(v.Context(), c.V.Community)
			if err != nil {
				return err
			}
			(*part.to)[i].Where = node.Name
		}
	}
	d, err := p.Console.Desk(v, r, "whistles")
	if err != nil {
		return err
	}
	return v.Show(TownPage(d, shown))
}

// recordView is a whistle with everything that happened.
type recordView struct {
	V      whistle.View
	Topics []view.Chip
	Story  []view.Moment
	Now    time.Time
	// To is where steps are sent; "" on the public page.
	To string
	// Soon and Present fill in the forms' instants.
	Soon, Present string
	Problems      view.Problems
	// Failed is the step whose form comes back open, as unit/step, with Words as they were typed.
	Failed, Words string
}

func (p *Pages) record(v *page.Visit, w whistle.View, topic string) recordView {
	r := recordView{V: w, Now: v.Now, Problems: view.Problems{Status: 200}}
	for i, id := range w.Topics {
		title := v.T("whistle.topic", "n", strconv.Itoa(i+1))
		if t, err := p.Topics.Topic(v.Context(), v.Actor, id); err == nil && t.Title != "" {
			title = t.Title // one that is hidden meanwhile keeps its number
		}
		r.Topics = append(r.Topics, view.Chip{Text: title, Href: topic + string(id)})
	}
	for _, e := range w.History {
		text := e.Words
		if e.Unit != "" {
			text = e.Unit
			if e.Words != "" {
				text = v.T("whistle.unit_says", "unit", e.Unit, "words", e.Words)
			}
		}
		r.Story = append(r.Story, view.Moment{Who: e.Name, Role: e.Title, What: "story." + e.What, Text: text, At: e.At})
	}
	return r
}

// Record shows one whistle to those who live there.
func (p *Pages) Record(v *page.Visit) error {
	w, err := p.Whistles.Whistle(v.Context(), v.Actor, whistle.ID(v.Param("whistle")))
	if err != nil {
		return err
	}
	return v.Show(RecordPage(p.record(v, w, "/t/"), "/c/"+string(w.Community)+"/whistles"))
}
