package resident

import (
	"slices"

	"jushou/internal/community"
	"jushou/web/page"
	"jushou/web/search"
)

// likely returns the topics that say nearly the same as the form and that somebody should look at before posting. A search
// that fails stops nobody from posting, and neither does the topic that this very form has made.
func (p *Pages) likely(v *page.Visit, node community.Node, form postForm) []search.Like {
	if p.Search.Index == nil || form.Anyway || v.Stale {
		return nil
	}
	likes, err := p.Search.Similar(v.Context(), v.Actor, node.ID, form.Title+" "+form.Body, v.Now)
	if err != nil || slices.ContainsFunc(likes, func(l search.Like) bool { return l.ID == form.Token }) {
		return nil
	}
	return slices.DeleteFunc(likes, func(l search.Like) bool { return !l.Strong })
}
