package api

import "jushou/deliberation"

// Acceptance accepts a topic.
type Acceptance struct {
	Note string `json:"note,omitempty" doc:"At most 200 characters, for everybody to read."`
}

// acceptTopic says that somebody will see to an answered topic.
func (a *Actions) acceptTopic(c *Call, in Acceptance) (Topic, error) {
	t, err := a.Topics.AcceptTopic(c.Context(), c.Actor, deliberation.AcceptTopic{Topic: topicOf(c), Note: in.Note})
	return a.changed(c, t, err)
}
