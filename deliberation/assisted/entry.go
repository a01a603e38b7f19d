// Package assisted makes entries for somebody offline (代录) whole: where what was said came from, who said it, and whether they stand by
// it (domain.md F22, 4.6).
//
// The topic is one of deliberation's; an Entry beside it, under the same id, says whether its person has confirmed it:
//
//	awaiting ─confirm→ confirmed
//	awaiting ─dispute→ disputed ─settle, by staff who corrected it→ awaiting
//	awaiting ─sign, with a photo of the signed paper→ signed
//	awaiting ─check, by a second member of staff, after CheckAfter→ checked
//	signed, checked ─confirm→ confirmed, ─dispute→ disputed: the person's own word goes before paper and checks
//	any but confirmed ─the topic is withdrawn→ withdrawn
//
// A person is known by a keyed hash of the telephone number, never by the number: who has an account is asked at once, who registers
// later is asked then. Who confirms becomes the topic's author.
package assisted

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Source says how somebody's words came in.
type Source string

// Sources.
const (
	Counter Source = "counter" // said at the counter
	Phone   Source = "phone"
	Visit   Source = "visit"
	Box     Source = "box" // a note from a paper box, at Where
)

// Sources lists them, the most usual first.
func Sources() []Source { return []Source{Counter, Phone, Visit, Box} }

// Status says whether the person stands by the entry.
type Status string

// States of an entry.
const (
	Awaiting  Status = "awaiting"
	Confirmed Status = "confirmed"
	Disputed  Status = "disputed"
	Signed    Status = "signed"    // on paper, of which staff have a photo
	Checked   Status = "checked"   // by a second member of staff: the last way
	Withdrawn Status = "withdrawn" // with its topic
)

// Bounds.
const (
	MaxWhere = 30
	MaxNote  = 200
	// CheckAfter is how long an entry waits for its person before a second member of staff may check it.
	CheckAfter = 7 * 24 * time.Hour
)

// Types of events; the data of each is News.
const (
	EventRecorded  = "entry.recorded"
	EventAsked     = "entry.asked" // its person has an account
	EventConfirmed = "entry.confirmed"
	EventDisputed  = "entry.disputed"
	EventSettled   = "entry.settled"
	EventSigned    = "entry.signed"
	EventChecked   = "entry.checked"
)

// Links are the types of events that a topic's history tells.
func Links() []string {
	return []string{EventRecorded, EventConfirmed, EventDisputed, EventSettled, EventSigned, EventChecked}
}

// After returns the state that an event of Links leaves an entry in, "" for another event.
func After(event string) Status {
	switch event {
	case EventRecorded, EventSettled:
		return Awaiting
	case EventConfirmed:
		return Confirmed
	case EventDisputed:
		return Disputed
	case EventSigned:
		return Signed
	case EventChecked:
		return Checked
	}
	return ""
}

var (
	// ErrNotFound means that there is no such entry, or none of this person's.
	ErrNotFound = fault.New(fault.NotFound, "assisted.not_found")
	// ErrState means that the entry is no longer in a state that allows the step.
	ErrState = fault.New(fault.Conflict, "assisted.wrong_state")
	// ErrSecond means that who entered it cannot check it.
	ErrSecond = fault.New(fault.Denied, "assisted.second_person")
	// ErrEarly means that the person still has time to confirm.
	ErrEarly = fault.New(fault.Conflict, "assisted.too_early")

	// ErrPaper means that no photo of the signed paper came along.
	ErrPaper = fault.New(fault.Invalid, "assisted.paper_needed").On("photos")

	errStep   = fault.New(fault.Invalid, "assisted.bad_step").On("do")
	errSource = fault.New(fault.Invalid, "assisted.bad_source").On("source")
	errWhere  = fault.New(fault.Invalid, "assisted.where_needed").On("where").With("max", MaxWhere)
	errNote   = fault.New(fault.Invalid, "assisted.note_needed").On("note").With("max", MaxNote)
)

// Entry is what is known of an entry beside its topic.
type Entry struct {
	Topic     deliberation.TopicID `json:"topic"`
	Community community.ID         `json:"community"`
	Path      []community.ID       `json:"path"`
	Title     string               `json:"title"`
	Name      string               `json:"name"` // masked
	Source    Source               `json:"source"`
	Box       BoxID                `json:"box,omitempty"`
	Where     string               `json:"where,omitempty"`
	Mark      string               `json:"mark,omitempty"`   // keyed hash of the telephone number
	Person    identity.AccountID   `json:"person,omitempty"` // once they have an account
	EnteredBy identity.AccountID   `json:"entered_by"`
	At        time.Time            `json:"at"`
	Status    Status               `json:"status"`
	Note      string               `json:"note,omitempty"`  // of the latest dispute, settlement or check; for staff and the person
	Paper     deliberation.PhotoID `json:"paper,omitempty"` // the signed paper; for staff only
}

// News is the data of every event. It is Linked, so that the topic's history tells each step.
type News struct {
	deliberation.Linked
	Community community.ID       `json:"community"`
	Person    identity.AccountID `json:"person,omitempty"`
	EnteredBy identity.AccountID `json:"entered_by,omitempty"`
	Subject   string             `json:"subject,omitempty"` // the topic's title
}

