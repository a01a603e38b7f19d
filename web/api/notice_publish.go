package api

import "jushou/deliberation"

// NewNotice is an official notice on its way.
type NewNotice struct {
	ID     string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Board  deliberation.BoardKey  `json:"board,omitempty" doc:"Left out for the notice board."`
	Title  string                 `json:"title"`
	Body   string                 `json:"body"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
}

// publishNotice publishes a notice that anybody may read.
func (a *Actions) publishNotice(c *Call, in NewNotice) (Topic, error) {
	t, err := a.Topics.PublishNotice(c.Context(), c.Actor, deliberation.PublishNotice{
		ID: deliberation.TopicID(c.token(in.ID)), Community: nodeOf(c), Board: in.Board, Title: in.Title, Body: in.Body, Photos: in.Photos,
	})
	return a.changed(c, t, err)
}
