package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// RoundID identifies a budget round. It is the token of the form that planned it, and the id of its poll.
type RoundID string

// Round is a budget round: several projects whose preset lets such a round decide stand as the options of one poll, and a sum
// of money goes to those that the count finds. The document is written before anything else and carries the whole plan, so
// that whoever comes by after a crash can link the projects and draft the poll that are still missing.
//
// Until its poll is listed a round follows its projects: one that goes leaves the draft. From then on the options stand, and
// one that goes all the same is kept in its place with what became of it, for everybody to read.
type Round struct {
	ID        RoundID        `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	// Year and Number are how people name it: the second of 2026.
	Year   int `json:"year"`
	Number int `json:"number"`
	// Preset is that of all its projects, by whose envelope the sum is bounded.
	Preset preset.Key `json:"preset"`
	Terms
	// Lots are the projects, in the order of the poll's options.
	Lots []Lot `json:"lots"`
	// Dropped are those that went before the options stood.
	Dropped []Lot `json:"dropped,omitempty"`

	State RoundState `json:"state"`
	// Fault is the code of the refusal for which nothing could be drafted.
	Fault     string              `json:"fault,omitempty"`
	By        deliberation.Author `json:"by"`
	CreatedAt time.Time           `json:"created_at"`
	EndedAt   time.Time           `json:"ended_at,omitzero"`
}

// Terms are what a round asks, of whom and until when, and how it is counted.
type Terms struct {
	Question   string `json:"question"`
	Background string `json:"background,omitempty"`
	// Money is the sum that the round spends, in fen.
	Money money.Fen `json:"money"`
	// Rule is the way of counting as deliberation/poll/budget names it.
	Rule string `json:"rule"`
	// Most is how many projects a ballot may name; 0 is all.
	Most int `json:"most,omitempty"`
	// Turnout is the least part of the roll that has to vote, in thousandths; 0 is none.
	Turnout   int                    `json:"turnout,omitempty"`
	Grids     []community.GridID     `json:"grids,omitempty"`
	Buildings []community.BuildingID `json:"buildings,omitempty"`
	Adults    bool                   `json:"adults,omitempty"`
	OpensAt   time.Time              `json:"opens_at"`
	ClosesAt  time.Time              `json:"closes_at"`
}

// Lot is a project in a round as it was when the round was planned.
type Lot struct {
	Project ID     `json:"project"`
	Title   string `json:"title"`
	Need    string `json:"need,omitempty"`
	// Cost is what its plan adds up to, and Revision which plan that is.
	Cost     money.Fen `json:"cost"`
	Revision int       `json:"revision"`
	// Left says what became of one that went, "" for one that stands.
	Left   LotEnd    `json:"left,omitempty"`
	LeftAt time.Time `json:"left_at,omitzero"`
	// Approved and Votes are what the count found.
	Approved bool `json:"approved,omitempty"`
	Votes    int  `json:"votes,omitempty"`
}

// LotEnd says why a project is no longer in a round.
type LotEnd string

// What becomes of a project that does not stand any more.
const (
	LotTaken   LotEnd = "taken"     // another poll decides about it
	LotChanged LotEnd = "changed"   // its plan is another one
	LotBack    LotEnd = "sent_back" // it is with its proposer or at its plan again
	LotOver    LotEnd = "cancelled" // it was given up
)

// RoundState is where a round stands. Whether its poll runs is the poll's to say.
type RoundState string

// States of a round.
const (
	RoundPlanning RoundState = "planned"   // projects are being linked and the poll drafted
	RoundDrafted  RoundState = "drafted"   // its poll is there and goes its own way
	RoundDecided  RoundState = "decided"   // the result has gone to the projects
	RoundVoid     RoundState = "void"      // the poll decided nothing: too few came, a tie, or it was given up
	RoundFailed   RoundState = "abandoned" // it never came to a poll
)

// Over reports whether nothing more happens to the round.
func (s RoundState) Over() bool { return s == RoundDecided || s == RoundVoid || s == RoundFailed }

// Bounds of a round, those of deliberation/poll for its options.
const (
	MinLots = 2
	MaxLots = 30
	// MaxRoundsAYear is how many rounds a community has in a year.
	MaxRoundsAYear = 60
)

// PollPhase is how far a poll has come, as the projects need to know it.
type PollPhase string

// Phases of a poll.
const (
	PollMissing  PollPhase = ""
	PollDrafting PollPhase = "drafting" // may be changed
	PollListed   PollPhase = "listed"   // the options and the roll are public, nobody votes yet
	PollVoting   PollPhase = "voting"   // from the opening until the result
	PollOver     PollPhase = "over"     // published, or withdrawn
)

// Place is where the round is held.
func (r Round) Place() identity.Place { return identity.Place{Path: r.Path} }

// Ref names the round in its projects.
func (r Round) Ref() *RoundRef { return &RoundRef{Year: r.Year, Number: r.Number} }

// Standing are the lots that have not left.
func (r Round) Standing() []Lot {
	return slices.DeleteFunc(slices.Clone(r.Lots), func(l Lot) bool { return l.Left != "" })
}

// lot returns the index of a project among the options, -1 if it is none.
func (r Round) lot(id ID) int {
	return slices.IndexFunc(r.Lots, func(l Lot) bool { return l.Project == id })
}

// total is what all lots cost together.
func (r Round) total() money.Fen {
	var sum money.Fen
	for _, l := range r.Lots {
		sum += l.Cost
	}
	return sum
}

// told states an event of the round.
func (r Round) told(what string, by deliberation.Author, lot Lot, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: RoundStep{
		Round: r.ID, Community: r.Community, Town: townOf(r.Path), Subject: r.Question, Year: r.Year, Number: r.Number, Money: r.Money, Lots: len(r.Lots),
		Project: lot.Project, Title: lot.Title, Left: lot.Left,
	}}
}

// part takes out the projects that do not stand any more, in the order in which they are given. While the poll may be
// changed they leave the options; afterwards they keep their place, and the public is told.
func (r *Round) part(gone map[ID]LotEnd, draft bool, now time.Time) []docstore.Fact {
	var facts []docstore.Fact
	var lots []Lot
	for _, l := range r.Lots {
		why, goes := gone[l.Project]
		if !goes || l.Left != "" {
			lots = append(lots, l)
			continue
		}
		l.Left, l.LeftAt = why, now
		what := RoundLotLeft
		if draft {
			what, r.Dropped = RoundLotDropped, append(slices.Clip(r.Dropped), l)
		} else {
			lots = append(lots, l)
		}
		facts = append(facts, r.told(what, keeping, l, now))
	}
	r.Lots = lots
	return facts
}

// fail ends a round that never came to a poll.
func (r *Round) fail(code string, now time.Time) []docstore.Fact {
	r.State, r.Fault, r.EndedAt = RoundFailed, code, now
	return []docstore.Fact{r.told(RoundEnded, keeping, Lot{}, now)}
}

// end writes down what the poll decided.
func (r *Round) end(v Verdict, now time.Time) ([]docstore.Fact, error) {
	if r.State.Over() || !v.Settled {
		return nil, docstore.ErrUnchanged
	}
	r.State, r.EndedAt = RoundDecided, now
	if v.Void {
		r.State = RoundVoid
	}
	r.Lots = slices.Clone(r.Lots)
	for i := range r.Lots {
		l := &r.Lots[i]
		l.Approved = !v.Void && slices.Contains(v.Winners, i)
		if v.Count != nil && i < len(v.Count.Options) {
			l.Votes = v.Count.Options[i].Votes
		}
	}
	return []docstore.Fact{r.told(RoundEnded, polling, Lot{}, now)}, nil
}

// stands says why a project is no longer what the lot says, "" if it is. A project that waits for a round without being
// linked to one fits while the round is being planned.
func (l Lot) stands(p Project, id RoundID, planning bool) LotEnd {
	switch {
	case p.Decision != nil && p.Decision.Poll != nil && p.Decision.Poll.Poll == string(id):
		return "" // the result has just reached it
	case p.Stage.Over():
		return LotOver
	case p.Stage != preset.Deciding:
		return LotBack
	case p.Poll == nil && !planning:
		return LotBack
	case p.Poll != nil && p.Poll.Poll != string(id):
		return LotTaken
	case p.Plan.Revision != l.Revision || p.Plan.Total() != l.Cost:
		return LotChanged
	}
	return ""
}

// awaitsRound reports whether a project waits for a budget round to decide about it.
func (p Project) awaitsRound() bool {
	return p.Stage == preset.Deciding && p.Preset.Decision.Rule == preset.ByBudget && p.Poll == nil && p.Plan.Total() > 0
}

// enter links a project to a round, or gives it the number of its option.
func (p *Project) enter(r Round, option int, now time.Time) ([]docstore.Fact, error) {
	if p.Poll != nil && p.Poll.Poll == string(r.ID) {
		if p.Poll.Option == option {
			return nil, docstore.ErrUnchanged
		}
		link := *p.Poll
		link.Option, p.Poll = option, &link
		return nil, nil
	}
	return p.LinkPoll(PollLink{Poll: string(r.ID), Option: option, Round: r.Ref()}, r.By, now)
}

// leaveRound takes a project out of a round in which it has no place.
func (p *Project) leaveRound(id RoundID, now time.Time) ([]docstore.Fact, error) {
	if p.Poll == nil || p.Poll.Poll != string(id) || p.Stage != preset.Deciding {
		return nil, docstore.ErrUnchanged
	}
	if err := p.take(MoveLinkPoll, PollUndecided, keeping, "", now); err != nil {
		return nil, err
	}
	p.Poll = nil
	return []docstore.Fact{p.told(PollUndecided, keeping, "", now)}, nil
}

var (
	errRoundNone    = fault.New(fault.NotFound, "project.no_round")
	errRoundFew     = fault.New(fault.Invalid, "project.round_lots").On("project").With("min", MinLots).With("max", MaxLots)
	errRoundMixed   = fault.New(fault.Invalid, "project.round_mixed").On("project")
	errRoundLot     = fault.New(fault.Conflict, "project.round_lot").On("project")
	errRoundDear    = fault.New(fault.Invalid, "project.round_too_dear").On("money")
	errRoundYear    = fault.New(fault.Conflict, "project.round_over_year").On("money")
	errRoundMoney   = fault.New(fault.Invalid, "project.round_money").On("money").With("max", money.Max)
	errRoundsFull   = fault.New(fault.Conflict, "project.rounds_full").With("max", MaxRoundsAYear)
	errRoundTurnout = fault.New(fault.Invalid, "project.round_turnout").On("turnout")
	errRoundChanged = fault.New(fault.Conflict, "project.round_changed")
	errRoundEnded   = fault.New(fault.Conflict, "project.round_ended")
	errInRound      = fault.New(fault.Conflict, "project.in_round")
)
