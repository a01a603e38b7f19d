package api

import "jushou/deliberation"

// NewComment is a comment on its way.
type NewComment struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Body string `json:"body" doc:"At most 500 characters. @ and a name of the thread calls somebody, five at most."`
	// ReplyTo and Quote tie it to what was said.
	ReplyTo deliberation.CommentID `json:"reply_to,omitempty" doc:"The comment that this one answers."`
	Quote   string                 `json:"quote,omitempty" doc:"A passage of that comment, or of the topic where there is none, word for word; at most 120 characters."`
}

// postComment adds a comment. One in which the word list finds something is kept, hidden, for staff to see.
func (a *Actions) postComment(c *Call, in NewComment) (Comment, error) {
	m, err := a.Topics.CommentTopic(c.Context(), c.Actor, deliberation.CommentTopic{
		ID: deliberation.CommentID(c.token(in.ID)), Topic: topicOf(c), Body: in.Body, Via: deliberation.ViaH5,
		ReplyTo: in.ReplyTo, Quote: in.Quote,
	})
	return said(c, m, err)
}
