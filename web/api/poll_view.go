package api

import (
	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
)

// PollCard is a poll as lists show it.
type PollCard struct {
	ID        poll.ID      `json:"id"`
	Community community.ID `json:"community"`
	Label     string       `json:"label" doc:"What the result means: consultation, household, council, budget, evaluation or owners."`
	Question  string       `json:"question"`
	State     string       `json:"state"`
	OpensAt   Instant      `json:"opens_at"`
	ClosesAt  Instant      `json:"closes_at" doc:"A ballot at this instant is late."`
	Voters    int          `json:"voters" doc:"Lines of the roll; 0 before its snapshot."`
	Voted     bool         `json:"voted" doc:"Every line for which the caller votes has a ballot of theirs."`
	MayVote   bool         `json:"may_vote"`
}

// PollOption is one answer.
type PollOption struct {
	Text   string `json:"text"`
	Detail string `json:"detail,omitempty"`
	Cost   int64  `json:"cost,omitempty" doc:"Of a budget, in fen."`
	// Project is never taken from a client: only a budget round links its projects.
	Project string `json:"project,omitempty" doc:"The small project that it stands for, in a budget round of projects. Ignored in what is sent."`
}

// PollSeat is a line of the roll for which the caller votes.
type PollSeat struct {
	Voter    poll.VoterKey `json:"voter"`
	Name     string        `json:"name"`
	Building string        `json:"building,omitempty"`
	Voted    bool          `json:"voted"`
	Other    bool          `json:"other" doc:"Another member of the household has voted for it."`
	Receipt  bool          `json:"receipt" doc:"The receipt can be read again."`
	Paper    bool          `json:"paper" doc:"A paper ballot of this voter is being entered or is in."`
	Mandate  bool          `json:"mandate" doc:"The caller votes for somebody else."`
	Proxied  bool          `json:"proxied" doc:"Somebody else votes for the caller."`
	Area     int64         `json:"area,omitempty" doc:"Of an owner, in 0.01 m²."`
}

// PollObjection is what somebody says is wrong with the roll.
type PollObjection struct {
	ID     string  `json:"id"`
	By     Author  `json:"by"`
	Text   string  `json:"text"`
	At     Instant `json:"at"`
	Answer string  `json:"answer,omitempty"`
	Upheld bool    `json:"upheld"`
}

// PollAddition is somebody who was added after the opening: in public, without a name.
type PollAddition struct {
	Mark   string  `json:"mark" doc:"Keyed hash of the voter."`
	Reason string  `json:"reason"`
	At     Instant `json:"at"`
}

// Poll is a poll as the caller may see it.
type Poll struct {
	PollCard
	Background  string                 `json:"background"`
	Topics      []deliberation.TopicID `json:"topics"`
	Options     []PollOption           `json:"options"`
	Rule        string                 `json:"rule" doc:"The rule's canonical JSON, as docs/voting-rules.md describes it."`
	Places      []string               `json:"places" doc:"Names of the grids and buildings asked; empty for the whole community."`
	Adults      bool                   `json:"adults"`
	Buildings   map[string]int         `json:"buildings" doc:"Lines of the roll by building."`
	CharterHash string                 `json:"charter_hash" doc:"SHA-256 of the text that was frozen at the opening."`
	Charter     string                 `json:"charter"`
	Basis       owners.BasisID         `json:"basis,omitempty" doc:"Of a joint decision of owners."`
	Area        int64                  `json:"area,omitempty" doc:"Of all owners on the roll, in 0.01 m²."`
	Mandates    int                    `json:"mandates" doc:"Written mandates that one proxy may hold."`
	PaperUntil  *Instant               `json:"paper_until,omitempty" doc:"Until when paper ballots are entered."`
	Seats       []PollSeat             `json:"seats"`
	Objections  []PollObjection        `json:"objections"`
	Late        []PollAddition         `json:"late"`
	Reason      string                 `json:"reason,omitempty" doc:"Why it was withdrawn."`
}

