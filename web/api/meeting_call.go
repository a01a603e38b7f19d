package api

import (
	"time"

	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/internal/community"
)

// MeetingInvitation says who is invited.
type MeetingInvitation struct {
	Units     []string               `json:"units,omitempty" doc:"Keys, as meetingGuests lists them."`
	Others    []string               `json:"others,omitempty" doc:"Names of those without accounts."`
	AuthorsOf []deliberation.TopicID `json:"authors_of,omitempty" doc:"Topics whose authors stand for residents."`
}

func (i MeetingInvitation) whom() meeting.Whom {
	return meeting.Whom{Units: i.Units, Others: i.Others, AuthorsOf: i.AuthorsOf}
}

// NewMeeting calls a meeting.
type NewMeeting struct {
	ID       string            `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Kind     meeting.Kind      `json:"kind" doc:"joint, hearing, coordination or review."`
	Title    string            `json:"title"`
	Purpose  string            `json:"purpose"`
	StartsAt string            `json:"starts_at" format:"date-time"`
	Where    string            `json:"where"`
	Online   string            `json:"online,omitempty"`
	Agenda   []MeetingItem     `json:"agenda"`
	Invite   MeetingInvitation `json:"invite"`
	Seats    int               `json:"seats,omitempty" doc:"For residents who come to listen to a hearing or a review."`
}

// callMeeting calls it.
func (a *Actions) callMeeting(c *Call, in NewMeeting) (Meeting, error) {
	at, err := parseInstant("starts_at", in.StartsAt)
	if err != nil {
		return Meeting{}, err
	}
	return c.met(a.Meetings.CallMeeting(c.Context(), c.Actor, meeting.Call{
		ID: meeting.ID(c.token(in.ID)), Community: community.ID(c.Param("community")), Kind: in.Kind, Title: in.Title, Purpose: in.Purpose, StartsAt: at,
		Where: in.Where, Online: in.Online, Invite: in.Invite.whom(), Seats: in.Seats,
		Agenda: each(in.Agenda, func(i MeetingItem) meeting.Item { return meeting.Item(i) }),
	}))
}

// inviteMore invites more guests.
func (a *Actions) inviteMore(c *Call, in MeetingInvitation) (Meeting, error) {
	return c.met(a.Meetings.Invite(c.Context(), c.Actor, meetingOf(c), in.whom()))
}

// MeetingReply is a guest's word.
type MeetingReply struct {
	Guest  int           `json:"guest"`
	Reply  meeting.Reply `json:"reply" doc:"accepted or declined."`
	Reason string        `json:"reason,omitempty" doc:"Of declining."`
}

// answerInvitation accepts or declines for a guest.
func (a *Actions) answerInvitation(c *Call, in MeetingReply) (Meeting, error) {
	return c.met(a.Meetings.AnswerInvitation(c.Context(), c.Actor, meeting.AnswerInvitation{Meeting: meetingOf(c), Guest: in.Guest, Reply: in.Reply, Reason: in.Reason}))
}

// announceMeeting tells the community.
func (a *Actions) announceMeeting(c *Call) (Meeting, error) {
	return c.met(a.Meetings.AnnounceMeeting(c.Context(), c.Actor, meetingOf(c)))
}

// MeetingPostponement gives a date up.
type MeetingPostponement struct {
	Was      string `json:"was" format:"date-time" doc:"The date that the caller saw."`
	Reason   string `json:"reason,omitempty" doc:"Left out only where a postponed meeting is given its next date."`
	StartsAt string `json:"starts_at,omitempty" format:"date-time" doc:"The next date; left out while there is none."`
}

// postponeMeeting gives the date up, and gives the next one.
func (a *Actions) postponeMeeting(c *Call, in MeetingPostponement) (Meeting, error) {
	was, err := parseInstant("was", in.Was)
	if err != nil {
		return Meeting{}, err
	}
	var next time.Time
	if in.StartsAt != "" {
		if next, err = parseInstant("starts_at", in.StartsAt); err != nil {
			return Meeting{}, err
		}
	}
	return c.met(a.Meetings.PostponeMeeting(c.Context(), c.Actor, meeting.Postpone{Meeting: meetingOf(c), Was: was, Reason: in.Reason, StartsAt: next}))
}

// MeetingReason is why.
type MeetingReason struct {
	Reason string `json:"reason"`
}

// cancelMeeting ends it.
func (a *Actions) cancelMeeting(c *Call, in MeetingReason) (Meeting, error) {
	return c.met(a.Meetings.CancelMeeting(c.Context(), c.Actor, meetingOf(c), in.Reason))
}
