package api

import (
	"jushou/deliberation/neighbourhood"
)

func talkOf(c *Call) neighbourhood.ExchangeID { return neighbourhood.ExchangeID(c.Param("exchange")) }

// talked shows how a step left a talk, to who took it.
func (a *Actions) talked(c *Call, id neighbourhood.ExchangeID, err error) (Talk, error) {
	if err != nil {
		return Talk{}, err
	}
	x, err := a.Neighbours.Exchange(c.Context(), c.Actor, id)
	if err != nil {
		return Talk{}, err
	}
	return showTalk(x), nil
}

// readTalk shows a talk of one's own.
func (a *Actions) readTalk(c *Call) (Talk, error) { return a.talked(c, talkOf(c), nil) }

// sayInTalk sends a message.
func (a *Actions) sayInTalk(c *Call, in Saying) (Talk, error) {
	_, err := a.Neighbours.Say(c.Context(), c.Actor, neighbourhood.Say{ID: c.token(in.ID), Exchange: talkOf(c), Text: in.Text})
	return a.talked(c, talkOf(c), err)
}

// TalkStep is what one of the two does besides talking.
type TalkStep struct {
	Step  string `json:"step" doc:"give or take_back one's own number, block the other, or report the talk to staff."`
	Words string `json:"words,omitempty" doc:"Why it is reported."`
}

// stepTalk takes it.
func (a *Actions) stepTalk(c *Call, in TalkStep) (Talk, error) {
	id, ctx, n := talkOf(c), c.Context(), a.Neighbours
	err := error(errStep)
	switch in.Step {
	case "give", "take_back":
		_, err = n.HandNumber(ctx, c.Actor, id, in.Step == "give")
	case "block":
		_, err = n.Block(ctx, c.Actor, id)
	case "report":
		_, err = n.ReportExchange(ctx, c.Actor, id, in.Words)
	}
	return a.talked(c, id, err)
}

// Blocked is somebody who may open no talk with the reader.
type Blocked struct {
	Name string  `json:"name"`
	At   Instant `json:"at" doc:"Names the block."`
}

// MyNeighbours is what somebody has to do with their neighbours.
type MyNeighbours struct {
	Offers  []Offer    `json:"offers"`
	Talks   []TalkLine `json:"talks"`
	Wishes  []Wish     `json:"wishes"`
	Pledges []Wish     `json:"pledges" doc:"Wishes the reader has promised."`
	Blocked []Blocked  `json:"blocked"`
}

// myNeighbours lists it, the latest first.
func (a *Actions) myNeighbours(c *Call) (MyNeighbours, error) {
	m, err := a.Neighbours.Mine(c.Context(), c.Actor)
	return MyNeighbours{
		Offers: each(m.Offers, showOffer), Talks: each(m.Talks, showTalkLine), Wishes: each(m.Wishes, showWish), Pledges: each(m.Pledges, showWish),
		Blocked: each(m.Blocked, func(b neighbourhood.Block) Blocked { return Blocked{Name: b.Name, At: instant(b.At)} }),
	}, err
}

// Unblocking names a block.
type Unblocking struct {
	At string `json:"at" format:"date-time"`
}

// unblock forgets it.
func (a *Actions) unblock(c *Call, in Unblocking) (nothing, error) {
	at, err := parseInstant("at", in.At)
	if err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Neighbours.Unblock(c.Context(), c.Actor, at)
}
