package api

import "jushou/deliberation/meeting"

// MeetingPresence is who was there.
type MeetingPresence struct {
	Guests    []int `json:"guests" doc:"Numbers of those invited who came."`
	Headcount int   `json:"headcount" doc:"Everybody who was there."`
}

// holdMeeting writes down that it took place, or mends who was there.
func (a *Actions) holdMeeting(c *Call, in MeetingPresence) (Meeting, error) {
	return c.met(a.Meetings.HoldMeeting(c.Context(), c.Actor, meetingOf(c), meeting.Presence(in)))
}

// NewMinutes is the next version of the minutes.
type NewMinutes struct {
	Seen      int               `json:"seen" doc:"The last version that its writer saw, 0 for none."`
	Summary   string            `json:"summary"`
	Outcomes  []MeetingOutcome  `json:"outcomes" doc:"One for each point of the agenda."`
	Decisions []MeetingDecision `json:"decisions,omitempty"`
	Why       string            `json:"why,omitempty" doc:"What is corrected, of minutes that are published; their decisions stay as they are."`
}

// writeMinutes writes the next version.
func (a *Actions) writeMinutes(c *Call, in NewMinutes) (Meeting, error) {
	return c.met(a.Meetings.WriteMinutes(c.Context(), c.Actor, meeting.WriteMinutes{
		Meeting: meetingOf(c), Seen: in.Seen, Summary: in.Summary, Why: in.Why,
		Outcomes: each(in.Outcomes, func(o MeetingOutcome) meeting.Outcome {
			return meeting.Outcome{Words: o.Words, Tally: (*meeting.Tally)(o.Tally)}
		}),
		Decisions: each(in.Decisions, func(d MeetingDecision) meeting.DecisionForm {
			return meeting.DecisionForm{What: d.What, Unit: d.Unit, Owner: d.Owner, Days: d.Days, Item: d.Item}
		}),
	}))
}

// MinutesVersion names a version.
type MinutesVersion struct {
	Version int `json:"version" doc:"The one that the caller saw."`
}

// confirmMinutes lets a version hold.
func (a *Actions) confirmMinutes(c *Call, in MinutesVersion) (Meeting, error) {
	return c.met(a.Meetings.ConfirmMinutes(c.Context(), c.Actor, meetingOf(c), in.Version))
}

// MinutesReturn gives a version back.
type MinutesReturn struct {
	Version int    `json:"version" doc:"The one that the caller saw."`
	Reason  string `json:"reason"`
}

// returnMinutes gives a version back to be rewritten.
func (a *Actions) returnMinutes(c *Call, in MinutesReturn) (Meeting, error) {
	return c.met(a.Meetings.ReturnMinutes(c.Context(), c.Actor, meetingOf(c), in.Version, in.Reason))
}

// publishMinutes shows the confirmed version to everybody.
func (a *Actions) publishMinutes(c *Call, in MinutesVersion) (Meeting, error) {
	return c.met(a.Meetings.PublishMinutes(c.Context(), c.Actor, meetingOf(c), in.Version))
}
