package digest

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Types of events; the data of each is News. Those that concern topics are per group, so that none names more than
// MaxInGroup of them.
const (
	Opened        = "digest.opened"
	SortedOut     = "digest.sorted"    // the secretary has to look
	SentBack      = "digest.sent_back" // to who sorted it
	PassedUp      = "digest.submitted" // the town has to answer
	GroupPassed   = "digest.passed"    // its topics: reported to the town
	ReturnedBy    = "digest.returned"  // the town asks for more
	TakenBack     = "digest.withdrawn" // by the community
	GroupRecalled = "digest.recalled"  // its topics: not with the town any more
	// The town's answer, told to a group's topics and their authors.
	GroupAdopted  = "digest.adopted"
	GroupPartly   = "digest.partly"
	GroupDeclined = "digest.declined"
	AllAnswered   = "digest.answered"
	Ended         = "digest.closed"
	Late          = "digest.late" // a step of the ladder was reached
)

// answered is the type of the event of an answer.
func answered(v Verdict) string {
	switch v {
	case Adopted:
		return GroupAdopted
	case Partly:
		return GroupPartly
	}
	return GroupDeclined
}

// News is the data of every event: what it is about and whom it concerns.
type News struct {
	deliberation.Linked
	Digest    ID                 `json:"digest"`
	Community community.ID       `json:"community"`
	Town      community.ID       `json:"town,omitempty"`
	Subject   string             `json:"subject"` // the digest's title
	By        identity.AccountID `json:"by,omitempty"`
	ByName    string             `json:"by_name,omitempty"`
	ByTitle   string             `json:"by_title,omitempty"`
	// Sorter and Submitter are the two persons of the community who put their names to it.
	Sorter    identity.AccountID `json:"sorter,omitempty"`
	Submitter identity.AccountID `json:"submitter,omitempty"`
	Group     GroupID            `json:"group,omitempty"`
	Heading   string             `json:"heading,omitempty"`
	Words     string             `json:"words,omitempty"`
	DueAt     time.Time          `json:"due_at,omitzero"`
	// Step is the highest level of the ladder that was reached; "" if nobody has to hear of it.
	Step    deadline.Recipient `json:"step,omitempty"`
	Warning bool               `json:"warning,omitempty"`
}

// hand is who takes a step, and how others see them.
type hand struct {
	actor identity.Actor
	deliberation.Author
}

// patrol is the hand that writes down what fell due.
var patrol = hand{actor: identity.System("patrol")}

// news is what every event of the digest begins with.
func (d Digest) news(h hand) News {
	return News{
		Digest: d.ID, Community: d.Community, Town: d.Town(), Subject: d.Title, By: h.actor.ID, ByName: h.Name, ByTitle: h.Title,
		Sorter: d.SortedBy.Account, Submitter: d.SubmittedBy.Account, DueAt: d.Clock.DueAt,
	}
}

// excerpt is how much of an answer stands beside a topic.
const excerpt = 60

// about is what an event of a group says; words stand in the topics' link behind the heading.
func (d Digest) about(g Group, h hand, words string) News {
	n := d.news(h)
	n.Group, n.Heading, n.Words = g.ID, g.Heading, words
	title := g.Heading
	if words != "" {
		title += " · " + clip(words, excerpt)
	}
	n.Linked = deliberation.Linked{
		Topics: g.Topics, Link: deliberation.Link{Kind: deliberation.LinkDigest, ID: string(d.ID), Title: title}, Name: h.Name, Title: h.Title,
	}
	return n
}

// clip shortens a text to n runes.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func fact(what string, h hand, at time.Time, data News) docstore.Fact {
	return docstore.Fact{Type: what, Actor: h.actor.Ref(), At: at, Data: data}
}

// note writes a step into the record and counts it.
func (d *Digest) note(what string, h hand, group, words string, at time.Time) {
	d.Revision++
	if len(d.History) >= maxSteps {
		return
	}
	d.History = append(slices.Clip(d.History), Entry{
		What: what, Actor: h.actor.Ref(), Name: h.Name, Title: h.Title, Group: group, Words: words, At: at,
	})
}
