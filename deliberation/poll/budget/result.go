package budget

import "math/big"

// Phase says which part of a rule a round belongs to.
type Phase string

const (
	PhaseGreedy  Phase = "greedy"          // by score, or score per cost
	PhaseShares  Phase = "equal-shares"    // paid by its supporters
	PhaseAllFits Phase = "everything-fits" // all supported projects fit the budget, so no step is taken
)

// Round is one decision, in the order of deciding.
type Round struct {
	Phase   Phase `json:"phase"`
	Project int   `json:"project"`
	Bought  bool  `json:"bought"` // equal shares only record purchases; greedy also what did not fit
	Cost    int64 `json:"cost"`
	Votes   int   `json:"votes"`
	Score   int64 `json:"score"`
	Left    int64 `json:"left"` // of the budget, after this round

	// Under equal shares, in smallest parts; nil otherwise.
	MaxPayment *big.Rat `json:"maxPayment,omitempty"` // the most that one supporter pays
	Rho        *big.Rat `json:"rho,omitempty"`        // what one unit of worth costs a supporter who can still pay; the least wins the round
	Effective  *big.Rat `json:"effective,omitempty"`  // effective vote count: cost / MaxPayment; nil for a project without cost
	Payers     int      `json:"payers,omitempty"`     // supporters who pay anything
	Emptied    int      `json:"emptied,omitempty"`    // those of them who give all they have left
}

// Reason says why a project was not bought.
type Reason string

const (
	ReasonWithdrawn Reason = "withdrawn"
	ReasonNoBallots Reason = "no-ballots"       // the election had no voter
	ReasonNoVotes   Reason = "no-votes"         // nobody supports it
	ReasonThreshold Reason = "below-threshold"  // Score is under the stated threshold
	ReasonTooDear   Reason = "dearer-than-all"  // costs more than the whole budget
	ReasonDidNotFit Reason = "did-not-fit"      // Had was left when its turn came
	ReasonAfterStop Reason = "after-the-stop"   // the rule had stopped at a project that did not fit
	ReasonPoor      Reason = "supporters-short" // its supporters together hold Had at the end
	ReasonNoWorth   Reason = "worth-nothing"    // free of cost, so worth nothing where worth is cost
)

// Loser is a project that was not bought, and the number that decided.
type Loser struct {
	Project int      `json:"project"`
	Reason  Reason   `json:"reason"`
	Cost    int64    `json:"cost"`
	Votes   int      `json:"votes"`
	Score   int64    `json:"score"`
	Had     *big.Rat `json:"had,omitempty"` // smallest parts; nil where the reason has no amount
}

// Comparison tells how voters fare under equal shares and under greedy.
type Comparison struct {
	BetterShares int  `json:"betterShares"` // voters with more funded projects that they support under equal shares
	BetterGreedy int  `json:"betterGreedy"` // the same under greedy
	TookGreedy   bool `json:"tookGreedy"`   // whether BetterGreedy is the larger
}

// Result is a count with its explanation; all numbers come from the run that gave the outcome.
type Result struct {
	Rule      Rule        `json:"rule"`
	Winners   []int       `json:"winners"` // in the order of buying
	Spent     int64       `json:"spent"`
	Budget    int64       `json:"budget"`
	Voters    int         `json:"voters"`
	Endowment *big.Rat    `json:"endowment,omitempty"` // what each voter held in the run that was kept, in smallest parts; nil under greedy
	Steps     int         `json:"steps,omitempty"`     // Add1 steps taken to get there
	Rounds    []Round     `json:"rounds"`
	Losers    []Loser     `json:"losers"` // in the election's order
	Compared  *Comparison `json:"compared,omitempty"`
}
