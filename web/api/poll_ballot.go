package api

import (
	"net/url"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/photo"
)

// voterOf is the line of the roll that the address names.
func voterOf(c *Call) poll.VoterKey {
	text, err := url.PathUnescape(c.Param("voter"))
	if err != nil {
		return ""
	}
	return poll.VoterKey(text)
}

// ownPhotos refuses photos that the caller has not uploaded: an id alone gives nobody a neighbour's picture.
func (a *Actions) ownPhotos(c *Call, ids ...deliberation.PhotoID) error {
	for _, id := range ids {
		if id != "" && !a.Shelf.IsOf(c.Context(), string(id), c.Actor.ID) {
			return photo.ErrNotFound
		}
	}
	return nil
}

// SeatService is the proof that a ballot reached an owner.
type SeatService struct {
	Method    string               `json:"method" doc:"One that the clause allows."`
	At        Instant              `json:"at"`
	Recipient string               `json:"recipient"`
	Photo     deliberation.PhotoID `json:"photo"`
	By        Author               `json:"by"`
}

// SeatProxy is who votes in a voter's place.
type SeatProxy struct {
	Name  string               `json:"name" doc:"Masked."`
	Kind  string               `json:"kind" doc:"mandate or guardian."`
	Photo deliberation.PhotoID `json:"photo"`
	By    Author               `json:"by"`
	At    Instant              `json:"at"`
}

// RollSeat is a line of the roll with what the desk noted on it.
type RollSeat struct {
	RollLine
	Service *SeatService `json:"service,omitempty"`
	Proxy   *SeatProxy   `json:"proxy,omitempty"`
	Paper   string       `json:"paper" doc:"first, differs or settled; empty without a paper ballot."`
}

// readSeat returns one.
func (a *Actions) readSeat(c *Call) (RollSeat, error) {
	s, err := a.Polls.SeatOf(c.Context(), c.Actor, pollOf(c), voterOf(c))
	if err != nil {
		return RollSeat{}, err
	}
	shown := RollSeat{RollLine: showRollLine(s.SeatLine), Paper: string(s.Paper)}
	if x := s.Served; x != nil {
		shown.Service = &SeatService{x.Method, instant(x.At), s.Taken, x.Photo, showAuthor(x.By)}
	}
	if x := s.Proxy; x != nil {
		shown.Proxy = &SeatProxy{x.Name, string(x.Kind), x.Photo, showAuthor(x.By), instant(x.At)}
	}
	return shown, nil
}

func showRollLine(l poll.SeatLine) RollLine {
	return RollLine{Voter: l.Voter, Name: l.Name, Building: l.Building, Late: l.Late, Present: l.Present, Area: l.Area, Places: l.Places, Served: l.Served}
}

// NewService proves that a ballot reached an owner.
type NewService struct {
	Method    string               `json:"method"`
	At        string               `json:"at" format:"date-time"`
	Recipient string               `json:"recipient"`
	Photo     deliberation.PhotoID `json:"photo"`
}

// recordService notes one.
func (a *Actions) recordService(c *Call, in NewService) (nothing, error) {
	at, err := parseInstant("at", in.At)
	if err := deliberation.Joined(err, a.ownPhotos(c, in.Photo)); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Polls.RecordService(c.Context(), c.Actor, poll.Serve{
		Poll: pollOf(c), Voter: voterOf(c), Method: in.Method, At: at, Recipient: in.Recipient, Photo: in.Photo,
	})
}

// NewMandate says who votes for somebody.
type NewMandate struct {
	Kind  string               `json:"kind" doc:"mandate or guardian."`
	Phone string               `json:"phone" doc:"Of the proxy, who is a verified resident."`
	Photo deliberation.PhotoID `json:"photo"`
}

// recordMandate notes one.
func (a *Actions) recordMandate(c *Call, in NewMandate) (nothing, error) {
	if err := a.ownPhotos(c, in.Photo); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Polls.RecordMandate(c.Context(), c.Actor, poll.Mandate{
		Poll: pollOf(c), Voter: voterOf(c), Kind: poll.ProxyKindOf(in.Kind), Phone: in.Phone, Photo: in.Photo,
	})
}

// NewPaper is what one person reads on a paper ballot.
type NewPaper struct {
	Choice PollChoice `json:"choice"`
	Spoilt string     `json:"spoilt,omitempty" doc:"Why it is invalid: unclear, too-many, unmarked, unsigned or altered."`
}

// PaperEntered says how far a paper ballot is.
type PaperEntered struct {
	State string `json:"state" doc:"first: a second person enters it; differs: a third person decides; settled: it is in the urn."`
}

// enterPaper enters one.
func (a *Actions) enterPaper(c *Call, in NewPaper) (PaperEntered, error) {
	choice := in.Choice.choice()
	choice.Spoilt = in.Spoilt
	state, err := a.Polls.EnterPaper(c.Context(), c.Actor, poll.Paper{Poll: pollOf(c), Voter: voterOf(c), Choice: choice})
	return PaperEntered{string(state)}, err
}

// PaperLine is a paper ballot that is being entered.
type PaperLine struct {
	Voter poll.VoterKey `json:"voter"`
	Name  string        `json:"name"`
	State string        `json:"state"`
	By    []Author      `json:"by"`
	Read  []PollChoice  `json:"read" doc:"The two entries, for those who made them and only while they differ. A spoilt one is empty."`
}

// listPapers lists them.
func (a *Actions) listPapers(c *Call) (Page[PaperLine], error) {
	found, err := a.Polls.PapersOf(c.Context(), c.Actor, pollOf(c))
	return pageOf(found, "", func(l poll.PaperLine) PaperLine {
		return PaperLine{
			Voter: l.Voter, Name: l.Name, State: string(l.State), By: each(l.By, showAuthor),
			Read: each(l.Read, func(x rule.Choice) PollChoice {
				return PollChoice{Picks: x.Picks, Scores: x.Scores, Ranks: x.Ranks, Abstain: x.Abstain}
			}),
		}
	}), err
}

// finishPaper says that every paper ballot is entered.
func (a *Actions) finishPaper(c *Call) (Poll, error) {
	p, err := a.Polls.FinishPaper(c.Context(), c.Actor, pollOf(c))
	return a.tendedPoll(c, p, err)
}

// relistRoll takes the roll of owners once more.
func (a *Actions) relistRoll(c *Call, in PollReason) (Poll, error) {
	p, err := a.Polls.RelistRoll(c.Context(), c.Actor, pollOf(c), in.Reason)
	return a.tendedPoll(c, p, err)
}

// NewOverride proposes that something else holds than what was counted.
type NewOverride struct {
	ID     string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Says   string `json:"says"`
	Reason string `json:"reason"`
}

// overrideResult proposes one.
func (a *Actions) overrideResult(c *Call, in NewOverride) (nothing, error) {
	_, err := a.Polls.OverrideResult(c.Context(), c.Actor, poll.Overrule{Poll: pollOf(c), ID: c.token(in.ID), Says: in.Says, Reason: in.Reason})
	return nothing{}, err
}

// confirmOverride makes it hold.
func (a *Actions) confirmOverride(c *Call) (nothing, error) {
	_, err := a.Polls.ConfirmOverride(c.Context(), c.Actor, pollOf(c))
	return nothing{}, err
}
