package api

import "jushou/deliberation"

// reopenTopic takes up again what was refused, closed or disputed.
func (a *Actions) reopenTopic(c *Call, in Reason) (Topic, error) {
	t, err := a.Topics.ReopenTopic(c.Context(), c.Actor, deliberation.ReopenTopic{Topic: topicOf(c), Reason: in.Reason})
	return a.changed(c, t, err)
}
