package api

import "jushou/deliberation"

// Merge lets two topics go on as one.
type Merge struct {
	Into   deliberation.TopicID `json:"into" doc:"The other topic. Of the two, the younger goes on in the older."`
	Reason string               `json:"reason,omitempty"`
}

// mergeTopic merges the younger of two topics into the older, and returns the younger.
func (a *Actions) mergeTopic(c *Call, in Merge) (Topic, error) {
	t, err := a.Topics.MergeTopic(c.Context(), c.Actor, deliberation.MergeTopic{Topic: topicOf(c), Into: in.Into, Reason: in.Reason})
	return a.changed(c, t, err)
}
