package api

import "jushou/deliberation"

// releaseComment shows a hidden comment again.
func (a *Actions) releaseComment(c *Call) (Comment, error) {
	m, err := a.Topics.ReleaseComment(c.Context(), c.Actor, deliberation.ReleaseComment{Comment: deliberation.CommentID(c.Param("comment"))})
	return said(c, m, err)
}
