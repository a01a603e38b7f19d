package api

import "jushou/deliberation"

// Refusal does not take a topic up.
type Refusal struct {
	Kind   deliberation.RefusalKind `json:"kind"`
	Reason string                   `json:"reason" doc:"At most 200 characters, for everybody to read."`
}

// refuseTopic says that nothing more is done about an answered topic.
func (a *Actions) refuseTopic(c *Call, in Refusal) (Topic, error) {
	t, err := a.Topics.RefuseTopic(c.Context(), c.Actor, deliberation.RefuseTopic{Topic: topicOf(c), Kind: in.Kind, Reason: in.Reason})
	return a.changed(c, t, err)
}
