package api

import (
	"jushou/deliberation/meeting"
	"jushou/internal/community"
	"jushou/internal/identity"
)

func meetingOf(c *Call) meeting.ID { return meeting.ID(c.Param("meeting")) }

// listMeetings lists a community's meetings.
func (a *Actions) listMeetings(c *Call) (Page[Meeting], error) {
	found, err := a.Meetings.Meetings(c.Context(), c.Actor, community.ID(c.Param("community")), c.after())
	if err != nil {
		return Page[Meeting]{}, err
	}
	return pageOf(found.Items, found.Next, func(v meeting.View) Meeting { return showMeeting(v, instant(c.Now)) }), nil
}

// readMeeting shows one meeting.
func (a *Actions) readMeeting(c *Call) (Meeting, error) {
	return c.met(a.Meetings.Meeting(c.Context(), c.Actor, meetingOf(c)))
}

// MeetingParty is an organisation with accounts that may be invited or given something to do.
type MeetingParty struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// meetingGuests lists whom a community may invite.
func (a *Actions) meetingGuests(c *Call) (Page[MeetingParty], error) {
	node, err := a.Directory.Node(c.Context(), community.ID(c.Param("community")))
	if err != nil {
		return Page[MeetingParty]{}, err
	}
	if err := identity.Can(c.Actor, identity.CallMeeting, identity.At(node)); err != nil {
		return Page[MeetingParty]{}, err
	}
	found, err := a.Meetings.Callable(c.Context(), node)
	if err != nil {
		return Page[MeetingParty]{}, err
	}
	return pageOf(found, "", func(p meeting.Party) MeetingParty { return MeetingParty{p.Key(), p.Name} }), nil
}

// listOpinions lists what residents said before a meeting.
func (a *Actions) listOpinions(c *Call) (Page[MeetingOpinion], error) {
	found, err := a.Meetings.Opinions(c.Context(), c.Actor, meetingOf(c), c.after())
	if err != nil {
		return Page[MeetingOpinion]{}, err
	}
	return pageOf(found.Items, found.Next, showOpinion), nil
}

// listMeetingTasks lists what is not done.
func (a *Actions) listMeetingTasks(c *Call) (Page[MeetingTask], error) {
	found, err := a.Meetings.TaskDesk(c.Context(), c.Actor, community.ID(c.Param("community")))
	if err != nil {
		return Page[MeetingTask]{}, err
	}
	return pageOf(found, "", showTask), nil
}

// readMeetingTask shows one task.
func (a *Actions) readMeetingTask(c *Call) (MeetingTask, error) {
	return tasked(a.Meetings.Task(c.Context(), c.Actor, meeting.TaskID(c.Param("task"))))
}

// TownMeetings is what concerns somebody of a town or a department.
type TownMeetings struct {
	Meetings []Meeting     `json:"meetings" doc:"To come, with an invitation to answer; the earliest first."`
	Tasks    []MeetingTask `json:"tasks" doc:"Not done; the earliest due first. The town's own people see all."`
}

// townMeetings shows what a town or a department has to do with meetings.
func (a *Actions) townMeetings(c *Call) (TownMeetings, error) {
	found, err := a.Meetings.TownDesk(c.Context(), c.Actor, community.ID(c.Param("town")))
	if err != nil {
		return TownMeetings{}, err
	}
	shown := func(v meeting.View) Meeting { return showMeeting(v, instant(c.Now)) }
	return TownMeetings{Meetings: each(found.Meetings, shown), Tasks: each(found.Tasks, showTask)}, nil
}
