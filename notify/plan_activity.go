package notify

import (
	"slices"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/activity"
)

// Keys of notices about hosts and activities. Who signed up is told to nobody: the host reads the roster.
const (
	KeyHostApplied   = "notice.host_applied"   // duty person: somebody wants to be a host
	KeyHostConfirmed = "notice.host_confirmed" // who applied
	KeyHostDeclined  = "notice.host_declined"  // who applied: why
	KeyHostEnded     = "notice.host_ended"     // the host, where the desk ended it: why
	KeyTeamAsked     = "notice.team_asked"     // the host: somebody wants to help
	KeyTeamJoined    = "notice.team_joined"    // who asked: the host agreed

	KeyActivityWaits     = "notice.activity_waits"     // duty person: to be confirmed
	KeyActivityPublished = "notice.activity_published" // the host, where the desk confirmed it
	KeyActivityReturned  = "notice.activity_returned"  // the host: what is to be changed
	KeyActivityLapsed    = "notice.activity_lapsed"    // the host: it was not confirmed in time
	KeyActivityMoved     = "notice.activity_moved"     // who signed up: another time or place
	KeyActivityCancelled = "notice.activity_cancelled" // who signed up, and the host where the desk did it: why
	KeyActivityUp        = "notice.activity_up"        // who moved up from the waiting list
	KeyActivitySaid      = "notice.activity_said"      // who signed up: the host's words
	KeyActivityAsked     = "notice.activity_asked"     // the host: a question
	KeyActivityAnswered  = "notice.activity_answered"  // who asked
	KeyActivitySoon      = "notice.activity_soon"      // who has a seat: it is tomorrow
	KeyActivityOver      = "notice.activity_over"      // the host: how many came, and how it was
)

// Circles of an activity: all who signed up, and those of them who have a seat.
const (
	CircleActivity = "activity"
	CircleSeated   = "activity_seated"
)

func activityDeskKeys() []string { return []string{KeyHostApplied, KeyActivityWaits} }

// activityKeys lists all of them.
func activityKeys() []string {
	return append(activityDeskKeys(), KeyHostConfirmed, KeyHostDeclined, KeyHostEnded, KeyTeamAsked, KeyTeamJoined, KeyActivityPublished, KeyActivityReturned,
		KeyActivityLapsed, KeyActivityMoved, KeyActivityCancelled, KeyActivityUp, KeyActivitySaid, KeyActivityAsked, KeyActivityAnswered, KeyActivitySoon, KeyActivityOver)
}

// activityTypes are the events that planActivity knows.
func activityTypes() []string {
	return []string{
		activity.HostApplied, activity.HostConfirmed, activity.HostDeclined, activity.HostEnded, activity.TeamAsked, activity.TeamJoined,
		activity.EventSubmitted, activity.EventPublished, activity.EventReturned, activity.Lapsed, activity.EventMoved, activity.EventCancelled,
		activity.MovedUp, activity.Said, activity.Question, activity.Answered, activity.Reminded, activity.Over,
	}
}

// activityTemplate says which template message tells it.
func activityTemplate(key string) (Template, bool) {
	if slices.Contains(activityDeskKeys(), key) {
		return templateWork, true
	}
	return templateProgress, slices.Contains(activityKeys(), key)
}

// planActivity tells the desk what waits for it, hosts what becomes of theirs, and those who signed up what concerns their coming. Who
// did something is not told of it.
func planActivity(e docstore.Event) ([]Share, error) {
	if !slices.Contains(activityTypes(), e.Type) {
		return nil, nil
	}
	return with(e, func(n activity.News) []Share {
		shares := activityShares(e.Type, n)
		for i := range shares {
			shares[i].But = identity.AccountID(e.Actor)
		}
		return shares
	})
}

func activityShares(event string, n activity.News) []Share {
	host := func(key string) []Share { return toOne(n.Leader, activityDraft(n, key)) }
	circle := func(name, key string) []Share {
		return []Share{{To: Audience{Circle: name, ID: string(n.Activity)}, Draft: activityDraft(n, key)}}
	}
	desk := func(key string) []Share {
		d := activityDraft(n, key)
		d.Link = "/desk/c/" + string(n.Community) + "/activities"
		return []Share{{To: Audience{Duty: n.Community}, Draft: d}}
	}
	switch event {
	case activity.HostApplied:
		return desk(KeyHostApplied)
	case activity.EventSubmitted:
		return desk(KeyActivityWaits)
	case activity.EventMoved:
		return circle(CircleActivity, KeyActivityMoved)
	case activity.EventCancelled:
		return append(circle(CircleActivity, KeyActivityCancelled), host(KeyActivityCancelled)...)
	case activity.Said:
		return circle(CircleActivity, KeyActivitySaid)
	case activity.Reminded:
		return circle(CircleSeated, KeyActivitySoon)
	case activity.TeamJoined:
		return toWho(n, KeyTeamJoined)
	case activity.MovedUp:
		return toWho(n, KeyActivityUp)
	case activity.Answered:
		return toWho(n, KeyActivityAnswered)
	}
	return host(map[string]string{
		activity.HostConfirmed: KeyHostConfirmed, activity.HostDeclined: KeyHostDeclined, activity.HostEnded: KeyHostEnded, activity.TeamAsked: KeyTeamAsked,
		activity.EventPublished: KeyActivityPublished, activity.EventReturned: KeyActivityReturned, activity.Lapsed: KeyActivityLapsed,
		activity.Question: KeyActivityAsked, activity.Over: KeyActivityOver,
	}[event])
}

// toWho tells everybody whom the event names.
func toWho(n activity.News, key string) []Share {
	var shares []Share
	for _, who := range n.Who {
		shares = append(shares, toOne(who, activityDraft(n, key))...)
	}
	return shares
}

func activityDraft(n activity.News, key string) Draft {
	link := "/activity/" + string(n.Activity)
	if n.Activity == "" {
		link = "/host/" + string(n.Host)
	}
	return Draft{Community: n.Community, Key: key, Link: link, Args: fault.Args{"title": n.Subject, "reason": n.Reason, "where": n.Where, "when": stamp(n.StartsAt), "excerpt": n.Reason}}
}
