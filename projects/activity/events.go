package activity

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Types of the events this package saves with its changes. Those of hosts have News without an activity.
const (
	HostApplied   = "host.applied"
	HostRevised   = "host.revised"
	HostConfirmed = "host.confirmed"
	HostDeclined  = "host.declined"
	HostEnded     = "host.ended"
	HostTouched   = "host.touched" // the place in lists: no news for anybody
	TeamAsked     = "host.team_asked"
	TeamJoined    = "host.team_joined"
	TeamLeft      = "host.team_left"

	EventSubmitted = "activity.submitted" // waits for the desk
	EventPublished = "activity.published"
	EventReturned  = "activity.returned"
	EventRevised   = "activity.revised"
	EventMoved     = "activity.moved" // time or place is another
	EventCancelled = "activity.cancelled"

	Asked    = "activity.asked" // its document is the sign-up: somebody wants to come, or no longer; data: Wish
	Joined   = "activity.joined"
	Queued   = "activity.queued"
	Fewer    = "activity.fewer"
	Gone     = "activity.left"
	MovedUp  = "activity.moved_up"
	Said     = "activity.said"     // by the host, to those who signed up
	Question = "activity.question" // to the host, by one who reads it
	Answered = "activity.answered"

	Reminded  = "activity.reminded"
	Over      = "activity.over"
	Lapsed    = "activity.lapsed" // the desk had not confirmed it when it was to begin
	Attended  = "activity.attended"
	Recapped  = "activity.recapped"
	Forgotten = "activity.forgotten"
	Counted   = "activity.counted" // a year's figures: no news for anybody
)

// News is the data of every event but Asked: what it is about and whom it concerns.
type News struct {
	Activity  ID                 `json:"activity,omitempty"`
	Host      HostID             `json:"host"`
	Community community.ID       `json:"community"`
	Town      community.ID       `json:"town,omitempty"`
	Subject   string             `json:"subject"`          // the activity's title, or what the host can do
	Leader    identity.AccountID `json:"leader,omitempty"` // the host's account
	Where     string             `json:"where,omitempty"`
	StartsAt  time.Time          `json:"starts_at,omitzero"`
	Project   string             `json:"project,omitempty"`
	// Who are those it is about: who signed up, moved up, or joins a team.
	Who    []identity.AccountID `json:"who,omitempty"`
	Reason string               `json:"reason,omitempty"`
	// Persons is how many came, in activity.attended.
	Persons int `json:"persons,omitempty"`
}

// Wish is the data of activity.asked.
type Wish struct {
	Activity  ID                 `json:"activity"`
	Community community.ID       `json:"community"`
	Who       identity.AccountID `json:"who"`
}

// The platform's own hands, as events and histories name them.
var (
	keeping    = deliberation.Author{Account: identity.AccountID(identity.System("activities").Ref())}
	forgetting = identity.System("forgetting")
)

func townOf(path []community.ID) community.ID {
	if len(path) < 2 {
		return ""
	}
	return path[len(path)-2]
}

func (a Activity) news() News {
	return News{
		Activity: a.ID, Host: a.Host, Community: a.Community, Town: townOf(a.Path), Subject: a.Title, Leader: a.By.Account,
		Where: a.Where, StartsAt: a.StartsAt, Project: a.Project,
	}
}

func (a Activity) told(what string, by deliberation.Author, reason string, now time.Time) docstore.Fact {
	n := a.news()
	n.Reason, n.Persons = reason, a.Came()
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: n}
}

func (a Activity) toldOf(what string, by deliberation.Author, now time.Time, who ...identity.AccountID) docstore.Fact {
	n := a.news()
	n.Who = who
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: n}
}

func (h Host) news() News {
	return News{Host: h.ID, Community: h.Community, Town: townOf(h.Path), Subject: h.Skill, Leader: h.Person.Account}
}

func (h Host) told(what string, by deliberation.Author, reason string, now time.Time) docstore.Fact {
	n := h.news()
	n.Reason = reason
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: n}
}

func (h Host) toldOf(what string, who identity.AccountID, by deliberation.Author, now time.Time) docstore.Fact {
	n := h.news()
	n.Who = []identity.AccountID{who}
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: n}
}
