package api

// myTopics lists what the caller has posted anywhere, newest first.
func (a *Actions) myTopics(c *Call) (Page[TopicCard], error) {
	found, err := a.Topics.MyTopics(c.Context(), c.Actor, c.after())
	if err != nil {
		return Page[TopicCard]{}, err
	}
	return pageOf(found.Items, found.Next, showCard), nil
}
