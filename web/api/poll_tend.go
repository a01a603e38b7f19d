package api

import (
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
)

// NewPoll is everything that a draft says.
type NewPoll struct {
	ID         string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Label      string                 `json:"label" doc:"What the result means: consultation, household, council, budget, evaluation or owners."`
	Topics     []deliberation.TopicID `json:"topics,omitempty"`
	Question   string                 `json:"question"`
	Background string                 `json:"background,omitempty"`
	Options    []PollOption           `json:"options"`
	Rule       string                 `json:"rule" doc:"The rule's JSON, as docs/voting-rules.md describes it."`
	Grids      []community.GridID     `json:"grids,omitempty"`
	Buildings  []community.BuildingID `json:"buildings,omitempty"`
	Phones     []string               `json:"phones,omitempty" doc:"Of a council's members, who are verified residents."`
	Adults     bool                   `json:"adults,omitempty"`
	Basis      owners.BasisID         `json:"basis,omitempty" doc:"The confirmed local rule of a joint decision of owners; its clauses complete the rule."`
	Estate     community.EstateID     `json:"estate,omitempty"`
	Entrance   string                 `json:"entrance,omitempty" doc:"The stairwell, for a decision of one."`
	Mandates   int                    `json:"mandates,omitempty" doc:"Written mandates that one proxy may hold, at most 3."`
	PaperHours int                    `json:"paper_hours,omitempty" doc:"For how long after the close paper ballots are entered, at most 168."`
	OpensAt    string                 `json:"opens_at" format:"date-time"`
	ClosesAt   string                 `json:"closes_at" format:"date-time"`
}

// draft reads a draft.
func (in NewPoll) draft(id poll.ID, of community.ID) (poll.Draft, error) {
	r, err1 := rule.Parse([]byte(in.Rule))
	opens, closes, err2 := opening(in.OpensAt, in.ClosesAt)
	return poll.Draft{
		ID: id, Community: of, Topics: in.Topics, Label: poll.Label(in.Label), Question: in.Question, Background: in.Background,
		Options: each(in.Options, func(o PollOption) poll.Option { return poll.Option{Text: o.Text, Detail: o.Detail, Cost: o.Cost} }), Rule: r, Grids: in.Grids, Buildings: in.Buildings,
		Phones: in.Phones, Adults: in.Adults, Basis: in.Basis, Estate: in.Estate, Entrance: in.Entrance,
		Mandates: in.Mandates, PaperFor: time.Duration(in.PaperHours) * time.Hour, OpensAt: opens, ClosesAt: closes,
	}, deliberation.Joined(err1, err2)
}

// opening reads the two instants between which ballots are taken.
func opening(opens, closes string) (from, to time.Time, err error) {
	from, err1 := parseInstant("opens_at", opens)
	to, err2 := parseInstant("closes_at", closes)
	return from, to, deliberation.Joined(err1, err2)
}

// draftPoll writes a poll down.
func (a *Actions) draftPoll(c *Call, in NewPoll) (Poll, error) {
	d, err := in.draft(poll.ID(c.token(in.ID)), nodeOf(c))
	if err != nil {
		return Poll{}, err
	}
	p, err := a.Polls.DraftPoll(c.Context(), c.Actor, d)
	return a.tendedPoll(c, p, err)
}

// changePoll replaces everything a draft says.
func (a *Actions) changePoll(c *Call, in NewPoll) (Poll, error) {
	d, err := in.draft(pollOf(c), "")
	if err != nil {
		return Poll{}, err
	}
	p, err := a.Polls.ChangeDraft(c.Context(), c.Actor, d)
	return a.tendedPoll(c, p, err)
}

// publishRoll ends the drafting.
func (a *Actions) publishRoll(c *Call) (Poll, error) {
	p, err := a.Polls.ListRoll(c.Context(), c.Actor, pollOf(c))
	return a.tendedPoll(c, p, err)
}

// readRoll pages through a roll.
func (a *Actions) readRoll(c *Call) (Page[RollLine], error) {
	found, next, err := a.Polls.RollLines(c.Context(), c.Actor, pollOf(c), c.Query("at"), c.after())
	return pageOf(found, next, showRollLine), err
}

