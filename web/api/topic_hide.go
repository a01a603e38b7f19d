package api

import "jushou/deliberation"

// hideTopic takes a topic's text out of sight; the reason stands in its place.
func (a *Actions) hideTopic(c *Call, in Reason) (Topic, error) {
	t, err := a.Topics.HideTopic(c.Context(), c.Actor, deliberation.HideTopic{Topic: topicOf(c), Reason: in.Reason})
	return a.changed(c, t, err)
}
