package api

import "jushou/deliberation"

// releaseTopic shows a held or hidden topic again.
func (a *Actions) releaseTopic(c *Call, in Reason) (Topic, error) {
	t, err := a.Topics.ReleaseTopic(c.Context(), c.Actor, deliberation.ReleaseTopic{Topic: topicOf(c), Reason: in.Reason})
	return a.changed(c, t, err)
}
