package disclosure

import (
	"time"

	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Types of events; the data of each is News.
const (
	ItemEntered       = "affair.entered" // a version waits for its review
	ItemReturned      = "affair.returned"
	ItemPublished     = "affair.published"
	ItemCorrected     = "affair.corrected"
	ObligationOpened  = "affair.obliged"
	ObligationLate    = "affair.late" // a step of the ladder was reached
	ObligationMet     = "affair.met"
	QuestionAsked     = "affair.asked"
	QuestionAnswered  = "affair.answered"
	QuestionLate      = "affair.question_late"
	QuestionForgotten = "affair.question_forgotten"
	ScheduleSet       = "affair.scheduled"
)

// News is the data of every event: what it is about and whom it concerns.
type News struct {
	Item      ItemID             `json:"item,omitempty"`
	Question  QuestionID         `json:"question,omitempty"`
	Community community.ID       `json:"community"`
	Town      community.ID       `json:"town,omitempty"`
	Kind      Kind               `json:"kind,omitempty"`
	Period    Period             `json:"period,omitempty"`
	Title     string             `json:"title,omitempty"`
	By        identity.AccountID `json:"by,omitempty"`
	ByName    string             `json:"by_name,omitempty"`
	ByTitle   string             `json:"by_title,omitempty"`
	// BySecretary says that the secretary did it, and somebody else has to review it.
	BySecretary bool               `json:"by_secretary,omitempty"`
	To          identity.AccountID `json:"to,omitempty"` // who entered it, or who asked
	Excerpt     string             `json:"excerpt,omitempty"`
	Reason      string             `json:"reason,omitempty"`
	DueAt       time.Time          `json:"due_at,omitzero"`
	// Step is the highest level of the ladder that was reached; "" if nobody has to hear of it.
	Step     deadline.Recipient `json:"step,omitempty"`
	Level    int                `json:"level,omitempty"`
	Sequence int                `json:"sequence,omitempty"`
	Warning  bool               `json:"warning,omitempty"`
}

func fact(what string, by identity.Actor, at time.Time, data News) docstore.Fact {
	return docstore.Fact{Type: what, Actor: by.Ref(), At: at, Data: data}
}

func (i Item) news(by identity.Actor) News {
	_, secretary := by.Holds(identity.RoleSecretary, i.Place())
	n := News{
		Item: i.ID, Community: i.Community, Town: townOf(i.Path), Kind: i.Kind, Period: i.Period, Title: i.Latest().Content.Title,
		By: by.ID, BySecretary: secretary,
	}
	n.ByName, n.ByTitle = by.NameAt(i.Place())
	return n
}

func (o Obligation) news() News {
	return News{Item: o.Item, Community: o.Community, Town: townOf(o.Path), Kind: o.Kind, Period: o.Period, Title: o.Title}
}

func (q Question) news() News {
	return News{Item: q.Item, Question: q.ID, Community: q.Community, Town: townOf(q.Path), Title: q.Title, Excerpt: quote(q.Text)}
}

// townOf is the second node of a path.
func townOf(path []community.ID) community.ID {
	if len(path) < 2 {
		return ""
	}
	return path[1]
}
