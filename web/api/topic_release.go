package api

import "jushou/deliberation"

// releaseTopic shows a held or hidden topic again.
func (a *Actions) releaseTopic(c *Call, in Remark) (Topic, error) {
	t, err := a.Topics.ReleaseTopic(c.Context(), c.Actor, deliberation.ReleaseTopic{Topic: topicOf(c), Reason: in.Reason})
	return a.changed(c, t, err)
}

// Remark is a reason that may be left out.
type Remark struct {
	Reason string `json:"reason,omitempty" doc:"At most 200 characters."`
}
