package api

import "jushou/deliberation"

// upholdTopic decides that a disputed topic is solved as far as it can be.
func (a *Actions) upholdTopic(c *Call, in Reason) (Topic, error) {
	t, err := a.Topics.UpholdTopic(c.Context(), c.Actor, deliberation.UpholdTopic{Topic: topicOf(c), Reason: in.Reason})
	return a.changed(c, t, err)
}
