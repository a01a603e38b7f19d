package hall

import (
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/internal/docstore"
	"jushou/web/page"
	"jushou/web/view"
)

// listView is what a community talks through.
type listView struct {
	Home      string
	Sessions  []hall.SessionView
	Days      []hall.DayView
	Covenants []covenant.View
	Pager     view.Pager
}

// List shows a community's deliberations, the coming day of questions, and the covenants.
func (p *Pages) List(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if err := v.Known(); err != nil {
		return err
	}
	after := v.Query("after")
	sessions, next, err := p.Halls.Sessions(v.Context(), v.Actor, node.ID, docstore.Cursor(after))
	if err != nil {
		return err
	}
	base := "/c/" + string(node.ID)
	shown := listView{Home: base, Sessions: sessions, Pager: v.Pager(base+"/hall", hall.SessionsPage, len(sessions), string(next))}
	if after == "" {
		if shown.Days, _, err = p.Halls.Days(v.Context(), v.Actor, node.ID, ""); err != nil {
			return err
		}
		if shown.Covenants, _, err = p.Covenants.Covenants(v.Context(), v.Actor, node.ID, ""); err != nil {
			return err
		}
	}
	return v.Show(ListPage(shown))
}
