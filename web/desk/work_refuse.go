package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// Refuse says that nothing more is done, and why.
func (p *Pages) Refuse(v *page.Visit) error {
	return p.step(v, "refuse", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.RefuseTopic(v.Context(), v.Actor, deliberation.RefuseTopic{
			Topic: id, Kind: deliberation.RefusalKind(f.Values["kind"]), Reason: f.Reason,
		})
		return err
	})
}
