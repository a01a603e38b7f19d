package api

import "jushou/deliberation"

// contestDispatch says that a topic is not the business of the department that has it.
func (a *Actions) contestDispatch(c *Call, in Reason) (Topic, error) {
	t, err := a.Topics.ContestDispatch(c.Context(), c.Actor, deliberation.ContestDispatch{Topic: topicOf(c), Reason: in.Reason})
	return a.changed(c, t, err)
}
