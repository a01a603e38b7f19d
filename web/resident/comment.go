package resident

import (
	"jushou/deliberation"
	"jushou/web/page"
)

const maxComment = deliberation.MaxComment

// Comment adds a neighbour's word under a topic.
func (p *Pages) Comment(v *page.Visit) error {
	form := commentForm{Token: v.Field("token"), Body: v.Field("body"), ReplyTo: v.Field("reply_to"), Quote: v.Field("quote"), Quoting: v.Field("quoting") != ""}
	topic := v.Param("topic")
	c, err := p.Topics.CommentTopic(v.Context(), v.Actor, deliberation.CommentTopic{
		ID: deliberation.CommentID(form.Token), Topic: deliberation.TopicID(topic), Body: form.Body, Via: deliberation.ViaH5,
		ReplyTo: deliberation.CommentID(form.ReplyTo), Quote: form.Quote,
	})
	if err != nil {
		return p.topic(v, form, v.Refuse(err))
	}
	if c.Hidden {
		return v.GoSaying("/t/"+topic+"/comments/"+string(c.ID)+"?posted=/t/"+topic+"/comments", "comment.held")
	}
	return v.GoSaying("/t/"+topic+"?posted=/t/"+topic+"/comments&at="+string(c.ID)+"#c-"+string(c.ID), "comment.sent")
}
