package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
	"jushou/web/upload"
)

// Take takes a topic in hand.
func (p *Pages) Take(v *page.Visit) error {
	return p.step(v, "take", func(id deliberation.TopicID, _ moderation) error {
		_, err := p.Topics.TakeTopic(v.Context(), v.Actor, id)
		return err
	})
}

// Report says what was done.
func (p *Pages) Report(v *page.Visit) error {
	photos, err := p.Shelf.FromForm(v)
	photos = append(upload.IDs(v), photos...)
	return p.step(v, "report", func(id deliberation.TopicID, f moderation) error {
		if err != nil {
			return upload.OnPhotos(err)
		}
		_, err := p.Topics.ReportTopic(v.Context(), v.Actor, deliberation.ReportTopic{
			ID: f.Values["token"], Topic: id, Body: f.Values["body"], Photos: photos,
		})
		return err
	})
}
