package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// Hold takes a topic out of sight until somebody decides.
func (p *Pages) Hold(v *page.Visit) error {
	return p.moderate(v, "hold", func(id deliberation.TopicID, reason string) error {
		_, err := p.Topics.HoldTopic(v.Context(), v.Actor, deliberation.HoldTopic{Topic: id, Reason: reason})
		return err
	})
}

// Release shows a topic that was held or hidden.
func (p *Pages) Release(v *page.Visit) error {
	return p.moderate(v, "release", func(id deliberation.TopicID, reason string) error {
		_, err := p.Topics.ReleaseTopic(v.Context(), v.Actor, deliberation.ReleaseTopic{Topic: id, Reason: reason})
		return err
	})
}

// Hide takes a topic out of sight, with a reason in its place.
func (p *Pages) Hide(v *page.Visit) error {
	return p.moderate(v, "hide", func(id deliberation.TopicID, reason string) error {
		_, err := p.Topics.HideTopic(v.Context(), v.Actor, deliberation.HideTopic{Topic: id, Reason: reason})
		return err
	})
}

func (p *Pages) moderate(v *page.Visit, step string, do func(deliberation.TopicID, string) error) error {
	id, reason := v.Param("topic"), v.Field("reason")
	if err := do(deliberation.TopicID(id), reason); err != nil {
		problems := v.Refuse(err)
		return p.showTopic(v, problems.Status, answerForm{Seen: -1}, moderation{Step: step, Reason: reason, Problems: problems})
	}
	done := "moderate." + step + "_done"
	return v.GoSaying("/desk/t/"+id, done)
}
