package api

import "jushou/deliberation"

// NewComment is a comment on its way.
type NewComment struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Body string `json:"body" doc:"At most 500 characters."`
}

// postComment adds a comment. One in which the word list finds something is kept, hidden, for staff to see.
func (a *Actions) postComment(c *Call, in NewComment) (Comment, error) {
	made, err := a.Topics.CommentTopic(c.Context(), c.Actor, deliberation.CommentTopic{
		ID: deliberation.CommentID(c.token(in.ID)), Topic: topicOf(c), Body: in.Body, Via: deliberation.ViaH5,
	})
	if err != nil {
		return Comment{}, err
	}
	return showComment(made), nil
}
