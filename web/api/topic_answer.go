package api

import "jushou/deliberation"

// NewAnswer is an official answer on its way.
type NewAnswer struct {
	ID     string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Body   string                 `json:"body" doc:"At most 2000 characters."`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
}

// answerTopic adds an official answer. The first by an answering role who is not the author stops the clock.
func (a *Actions) answerTopic(c *Call, in NewAnswer) (Topic, error) {
	t, err := a.Topics.AnswerTopic(c.Context(), c.Actor, deliberation.AnswerTopic{
		ID: c.token(in.ID), Topic: topicOf(c), Body: in.Body, Photos: in.Photos,
	})
	return a.changed(c, t, err)
}
