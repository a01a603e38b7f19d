package api

import "jushou/deliberation"

// Question is put to a topic's author while a clock waits.
type Question struct {
	Question string `json:"question" doc:"At most 200 characters, for everybody to read."`
}

// askAuthor asks the author a question that stops the clock for a while.
func (a *Actions) askAuthor(c *Call, in Question) (Topic, error) {
	t, err := a.Topics.AskAuthor(c.Context(), c.Actor, deliberation.AskAuthor{Topic: topicOf(c), Question: in.Question})
	return a.changed(c, t, err)
}
