package search

import (
	"jushou/internal/community"
	"jushou/web/page"
)

// SimilarList answers with a piece of a page: what is already there like the text that somebody types. Scripts put it below the
// field; it is empty where there is nothing.
func (p *Pages) SimilarList(v *page.Visit) error {
	likes, err := p.Similar(v.Context(), v.Actor, community.ID(v.Param("community")), v.Query("text"), v.Now)
	if err != nil {
		return err
	}
	return v.Show(Likes(likes, false))
}
