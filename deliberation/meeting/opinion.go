package meeting

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// OpinionID identifies an opinion: the token of its form.
type OpinionID string

// Opinion is what a resident says before a meeting that concerns everybody. It is a document of its own.
type Opinion struct {
	ID        OpinionID           `json:"id"`
	Meeting   ID                  `json:"meeting"`
	Title     string              `json:"title"` // of the meeting
	Community community.ID        `json:"community"`
	Path      []community.ID      `json:"path"`
	By        deliberation.Author `json:"by"`
	Text      string              `json:"text"`
	At        time.Time           `json:"at"`
	// Hidden is why it is not shown, "" if it is.
	Hidden   string              `json:"hidden,omitempty"`
	HiddenBy deliberation.Author `json:"hidden_by,omitzero"`
	HiddenAt time.Time           `json:"hidden_at,omitzero"`
}

// MaxOpinion bounds an opinion, in runes.
const MaxOpinion = 300

var (
	errNoOpinion = fault.New(fault.NotFound, "meeting.no_opinion")
	errEmpty     = fault.New(fault.Invalid, "meeting.opinion_empty").On("text")
	errWords     = fault.New(fault.Invalid, "meeting.words").On("text")
	errShut      = fault.New(fault.Conflict, "meeting.opinions_shut")
)

// TakesOpinions reports whether residents may say what they think at an instant: from when it is announced until it begins.
func (m Meeting) TakesOpinions(now time.Time) bool {
	_, ok := m.State.After(MoveSay)
	return ok && m.Kind.Open() && now.Before(m.StartsAt)
}

// TakesListeners reports whether a resident may still say that they come.
func (m Meeting) TakesListeners(now time.Time) bool {
	_, ok := m.State.After(MoveListen)
	return ok && m.Kind.Open() && m.Seats > 0 && now.Before(m.StartsAt)
}

func (o *Opinion) news() News {
	return News{Meeting: o.Meeting, Opinion: o.ID, Community: o.Community, Town: townOf(o.Path), Subject: o.Title}
}

// Hide takes it out of sight. Its place stays, with the reason.
func (o *Opinion) Hide(reason string, h hand, now time.Time) ([]docstore.Fact, error) {
	switch {
	case o.Hidden != "":
		return nil, docstore.ErrUnchanged
	case reason == "":
		return nil, errReason
	}
	o.Hidden, o.HiddenBy, o.HiddenAt = reason, h.who, now
	n := o.news()
	n.By, n.To, n.Words = h.actor.ID, o.By.Account, reason
	return []docstore.Fact{{Type: EventHidden, Actor: h.actor.Ref(), At: now, Data: n}}, nil
}

// forget takes a deleted account out; the words stay.
func (o *Opinion) forget(who identity.AccountID, now time.Time) ([]docstore.Fact, error) {
	if o.By.Account != who {
		return nil, docstore.ErrUnchanged
	}
	o.By = deliberation.Author{Name: identity.ErasedName}
	return []docstore.Fact{{Type: EventForgotten, Actor: forgetting.Ref(), At: now, Data: o.news()}}, nil
}

// forgetting is the hand that takes deleted accounts out.
var forgetting = identity.System("forgetting")
