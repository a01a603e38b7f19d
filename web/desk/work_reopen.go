package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// Reopen takes a topic up again.
func (p *Pages) Reopen(v *page.Visit) error {
	return p.step(v, "reopen", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.ReopenTopic(v.Context(), v.Actor, deliberation.ReopenTopic{Topic: id, Reason: f.Reason})
		return err
	})
}
