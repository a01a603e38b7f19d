package api

import "jushou/deliberation"

// hideComment takes a comment's text out of sight; the reason stands in its place.
func (a *Actions) hideComment(c *Call, in Reason) (Comment, error) {
	made, err := a.Topics.HideComment(c.Context(), c.Actor, deliberation.HideComment{
		Comment: deliberation.CommentID(c.Param("comment")), Reason: in.Reason,
	})
	if err != nil {
		return Comment{}, err
	}
	return showComment(made), nil
}
