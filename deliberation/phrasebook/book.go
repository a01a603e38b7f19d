package phrasebook

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// Bounds, in phrases and runes.
const (
	MaxPhrases = 60
	MaxName    = 12
	MaxText    = 500
)

// PhraseID names a phrase within its book. It is the token of the form that made it.
type PhraseID string

// Phrase is a sentence that answers often begin with.
type Phrase struct {
	ID   PhraseID `json:"id"`
	Name string   `json:"name"` // what the button says
	Text string   `json:"text"` // what it puts into the answer; may hold Blanks
	// Board is where it is offered, "" on every board.
	Board deliberation.BoardKey `json:"board,omitempty"`
	By    string                `json:"by"` // the name of who wrote it last
	At    time.Time             `json:"at"`
}

// Book holds a community's phrases in the order they are offered.
type Book struct {
	Community community.ID `json:"community"`
	Phrases   []Phrase     `json:"phrases"`
}

// Saved is the data of phrases.saved and phrases.dropped.
type Saved struct {
	Phrase PhraseID `json:"phrase"`
	Name   string   `json:"name"`
}

// Types of the events this package saves.
const (
	PhraseSaved   = "phrases.saved"   // data: Saved
	PhraseDropped = "phrases.dropped" // data: Saved
)

// Refusals.
var (
	// ErrNotFound means that the book holds no such phrase, or none of the actor's board.
	ErrNotFound = fault.New(fault.NotFound, "phrases.not_found")
	errFull     = fault.New(fault.TooLarge, "phrases.full")
	errNoName   = fault.New(fault.Invalid, "phrases.name_needed").On("name")
	errLongName = fault.New(fault.Invalid, "phrases.name_too_long").On("name")
	errNoText   = fault.New(fault.Invalid, "phrases.text_needed").On("text")
	errLongText = fault.New(fault.Invalid, "phrases.text_too_long").On("text")
	errSameName = fault.New(fault.Conflict, "phrases.name_taken").On("name")
	errToken    = fault.New(fault.Invalid, "phrases.bad_token")
)

// On returns the phrases offered on a board: its own, then those of every board.
func (b Book) On(board deliberation.BoardKey) []Phrase {
	var own, all []Phrase
	for _, p := range b.Phrases {
		switch p.Board {
		case board:
			own = append(own, p)
		case "":
			all = append(all, p)
		}
	}
	if board == "" {
		return all
	}
	return append(own, all...)
}

// Phrase returns a phrase of the book, or ErrNotFound.
func (b Book) Phrase(id PhraseID) (Phrase, error) {
	i := b.index(id)
	if i < 0 {
		return Phrase{}, ErrNotFound.With("phrase", id)
	}
	return b.Phrases[i], nil
}

func (b Book) index(id PhraseID) int {
	return slices.IndexFunc(b.Phrases, func(p Phrase) bool { return p.ID == id })
}

// clean makes a phrase fit to store; all faults at once.
func clean(p Phrase) (Phrase, error) {
	p.Name, p.Text = deliberation.Clean(p.Name), deliberation.Clean(p.Text)
	return p, deliberation.Joined(
		when(!ids.Valid(string(p.ID)), errToken),
		when(p.Name == "", errNoName), deliberation.Within(p.Name, MaxName, errLongName),
		when(p.Text == "", errNoText), deliberation.Within(p.Text, MaxText, errLongText),
	)
}

func when(bad bool, refusal *fault.Error) error {
	if bad {
		return refusal
	}
	return nil
}

// save puts a phrase into the book, in its old place if it had one. Two buttons of the same name on a board
// could not be told apart and are refused; the same phrase again changes nothing.
func (b *Book) save(p Phrase, by identity.Actor) ([]docstore.Fact, error) {
	for _, x := range b.Phrases {
		if x.ID != p.ID && x.Name == p.Name && (x.Board == p.Board || x.Board == "" || p.Board == "") {
			return nil, errSameName.With("name", p.Name)
		}
	}
	phrases := slices.Clone(b.Phrases)
	switch i := b.index(p.ID); {
	case i >= 0 && phrases[i].Name == p.Name && phrases[i].Text == p.Text && phrases[i].Board == p.Board:
		return nil, docstore.ErrUnchanged
	case i >= 0:
		phrases[i] = p
	case len(phrases) >= MaxPhrases:
		return nil, errFull.With("max", MaxPhrases)
	default:
		phrases = append(phrases, p)
	}
	b.Phrases = phrases
	return []docstore.Fact{{Type: PhraseSaved, Actor: by.Ref(), At: p.At, Data: Saved{Phrase: p.ID, Name: p.Name}}}, nil
}

// drop takes a phrase out of the book.
func (b *Book) drop(id PhraseID, by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	i := b.index(id)
	if i < 0 {
		return nil, docstore.ErrUnchanged // somebody else was first
	}
	name := b.Phrases[i].Name
	b.Phrases = slices.Delete(slices.Clone(b.Phrases), i, i+1)
	return []docstore.Fact{{Type: PhraseDropped, Actor: by.Ref(), At: now, Data: Saved{Phrase: id, Name: name}}}, nil
}
