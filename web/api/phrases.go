package api

import (
	"jushou/deliberation"
	"jushou/deliberation/phrasebook"
)

// Phrase is a sentence that answers often begin with.
type Phrase struct {
	ID    string                `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it. That of an old phrase changes it."`
	Name  string                `json:"name" doc:"What the button says, at most 12 characters."`
	Text  string                `json:"text" doc:"At most 500 characters; {居民} {楼栋} {板块} {下次巡查} {我} are filled in."`
	Board deliberation.BoardKey `json:"board,omitempty" doc:"Where it is offered; every board if left out."`
}

// readPhrases returns the phrases of a community in the order they are offered.
func (a *Actions) readPhrases(c *Call) ([]Phrase, error) {
	b, err := a.Phrases.Book(c.Context(), c.Actor, nodeOf(c))
	return phrasesOf(b), err
}

func phrasesOf(b phrasebook.Book) []Phrase {
	all := make([]Phrase, len(b.Phrases))
	for i, p := range b.Phrases {
		all[i] = Phrase{ID: string(p.ID), Name: p.Name, Text: p.Text, Board: p.Board}
	}
	return all
}

// savePhrase writes a phrase and returns all of them.
func (a *Actions) savePhrase(c *Call, in Phrase) ([]Phrase, error) {
	b, err := a.Phrases.Save(c.Context(), c.Actor, nodeOf(c), phrasebook.Phrase{
		ID: phrasebook.PhraseID(c.token(in.ID)), Name: in.Name, Text: in.Text, Board: in.Board,
	})
	return phrasesOf(b), err
}

// dropPhrase takes a phrase out and returns the others.
func (a *Actions) dropPhrase(c *Call) ([]Phrase, error) {
	b, err := a.Phrases.Drop(c.Context(), c.Actor, nodeOf(c), phrasebook.PhraseID(c.Param("phrase")))
	return phrasesOf(b), err
}
