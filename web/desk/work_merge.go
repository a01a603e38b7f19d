package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// Merge lets two topics go on as one, or shows which there are to some words.
func (p *Pages) Merge(v *page.Visit) error {
	if v.Field("look") != "" {
		return p.look(v, "merge")
	}
	return p.step(v, "merge", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.MergeTopic(v.Context(), v.Actor, deliberation.MergeTopic{Topic: id, Into: deliberation.TopicID(f.Values["into"]), Reason: f.Reason})
		return err
	})
}
