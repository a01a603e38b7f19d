package api

import "jushou/deliberation"

// Dispatch sends a topic to a department.
type Dispatch struct {
	Item       string `json:"item,omitempty" doc:"An item of the town's list; it fixes the department."`
	Department string `json:"department,omitempty" doc:"A department's key, where no item fits."`
	Why        string `json:"why" doc:"At most 200 characters, for everybody to read."`
	Seen       int    `json:"seen,omitempty" doc:"work.dispatches as it was read. If it has changed since, nothing is."`
}

// dispatchTopic gives a topic to a department, or to another one.
func (a *Actions) dispatchTopic(c *Call, in Dispatch) (Topic, error) {
	t, err := a.Topics.DispatchTopic(c.Context(), c.Actor, deliberation.DispatchTopic{
		Topic: topicOf(c), Item: in.Item, Department: in.Department, Why: in.Why, Seen: in.Seen,
	})
	return a.changed(c, t, err)
}
