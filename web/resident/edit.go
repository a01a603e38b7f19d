package resident

import (
	"errors"
	"strconv"

	"jushou/deliberation"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// EditForm shows the author's own text to correct.
func (p *Pages) EditForm(v *page.Visit) error {
	t, err := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(v.Param("topic")))
	if err != nil {
		return err
	}
	if !t.Mine {
		return deliberation.ErrNotAuthor
	}
	if !t.May.Edit {
		return deliberation.ErrAnswered
	}
	return p.showEdit(v, postForm{
		Title: t.Title, Body: t.Body, Photos: t.Photos, Revision: strconv.Itoa(t.Revision),
	}, view.Problems{Status: 200})
}

// Edit replaces the author's text. If it was changed in another window meanwhile, the form comes back with what
// was typed here.
func (p *Pages) Edit(v *page.Visit) error {
	form := postForm{Title: v.Field("title"), Body: v.Field("body"), Photos: upload.IDs(v), Revision: v.Field("revision")}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	if err != nil {
		return p.showEdit(v, form, v.Refuse(upload.OnPhotos(err)))
	}
	revision, err := strconv.Atoi(form.Revision)
	if err != nil {
		return page.ErrRequest.Because(err)
	}
	id := v.Param("topic")
	_, err = p.Topics.EditTopic(v.Context(), v.Actor, deliberation.EditTopic{
		Topic: deliberation.TopicID(id), Revision: revision, Title: form.Title, Body: form.Body, Photos: form.Photos,
	})
	if errors.Is(err, deliberation.ErrStale) {
		// Saving once more, after a look at what stands there now, is a decision.
		if now, seen := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(id)); seen == nil {
			form.Revision = strconv.Itoa(now.Revision)
		}
	}
	if err != nil {
		return p.showEdit(v, form, v.Refuse(err))
	}
	return v.GoSaying("/t/"+id, "toast.saved")
}

func (p *Pages) showEdit(v *page.Visit, form postForm, problems view.Problems) error {
	id := v.Param("topic")
	form.To = "/t/" + id + "/edit"
	return v.ShowAs(problems.Status, EditPage(postView{Form: form, Back: "/t/" + id, Problems: problems}))
}
