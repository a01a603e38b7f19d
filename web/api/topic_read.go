package api

import "jushou/deliberation"

// readTopic returns a topic as its reader may see it.
func (a *Actions) readTopic(c *Call) (Topic, error) {
	t, err := a.Topics.Topic(c.Context(), c.Actor, topicOf(c))
	if err != nil {
		return Topic{}, err
	}
	return showTopic(t), nil
}

// topicOf returns the topic that the address names.
func topicOf(c *Call) deliberation.TopicID { return deliberation.TopicID(c.Param("topic")) }
