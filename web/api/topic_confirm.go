package api

import "jushou/deliberation"

// Word is the author's on a result.
type Word struct {
	Solved bool   `json:"solved"`
	Reason string `json:"reason,omitempty" doc:"Needed to dispute; at most 200 characters."`
}

// confirmTopic is the author's word on a resolved topic: solved, or, once, not.
func (a *Actions) confirmTopic(c *Call, in Word) (Topic, error) {
	t, err := a.Topics.ConfirmTopic(c.Context(), c.Actor, deliberation.ConfirmTopic{Topic: topicOf(c), Solved: in.Solved, Reason: in.Reason})
	return a.changed(c, t, err)
}
