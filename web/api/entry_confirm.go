package api

import (
	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/photo"
)

// Entry is what is known of an assisted entry beside its topic.
type Entry struct {
	Topic     deliberation.TopicID `json:"topic"`
	Community community.ID         `json:"community"`
	Title     string               `json:"title"`
	Name      string               `json:"name" doc:"Masked."`
	Source    assisted.Source      `json:"source"`
	Where     string               `json:"where,omitempty"`
	Status    assisted.Status      `json:"status"`
	Note      string               `json:"note,omitempty" doc:"Of the latest dispute, settlement or check."`
	At        Instant              `json:"at"`
	CheckAt   Instant              `json:"check_at" doc:"When a second member of staff may check it."`
	Asked     bool                 `json:"asked" doc:"The person has an account and was asked."`
	Paper     bool                 `json:"paper" doc:"There is a photo of a signed paper, for staff."`
}

func showEntry(e assisted.Entry) Entry {
	return Entry{
		Topic: e.Topic, Community: e.Community, Title: e.Title, Name: e.Name, Source: e.Source, Where: e.Where, Status: e.Status, Note: e.Note,
		At: instant(e.At), CheckAt: instant(e.CheckAt()), Asked: e.Person != "", Paper: e.Paper != "",
	}
}

func entryOf(c *Call) deliberation.TopicID { return deliberation.TopicID(c.Param("entry")) }

// listEntries lists what waits for its person, the oldest first.
func (a *Actions) listEntries(c *Call) (Page[Entry], error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return Page[Entry]{}, err
	}
	found, next, err := a.Assisted.Unconfirmed(c.Context(), c.Actor, node, docstore.Cursor(c.after()))
	if err != nil {
		return Page[Entry]{}, err
	}
	return pageOf(found, next, showEntry), nil
}

// readEntry shows an entry to its person.
func (a *Actions) readEntry(c *Call) (Entry, error) {
	e, err := a.Assisted.Entry(c.Context(), c.Actor, entryOf(c))
	return showEntry(e), err
}

// confirmEntry takes the person's yes.
func (a *Actions) confirmEntry(c *Call) (Entry, error) {
	if err := a.Assisted.Confirm(c.Context(), c.Actor, entryOf(c)); err != nil {
		return Entry{}, err
	}
	return a.readEntry(c)
}

// EntryDispute is the person's no.
type EntryDispute struct {
	Note string `json:"note" doc:"What was meant, at most 200 characters."`
}

// disputeEntry takes the person's no.
func (a *Actions) disputeEntry(c *Call, in EntryDispute) (Entry, error) {
	if err := a.Assisted.Dispute(c.Context(), c.Actor, entryOf(c), in.Note); err != nil {
		return Entry{}, err
	}
	return a.readEntry(c)
}

// EntryStep is a step of staff.
type EntryStep struct {
	Do    assisted.Step        `json:"do" doc:"settle: corrected after a dispute; sign: signed on paper; check: made sure by a second member of staff."`
	Note  string               `json:"note,omitempty" doc:"Of settle and check."`
	Paper deliberation.PhotoID `json:"paper,omitempty" doc:"Of sign: a photo that the caller has uploaded."`
}

// tendEntry takes a step of staff.
func (a *Actions) tendEntry(c *Call, in EntryStep) (Entry, error) {
	if in.Paper != "" && !a.Shelf.IsOf(c.Context(), string(in.Paper), c.Actor.ID) {
		in.Paper = "" // somebody else's, which would be shown to the caller
	}
	e, err := a.Assisted.Tend(c.Context(), c.Actor, assisted.Tend{Entry: entryOf(c), Do: in.Do, Note: in.Note, Paper: in.Paper})
	return showEntry(e), err
}

// entryPaper returns the photo of the signed paper to staff.
func (a *Actions) entryPaper(c *Call) ([]byte, error) {
	e, err := a.Assisted.DeskEntry(c.Context(), c.Actor, entryOf(c))
	if err == nil && e.Paper == "" {
		err = photo.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return a.picture(c, string(e.Paper))
}
