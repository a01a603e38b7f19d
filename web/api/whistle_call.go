package api

import (
	"jushou/deliberation"
	"jushou/deliberation/whistle"
	"jushou/internal/community"
)

// NewWhistle calls units together.
type NewWhistle struct {
	ID     string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Form   whistle.Form           `json:"form"`
	Urgent bool                   `json:"urgent,omitempty" doc:"To be answered within two working hours instead of one working day."`
	Title  string                 `json:"title"`
	Reason string                 `json:"reason"`
	MeetAt string                 `json:"meet_at" format:"date-time"`
	Where  string                 `json:"where"`
	Topics []deliberation.TopicID `json:"topics,omitempty"`
	Units  []string               `json:"units,omitempty" doc:"Boards, as callableUnits lists them."`
	Others []string               `json:"others,omitempty" doc:"Names of units without accounts."`
}

// callUnits calls.
func (a *Actions) callUnits(c *Call, in NewWhistle) (Whistle, error) {
	at, err := parseInstant("meet_at", in.MeetAt)
	if err != nil {
		return Whistle{}, err
	}
	return stepped(a.Whistles.CallUnits(c.Context(), c.Actor, whistle.Call{
		ID: whistle.ID(c.token(in.ID)), Community: community.ID(c.Param("community")), Form: in.Form, Urgent: in.Urgent, Title: in.Title, Reason: in.Reason,
		MeetAt: at, Where: in.Where, Topics: in.Topics, Boards: in.Units, Others: in.Others,
	}))
}
