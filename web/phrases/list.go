package phrases

import (
	"jushou/deliberation"
	"jushou/deliberation/phrasebook"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// listView is a community's phrases and the form for one.
type listView struct {
	Here    string
	Phrases []line
	Boards  []view.Option
	Form    form
	// New is set where the form makes a phrase, and not where it changes one.
	New, MayEdit bool
}

// line is a phrase in the list.
type line struct {
	phrasebook.Phrase
	Href    string
	MayEdit bool
}

// form is a phrase on its way.
type form struct {
	ID, Name, Text, Board string
	Problems              view.Problems
}

// List shows the phrases, and the one to change that the query names.
func (p *Pages) List(v *page.Visit) error { return p.show(v, 200, form{ID: v.Query("edit")}) }

func (p *Pages) show(v *page.Visit, status int, f form) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	book, err := p.Book.Book(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	old, err := book.Phrase(phrasebook.PhraseID(f.ID))
	known := err == nil
	if known && status == 200 {
		f = form{ID: f.ID, Name: old.Name, Text: old.Text, Board: string(old.Board)}
	}
	if !ids.Valid(f.ID) {
		f.ID = ids.New(v.Now)
	}
	shown := listView{Here: r.Path("/phrases"), Form: f, New: !known, Boards: boards(v, r)}
	shown.MayEdit = len(shown.Boards) > 0
	for _, x := range book.Phrases {
		shown.Phrases = append(shown.Phrases, line{x, shown.Here + "?edit=" + string(x.ID) + "#phrase", mayEdit(r, x.Board)})
	}
	d, err := p.Desk(v, r, "phrases")
	if err != nil {
		return err
	}
	return v.ShowAs(status, ListPage(d, shown))
}

func mayEdit(r console.Room, board deliberation.BoardKey) bool {
	return identity.Can(r.Actor, identity.EditPhrases, identity.At(r.Node).On(string(board))) == nil
}

// boards are the boards that the visitor may write phrases for, "" being every board.
func boards(v *page.Visit, r console.Room) []view.Option {
	var all []view.Option
	if mayEdit(r, "") {
		all = append(all, view.Option{Value: "", Text: v.T("phrases.every_board")})
	}
	for _, b := range deliberation.BoardsIn(r.Node.Settings) {
		if b.Clock && mayEdit(r, b.Key) {
			all = append(all, view.Option{Value: string(b.Key), Text: story.BoardName(b, v)})
		}
	}
	return all
}
