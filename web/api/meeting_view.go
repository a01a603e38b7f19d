package api

import (
	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/identity"
)

// MeetingItem is one point of the agenda.
type MeetingItem struct {
	Text  string               `json:"text"`
	Topic deliberation.TopicID `json:"topic,omitempty" doc:"What the point came from."`
}

// MeetingGuest is one that was invited.
type MeetingGuest struct {
	Number    int           `json:"number" doc:"Names the guest in replies and presence."`
	Name      string        `json:"name"`
	Board     string        `json:"board,omitempty" doc:"Of an organisation with accounts."`
	Role      identity.Role `json:"role,omitempty" doc:"branch or town."`
	Resident  bool          `json:"resident,omitempty" doc:"Stands for residents."`
	Reply     meeting.Reply `json:"reply"`
	Reason    string        `json:"reason,omitempty" doc:"Of declining."`
	By        string        `json:"by,omitempty"`
	RepliedAt Instant       `json:"replied_at,omitzero"`
	Noted     bool          `json:"noted,omitempty" doc:"The committee wrote the answer down."`
	Present   bool          `json:"present"`
}

// MeetingDecision is something that is to be done.
type MeetingDecision struct {
	What  string `json:"what"`
	Unit  string `json:"unit,omitempty" doc:"A key that meetingGuests lists; left out for an organisation without accounts."`
	Owner string `json:"owner,omitempty" doc:"Its name; needed where unit is left out."`
	Days  int    `json:"days" doc:"Working days from publication."`
	Item  int    `json:"item" doc:"The point of the agenda it belongs to, from 0."`
}

// MeetingOutcome is what came of one point.
type MeetingOutcome struct {
	Words string        `json:"words"`
	Tally *MeetingTally `json:"tally,omitempty" doc:"What those present said at a review; of no other kind."`
}

// MeetingTally counts answers, and together no more than were there.
type MeetingTally struct {
	Satisfied int `json:"satisfied"`
	Basically int `json:"basically"`
	Not       int `json:"not"`
}

// MeetingMinutes is one version of the minutes.
type MeetingMinutes struct {
	Version   int               `json:"version"`
	Summary   string            `json:"summary"`
	Outcomes  []MeetingOutcome  `json:"outcomes" doc:"One for each point of the agenda."`
	Decisions []MeetingDecision `json:"decisions"`
	Why       string            `json:"why,omitempty" doc:"What was corrected, of minutes that had been published."`
	By        Author            `json:"by"`
	At        Instant           `json:"at"`
	Checked   *Author           `json:"checked,omitempty" doc:"The second person."`
	CheckedAt Instant           `json:"checked_at,omitzero"`
	Confirmed bool              `json:"confirmed"`
	Reason    string            `json:"reason,omitempty" doc:"Why it was returned."`
}

// MeetingStep is one step of the record.
type MeetingStep struct {
	What  string  `json:"what"`
	Name  string  `json:"name,omitempty"`
	Title string  `json:"title,omitempty"`
	Guest string  `json:"guest,omitempty"`
	Words string  `json:"words,omitempty"`
	At    Instant `json:"at"`
}

// MeetingDate is one that was given up.
type MeetingDate struct {
	StartsAt Instant `json:"starts_at"`
	Reason   string  `json:"reason"`
	At       Instant `json:"at"`
}

// Meeting is a 联席会议, 听证会, 协调会 or 评议会.
type Meeting struct {
	ID            meeting.ID       `json:"id"`
	Community     community.ID     `json:"community"`
	Kind          meeting.Kind     `json:"kind" doc:"joint, hearing, coordination or review."`
	State         meeting.State    `json:"state"`
	Title         string           `json:"title"`
	Purpose       string           `json:"purpose"`
	StartsAt      Instant          `json:"starts_at"`
	Where         string           `json:"where"`
	Online        string           `json:"online,omitempty"`
	Agenda        []MeetingItem    `json:"agenda"`
	Guests        []MeetingGuest   `json:"guests"`
	Seats         int              `json:"seats" doc:"For residents who come to listen."`
	Listening     int              `json:"listening"`
	Listens       bool             `json:"listens" doc:"Whether the caller of this action has a seat."`
	TakesOpinions bool             `json:"takes_opinions"`
	Caller        Author           `json:"caller"`
	CalledAt      Instant          `json:"called_at"`
	AnnouncedAt   Instant          `json:"announced_at,omitzero"`
	HeldAt        Instant          `json:"held_at,omitzero"`
	PublishedAt   Instant          `json:"published_at,omitzero"`
	Reason        string           `json:"reason,omitempty" doc:"Of a postponement or cancellation."`
	Moved         []MeetingDate    `json:"moved"`
	Headcount     int              `json:"headcount,omitempty"`
	Record        *Promise         `json:"record,omitempty" doc:"By when the minutes are published."`
	Minutes       []MeetingMinutes `json:"minutes" doc:"To residents only once published: its versions, and the corrections that hold."`
	Tasks         []MeetingTask    `json:"tasks"`
	History       []MeetingStep    `json:"history"`
	Speaks        []int            `json:"speaks" doc:"The guests the caller of this action answers for."`
}

// MeetingReport says how far a task has come.
type MeetingReport struct {
	ID    string  `json:"id"`
	Text  string  `json:"text"`
	Done  bool    `json:"done"`
	By    Author  `json:"by"`
	Noted bool    `json:"noted,omitempty" doc:"The committee wrote it down."`
	At    Instant `json:"at"`
}