// LinkEntry is the kind of an entry's link to its topic.
const LinkEntry deliberation.LinkKind = "entry"

// Of returns the state of a topic's entry as the topic knows it, "" for a topic that has none.
func Of(t deliberation.Topic) Status {
	for _, l := range t.Links {
		if l.Kind == LinkEntry {
			return After(l.What)
		}
	}
	return ""
}

// Place returns where permissions are asked for.
func (e Entry) Place() identity.Place { return identity.Place{Path: e.Path} }

// CheckAt is when a second member of staff may check the entry.
func (e Entry) CheckAt() time.Time { return e.At.Add(CheckAfter) }

// fact tells no words: what is said about an entry is for staff and the person, and the topic's history is for all.
func (e Entry) fact(what string, by identity.Actor, now time.Time) docstore.Fact {
	data := News{Community: e.Community, Person: e.Person, EnteredBy: e.EnteredBy, Subject: e.Title}
	data.Topics = []deliberation.TopicID{e.Topic}
	data.Link = deliberation.Link{Kind: LinkEntry, ID: string(e.Topic)}
	if e.Person != "" && by.ID == e.Person {
		data.Name = e.Name
	} else if !by.System {
		data.Name, data.Title = by.NameAt(e.Place())
	}
	return docstore.Fact{Type: what, Actor: by.Ref(), At: now, Data: data}
}

// Ask gives the entry its person, who is then asked.
func (e *Entry) Ask(who identity.AccountID, now time.Time) ([]docstore.Fact, error) {
	if e.Person != "" {
		return nil, docstore.ErrUnchanged
	}
	e.Person = who
	return []docstore.Fact{e.fact(EventAsked, asking, now)}, nil
}

// asking is the platform's hand that asks who has registered.
var asking = identity.System("entries")

// answerable reports whether the person may still say yes or no.
func (e Entry) answerable() bool {
	return slices.Contains([]Status{Awaiting, Signed, Checked}, e.Status)
}

// Confirm is the person saying: I said so. The number is forgotten then.
func (e *Entry) Confirm(by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	switch {
	case by.ID == "" || by.ID != e.Person:
		return nil, ErrNotFound
	case e.Status == Confirmed:
		return nil, docstore.ErrUnchanged
	case !e.answerable():
		return nil, ErrState
	}
	e.Status, e.Note, e.Mark = Confirmed, "", ""
	return []docstore.Fact{e.fact(EventConfirmed, by, now)}, nil
}

// Dispute is the person saying: that is not what I meant.
func (e *Entry) Dispute(by identity.Actor, note string, now time.Time) ([]docstore.Fact, error) {
	switch {
	case by.ID == "" || by.ID != e.Person:
		return nil, ErrNotFound
	case e.Status == Disputed:
		return nil, docstore.ErrUnchanged
	case !e.answerable():
		return nil, ErrState
	}
	e.Status, e.Note = Disputed, note
	return []docstore.Fact{e.fact(EventDisputed, by, now)}, nil
}

// Settle is staff saying what they corrected after a dispute; the person is asked again.
func (e *Entry) Settle(by identity.Actor, note string, now time.Time) ([]docstore.Fact, error) {
	if e.Status != Disputed {
		return nil, ErrState
	}
	e.Status, e.Note = Awaiting, note
	return []docstore.Fact{e.fact(EventSettled, by, now)}, nil
}

// Sign is staff showing the paper that the person signed. The same photo again changes nothing.
func (e *Entry) Sign(by identity.Actor, paper deliberation.PhotoID, now time.Time) ([]docstore.Fact, error) {
	switch {
	case e.Status == Signed && e.Paper == paper:
		return nil, docstore.ErrUnchanged
	case e.Status != Awaiting:
		return nil, ErrState
	}
	e.Status, e.Paper, e.Note = Signed, paper, ""
	return []docstore.Fact{e.fact(EventSigned, by, now)}, nil
}

// Check is a second member of staff saying how they made sure, where the person has not been heard of.
func (e *Entry) Check(by identity.Actor, note string, now time.Time) ([]docstore.Fact, error) {
	switch {
	case e.Status != Awaiting:
		return nil, ErrState
	case by.ID == "" || by.ID == e.EnteredBy:
		return nil, ErrSecond
	case now.Before(e.CheckAt()):
		return nil, ErrEarly
	}
	e.Status, e.Note = Checked, note
	return []docstore.Fact{e.fact(EventChecked, by, now)}, nil
}

// drop ends an entry whose topic was withdrawn; the topic's history tells it already.
func (e *Entry) drop() error {
	if e.Status == Confirmed || e.Status == Withdrawn {
		return docstore.ErrUnchanged
	}
	e.Status, e.Note, e.Mark = Withdrawn, "", ""
	return nil
}

// forget takes out what tells of a person whose account was erased; the state stays.
func (e *Entry) forget(who identity.AccountID) error {
	if e.Person != who {
		return docstore.ErrUnchanged
	}
	e.Person, e.Mark, e.Note, e.Paper = "", "", "", ""
	return nil
}
