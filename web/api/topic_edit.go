package api

import "jushou/deliberation"

// TopicEdit replaces the author's text.
type TopicEdit struct {
	Revision int                    `json:"revision" doc:"The revision that was read. If it has changed since, nothing is."`
	Title    string                 `json:"title,omitempty"`
	Body     string                 `json:"body"`
	Photos   []deliberation.PhotoID `json:"photos,omitempty" doc:"All that are to stay, and new ones."`
}

// editTopic changes the author's own topic while it has no official answer.
func (a *Actions) editTopic(c *Call, in TopicEdit) (Topic, error) {
	t, err := a.Topics.EditTopic(c.Context(), c.Actor, deliberation.EditTopic{
		Topic: topicOf(c), Revision: in.Revision, Title: in.Title, Body: in.Body, Photos: in.Photos,
	})
	return a.changed(c, t, err)
}
