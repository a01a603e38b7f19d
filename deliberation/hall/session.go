package hall

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// SessionID identifies a session; it is the token of the form that opened it.
type SessionID string

// Bounds of a session. Lengths are in runes.
const (
	MaxQuestion   = 60
	MaxBackground = 2000
	MaxGround     = 500 // what is fixed; what is open
	MaxOption     = 40
	MaxDetail     = 500
	MaxOptions    = 40 // proposed and declined ones included
	MaxOwnOptions = 3  // that one resident may propose in one session
	MaxFacts      = 20
	MaxFact       = 300
	MaxDraft      = 3000
	MaxDrafts     = 12
	MaxSummary    = 1000
	MaxRounds     = 12
	MaxReports    = 20
	MaxReport     = 1000
	MaxTopics     = 20
	maxSteps      = 300 // lines of the history
)

// Session is a facilitated deliberation. Its methods are the only transitions (session_state.go); each returns the
// facts to save, or a fault with nothing changed.
type Session struct {
	ID        SessionID              `json:"id"`
	Community community.ID           `json:"community"`
	Path      []community.ID         `json:"path"`
	Topics    []deliberation.TopicID `json:"topics,omitempty"`
	Template  string                 `json:"template,omitempty"`
	// Facilitator opened it and is told what needs a hand; colleagues with the right may facilitate as well.
	Facilitator deliberation.Author `json:"facilitator"`
	CreatedAt   time.Time           `json:"created_at"`

	Question   string `json:"question"`
	Background string `json:"background,omitempty"`
	// Fixed is what is not up for discussion (law, money, what was decided before); Open is what is.
	Fixed string `json:"fixed,omitempty"`
	Open  string `json:"open,omitempty"`

	State   State    `json:"state"`
	Facts   []Fact   `json:"facts,omitempty"`
	Options []Option `json:"options"`
	Rounds  []Round  `json:"rounds"`
	Drafts  []Draft  `json:"drafts,omitempty"`
	Pause   *Pause   `json:"pause,omitempty"`
	Outcome *Outcome `json:"outcome,omitempty"`
	Reports []Report `json:"reports,omitempty"`
	// Reason says why it was dropped.
	Reason  string `json:"reason,omitempty"`
	History []Step `json:"history"`
}

// Fact is something to be known before people can decide; Value is empty until somebody has found it out.
type Fact struct {
	Label string              `json:"label"`
	Value string              `json:"value,omitempty"`
	By    deliberation.Author `json:"by,omitzero"`
	At    time.Time           `json:"at,omitzero"`
}

// Step is one line of the history: what, who in which role, when, why.
type Step struct {
	What   string    `json:"what"`
	Actor  string    `json:"actor"`
	Name   string    `json:"name,omitempty"`
	Title  string    `json:"title,omitempty"`
	Reason string    `json:"reason,omitempty"`
	At     time.Time `json:"at"`
}

// Place is where the session is held.
func (s Session) Place() identity.Place { return identity.Place{Path: s.Path} }

// town returns the community's town, "" if it has none.
func (s Session) town() community.ID {
	if len(s.Path) < 2 {
		return ""
	}
	return s.Path[len(s.Path)-2]
}

// about is what the session's events begin with.
func (s Session) about() About {
	return About{Session: s.ID, Community: s.Community, Town: s.town(), Question: s.Question, Facilitator: s.Facilitator.Account}
}

// linked is the part of an event that its topics follow.
func (s Session) linked(by deliberation.Author) deliberation.Linked {
	return deliberation.Linked{
		Topics: s.Topics, Link: deliberation.Link{Kind: deliberation.LinkHall, ID: string(s.ID), Title: s.Question},
		Name: by.Name, Title: by.Title,
	}
}

// note adds a line to the history.
func (s *Session) note(what string, by deliberation.Author, reason string, at time.Time) {
	if len(s.History) >= maxSteps {
		return
	}
	s.History = append(slices.Clip(s.History), Step{
		What: what, Actor: string(by.Account), Name: by.Name, Title: by.Title, Reason: reason, At: at,
	})
}

// fact states an event of somebody.
func fact(what string, by identity.AccountID, at time.Time, data any) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by), At: at, Data: data}
}

// RecordFact writes down what was found out; an unknown label is a new fact.
func (s *Session) RecordFact(label, value string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := s.may(moveTend, now); err != nil {
		return nil, err
	}
	s.Facts = slices.Clone(s.Facts)
	i := slices.IndexFunc(s.Facts, func(f Fact) bool { return f.Label == label })
	switch {
	case i >= 0 && s.Facts[i].Value == value:
		return nil, docstore.ErrUnchanged
	case i >= 0:
		s.Facts[i] = Fact{label, value, by, now}
	case len(s.Facts) >= MaxFacts:
		return nil, errFull.With("max", MaxFacts)
	default:
		s.Facts = append(s.Facts, Fact{label, value, by, now})
	}
	s.note(FactRecorded, by, label, now)
	return []docstore.Fact{fact(FactRecorded, by.Account, now, s.about())}, nil
}

// Drop ends a session that should not go on, with the reason in its place.
func (s *Session) Drop(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if s.State == Dropped {
		return nil, docstore.ErrUnchanged
	}
	if err := s.may(moveDrop, now); err != nil {
		return nil, err
	}
	s.State, s.Reason, s.Pause = Dropped, reason, nil
	s.note(SessionDropped, by, reason, now)
	return []docstore.Fact{fact(SessionDropped, by.Account, now, Ended{s.about(), s.linked(by)})}, nil
}
