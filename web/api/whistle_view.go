package api

import (
	"jushou/deliberation"
	"jushou/deliberation/whistle"
	"jushou/internal/community"
)

// WhistleUnit is one unit that was called.
type WhistleUnit struct {
	Number    int           `json:"number" doc:"Names the unit in steps."`
	Board     string        `json:"board,omitempty" doc:"dept: and the key of a department, or a partner's board; left out for a unit without accounts."`
	Name      string        `json:"name"`
	Reply     whistle.Reply `json:"reply"`
	DueAt     Instant       `json:"due_at,omitzero" doc:"By when it has to answer."`
	RepliedAt Instant       `json:"replied_at,omitzero"`
	By        string        `json:"by,omitempty"`
	Noted     bool          `json:"noted,omitempty" doc:"The caller wrote the answer down."`
	Reason    string        `json:"reason,omitempty" doc:"Of a refusal."`
	ComesAt   Instant       `json:"comes_at,omitzero"`
	ArrivedAt Instant       `json:"arrived_at,omitzero"`
	Report    string        `json:"report,omitempty"`
	Missed    []Instant     `json:"missed" doc:"Instants at which it had not answered."`
}

// WhistleStep is one step of the record.
type WhistleStep struct {
	What  string  `json:"what"`
	Name  string  `json:"name,omitempty"`
	Title string  `json:"title,omitempty"`
	Unit  string  `json:"unit,omitempty"`
	Words string  `json:"words,omitempty"`
	At    Instant `json:"at"`
}

// Whistle is several units called together.
type Whistle struct {
	ID        whistle.ID             `json:"id"`
	Community community.ID           `json:"community"`
	Form      whistle.Form           `json:"form" doc:"call: come and handle it together; invite: come to a meeting."`
	Urgent    bool                   `json:"urgent"`
	Title     string                 `json:"title"`
	Reason    string                 `json:"reason"`
	MeetAt    Instant                `json:"meet_at"`
	Where     string                 `json:"where"`
	Topics    []deliberation.TopicID `json:"topics"`
	Status    whistle.Status         `json:"status"`
	Caller    Author                 `json:"caller"`
	CalledAt  Instant                `json:"called_at"`
	Units     []WhistleUnit          `json:"units"`
	Solution  string                 `json:"solution,omitempty"`
	Verdict   whistle.Verdict        `json:"verdict,omitempty"`
	Review    string                 `json:"review,omitempty"`
	History   []WhistleStep          `json:"history"`
	Speaks    []int                  `json:"speaks" doc:"The units the caller of this action answers for."`
}

func showWhistle(w whistle.View) Whistle {
	shown := Whistle{
		ID: w.ID, Community: w.Community, Form: w.Form, Urgent: w.Urgent, Title: w.Title, Reason: w.Reason, MeetAt: instant(w.MeetAt), Where: w.Where,
		Topics: append([]deliberation.TopicID{}, w.Topics...), Status: w.Status, Caller: showAuthor(w.Caller), CalledAt: instant(w.CalledAt),
		Solution: w.Solution, Verdict: w.Verdict, Review: w.Review, Speaks: append([]int{}, w.Speaks...),
		History: each(w.History, func(e whistle.Entry) WhistleStep {
			return WhistleStep{What: e.What, Name: e.Name, Title: e.Title, Unit: e.Unit, Words: e.Words, At: instant(e.At)}
		}),
	}
	for n, u := range w.Units {
		shown.Units = append(shown.Units, WhistleUnit{
			Number: n, Board: u.Board, Name: u.Name, Reply: u.Reply, DueAt: instant(u.DueAt), RepliedAt: instant(u.RepliedAt), By: u.ByName, Noted: u.Noted,
			Reason: u.Reason, ComesAt: instant(u.ComesAt), ArrivedAt: instant(u.ArrivedAt), Report: u.Report, Missed: each(u.Missed, instant),
		})
	}
	return shown
}

// stepped shows what a step left.
func stepped(w whistle.View, err error) (Whistle, error) {
	if err != nil {
		return Whistle{}, err
	}
	return showWhistle(w), nil
}