// readTurnout counts who has voted so far.
func (a *Actions) readTurnout(c *Call) (PollTurnout, error) {
	t, err := a.Polls.Turnout(c.Context(), c.Actor, pollOf(c))
	return PollTurnout(t), err
}

// Seating says whom to put on a roll, or take off it, and why.
type Seating struct {
	Phone    string               `json:"phone,omitempty" doc:"Of a person."`
	Building community.BuildingID `json:"building,omitempty" doc:"Of a household."`
	Room     string               `json:"room,omitempty"`
	Reason   string               `json:"reason"`
}

func (in Seating) of(c *Call) poll.Seating {
	return poll.Seating{Poll: pollOf(c), Phone: in.Phone, Building: in.Building, Room: in.Room, Reason: in.Reason}
}

// addSeat puts somebody on a published roll.
func (a *Actions) addSeat(c *Call, in Seating) (Poll, error) {
	p, err := a.Polls.AddSeat(c.Context(), c.Actor, in.of(c))
	return a.tendedPoll(c, p, err)
}

// removeSeat takes somebody off a roll before the opening.
func (a *Actions) removeSeat(c *Call, in Seating) (Poll, error) {
	p, err := a.Polls.RemoveSeat(c.Context(), c.Actor, in.of(c))
	return a.tendedPoll(c, p, err)
}

// Presence says whether a member of a council came.
type Presence struct {
	Present bool `json:"present"`
}

// markPresent notes who came.
func (a *Actions) markPresent(c *Call, in Presence) (nothing, error) {
	return nothing{}, a.Polls.MarkPresent(c.Context(), c.Actor, pollOf(c), poll.VoterKey(c.Param("voter")), in.Present)
}

// RollAnswer is what was found about an objection.
type RollAnswer struct {
	Answer string `json:"answer"`
	Upheld bool   `json:"upheld,omitempty" doc:"The roll is, or will be, corrected."`
}

// answerRollObjection answers one.
func (a *Actions) answerRollObjection(c *Call, in RollAnswer) (Poll, error) {
	p, err := a.Polls.AnswerObjection(c.Context(), c.Actor, poll.AnswerRoll{
		Poll: pollOf(c), Objection: c.Param("objection"), Answer: in.Answer, Upheld: in.Upheld,
	})
	return a.tendedPoll(c, p, err)
}

// PollPostponement names other instants, for everybody to see.
type PollPostponement struct {
	OpensAt  string `json:"opens_at" format:"date-time"`
	ClosesAt string `json:"closes_at" format:"date-time"`
	Reason   string `json:"reason"`
}

// postponePoll moves the window before the opening.
func (a *Actions) postponePoll(c *Call, in PollPostponement) (Poll, error) {
	opens, closes, err := opening(in.OpensAt, in.ClosesAt)
	if err != nil {
		return Poll{}, err
	}
	p, err := a.Polls.PostponePoll(c.Context(), c.Actor, poll.Postpone{Poll: pollOf(c), OpensAt: opens, ClosesAt: closes, Reason: in.Reason})
	return a.tendedPoll(c, p, err)
}

// PollReason is why something is done, for everybody to see.
type PollReason struct {
	Reason string `json:"reason"`
}

// withdrawPoll gives a poll up before it opens.
func (a *Actions) withdrawPoll(c *Call, in PollReason) (Poll, error) {
	p, err := a.Polls.WithdrawPoll(c.Context(), c.Actor, pollOf(c), in.Reason)
	return a.tendedPoll(c, p, err)
}

// remindVoters has those told who have not voted.
func (a *Actions) remindVoters(c *Call) (Poll, error) {
	p, err := a.Polls.RemindVoters(c.Context(), c.Actor, pollOf(c))
	return a.tendedPoll(c, p, err)
}

// recountPoll counts a disputed poll again.
func (a *Actions) recountPoll(c *Call, in PollReason) (Poll, error) {
	p, err := a.Polls.RecountPoll(c.Context(), c.Actor, pollOf(c), in.Reason)
	return a.tendedPoll(c, p, err)
}
