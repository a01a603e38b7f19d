package view

import (
	"context"
	"time"
)

// TopicCard is a topic as a list shows it.
type TopicCard struct {
	Href, Title, Text      string
	Author, Building, Role string
	Board, BoardName       string // a key of the catalogue (board.nearby), and what the community calls it instead
	At                     time.Time
	Comments, Photos       int
	Thumb                  string // address of the first photo, "" without one
	Status                 Status
	Clock                  Clock
	// Masked is set when title and text are not for the reader.
	Masked bool
}

// Thread is a topic with a page of its comments.
type Thread struct {
	ID, Title, Text        string
	Author, Role, Building string
	Board, BoardName       string // a key of the catalogue, and what the community calls it instead
	Source, CheckedOn      string // of a guide: where it is from, and the day it was held against that
	At, Edited             time.Time
	Photos                 []Photo
	Status                 Status
	Clock                  Clock
	Masked, Assisted       bool
	Standing               string // whether who said it stands by an assisted entry: a key of the catalogue, "" where nothing is known
	Reason                 string // why it is held, hidden or withdrawn, in somebody's words
	ReasonKey              string // the same, as a key of the catalogue
	Answers                []Answer
	Story                  []Moment
	Comments               []Comment
	Above                  *Comment // whose replies the page begins with
	Total                  int      // comments in all
	// Promises are the clocks after the answer, Reports what was done, Ways what grew out of it. Refusal says why it was not
	// taken up: a key behind "refusal.".
	Promises []Promise
	Reports  []Answer
	Ways     []Way
	Refusal  string
}

// Answer is an official answer.
type Answer struct {
	Who, Role, Text string
	At              time.Time
	Photos          []Photo
	Auto, First     bool
	Report          bool // says what was done
}

// Comment is a neighbour's word under a topic.
type Comment struct {
	ID, Who, Role, Building, Text string
	At, Edited                    time.Time
	Hidden, Withdrawn             bool
	Reason, ReasonKey             string
	// Reply stands among another comment's replies; To is whom it answers, where that is not that comment.
	Reply bool
	To    string
	// QuoteWho and Quote are the passage it answers; QuoteGone is set where that may not be seen any more.
	QuoteWho, Quote string
	QuoteGone       bool
	Earlier         []string // texts before edits
	Here            string   // its own page: everything that may be done with it
	Answer          string   // where to answer it
}

// BoardLabel returns what a community calls a board: its own name, or the catalogue's by the key.
func BoardLabel(ctx context.Context, key, own string) string {
	if own != "" {
		return own
	}
	return T(ctx, key)
}

// by joins who somebody is: a name with the role, or with the building.
func by(name, role, building string) string {
	if place := either(role, building); place != "" {
		return name + " · " + place
	}
	return name
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// hiddenWhy says why a comment is not shown.
func hiddenWhy(ctx context.Context, c Comment) string {
	switch {
	case c.Reason != "":
		return T(ctx, "topic.reason", "why", c.Reason)
	case c.ReasonKey != "":
		return T(ctx, c.ReasonKey)
	}
	return ""
}

// assistedLine says that staff wrote it down for somebody, and whether they stand by it.
func assistedLine(ctx context.Context, t Thread) string {
	if t.Standing == "" {
		return T(ctx, "topic.assisted")
	}
	return T(ctx, "topic.assisted_standing", "standing", T(ctx, t.Standing))
}