// MeetingTaskRequest asks for a later date.
type MeetingTaskRequest struct {
	To        string  `json:"to"`
	Reason    string  `json:"reason"`
	By        string  `json:"by"`
	At        Instant `json:"at"`
	Decided   bool    `json:"decided"`
	Granted   bool    `json:"granted"`
	DecidedBy string  `json:"decided_by,omitempty"`
	Note      string  `json:"note,omitempty"`
}

// MeetingTask is something that a meeting decided.
type MeetingTask struct {
	ID       meeting.TaskID       `json:"id"`
	Meeting  meeting.ID           `json:"meeting"`
	Title    string               `json:"title" doc:"Of the meeting."`
	What     string               `json:"what"`
	Owner    string               `json:"owner" doc:"The organisation that carries it out."`
	Unit     string               `json:"unit,omitempty"`
	Topic    deliberation.TopicID `json:"topic,omitempty"`
	Done     bool                 `json:"done"`
	Promise  *Promise             `json:"promise"`
	Reports  []MeetingReport      `json:"reports"`
	Requests []MeetingTaskRequest `json:"requests"`
}

// MeetingOpinion is what a resident said beforehand.
type MeetingOpinion struct {
	ID     meeting.OpinionID `json:"id"`
	By     Author            `json:"by"`
	Text   string            `json:"text"`
	At     Instant           `json:"at"`
	Hidden string            `json:"hidden,omitempty" doc:"Why it is not shown."`
}

func showMeeting(v meeting.View, at Instant) Meeting {
	shown := Meeting{
		ID: v.ID, Community: v.Community, Kind: v.Kind, State: v.State, Title: v.Title, Purpose: v.Purpose, StartsAt: instant(v.StartsAt),
		Where: v.Where, Online: v.Online, Seats: v.Seats, Listening: v.Listening, Listens: v.Listens, TakesOpinions: v.TakesOpinions(at.Time),
		Caller: showAuthor(v.Caller), CalledAt: instant(v.CalledAt), AnnouncedAt: instant(v.AnnouncedAt), HeldAt: instant(v.HeldAt),
		PublishedAt: instant(v.PublishedAt), Reason: v.Reason, Headcount: v.Headcount, Record: showPromise(v.Meeting.Record, v.Record),
		Agenda:  each(v.Agenda, func(i meeting.Item) MeetingItem { return MeetingItem(i) }),
		Moved:   each(v.Moved, func(d meeting.Dates) MeetingDate { return MeetingDate{instant(d.StartsAt), d.Reason, instant(d.At)} }),
		Minutes: each(v.Minutes, showMinutes), Tasks: each(v.Tasks, showTask), Speaks: append([]int{}, v.Speaks...),
		History: each(v.History, func(e meeting.Entry) MeetingStep {
			return MeetingStep{What: e.What, Name: e.Name, Title: e.Title, Guest: e.Guest, Words: e.Words, At: instant(e.At)}
		}),
	}
	for n, g := range v.Guests {
		shown.Guests = append(shown.Guests, MeetingGuest{
			Number: n, Name: g.Name, Board: g.Board, Role: g.Role, Resident: v.Resident(n), Reply: g.Reply, Reason: g.Reason, By: g.ByName,
			RepliedAt: instant(g.RepliedAt), Noted: g.Noted, Present: g.Present,
		})
	}
	return shown
}

func showMinutes(v meeting.Version) MeetingMinutes {
	shown := MeetingMinutes{
		Version: v.N, Summary: v.Summary, Why: v.Why, By: showAuthor(v.By), At: instant(v.At), Confirmed: v.Confirmed, CheckedAt: instant(v.CheckedAt), Reason: v.Reason,
		Outcomes: each(v.Outcomes, func(o meeting.Outcome) MeetingOutcome { return MeetingOutcome{o.Words, (*MeetingTally)(o.Tally)} }),
		Decisions: each(v.Decisions, func(d meeting.Decision) MeetingDecision {
			return MeetingDecision{What: d.What, Unit: d.Owner.Key(), Owner: d.Owner.Name, Days: d.Days, Item: d.Item}
		}),
	}
	if !v.CheckedAt.IsZero() {
		by := showAuthor(v.Checked)
		shown.Checked = &by
	}
	return shown
}

func showTask(t meeting.TaskView) MeetingTask {
	return MeetingTask{
		ID: t.ID, Meeting: t.Meeting, Title: t.Title, What: t.What, Owner: t.Owner.Name, Unit: t.Owner.Key(), Topic: t.Topic, Done: t.Done(),
		Promise: showPromise(t.Clock, t.Explain),
		Reports: each(t.Reports, func(r meeting.Report) MeetingReport {
			return MeetingReport{r.ID, r.Text, r.Done, showAuthor(r.By), r.Noted, instant(r.At)}
		}),
		Requests: each(t.Clock.Requests, func(r deadline.Request) MeetingTaskRequest {
			return MeetingTaskRequest{r.To.String(), r.Reason, r.By.Name, instant(r.At), !r.DecidedAt.IsZero(), r.Granted, r.DecidedBy.Name, r.Note}
		}),
	}
}

func showOpinion(o meeting.Opinion) MeetingOpinion {
	return MeetingOpinion{ID: o.ID, By: showAuthor(o.By), Text: o.Text, At: instant(o.At), Hidden: o.Hidden}
}

// met shows what a step left.
func (c *Call) met(v meeting.View, err error) (Meeting, error) {
	if err != nil {
		return Meeting{}, err
	}
	return showMeeting(v, instant(c.Now)), nil
}

// tasked shows what a step on a task left.
func tasked(t meeting.TaskView, err error) (MeetingTask, error) {
	if err != nil {
		return MeetingTask{}, err
	}
	return showTask(t), nil
}
