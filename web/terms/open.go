package terms

import (
	"net/url"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/web/page"
	"jushou/web/view"
)

// openView is the page for everybody.
type openView struct {
	Name, Back string
	Now        community.Terms
	History    historyView
}

// historyView is one page of the changes, the latest first.
type historyView struct {
	Changes []community.PromiseChange
	Pager   view.Pager
}

func publicPath(c community.ID) string { return "/open/c/" + string(c) + "/promises" }

// Open says what a community promises today and how it came to that. It is the same for everybody.
func (p *Pages) Open(v *page.Visit) error {
	node, err := p.Directory.Node(v.Context(), community.ID(v.Param("community")))
	if err != nil {
		return err
	}
	if node.Level != community.LevelCommunity {
		return page.ErrNotFound
	}
	history, err := p.history(v, node, publicPath(node.ID))
	if err != nil {
		return err
	}
	return v.Show(OpenPage(openView{
		Name: node.Name, Back: "/open/c/" + string(node.ID), Now: node.Settings.Promises.Terms, History: history,
	}))
}

func (p *Pages) history(v *page.Visit, node community.Node, here string) (historyView, error) {
	after := v.Query("after")
	changes, next, err := p.Topics.PromiseHistory(v.Context(), v.Actor, node.ID, docstore.Cursor(after))
	if err != nil {
		return historyView{}, err
	}
	h := historyView{Changes: changes, Pager: view.Pager{
		Total: -1, Shown: len(changes), Order: "terms.order", Step: len(changes), Later: after != "", First: here,
	}}
	if next != "" {
		h.Pager.Next = here + "?after=" + url.QueryEscape(string(next))
	}
	return h, nil
}
