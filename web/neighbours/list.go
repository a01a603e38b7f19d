package neighbours

import (
	"net/url"

	"jushou/deliberation/neighbourhood"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// listView is what hangs in a community.
type listView struct {
	Base   string
	Kinds  []view.Chip
	Offers []neighbourhood.OfferView
	Thanks []neighbourhood.OfferView // the latest few
	Pager  view.Pager
	Post   bool
}

// List shows what neighbours have and need, newest first.
func (p *Pages) List(v *page.Visit) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	kind, after := v.Query("kind"), v.Query("after")
	found, err := p.Neighbours.Offers(v.Context(), v.Actor, node.ID, neighbourhood.Kind(kind), docstore.Cursor(after))
	if err != nil {
		return err
	}
	here := base(node.ID) + "/neighbours"
	shown := listView{Base: base(node.ID), Offers: found.Items, Kinds: kinds(v, here, kind)}
	shown.Post = identity.Can(v.Actor, identity.HelpNeighbour, identity.At(node).On("neighbours")) == nil
	first := here + "?kind=" + url.QueryEscape(kind)
	shown.Pager = view.Pager{Total: -1, Shown: len(found.Items), Order: "order.newest", Step: neighbourhood.ListPage, Later: after != "", First: first}
	if found.Next != "" {
		shown.Pager.Next = first + "&after=" + url.QueryEscape(string(found.Next))
	}
	if after == "" {
		thanked, err := p.Neighbours.Thanked(v.Context(), v.Actor, node.ID, "")
		if err != nil {
			return err
		}
		shown.Thanks = thanked.Items[:min(3, len(thanked.Items))]
	}
	return v.Show(ListPage(shown))
}

// kinds are the choices above the list; the tree of wishes stands among them.
func kinds(v *page.Visit, here, current string) []view.Chip {
	chips := []view.Chip{{Text: v.T("neighbours.all"), Href: here, Current: current == ""}}
	for _, k := range neighbourhood.Kinds() {
		chips = append(chips, view.Chip{Text: v.T("neighbours.kind." + string(k)), Href: here + "?kind=" + string(k), Current: current == string(k)})
	}
	return chips
}
