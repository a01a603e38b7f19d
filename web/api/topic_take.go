package api

// takeTopic takes a topic in hand.
func (a *Actions) takeTopic(c *Call) (Topic, error) {
	t, err := a.Topics.TakeTopic(c.Context(), c.Actor, topicOf(c))
	return a.changed(c, t, err)
}
