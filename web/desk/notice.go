package desk

import (
	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// noticeForm is a notice on its way.
type noticeForm struct {
	Token, Title, Body string
	Photos             []deliberation.PhotoID
	To                 string
	// Shown is the notice as people will see it, when the form asks whether it is right.
	Shown    *view.Thread
	Problems view.Problems
}

// NewNotice shows the form of a notice.
func (p *Pages) NewNotice(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.PostNotice, identity.At(r.Node)); err != nil {
		return err
	}
	return p.showNotice(v, r, noticeForm{Problems: view.Problems{Status: 200}})
}

// Notice shows what a notice will look like and, at the second press, publishes it.
func (p *Pages) Notice(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	form := noticeForm{
		Token: v.Field("token"), Title: v.Field("title"), Body: v.Field("body"), Photos: upload.IDs(v), Problems: view.Problems{Status: 200},
	}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	if err != nil {
		form.Problems = v.Refuse(upload.OnPhotos(err))
		return p.showNotice(v, r, form)
	}
	switch v.Field("step") {
	case "edit":
		return p.showNotice(v, r, form)
	case "publish":
		return p.publish(v, r, form)
	}
	return p.previewNotice(v, r, form)
}

func (p *Pages) publish(v *page.Visit, r console.Room, form noticeForm) error {
	t, err := p.Topics.PublishNotice(v.Context(), v.Actor, deliberation.PublishNotice{
		ID: deliberation.TopicID(form.Token), Community: r.Node.ID, Title: form.Title, Body: form.Body, Photos: form.Photos,
	})
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showNotice(v, r, form)
	}
	return v.GoSaying("/desk/t/"+string(t.ID), "desk_notice.sent")
}

// previewNotice checks the text as publishing will, and shows it as people will see it.
func (p *Pages) previewNotice(v *page.Visit, r console.Room, form noticeForm) error {
	err := identity.Can(v.Actor, identity.PostNotice, identity.At(r.Node))
	text, faults := deliberation.NewText(form.Title, form.Body, form.Photos)
	if err == nil {
		err = faults
	}
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showNotice(v, r, form)
	}
	name, title := v.Actor.NameAt(identity.At(r.Node))
	form.Shown = &view.Thread{Title: text.Title, Text: text.Body, Author: name, Role: title, Board: "board.notice", At: v.Now, Photos: previews(text.Photos)}
	return p.showNotice(v, r, form)
}

func previews(ids []deliberation.PhotoID) []view.Photo {
	photos := make([]view.Photo, len(ids))
	for i, id := range ids {
		photos[i] = view.Photo{Thumb: upload.Preview(id), Full: "/photos/" + string(id) + "/full"}
	}
	return photos
}

func (p *Pages) showNotice(v *page.Visit, r console.Room, form noticeForm) error {
	form.To = r.Path("/notice")
	if !ids.Valid(form.Token) {
		form.Token = ids.New(v.Now)
	}
	d, err := p.Desk(v, r, "notice")
	if err != nil {
		return err
	}
	return v.ShowAs(form.Problems.Status, NoticePage(d, form))
}
