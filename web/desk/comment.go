package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// HideComment takes a comment out of sight, with a reason in its place.
func (p *Pages) HideComment(v *page.Visit) error {
	topic, id, reason := v.Param("topic"), v.Param("comment"), v.Field("reason")
	_, err := p.Topics.HideComment(v.Context(), v.Actor, deliberation.HideComment{Comment: deliberation.CommentID(id), Reason: reason})
	if err != nil {
		problems := v.Refuse(err)
		return p.showTopic(v, problems.Status, answerForm{Seen: -1}, moderation{Step: id, Reason: reason, Problems: problems})
	}
	return v.GoSaying("/desk/t/"+topic+"#c-"+id, "desk.comment_hidden")
}

// ReleaseComment shows a comment that the word list or a colleague hid, and goes back to where it was found.
func (p *Pages) ReleaseComment(v *page.Visit) error {
	c, err := p.Topics.ReleaseComment(v.Context(), v.Actor, deliberation.ReleaseComment{Comment: deliberation.CommentID(v.Param("comment"))})
	if err != nil {
		return err
	}
	if v.Field("back") == "topic" {
		return v.GoSaying("/desk/t/"+string(c.Topic)+"#c-"+string(c.ID), "desk.comment_released")
	}
	return v.GoSaying("/desk/c/"+string(c.Community)+"?filter=held", "desk.comment_released")
}
