package api

import "jushou/deliberation/poll"

func pollOf(c *Call) poll.ID { return poll.ID(c.Param("poll")) }

// listPolls lists a community's polls, the latest first.
func (a *Actions) listPolls(c *Call) (Page[PollCard], error) {
	found, next, err := a.Polls.Polls(c.Context(), c.Actor, placeOf(c), c.after())
	return pageOf(found, next, showPollCard), err
}

// listMyPolls lists the polls in which the caller has voted, where they live.
func (a *Actions) listMyPolls(c *Call) (Page[PollCard], error) {
	if err := c.Known(); err != nil {
		return Page[PollCard]{}, err
	}
	mine, err := a.Polls.Mine(c.Context(), c.Actor)
	return pageOf(mine, "", showPollCard), err
}

// readPoll returns a poll as the caller may see it.
func (a *Actions) readPoll(c *Call) (Poll, error) {
	v, err := a.Polls.Poll(c.Context(), c.Actor, pollOf(c))
	if err != nil {
		return Poll{}, err
	}
	return showPoll(v), nil
}

// tendedPoll shows a poll after a step.
func (a *Actions) tendedPoll(c *Call, p poll.Poll, err error) (Poll, error) {
	if err != nil {
		return Poll{}, err
	}
	v, err := a.Polls.Poll(c.Context(), c.Actor, p.ID)
	if err != nil {
		return Poll{}, err
	}
	return showPoll(v), nil
}

// NewBallot is one ballot. The caller draws sixteen random bytes, keeps them, and sends the SHA-256 of their hexadecimal digits: the same
// tag with the same choice is the same ballot, however often it is sent.
type NewBallot struct {
	Voter    poll.VoterKey `json:"voter,omitempty" doc:"The line of the roll, where the caller votes for several."`
	Choice   PollChoice    `json:"choice"`
	Tag      poll.Tag      `json:"t" doc:"64 hexadecimal digits."`
	Adult    bool          `json:"adult,omitempty" doc:"The voter is 18 or older, where the poll asks."`
	Takeover bool          `json:"takeover,omitempty" doc:"Vote for the household in place of another member."`
}

// castBallot takes a ballot and answers with its receipt.
func (a *Actions) castBallot(c *Call, in NewBallot) (PollReceipt, error) {
	r, err := a.Polls.CastBallot(c.Context(), c.Actor, poll.Cast{
		Poll: pollOf(c), Voter: in.Voter, Choice: in.Choice.choice(), Tag: in.Tag, Adult: in.Adult, Takeover: in.Takeover,
	})
	return showReceipt(r), err
}

// readReceipt shows the caller's own receipt again.
func (a *Actions) readReceipt(c *Call) (PollReceipt, error) {
	r, err := a.Polls.MyReceipt(c.Context(), c.Actor, pollOf(c), poll.VoterKey(c.Query("voter")))
	return showReceipt(r), err
}

// NewObjection says what is wrong with a roll.
type NewObjection struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text string `json:"text" doc:"At most 500 characters."`
}

// objectToRoll lets a resident object, also one who is not on the roll.
func (a *Actions) objectToRoll(c *Call, in NewObjection) (Poll, error) {
	p, err := a.Polls.ObjectToRoll(c.Context(), c.Actor, poll.Object{Poll: pollOf(c), ID: c.token(in.ID), Text: in.Text})
	return a.tendedPoll(c, p, err)
}
