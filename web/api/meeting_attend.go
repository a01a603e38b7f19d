package api

import "jushou/deliberation/meeting"

// takeSeat keeps a seat for the caller.
func (a *Actions) takeSeat(c *Call) (Meeting, error) {
	return c.met(a.Meetings.Listen(c.Context(), c.Actor, meetingOf(c), true))
}

// leaveSeat gives it back.
func (a *Actions) leaveSeat(c *Call) (Meeting, error) {
	return c.met(a.Meetings.Listen(c.Context(), c.Actor, meetingOf(c), false))
}

// NewOpinion is what a resident says beforehand.
type NewOpinion struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text string `json:"text" doc:"At most 300 characters."`
}

// giveOpinion says it.
func (a *Actions) giveOpinion(c *Call, in NewOpinion) (MeetingOpinion, error) {
	o, err := a.Meetings.GiveOpinion(c.Context(), c.Actor, meeting.GiveOpinion{ID: meeting.OpinionID(c.token(in.ID)), Meeting: meetingOf(c), Text: in.Text})
	if err != nil {
		return MeetingOpinion{}, err
	}
	return showOpinion(o), nil
}

// hideOpinion takes an opinion out of sight.
func (a *Actions) hideOpinion(c *Call, in MeetingReason) (MeetingOpinion, error) {
	o, err := a.Meetings.HideOpinion(c.Context(), c.Actor, meeting.OpinionID(c.Param("opinion")), in.Reason)
	if err != nil {
		return MeetingOpinion{}, err
	}
	return showOpinion(o), nil
}
