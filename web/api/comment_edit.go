package api

import "jushou/deliberation"

// readComment shows one comment.
func (a *Actions) readComment(c *Call) (Comment, error) {
	m, _, err := a.Topics.Comment(c.Context(), c.Actor, deliberation.CommentID(c.Param("comment")))
	return said(c, m, err)
}

// CommentEdit replaces the author's text.
type CommentEdit struct {
	Revision int    `json:"revision" doc:"The revision that was read. If it has changed since, nothing is."`
	Body     string `json:"body" doc:"At most 500 characters."`
}

// editComment changes the author's own comment while there is time for it.
func (a *Actions) editComment(c *Call, in CommentEdit) (Comment, error) {
	m, err := a.Topics.EditComment(c.Context(), c.Actor, deliberation.EditComment{
		Comment: deliberation.CommentID(c.Param("comment")), Revision: in.Revision, Body: in.Body,
	})
	return said(c, m, err)
}

// withdrawComment takes the author's own comment back.
func (a *Actions) withdrawComment(c *Call) (Comment, error) {
	m, err := a.Topics.WithdrawComment(c.Context(), c.Actor, deliberation.CommentID(c.Param("comment")))
	return said(c, m, err)
}
