package api

import (
	"errors"

	"jushou/deliberation"
	"jushou/deliberation/moderation"
	"jushou/internal/fault"
)

// FoundWord is a passage that the word list found.
type FoundWord struct {
	Category deliberation.Category `json:"category"`
	Word     string                `json:"word"`
	Passage  string                `json:"passage,omitempty"`
}

// Hint is a report without who made it.
type Hint struct {
	Why   moderation.Why `json:"why"`
	Words string         `json:"words,omitempty"`
	At    Instant        `json:"at"`
}

// Decision is one that was taken about a thing.
type Decision struct {
	What   moderation.What `json:"what"`
	Reason string          `json:"reason,omitempty"`
	Name   string          `json:"name"`
	Title  string          `json:"title,omitempty"`
	At     Instant         `json:"at"`
}

// Case is what is known about a thing that moderators look at. A decision names kind, id, revision and seen as they were read.
type Case struct {
	Kind      moderation.Kind      `json:"kind"`
	ID        string               `json:"id"`
	Revision  int                  `json:"revision" doc:"Counts what happened to the case."`
	Seen      string               `json:"seen" doc:"Changes with the text and with every decision."`
	OpenedAt  Instant              `json:"opened_at,omitzero" doc:"Since when something waits."`
	Raised    bool                 `json:"raised" doc:"An appeal or several reports put it before the others."`
	Topic     deliberation.TopicID `json:"topic"`
	Hints     []Hint               `json:"hints" doc:"Reports that wait."`
	Appeal    *Appeal              `json:"appeal,omitempty" doc:"The one that waits."`
	Decisions []Decision           `json:"decisions"`
}

// CaseItem is a case with its thing.
type CaseItem struct {
	Case
	State    moderation.State `json:"state"`
	Author   Author           `json:"author"`
	Title    string           `json:"title"`
	Text     string           `json:"text"`
	At       Instant          `json:"at"`
	Reason   string           `json:"reason,omitempty"`
	Findings []FoundWord      `json:"findings"`
	Link     string           `json:"link"`
	Barred   string           `json:"barred,omitempty" doc:"The code of why the reader may not decide it: their own words, or an appeal against their own decision."`
}

func showCase(m moderation.Case) Case {
	shown := Case{
		Kind: m.Kind, ID: m.ID, Revision: m.Revision, Seen: m.Seen, OpenedAt: instant(m.OpenedAt), Raised: m.Raised(), Topic: m.Topic,
		Hints: each(m.Waiting(), func(r moderation.Report) Hint { return Hint{Why: r.Why, Words: r.Words, At: instant(r.At)} }),
		Decisions: each(m.Decisions, func(d moderation.Decision) Decision {
			return Decision{What: d.What, Reason: d.Reason, Name: d.Name, Title: d.Title, At: instant(d.At)}
		}),
	}
	if open, waits := m.OpenAppeal(); waits {
		appeal := showAppeal(open)
		shown.Appeal = &appeal
	}
	return shown
}

func showCaseItem(i moderation.Item) CaseItem {
	t := i.Thing
	shown := CaseItem{
		Case: showCase(i.Case), State: t.State, Author: showAuthor(t.Author), Title: t.Title, Text: t.Text, At: instant(t.At),
		Reason: t.Reason, Link: t.Link, Barred: codeOf(i.Barred),
		Findings: each(t.Findings, func(f deliberation.Finding) FoundWord {
			return FoundWord{Category: f.Category, Word: f.Word, Passage: f.Passage}
		}),
	}
	shown.Seen = t.Seen // a decision is about the thing as it is now
	return shown
}

// codeOf returns the code of a refusal, "" if there is none.
func codeOf(err error) string {
	var refused *fault.Error
	if errors.As(err, &refused) {
		return refused.Code
	}
	return ""
}

// moderationQueue lists what waits: raised cases first, each sort the oldest first.
func (a *Actions) moderationQueue(c *Call) (Page[CaseItem], error) {
	found, err := a.Moderation.Queue(c.Context(), c.Actor, nodeOf(c), c.after())
	if err != nil {
		return Page[CaseItem]{}, err
	}
	return pageOf(found.Items, found.Next, showCaseItem).of(found.Total), nil
}
