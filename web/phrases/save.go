package phrases

import (
	"jushou/deliberation"
	"jushou/deliberation/phrasebook"
	"jushou/web/page"
)

// Save writes a phrase.
func (p *Pages) Save(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	f := form{ID: v.Field("id"), Name: v.Field("name"), Text: v.Field("text"), Board: v.Field("board")}
	_, err = p.Book.Save(v.Context(), v.Actor, r.Node.ID, phrasebook.Phrase{
		ID: phrasebook.PhraseID(f.ID), Name: f.Name, Text: f.Text, Board: deliberation.BoardKey(f.Board),
	})
	if err != nil {
		f.Problems = v.Refuse(err)
		return p.show(v, f.Problems.Status, f)
	}
	return v.GoSaying(r.Path("/phrases"), "phrases.saved")
}

// Drop takes a phrase out of the book.
func (p *Pages) Drop(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if _, err := p.Book.Drop(v.Context(), v.Actor, r.Node.ID, phrasebook.PhraseID(v.Param("phrase"))); err != nil {
		return err
	}
	return v.GoSaying(r.Path("/phrases"), "phrases.dropped")
}
