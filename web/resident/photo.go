package resident

import (
	"jushou/deliberation"
	"jushou/internal/photo"
	"jushou/web/page"
	"jushou/web/upload"
)

// Upload takes one photo ahead of its form and answers with its id.
func (p *Pages) Upload(v *page.Visit) error {
	kept, err := p.Shelf.FromForm(v)
	if err == nil && len(kept) == 0 {
		err = photo.ErrNotAnImage
	}
	if err != nil {
		problems := v.Refuse(err)
		return v.JSON(problems.Status, map[string]any{"code": problems.Code, "detail": problems.Sentence()})
	}
	return v.JSON(201, map[string]any{"id": kept[0], "thumb": upload.Preview(kept[0])})
}

// Preview shows a photo to who uploaded it, while its form is being filled.
func (p *Pages) Preview(v *page.Visit) error {
	id := v.Param("photo")
	if !p.Shelf.IsOf(v.Context(), id, v.Actor.ID) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}

// TopicPhoto shows a photo of a topic to whoever may read the topic.
func (p *Pages) TopicPhoto(v *page.Visit) error {
	t, err := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(v.Param("topic")))
	if err != nil {
		return err
	}
	id := deliberation.PhotoID(v.Param("photo"))
	if !t.HasPhoto(id) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, string(id))
}
