// Package meeting has the pages of 联席会议 and the 三会: what residents read of a meeting and its tasks, what they say before
// a hearing, and the console for those who call, hold, minute and carry out.
package meeting

import (
	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Meetings  *meeting.Service
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

// Counts tell a town and its departments how many invitations and tasks wait for them.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{"meetings": func(v *page.Visit, r console.Room) (int, error) {
		if r.Node.Level != community.LevelTown {
			return 0, nil
		}
		d, err := s.Meetings.TownDesk(v.Context(), v.Actor, r.Node.ID)
		n := 0
		for _, m := range d.Meetings {
			for _, g := range m.Speaks {
				if m.Guests[g].Reply == meeting.Asked {
					n++
				}
			}
		}
		for _, t := range d.Tasks {
			if t.Report {
				n++
			}
		}
		return n, err
	}}
}

// cardView is a meeting as lists show it.
type cardView struct {
	Href string
	// Where names the community, in a list over several.
	Where string
	V     meeting.View
}

// listView is a community's meetings: those to come, the next one first, and those that are over.
type listView struct {
	Base         string
	Coming, Past []cardView
	Pager        view.Pager
	// New is where to call; "" for those who may not.
	New   string
	Tasks []taskView
}

func list(v *page.Visit, base, here string, found meeting.Page) listView {
	l := listView{Pager: v.Pager(here, meeting.PageSize, len(found.Items), string(found.Next))}
	for _, m := range found.Items {
		c := cardView{Href: base + string(m.ID), V: m}
		if m.State.Coming() {
			l.Coming = append([]cardView{c}, l.Coming...)
		} else {
			l.Past = append(l.Past, c)
		}
	}
	return l
}

// Public shows a community's meetings to those who live there.
func (p *Pages) Public(v *page.Visit) error {
	in := community.ID(v.Param("community"))
	found, err := p.Meetings.Meetings(v.Context(), v.Actor, in, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	here := "/c/" + string(in)
	l := list(v, "/meeting/", here+"/meetings", found)
	l.Base = here
	return v.Show(PublicPage(l))
}

// Desk shows the same to those who work there, with what is to be done.
func (p *Pages) Desk(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	found, err := p.Meetings.Meetings(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	l := list(v, "/desk/m/", r.Path("/meetings"), found)
	if r.May(identity.CallMeeting) {
		l.New = r.Path("/meetings/new")
	}
	tasks, err := p.Meetings.TaskDesk(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	l.Tasks = taskViews(tasks, "/desk/mt/")
	d, err := p.Console.Desk(v, r, "meetings")
	if err != nil {
		return err
	}
	return v.Show(DeskPage(d, l))
}

// Town shows a town or a department its invitations and tasks.
func (p *Pages) Town(v *page.Visit) error {
	r, err := p.Room(v, community.ID(v.Param("town")), community.LevelTown)
	if err != nil {
		return err
	}
	found, err := p.Meetings.TownDesk(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	l := listView{Tasks: taskViews(found.Tasks, "/desk/mt/")}
	for _, m := range found.Meetings {
		node, err := p.Directory.Node(v.Context(), m.Community)
		if err != nil {
			return err
		}
		l.Coming = append(l.Coming, cardView{Href: "/desk/m/" + string(m.ID), Where: node.Name, V: m})
	}
	d, err := p.Console.Desk(v, r, "meetings")
	if err != nil {
		return err
	}
	return v.Show(TownPage(d, l))
}
