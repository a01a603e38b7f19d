package neighbours

import (
	"net/url"

	"jushou/deliberation/neighbourhood"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// treeView is the tree of wishes: what hangs, what somebody has promised, what came true.
type treeView struct {
	Base                 string
	Hung, Adopted, Truth []neighbourhood.WishView
	Hang                 bool
	Pager                view.Pager
}

// Tree shows a community's wishes.
func (p *Pages) Tree(v *page.Visit) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	after := v.Query("after")
	found, err := p.Neighbours.Wishes(v.Context(), v.Actor, node.ID, docstore.Cursor(after))
	if err != nil {
		return err
	}
	here := base(node.ID) + "/wishes"
	shown := treeView{Base: base(node.ID), Pager: view.Pager{Total: -1, Step: neighbourhood.ListPage, Later: after != "", First: here}}
	shown.Hang = identity.Can(v.Actor, identity.HelpNeighbour, identity.At(node).On("neighbours")) == nil
	if found.Next != "" {
		shown.Pager.Next = here + "?after=" + url.QueryEscape(string(found.Next))
	}
	for _, w := range found.Items {
		switch w.State {
		case neighbourhood.Hung:
			shown.Hung = append(shown.Hung, w)
		case neighbourhood.Adopted:
			shown.Adopted = append(shown.Adopted, w)
		default:
			shown.Truth = append(shown.Truth, w)
		}
	}
	return v.Show(TreePage(shown))
}
