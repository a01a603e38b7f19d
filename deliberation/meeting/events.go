package meeting

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Types of events; the data of each is News.
const (
	EventCalled      = "meeting.called"
	EventInvited     = "meeting.invited" // some more
	EventReplied     = "meeting.replied"
	EventAnnounced   = "meeting.announced"
	EventPostponed   = "meeting.postponed"
	EventRescheduled = "meeting.rescheduled"
	EventCancelled   = "meeting.cancelled"
	EventHeld        = "meeting.held"
	EventPresence    = "meeting.presence"
	EventDrafted     = "meeting.drafted"
	EventReturned    = "meeting.returned"
	EventConfirmed   = "meeting.confirmed"
	EventPublished   = "meeting.published"
	EventCorrected   = "meeting.corrected" // minutes that were published
	EventDecided     = "meeting.decided"   // what came of one topic on the agenda
	EventLate        = "meeting.late"      // the minutes: a step of the ladder was reached
	EventListened    = "meeting.listened"
	EventForgotten   = "meeting.forgotten"

	EventSaid   = "meeting.said" // a resident's view beforehand
	EventHidden = "meeting.hidden"

	EventTaskOpened   = "meeting.task_opened"
	EventTaskReported = "meeting.task_reported"
	EventTaskDone     = "meeting.task_done"
	EventTaskAsked    = "meeting.task_asked"   // for a later date
	EventTaskMoved    = "meeting.task_moved"   // it was granted
	EventTaskRefused  = "meeting.task_refused" // it was not
	EventTaskLate     = "meeting.task_late"    // a step of the ladder was reached
)

// Links are the events that stand in the history of topics.
func Links() []string {
	return []string{EventAnnounced, EventPostponed, EventCancelled, EventDecided, EventTaskDone}
}

// News is the data of every event: what it is about and whom it concerns.
type News struct {
	deliberation.Linked
	Meeting   ID           `json:"meeting"`
	Task      TaskID       `json:"task,omitempty"`
	Opinion   OpinionID    `json:"opinion,omitempty"`
	Community community.ID `json:"community"`
	Town      community.ID `json:"town,omitempty"`
	Kind      Kind         `json:"kind,omitempty"`
	Subject   string       `json:"subject"` // the meeting's title, or what a task is
	StartsAt  time.Time    `json:"starts_at,omitzero"`
	Where     string       `json:"where,omitempty"`
	// Caller is who called the meeting, By who did this, To who is told of it.
	Caller identity.AccountID `json:"caller,omitempty"`
	By     identity.AccountID `json:"by,omitempty"`
	To     identity.AccountID `json:"to,omitempty"`
	// BySecretary says that the secretary did it, and somebody else has to look.
	BySecretary bool `json:"by_secretary,omitempty"`
	// Guests are those invited, or newly so; Listeners the residents who said that they come.
	Guests    []Party              `json:"guests,omitempty"`
	Listeners []identity.AccountID `json:"listeners,omitempty"`
	Party     Party                `json:"party,omitzero"` // the guest, or whose task it is
	Reply     Reply                `json:"reply,omitempty"`
	Words     string               `json:"words,omitempty"`
	DueAt     time.Time            `json:"due_at,omitzero"`
	// Step is the highest level of the ladder that was reached; "" if nobody has to hear of it.
	Step     deadline.Recipient `json:"step,omitempty"`
	Level    int                `json:"level,omitempty"`
	Sequence int                `json:"sequence,omitempty"`
	Warning  bool               `json:"warning,omitempty"`
}

func (m *Meeting) news() News {
	n := News{
		Meeting: m.ID, Community: m.Community, Town: m.Town(), Kind: m.Kind, Subject: m.Title, StartsAt: m.StartsAt, Where: m.Where, Caller: m.Caller.Account,
	}
	for _, g := range m.Guests {
		n.Guests = append(n.Guests, g.Party)
	}
	for _, l := range m.Listeners {
		if l.Account != "" {
			n.Listeners = append(n.Listeners, l.Account)
		}
	}
	return n
}

// fact writes a step into the record and returns it as an event.
func (m *Meeting) fact(what string, h hand, g Guest, words string, at time.Time) docstore.Fact {
	if len(m.History) < maxHistory {
		m.History = append(slices.Clip(m.History), Entry{
			What: what, Actor: h.actor.Ref(), Name: h.who.Name, Title: h.who.Title, Guest: g.Name, Words: words, At: at,
		})
	}
	n := m.news()
	n.By, n.BySecretary, n.Words, n.Party, n.Reply = h.actor.ID, h.secretary, words, g.Party, g.Reply
	return docstore.Fact{Type: what, Actor: h.actor.Ref(), At: at, Data: n}
}

// linkedFact is a fact that topics follow.
func (m *Meeting) linkedFact(what string, h hand, topics []deliberation.TopicID, title, words string, at time.Time) docstore.Fact {
	f := m.fact(what, h, Guest{}, words, at)
	n := f.Data.(News)
	n.Linked = linked(m.ID, topics, title, h)
	f.Data = n
	return f
}

func linked(id ID, topics []deliberation.TopicID, title string, h hand) deliberation.Linked {
	return deliberation.Linked{
		Topics: topics, Link: deliberation.Link{Kind: deliberation.LinkMeeting, ID: string(id), Title: title}, Name: h.who.Name, Title: h.who.Title,
	}
}

// decided tells one topic what came of it. It is no line of the meeting's own record: the minutes say it.
func (m *Meeting) decided(h hand, topic deliberation.TopicID, words string, at time.Time) docstore.Fact {
	n := m.news()
	n.By, n.Words = h.actor.ID, excerpt(words)
	n.Linked = linked(m.ID, []deliberation.TopicID{topic}, m.Title+"："+excerpt(words), h)
	return docstore.Fact{Type: EventDecided, Actor: h.actor.Ref(), At: at, Data: n}
}

// watching is the hand that writes down what fell due.
var watching = identity.System("patrol")

// due records what of the promised minutes has fallen due. Every step on them begins with it, so that the record does not
// depend on whether the sweep or the step came first.
func (m *Meeting) due(now time.Time) []docstore.Fact {
	return stepped(m.Record.Record(now), EventLate, m.news(), m.Record, now)
}

// stepped is the fact of the one step that people hear of, and a silent one for what was only written down.
func stepped(news deadline.News, what string, about News, c deadline.Clock, now time.Time) []docstore.Fact {
	if news.IsZero() {
		return nil
	}
	about.DueAt, about.Sequence = c.DueAt, c.Sequence
	if step, ok := news.Told(); ok {
		about.Step, about.Level, about.Warning = step.To, step.Level, step.Warning
	}
	return []docstore.Fact{{Type: what, Actor: watching.Ref(), At: now, Data: about}}
}

// excerptRunes is how much of a text travels in events.
const excerptRunes = 80

func excerpt(text string) string {
	runes := []rune(deliberation.Line(text))
	if len(runes) <= excerptRunes {
		return string(runes)
	}
	return string(runes[:excerptRunes-1]) + "…"
}
