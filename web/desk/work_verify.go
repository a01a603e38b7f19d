package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// Check agrees with a reported result, or sends it back.
func (p *Pages) Check(v *page.Visit) error {
	if v.Field("passed") == "1" {
		return p.step(v, "verify", p.checked(v, true))
	}
	return p.step(v, "send_back", p.checked(v, false))
}

func (p *Pages) checked(v *page.Visit, passed bool) func(deliberation.TopicID, moderation) error {
	return func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.VerifyTopic(v.Context(), v.Actor, deliberation.VerifyTopic{Topic: id, Passed: passed, Reason: f.Reason})
		return err
	}
}

// Uphold decides a dispute: it is solved as far as it can be.
func (p *Pages) Uphold(v *page.Visit) error {
	return p.step(v, "uphold", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.UpholdTopic(v.Context(), v.Actor, deliberation.UpholdTopic{Topic: id, Reason: f.Reason})
		return err
	})
}
