package api

import "jushou/deliberation"

// reviewDispatch lets a contested dispatch stand.
func (a *Actions) reviewDispatch(c *Call, in Reason) (Topic, error) {
	t, err := a.Topics.ReviewDispatch(c.Context(), c.Actor, deliberation.ReviewDispatch{Topic: topicOf(c), Reason: in.Reason})
	return a.changed(c, t, err)
}
