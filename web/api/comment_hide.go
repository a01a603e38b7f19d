package api

import "jushou/deliberation"

// hideComment takes a comment's text out of sight; the reason stands in its place.
func (a *Actions) hideComment(c *Call, in Reason) (Comment, error) {
	m, err := a.Topics.HideComment(c.Context(), c.Actor, deliberation.HideComment{
		Comment: deliberation.CommentID(c.Param("comment")), Reason: in.Reason,
	})
	return said(c, m, err)
}
