package api

import "jushou/deliberation"

// Verification is what somebody found who did not handle a topic.
type Verification struct {
	Passed bool   `json:"passed"`
	Reason string `json:"reason,omitempty" doc:"Needed to send it back; at most 200 characters."`
}

// verifyTopic resolves a reported topic, or sends it back.
func (a *Actions) verifyTopic(c *Call, in Verification) (Topic, error) {
	t, err := a.Topics.VerifyTopic(c.Context(), c.Actor, deliberation.VerifyTopic{Topic: topicOf(c), Passed: in.Passed, Reason: in.Reason})
	return a.changed(c, t, err)
}
