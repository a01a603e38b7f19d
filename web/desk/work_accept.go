package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// Accept takes an answered topic on.
func (p *Pages) Accept(v *page.Visit) error {
	return p.step(v, "accept", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.AcceptTopic(v.Context(), v.Actor, deliberation.AcceptTopic{Topic: id, Note: f.Reason})
		return err
	})
}
