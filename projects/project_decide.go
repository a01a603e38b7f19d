package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Decision is what was decided about a project, by the rule of its preset.
type Decision struct {
	Rule     preset.Rule         `json:"rule"`
	Approved bool                `json:"approved"`
	Amount   money.Fen           `json:"amount"` // of the budget that was decided on
	By       deliberation.Author `json:"by"`     // who recorded it
	At       time.Time           `json:"at"`
	// Minutes say how it came about: the secretary's reasons, or what the council or jury said.
	Minutes string                 `json:"minutes,omitempty"`
	Photos  []deliberation.PhotoID `json:"photos,omitempty"`
	Poll    *PollLink              `json:"poll,omitempty"`
	Council *CouncilVote           `json:"council,omitempty"`
	Sheets  []Sheet                `json:"sheets,omitempty"`
	// Chosen is how the project fared in a budget round.
	Chosen *Chosen `json:"chosen,omitempty"`
}

// Chosen is what the count of a budget round found about one project, of which the public reads why it was chosen or not.
type Chosen struct {
	Votes   int       `json:"votes"`   // ballots that named it
	Ballots int       `json:"ballots"` // all that were cast
	Money   money.Fen `json:"money"`   // that the round could spend
	Spent   money.Fen `json:"spent"`
	Winners int       `json:"winners"`
	// Why is the reason for which it was not chosen, as deliberation/poll/budget names it; "" of a winner.
	Why string `json:"why,omitempty"`
}

// PollLink names the poll that decides, and for which of its options the project stands: yes of a vote, or one of a round.
type PollLink struct {
	Poll   string    `json:"poll"`
	Option int       `json:"option"`
	At     time.Time `json:"at"`
	// Round is set where the poll is that of a budget round, and names it.
	Round *RoundRef `json:"round,omitempty"`
}

// RoundRef names a budget round as people do: the second of 2026.
type RoundRef struct {
	Year   int `json:"year"`
	Number int `json:"number"`
}

// CouncilVote is how a council voted.
type CouncilVote struct {
	Members int `json:"members"`
	Present int `json:"present"`
	For     int `json:"for"`
	Against int `json:"against"`
	Abstain int `json:"abstain"`
}

// Sheet is one juror's points, in the order of the preset's criteria.
type Sheet struct {
	Juror  string `json:"juror"`
	Points []int  `json:"points"`
}

// Points returns what the jurors gave on average, in tenths of a point and rounded down; false where no jury decided.
func (d Decision) Points() (tenths int, judged bool) {
	if len(d.Sheets) == 0 {
		return 0, false
	}
	sum := 0
	for _, s := range d.Sheets {
		for _, n := range s.Points {
			sum += n
		}
	}
	return 10 * sum / len(d.Sheets), true
}

// Verdict is what a poll decided.
type Verdict struct {
	// Settled is false while nothing is published; Void says that it decided nothing: too few came, a tie, or given up.
	Settled, Void bool
	Winners       []int
	// Count is what was found about each option of a budget round, nil of other polls.
	Count *RoundCount
}

// RoundCount is the count of a budget round, Options in the order of the poll's.
type RoundCount struct {
	Ballots      int
	Money, Spent money.Fen
	Options      []OptionCount
}

// OptionCount is what was found about one option; Why is "" of a winner.
type OptionCount struct {
	Votes int
	Why   string
}

// chosen is the count about one option, nil where there is none.
func (v Verdict) chosen(option int) *Chosen {
	if v.Count == nil || option < 0 || option >= len(v.Count.Options) {
		return nil
	}
	x := v.Count.Options[option]
	return &Chosen{Votes: x.Votes, Ballots: v.Count.Ballots, Money: v.Count.Money, Spent: v.Count.Spent, Winners: len(v.Winners), Why: x.Why}
}

// Bounds of a decision.
const (
	MaxMembers = 300
	MaxJurors  = 15
	MaxJuror   = 20
)

var (
	errRule        = fault.New(fault.Conflict, "project.other_rule")
	errCouncilVote = fault.New(fault.Invalid, "project.bad_council_vote").On("present")
	errSheets      = fault.New(fault.Invalid, "project.bad_sheets").On("sheets")
	errMinutes     = fault.New(fault.Invalid, "project.no_minutes").On("minutes")
	errLinked      = fault.New(fault.Conflict, "project.poll_linked")
)

// Record records a decision that was not taken by a poll. What the rule computes is computed here: nobody says "approved"
// for a council or a jury.
func (p *Project) Record(d Decision, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.disinterested(by); err != nil {
		return nil, err
	}
	if d.Rule != p.Preset.Decision.Rule || d.Rule == preset.ByPoll || d.Rule == preset.ByBudget {
		return nil, errRule.With("rule", p.Preset.Decision.Rule)
	}
	if d.Minutes == "" {
		return nil, errMinutes
	}
	switch rule := p.Preset.Decision; d.Rule {
	case preset.ByCouncil:
		if err := d.Council.check(); err != nil {
			return nil, err
		}
		d.Approved = rule.Council.Holds(d.Council.Members, d.Council.Present, d.Council.For)
	case preset.ByJury:
		points, err := checkSheets(d.Sheets, *rule.Jury)
		if err != nil {
			return nil, err
		}
		d.Approved = rule.Jury.Passes(points)
	}
	return p.decide(d, by, now)
}

