// Package story tells a topic as pages show it: deliberation's views become the view models of web/view,
// the same for residents, the desk and public pages.
package story

import (
	"strings"

	"jushou/deliberation"
	"jushou/web/view"
)

// Status returns the mark of a topic; "" for one that promises no answer and needs no mark.
func Status(t deliberation.TopicView) view.Status {
	switch t.Status {
	case deliberation.Held:
		return view.Held
	case deliberation.Withdrawn:
		return view.Withdrawn
	case deliberation.Hidden:
		return view.Concealed
	case deliberation.Responded, deliberation.Refused, deliberation.Merged:
		return view.Answered
	case deliberation.Accepted, deliberation.Dispatched, deliberation.InHand, deliberation.Reported, deliberation.Disputed, deliberation.Deliberating:
		return view.Working
	case deliberation.Resolved, deliberation.Closed:
		return view.Resolved
	case deliberation.Waiting:
		if t.Explain.Late > 0 {
			return view.Overdue
		}
		return view.Waiting
	}
	return ""
}

// Clock returns the promise of a topic, empty where none runs.
func Clock(t deliberation.TopicView) view.Clock {
	e := t.Explain
	c := view.Clock{Phase: string(e.Phase), Next: e.NextAt, Late: e.Late}
	switch e.Phase {
	case deliberation.PhaseWaiting:
		c.Start, c.Due = t.CreatedAt, e.DueAt
		if e.DueAt.IsZero() {
			c.Phase = "waiting_unknown"
		}
	case deliberation.PhaseListed, deliberation.PhaseSecretary:
		if e.NextAt.IsZero() {
			c.Phase = string(deliberation.PhaseOverdue)
		}
	case deliberation.PhaseMet:
		if c.Phase = ""; e.Late > 0 {
			c.Phase = "met_late"
		}
	case deliberation.PhaseNone, deliberation.PhaseEnded:
		c.Phase = ""
	}
	return c
}

// Card returns a topic as a list shows it.
func Card(t deliberation.TopicView) view.TopicCard {
	c := view.TopicCard{
		Href: "/t/" + string(t.ID), Title: t.Title, Text: rest(t.Title, t.Body), Author: t.Author.Name, Building: t.Author.Building,
		Role: t.Author.Title, Board: "board." + string(t.Board), BoardName: t.BoardName, At: t.CreatedAt, Comments: t.Comments, Photos: len(t.Photos),
		Status: Status(t), Masked: t.Masked,
	}
	if t.Status == deliberation.Waiting {
		c.Clock = Clock(t)
	}
	if len(t.Photos) > 0 {
		c.Thumb = Photos(t.ID, t.Photos)[0].Thumb
	}
	return c
}

// rest returns what a body says beyond its title: without a title of its own, a topic is called by the first line.
func rest(title, body string) string {
	first, after, _ := strings.Cut(body, "\n")
	if first == title {
		return strings.TrimLeft(after, "\n")
	}
	return body
}

// Cards returns a list.
func Cards(all []deliberation.TopicView) []view.TopicCard {
	cards := make([]view.TopicCard, len(all))
	for i, t := range all {
		cards[i] = Card(t)
	}
	return cards
}

// Photos returns the addresses of photos that belong to a topic; they ask for its permission.
func Photos(topic deliberation.TopicID, ids []deliberation.PhotoID) []view.Photo {
	photos := make([]view.Photo, len(ids))
	for i, id := range ids {
		base := "/t/" + string(topic) + "/photos/" + string(id)
		photos[i] = view.Photo{Thumb: base + "/thumb", Full: base + "/full"}
	}
	return photos
}
