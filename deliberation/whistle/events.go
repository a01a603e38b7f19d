package whistle

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Types of events; the data of each is an Event.
const (
	EventCalled     = "whistle.called"
	EventAccepted   = "whistle.accepted"
	EventRefused    = "whistle.refused"
	EventArrived    = "whistle.arrived"
	EventReported   = "whistle.reported"
	EventUnanswered = "whistle.unanswered" // its instant is the one that was missed
	EventInsisted   = "whistle.insisted"
	EventConcluded  = "whistle.concluded"
	EventEvaluated  = "whistle.evaluated"
	EventCancelled  = "whistle.cancelled"
)

// Links are the events that stand in the history of the topics.
func Links() []string { return []string{EventCalled, EventConcluded, EventCancelled} }

// Event is what happened to a whistle. Topics are named only by the events of Links.
type Event struct {
	deliberation.Linked
	Whistle   ID           `json:"whistle"`
	Community community.ID `json:"community"`
	Town      community.ID `json:"town"`
	Subject   string       `json:"subject"`
	// Caller is the account to tell, By who did it.
	Caller identity.AccountID `json:"caller"`
	By     identity.AccountID `json:"by,omitempty"`
	// Unit and Board are of the unit concerned; Units are the boards of all that were called.
	Unit  string    `json:"unit,omitempty"`
	Board string    `json:"board,omitempty"`
	Units []string  `json:"units,omitempty"`
	Words string    `json:"words,omitempty"`
	DueAt time.Time `json:"due_at,omitzero"`
	// ComesAt is when an accepting unit will be there.
	ComesAt time.Time `json:"comes_at,omitzero"`
}

// fact writes a step into the record and returns it as an event.
func (w *Whistle) fact(what string, h hand, u Unit, words string, at time.Time) docstore.Fact {
	w.History = append(slices.Clip(w.History), Entry{
		What: what, Actor: h.actor.Ref(), Name: h.who.Name, Title: h.who.Title, Unit: u.Name, Words: words, At: at,
	})
	e := Event{
		Whistle: w.ID, Community: w.Community, Town: w.Town(), Subject: w.Title, Caller: w.Caller.Account, By: h.actor.ID,
		Unit: u.Name, Board: u.Board, Words: words, DueAt: u.DueAt, ComesAt: u.ComesAt,
	}
	if what == EventCalled {
		for _, u := range w.Units {
			e.DueAt = u.DueAt
			if u.Board != "" {
				e.Units = append(e.Units, u.Board)
			}
		}
	}
	if slices.Contains(Links(), what) {
		e.Linked = deliberation.Linked{
			Topics: w.Topics, Link: deliberation.Link{Kind: deliberation.LinkWhistle, ID: string(w.ID), Title: w.Title}, Name: h.who.Name, Title: h.who.Title,
		}
	}
	return docstore.Fact{Type: what, Actor: h.actor.Ref(), At: at, Data: e}
}
