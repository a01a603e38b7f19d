package api

import "jushou/deliberation"

// reportTopic says what was done about a topic.
func (a *Actions) reportTopic(c *Call, in NewAnswer) (Topic, error) {
	t, err := a.Topics.ReportTopic(c.Context(), c.Actor, deliberation.ReportTopic{
		ID: c.token(in.ID), Topic: topicOf(c), Body: in.Body, Photos: in.Photos,
	})
	return a.changed(c, t, err)
}