func showPollCard(v poll.View) PollCard {
	return PollCard{
		ID: v.ID, Community: v.Community, Label: string(v.Label), Question: v.Question, State: string(v.Phase), OpensAt: instant(v.OpensAt),
		ClosesAt: instant(v.ClosesAt), Voters: v.Roll.Voters, Voted: v.Voted(), MayVote: v.Vote,
	}
}

func showPoll(v poll.View) Poll {
	shown := Poll{
		PollCard: showPollCard(v), Background: v.Background, Topics: append([]deliberation.TopicID{}, v.Topics...),
		Options: each(v.Options, func(o poll.Option) PollOption { return PollOption(o) }), Rule: string(v.Rule.Canonical()),
		Places: append([]string{}, v.Scope.Names...), Adults: v.Adults, Buildings: map[string]int{}, CharterHash: v.CharterHash, Charter: v.Charter,
		Seats: each(v.Seats, func(m poll.Mine) PollSeat {
			return PollSeat{Voter: m.Voter, Name: m.Name, Building: m.Building, Voted: m.Voted, Other: m.Other, Receipt: m.Kept, Paper: m.Paper, Mandate: m.Mandate, Proxied: m.Proxied, Area: m.Area}
		}),
		Objections: each(v.Objections, func(o poll.Objection) PollObjection {
			return PollObjection{ID: o.ID, By: showAuthor(o.By), Text: o.Text, At: instant(o.At), Answer: o.Answer, Upheld: o.Upheld}
		}),
		Late: showAdditions(v.Corrections), Reason: v.Reason,
	}
	shown.Area, shown.Mandates = v.Roll.Area, v.Mandates
	if v.Joint != nil {
		shown.Basis = v.Joint.Basis
	}
	if !v.PaperUntil.IsZero() {
		until := instant(v.PaperUntil)
		shown.PaperUntil = &until
	}
	for building, n := range v.Roll.Buildings {
		shown.Buildings[building] = n
	}
	return shown
}

func showAdditions(all []poll.Correction) []PollAddition {
	late := []PollAddition{}
	for _, c := range all {
		if c.Late {
			late = append(late, PollAddition{c.Mark, c.Reason, instant(c.At)})
		}
	}
	return late
}

// PollReceipt is what a voter keeps. It says nothing about the choice.
type PollReceipt struct {
	Poll    poll.ID  `json:"poll"`
	Tag     poll.Tag `json:"t"`
	Commit  string   `json:"commit"`
	At      Instant  `json:"accepted_at"`
	Due     Instant  `json:"public_by" doc:"When the commitment will be public at the latest."`
	Nonce   string   `json:"nonce,omitempty" doc:"Set if the server drew it."`
	Count   int      `json:"count" doc:"Which ballot of this voter it is; the last one counts."`
	Promise string   `json:"promise" doc:"Signed note of the above."`
}

func showReceipt(r poll.Receipt) PollReceipt {
	return PollReceipt{r.Poll, r.Tag, r.Commit, instant(r.At), instant(r.Due), r.Nonce, r.Count, r.Promise}
}

// PollTurnout is how many have voted.
type PollTurnout struct {
	Voters int `json:"voters"`
	Voted  int `json:"voted"`
}

// RollLine is a line of the roll for who holds the poll. It does not say whether the voter has voted.
type RollLine struct {
	Voter    poll.VoterKey `json:"voter"`
	Name     string        `json:"name" doc:"A masked name, or a room."`
	Building string        `json:"building,omitempty"`
	Late     bool          `json:"late" doc:"Added after the opening."`
	Present  bool          `json:"present"`
	Area     int64         `json:"area,omitempty" doc:"Of an owner, in 0.01 m²."`
	Places   []string      `json:"places,omitempty" doc:"An owner's units, as they are called."`
	Served   bool          `json:"served" doc:"A proof of service is there."`
}

