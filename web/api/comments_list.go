package api

// listComments lists a topic's comments, oldest first.
func (a *Actions) listComments(c *Call) (Page[Comment], error) {
	found, next, err := a.Topics.Comments(c.Context(), c.Actor, topicOf(c), c.after())
	if err != nil {
		return Page[Comment]{}, err
	}
	return pageOf(found, next, showComment), nil
}
