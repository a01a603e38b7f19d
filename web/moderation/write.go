package moderation

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/upload"
	"jushou/web/view"
)

// writeView is a notice, or an article of the guide, on its way to a board.
type writeView struct {
	To, Board         string
	Token             string
	Title, Body       string
	Photos            []deliberation.PhotoID
	Guide             bool
	Source, CheckedOn string
	Problems          view.Problems
}

// Write shows the form of who may write on a board at once: the branch or the partner that owns it, and staff an article
// of the guide. The office's notices are written with those that a second person reads (package web/bulletin).
func (p *Pages) Write(v *page.Visit) error {
	return p.write(v, writeView{Token: ids.New(v.Now), CheckedOn: view.Local(v.Now).Format("2006-01-02"), Problems: view.Problems{Status: 200}})
}

func (p *Pages) write(v *page.Visit, form writeView) error {
	r, b, err := p.board(v)
	if err != nil {
		return err
	}
	form.To, form.Board, form.Guide = r.Path("/boards/"+string(b.Key)+"/write"), story.BoardName(b, v), b.Key == deliberation.BoardGuide
	if !ids.Valid(form.Token) {
		form.Token = ids.New(v.Now)
	}
	d, err := p.Within(v, r, "speak", v.T("boards.write_on", "board", form.Board), r.Path("/speak"))
	if err != nil {
		return err
	}
	return v.ShowAs(form.Problems.Status, WritePage(d, form))
}

// board returns the board that the address names, if the visitor may write there and nobody reads it first.
func (p *Pages) board(v *page.Visit) (console.Room, deliberation.Board, error) {
	r, err := p.Community(v)
	if err != nil {
		return r, deliberation.Board{}, err
	}
	for _, b := range deliberation.BoardsIn(r.Node.Settings) {
		if string(b.Key) == v.Param("board") && slices.Contains(b.Kinds, deliberation.KindNotice) && !b.Reviewed() {
			return r, b, identity.Can(v.Actor, b.VerbFor(deliberation.KindNotice), identity.At(r.Node).On(string(b.Key)))
		}
	}
	return r, deliberation.Board{}, page.ErrNotFound
}

// WriteOn publishes on a board.
func (p *Pages) WriteOn(v *page.Visit) error {
	r, b, err := p.board(v)
	if err != nil {
		return err
	}
	form := writeView{
		Token: v.Field("token"), Title: v.Field("title"), Body: v.Field("body"), Photos: upload.IDs(v), Source: v.Field("source"), CheckedOn: v.Field("checked_on"),
	}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	if err != nil {
		form.Problems = v.Refuse(upload.OnPhotos(err))
		return p.write(v, form)
	}
	t, err := p.Topics.PublishNotice(v.Context(), v.Actor, deliberation.PublishNotice{
		ID: deliberation.TopicID(form.Token), Community: r.Node.ID, Board: b.Key, Title: form.Title, Body: form.Body, Photos: form.Photos,
		Guide: deliberation.Guide{Source: form.Source, CheckedOn: form.CheckedOn},
	})
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.write(v, form)
	}
	return v.GoSaying("/t/"+string(t.ID), "boards.written")
}
