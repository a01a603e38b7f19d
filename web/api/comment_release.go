package api

import "jushou/deliberation"

// releaseComment shows a hidden comment again.
func (a *Actions) releaseComment(c *Call) (Comment, error) {
	made, err := a.Topics.ReleaseComment(c.Context(), c.Actor, deliberation.ReleaseComment{Comment: deliberation.CommentID(c.Param("comment"))})
	if err != nil {
		return Comment{}, err
	}
	return showComment(made), nil
}