func (c *CouncilVote) check() error {
	bad := c == nil || c.Members < 1 || c.Members > MaxMembers || c.Present < 0 || c.Present > c.Members ||
		c.For < 0 || c.Against < 0 || c.Abstain < 0 || c.For+c.Against+c.Abstain > c.Present
	return fault.When(bad, errCouncilVote)
}

func checkSheets(sheets []Sheet, jury preset.Jury) ([][]int, error) {
	if len(sheets) < preset.MinJurors || len(sheets) > MaxJurors {
		return nil, errSheets.With("min", preset.MinJurors).With("max", MaxJurors)
	}
	var points [][]int
	for i, s := range sheets {
		named := func(x Sheet) bool { return x.Juror == s.Juror }
		if s.Juror == "" || slices.ContainsFunc(sheets[:i], named) || !jury.Accept(s.Points) {
			return nil, errSheets.With("min", preset.MinJurors).With("max", MaxJurors)
		}
		points = append(points, s.Points)
	}
	return points, nil
}

// decide writes the decision down and goes where it leads.
func (p *Project) decide(d Decision, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveApprove); err != nil {
		return nil, err
	}
	d.By, d.At, d.Amount = by, now, p.Plan.Total()
	what, m := DeclinedBy, MoveDecline
	if d.Approved {
		what, m = Approved, MoveApprove
	}
	if err := p.take(m, what, by, "", now); err != nil {
		return nil, err
	}
	p.Decision = &d
	if !d.Approved {
		p.Reason = d.Minutes
	}
	return []docstore.Fact{p.decided(what, d.Minutes, by, now)}, nil
}

func (p Project) decided(what, reason string, by deliberation.Author, now time.Time) docstore.Fact {
	amount := p.Approved
	if amount == 0 && p.Decision != nil {
		amount = p.Decision.Amount
	}
	data := Decided{About: p.about(), Linked: p.linked(by), Rule: p.Preset.Decision.Rule, Amount: amount, Reason: reason}
	if p.Decision != nil && p.Decision.Chosen != nil {
		c := p.Decision.Chosen
		data.Votes, data.Ballots, data.Why = c.Votes, c.Ballots, c.Why
	}
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: data}
}

// LinkPoll names the poll that decides. Another may be named only when this one decided nothing, so that nobody picks the
// result.
func (p *Project) LinkPoll(link PollLink, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if rule := p.Preset.Decision.Rule; rule != preset.ByPoll && rule != preset.ByBudget {
		return nil, errRule.With("rule", rule)
	}
	if p.Poll != nil {
		if p.Poll.Poll == link.Poll && p.Poll.Option == link.Option {
			return nil, docstore.ErrUnchanged
		}
		return nil, errLinked
	}
	if err := p.take(MoveLinkPoll, PollLinked, by, "", now); err != nil {
		return nil, err
	}
	link.At = now
	p.Poll = &link
	return []docstore.Fact{p.told(PollLinked, by, "", now)}, nil
}

// FollowVerdict takes what the linked poll decided. Where it decided nothing the link is given up and another may be made.
func (p *Project) FollowVerdict(v Verdict, now time.Time) ([]docstore.Fact, error) {
	if p.Poll == nil || !v.Settled || p.Stage != preset.Deciding {
		return nil, docstore.ErrUnchanged
	}
	link := *p.Poll
	if v.Void {
		if err := p.take(MoveLinkPoll, PollUndecided, polling, "", now); err != nil {
			return nil, err
		}
		p.Poll = nil
		return []docstore.Fact{p.told(PollUndecided, polling, "", now)}, nil
	}
	return p.decide(Decision{
		Rule: p.Preset.Decision.Rule, Approved: slices.Contains(v.Winners, link.Option), Poll: &link, Chosen: v.chosen(link.Option),
	}, polling, now)
}

// SendBack returns a project to its plan, before or during the notice. The decision is set aside and stays readable.
func (p *Project) SendBack(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.disinterested(by); err != nil {
		return nil, err
	}
	if err := p.take(MoveSendBack, SentBack, by, reason, now); err != nil {
		return nil, err
	}
	p.stopNotice(reason, now)
	if p.Decision != nil {
		p.Earlier, p.Decision = append(slices.Clip(p.Earlier), *p.Decision), nil
	}
	p.Poll = nil
	return []docstore.Fact{p.told(SentBack, by, reason, now)}, nil
}

// Cancel gives a project up. One that is established owes an account of what was spent before it is over, and nobody who
// gains by it decides that.
func (p *Project) Cancel(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if !p.EstablishedAt.IsZero() {
		return p.stop(reason, by, now)
	}
	facts, err := p.end(MoveCancel, CancelledBy, reason, by, now)
	if err == nil {
		p.stopNotice(reason, now)
	}
	return facts, err
}
