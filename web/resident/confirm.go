package resident

import (
	"jushou/deliberation"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// verdict is the author's word on what was done, on its way.
type verdict struct {
	Reason   string
	Problems view.Problems
}

// Confirm takes the author's word that a matter is solved, or is not.
func (p *Pages) Confirm(v *page.Visit) error {
	id := deliberation.TopicID(v.Param("topic"))
	solved, reason := v.Field("solved") == "1", v.Field("reason")
	_, err := p.Topics.ConfirmTopic(v.Context(), v.Actor, deliberation.ConfirmTopic{Topic: id, Solved: solved, Reason: reason})
	if err != nil {
		said := verdict{Reason: reason, Problems: v.Refuse(err)}
		t, e := p.Topics.Topic(v.Context(), v.Actor, id)
		if e != nil || !t.May.Confirm {
			return err
		}
		return p.topicWith(v, t, commentForm{Token: ids.New(v.Now)}, said, view.Problems{Status: 200})
	}
	if solved {
		return v.GoSaying("/t/"+string(id), "verdict.thanks")
	}
	return v.GoSaying("/t/"+string(id), "verdict.disputed")
}

// question is what staff ask the author, for the author alone: the answer is the next comment.
func question(t deliberation.TopicView) string {
	if t.Mine && t.Asked {
		return t.Question
	}
	return ""
}
