package resident

import (
	"jushou/deliberation"
	"jushou/web/page"
)

const maxComment = deliberation.MaxComment

// Comment adds a neighbour's word under a topic.
func (p *Pages) Comment(v *page.Visit) error {
	form := commentForm{Token: v.Field("token"), Body: v.Field("body")}
	topic := v.Param("topic")
	c, err := p.Topics.CommentTopic(v.Context(), v.Actor, deliberation.CommentTopic{
		ID: deliberation.CommentID(form.Token), Topic: deliberation.TopicID(topic), Body: form.Body, Via: deliberation.ViaH5,
	})
	if err != nil {
		return p.topic(v, form, v.Refuse(err))
	}
	said := "comment.sent"
	if c.Hidden {
		said = "comment.held"
	}
	return v.GoSaying("/t/"+topic+"?posted=/t/"+topic+"/comments", said)
}
