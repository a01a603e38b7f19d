package disclosure

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// QuestionID identifies a question: the token of its form.
type QuestionID string

// Reply is an answer to a question.
type Reply struct {
	ID   string              `json:"id"` // the form's token
	By   deliberation.Author `json:"by"`
	Text string              `json:"text"`
	At   time.Time           `json:"at"`
}

// Question is what a resident asks about a published item. It is a document of its own, with a promised date.
type Question struct {
	ID        QuestionID          `json:"id"`
	Item      ItemID              `json:"item"`
	Version   int                 `json:"version"` // that it was asked about
	Title     string              `json:"title"`   // of the item
	Community community.ID        `json:"community"`
	Path      []community.ID      `json:"path"`
	By        deliberation.Author `json:"by"`
	Text      string              `json:"text"`
	At        time.Time           `json:"at"`
	Replies   []Reply             `json:"replies,omitempty"`
	Clock     deadline.Clock      `json:"clock"`
}

// Bounds.
const (
	MaxQuestion = 300 // runes
	MaxReply    = 1000
	MaxReplies  = 20
)

var (
	errNoQuestion = fault.New(fault.Invalid, "affairs.no_question").On("text")
	errQuestion   = fault.New(fault.Invalid, "affairs.question_too_long").On("text")
	errNoReply    = fault.New(fault.Invalid, "affairs.no_reply").On("text")
	errReply      = fault.New(fault.Invalid, "affairs.reply_too_long").On("text")
	errReplies    = fault.New(fault.Conflict, "affairs.too_many_replies")
	errWords      = fault.New(fault.Invalid, "affairs.words").On("text")
	// ErrOwnQuestion means that somebody answers the own question.
	ErrOwnQuestion = fault.New(fault.Denied, "affairs.own_question")
)

// Answered reports whether somebody has replied.
func (q Question) Answered() bool { return len(q.Replies) > 0 }

// Reply adds an answer; the first meets the promise. Nobody answers the own question.
func (q *Question) Reply(r Reply, by identity.Actor) ([]docstore.Fact, error) {
	switch {
	case slices.ContainsFunc(q.Replies, func(x Reply) bool { return x.ID == r.ID }):
		return nil, docstore.ErrUnchanged
	case q.By.Account != "" && q.By.Account == r.By.Account:
		return nil, ErrOwnQuestion
	case len(q.Replies) >= MaxReplies:
		return nil, errReplies.With("max", MaxReplies)
	}
	q.Replies = append(slices.Clone(q.Replies), r)
	q.Clock.Meet(r.At)
	news := q.news()
	news.By, news.ByName, news.ByTitle, news.To, news.Excerpt = r.By.Account, r.By.Name, r.By.Title, q.By.Account, quote(r.Text)
	return []docstore.Fact{fact(QuestionAnswered, by, r.At, news)}, nil
}

func (q Question) key() string { return string(q.ID) }

// Place is where the question is asked.
func (q Question) Place() identity.Place { return identity.Place{Path: q.Path} }

// watch completes the clock and records what has fallen due.
func (q *Question) watch(cal *calendar.Calendar, now time.Time) ([]docstore.Fact, error) {
	beyond := q.Clock.Complete(cal)
	return told(q.Clock.Record(now), QuestionLate, q.news(), q.Clock, now), beyond
}

// forget takes a deleted account out; the words stay.
func (q *Question) forget(who identity.AccountID, now time.Time) ([]docstore.Fact, error) {
	if q.By.Account != who {
		return nil, docstore.ErrUnchanged
	}
	q.By = deliberation.Author{}
	return []docstore.Fact{fact(QuestionForgotten, identity.System("forgetting"), now, News{Community: q.Community, Item: q.Item, Question: q.ID})}, nil
}
