package api

import "jushou/deliberation"

// withdrawTopic takes the author's own topic back.
func (a *Actions) withdrawTopic(c *Call) (Topic, error) {
	t, err := a.Topics.WithdrawTopic(c.Context(), c.Actor, deliberation.WithdrawTopic{Topic: topicOf(c), Reason: c.Query("reason")})
	return a.changed(c, t, err)
}
