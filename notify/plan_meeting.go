package notify

import (
	"slices"

	"jushou/deliberation/meeting"
	"jushou/internal/deadline"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of notices about meetings and what they decided.
const (
	KeyMeetingInvited   = "notice.meeting_invited"   // a guest: come, or say why not
	KeyMeetingDeclined  = "notice.meeting_declined"  // the caller: a guest does not come
	KeyMeetingPostponed = "notice.meeting_postponed" // guests and listeners
	KeyMeetingMoved     = "notice.meeting_moved"     // guests and listeners: another date
	KeyMeetingCancelled = "notice.meeting_cancelled" // guests and listeners
	KeyMeetingCheck     = "notice.meeting_check"     // a second person: minutes wait
	KeyMeetingReturned  = "notice.meeting_returned"  // who wrote them: what is to be changed
	KeyMeetingConfirmed = "notice.meeting_confirmed" // the caller: they may be published
	KeyMeetingPublished = "notice.meeting_published" // authors of the topics, representatives, listeners
	KeyMeetingCorrected = "notice.meeting_corrected" // the same: what they read was corrected
	KeyMeetingSoon      = "notice.meeting_soon"      // the caller: minutes are due soon
	KeyMeetingLate      = "notice.meeting_late"      // secretary, later the town: they were due
	KeyMeetingHidden    = "notice.meeting_hidden"    // who said it: out of sight, and why

	KeyTaskOpened  = "notice.task_opened"  // whose task it is
	KeyTaskSoon    = "notice.task_soon"    // the same: it is due soon
	KeyTaskLate    = "notice.task_late"    // the same and the secretary, later the town: it was due
	KeyTaskAsked   = "notice.task_asked"   // secretary or town: decide about a later date
	KeyTaskMoved   = "notice.task_moved"   // who asked: granted
	KeyTaskRefused = "notice.task_refused" // who asked: not granted
	KeyTaskDone    = "notice.task_done"    // authors of the topics, representatives, listeners
)

// meetingKeys lists them.
func meetingKeys() []string {
	return []string{
		KeyMeetingInvited, KeyMeetingDeclined, KeyMeetingPostponed, KeyMeetingMoved, KeyMeetingCancelled, KeyMeetingCheck, KeyMeetingReturned,
		KeyMeetingConfirmed, KeyMeetingPublished, KeyMeetingCorrected, KeyMeetingSoon, KeyMeetingLate, KeyMeetingHidden,
		KeyTaskOpened, KeyTaskSoon, KeyTaskLate, KeyTaskAsked, KeyTaskMoved, KeyTaskRefused, KeyTaskDone,
	}
}

// meetingTypes are the events that planMeeting knows. That a meeting was announced is on the page; nobody is pushed for it.
func meetingTypes() []string {
	return []string{
		meeting.EventCalled, meeting.EventInvited, meeting.EventReplied, meeting.EventPostponed, meeting.EventRescheduled, meeting.EventCancelled,
		meeting.EventDrafted, meeting.EventReturned, meeting.EventConfirmed, meeting.EventPublished, meeting.EventCorrected, meeting.EventLate, meeting.EventHidden,
		meeting.EventTaskOpened, meeting.EventTaskLate, meeting.EventTaskAsked, meeting.EventTaskMoved, meeting.EventTaskRefused, meeting.EventTaskDone,
	}
}

// CircleMeeting are those whom it concerns what came of a meeting.
const CircleMeeting = "meeting"

// meetingTemplate says which template message tells it.
func meetingTemplate(key string) (Template, bool) {
	switch key {
	case KeyMeetingPostponed, KeyMeetingMoved, KeyMeetingCancelled, KeyMeetingPublished, KeyMeetingCorrected, KeyMeetingHidden, KeyTaskDone:
		return templateProgress, true
	}
	return templateWork, slices.Contains(meetingKeys(), key)
}

// meetingWork reports whether somebody waits for who is told.
func meetingWork(key string) bool {
	switch key {
	case KeyMeetingCheck, KeyMeetingLate, KeyTaskLate, KeyTaskAsked:
		return true
	}
	return false
}

// planMeeting tells guests of their invitation and of every change of the date, a second person of minutes that wait, those
// concerned of what came of it, and whoever carries a task out of its dates.
func planMeeting(event string) func(meeting.News) []Share {
	return func(n meeting.News) []Share {
		switch event {
		case meeting.EventCalled, meeting.EventInvited:
			return toGuests(n, KeyMeetingInvited)
		case meeting.EventPostponed:
			return toComers(n, KeyMeetingPostponed)
		case meeting.EventRescheduled:
			return toComers(n, KeyMeetingMoved)
		case meeting.EventCancelled:
			return toComers(n, KeyMeetingCancelled)
		case meeting.EventReplied:
			if n.Reply != meeting.Declined {
				return nil // it stands on the page
			}
			return toOneBut(n.Caller, n.By, meetingDraft(n, KeyMeetingDeclined))
		case meeting.EventDrafted:
			to := Audience{Role: identity.RoleSecretary, Node: n.Community}
			if n.BySecretary {
				to = Audience{Duty: n.Community}
			}
			return []Share{{To: to, But: n.By, Draft: meetingDraft(n, KeyMeetingCheck)}}
		case meeting.EventReturned:
			return toOneBut(n.To, n.By, meetingDraft(n, KeyMeetingReturned))
		case meeting.EventConfirmed:
			return toOneBut(n.Caller, n.By, meetingDraft(n, KeyMeetingConfirmed))
		case meeting.EventPublished:
			return []Share{{To: Audience{Circle: CircleMeeting, ID: string(n.Meeting)}, But: n.By, Draft: forResidents(n, KeyMeetingPublished)}}
		case meeting.EventCorrected:
			return []Share{{To: Audience{Circle: CircleMeeting, ID: string(n.Meeting)}, But: n.By, Draft: forResidents(n, KeyMeetingCorrected)}}
		case meeting.EventHidden:
			return toOneBut(n.To, n.By, forResidents(n, KeyMeetingHidden))
		case meeting.EventLate:
			return planMinutesDue(n)
		}
		return planTask(event, n)
	}
}

// planTask tells whoever carries a task out, and those who decide about its dates.
func planTask(event string, n meeting.News) []Share {
	switch event {
	case meeting.EventTaskOpened:
		return []Share{{To: taskOwner(n), Draft: taskDraft(n, KeyTaskOpened)}}
	case meeting.EventTaskAsked:
		to := Audience{Role: identity.RoleSecretary, Node: n.Community}
		if n.BySecretary {
			to = Audience{Role: identity.RoleTown, Node: n.Town}
		}
		return []Share{{To: to, But: n.By, Draft: taskDraft(n, KeyTaskAsked)}}
	case meeting.EventTaskMoved:
		return toOneBut(n.To, n.By, taskDraft(n, KeyTaskMoved))
	case meeting.EventTaskRefused:
		return toOneBut(n.To, n.By, taskDraft(n, KeyTaskRefused))
	case meeting.EventTaskDone:
		d := forResidents(n, KeyTaskDone)
		return []Share{{To: Audience{Circle: CircleMeeting, ID: string(n.Meeting)}, But: n.By, Draft: d}}
	}
	late := taskDraft(n, KeyTaskLate)
	switch n.Step {
	case deadline.ToOwner:
		return []Share{{To: taskOwner(n), Draft: taskDraft(n, KeyTaskSoon)}}
	case deadline.ToSecretary:
		return []Share{{To: taskOwner(n), Draft: late}, {To: Audience{Role: identity.RoleSecretary, Node: n.Community}, Draft: late}}
	case deadline.ToTown:
		return []Share{{To: Audience{Role: identity.RoleTown, Node: n.Town}, Draft: late}}
	}
	return nil // everybody reads it on the page
}

// planMinutesDue tells of minutes that are owed.
func planMinutesDue(n meeting.News) []Share {
	switch n.Step {
	case deadline.ToOwner:
		return toOne(n.Caller, meetingDraft(n, KeyMeetingSoon))
	case deadline.ToSecretary:
		return []Share{{To: Audience{Role: identity.RoleSecretary, Node: n.Community}, Draft: meetingDraft(n, KeyMeetingLate)}}
	case deadline.ToTown:
		return []Share{{To: Audience{Role: identity.RoleTown, Node: n.Town}, Draft: meetingDraft(n, KeyMeetingLate)}}
	}
	return nil
}

// toGuests tells every guest with an account; those who work for an organisation find it at their desk.
func toGuests(n meeting.News, key string) []Share {
	var shares []Share
	for _, g := range n.Guests {
		if g.Account != "" {
			shares = append(shares, toOneBut(g.Account, n.By, forResidents(n, key))...)
		} else if to, ok := party(n, g); ok {
			shares = append(shares, Share{To: to, But: n.By, Draft: meetingDraft(n, key)})
		}
	}
	return shares
}

// toComers tells guests and listeners.
func toComers(n meeting.News, key string) []Share {
	shares := toGuests(n, key)
	for _, who := range n.Listeners {
		shares = append(shares, toOneBut(who, n.By, forResidents(n, key))...)
	}
	return shares
}

// party is whoever answers for an organisation; false for one without accounts.
func party(n meeting.News, p meeting.Party) (Audience, bool) {
	switch {
	case p.Role == identity.RoleTown:
		return Audience{Role: p.Role, Node: n.Town}, true
	case p.Role != "":
		return Audience{Role: p.Role, Node: n.Community}, true
	case p.Board == "":
		return Audience{}, false
	}
	if _, ok := identity.Department(p.Board); ok {
		return Audience{Role: identity.RoleDepartment, Node: n.Town, Board: p.Board}, true
	}
	return Audience{Role: identity.RolePartner, Node: n.Community, Board: p.Board}, true
}

// taskOwner is whoever carries the task out; for the committee and for those without accounts, who is on duty.
func taskOwner(n meeting.News) Audience {
	if to, ok := party(n, n.Party); ok {
		return to
	}
	return Audience{Duty: n.Community}
}

// toOneBut tells one person, unless that person did it.
func toOneBut(who, by identity.AccountID, d Draft) []Share {
	if who == by {
		return nil
	}
	return toOne(who, d)
}

func meetingDraft(n meeting.News, key string) Draft {
	return Draft{Community: n.Community, Key: key, Link: "/desk/m/" + string(n.Meeting), Args: fault.Args{
		"title": n.Subject, "who": n.Party.Name, "reason": n.Words, "due": stamp(n.DueAt), "starts": stamp(n.StartsAt), "where": n.Where,
	}}
}

func taskDraft(n meeting.News, key string) Draft {
	d := meetingDraft(n, key)
	d.Link = "/desk/mt/" + string(n.Task)
	return d
}

func forResidents(n meeting.News, key string) Draft {
	d := meetingDraft(n, key)
	d.Link = "/meeting/" + string(n.Meeting)
	return d
}
