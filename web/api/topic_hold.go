package api

import "jushou/deliberation"

// holdTopic takes a public topic out of sight until it is released or hidden.
func (a *Actions) holdTopic(c *Call, in Reason) (Topic, error) {
	t, err := a.Topics.HoldTopic(c.Context(), c.Actor, deliberation.HoldTopic{Topic: topicOf(c), Reason: in.Reason})
	return a.changed(c, t, err)
}

// Reason is why a step is taken, in words that its author will read.
type Reason struct {
	Reason string `json:"reason" doc:"At most 200 characters."`
}