// PollResult is a published result.
type PollResult struct {
	ID          poll.ID        `json:"id"`
	Label       string         `json:"label"`
	Question    string         `json:"question"`
	Options     []PollOption   `json:"options"`
	PublishedAt Instant        `json:"published_at"`
	Outcome     string         `json:"outcome" doc:"won, passed, failed, nobody, tied, short or empty."`
	Winners     []int          `json:"winners" doc:"Numbers of options from 0, best first."`
	Votes       []int64        `json:"votes" doc:"By option; empty where the method has none."`
	Roll        int            `json:"roll"`
	Ballots     int            `json:"ballots"`
	Text        string         `json:"text" doc:"The whole count as JSON, as it was hashed."`
	Hash        string         `json:"hash" doc:"SHA-256 of text."`
	Charter     string         `json:"charter"`
	CharterHash string         `json:"charter_hash"`
	Root        string         `json:"root" doc:"Merkle root (RFC 6962) over all commitments in rising order."`
	Commitments int            `json:"commitments"`
	CommitPages int            `json:"commit_pages"`
	BallotPages int            `json:"ballot_pages" doc:"0 where there are too few ballots to publish one by one."`
	Late        []PollAddition `json:"late"`
	Paper       int            `json:"paper" doc:"Ballots on paper."`
	Unsettled   int            `json:"unsettled" doc:"Paper ballots in no sum: two people had not entered the same in time."`
	Proxied     int            `json:"proxied" doc:"Ballots cast by proxies and guardians."`
	Override    *PollOverride  `json:"override,omitempty" doc:"What holds instead; the computed result stays beside it."`
}

// PollOverride is what holds instead of a computed result, on two people's word.
type PollOverride struct {
	Says        string  `json:"says"`
	Reason      string  `json:"reason"`
	By          Author  `json:"by"`
	ConfirmedBy Author  `json:"confirmed_by"`
	At          Instant `json:"at"`
}

func showOverride(o *poll.Override) *PollOverride {
	if !o.Confirmed() {
		return nil
	}
	return &PollOverride{o.Says, o.Reason, showAuthor(o.By), showAuthor(o.ConfirmedBy), instant(o.ConfirmedAt)}
}

func showCount(a poll.Announced) PollResult {
	p, c := a.Poll, a.Count
	return PollResult{
		ID: p.ID, Label: string(p.Label), Question: p.Question, Options: each(p.Options, func(o poll.Option) PollOption { return PollOption(o) }),
		PublishedAt: instant(p.Closing.Published), Outcome: string(c.Outcome), Winners: append([]int{}, c.Winners...), Votes: append([]int64{}, c.Votes...),
		Roll: c.Turnout.Roll, Ballots: c.Turnout.Ballots, Text: a.Result.Text, Hash: p.Closing.ResultHash, Charter: p.Charter, CharterHash: p.CharterHash,
		Root: p.Closing.Root, Commitments: p.Closing.Commitments, CommitPages: p.Closing.Pages(), BallotPages: a.Result.Pages, Late: showAdditions(p.Corrections),
		Paper: c.Turnout.Paper, Unsettled: a.Result.Unsettled, Proxied: a.Result.Proxied, Override: showOverride(p.Override),
	}
}

// PollCommits is a page of released commitments.
type PollCommits struct {
	Page    int      `json:"page"`
	Commits []string `json:"commits" doc:"Rising over all pages."`
}

// PollLine is one counted ballot: nothing says whose it is.
type PollLine struct {
	Tag    poll.Tag `json:"t"`
	Salt   string   `json:"s"`
	Choice string   `json:"choice" doc:"The JSON that the commitment binds."`
	Commit string   `json:"commit"`
	Paper  bool     `json:"paper"`
}

func showPollLine(l poll.Line) PollLine { return PollLine(l) }

// PollLines is a page of counted ballots in the order of their commitments.
type PollLines struct {
	Page  int        `json:"page"`
	Lines []PollLine `json:"lines"`
}

// PollChoice is what one ballot says. Which members it has depends on the rule's method.
type PollChoice struct {
	Picks   []int `json:"picks,omitempty" doc:"Numbers of options from 0."`
	Scores  []int `json:"scores,omitempty" doc:"A number for each of picks."`
	Ranks   []int `json:"ranks,omitempty" doc:"An entry for every option: 1 is the best, 0 is not ranked."`
	Abstain bool  `json:"abstain,omitempty"`
}

func (c PollChoice) choice() rule.Choice {
	return rule.Choice{Picks: c.Picks, Scores: c.Scores, Ranks: c.Ranks, Abstain: c.Abstain}
}
