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
	Phase   Phase
	Project int
	Bought  bool // equal shares only record purchases; greedy also what did not fit
	Cost    int64
	Votes   int
	Score   int64
	Left    int64 // of the budget, after this round

	// Under equal shares, in smallest parts; nil otherwise.
	MaxPayment *big.Rat // the most that one supporter pays
	Rho        *big.Rat // what one unit of worth costs a supporter who can still pay; the least wins the round
	Effective  *big.Rat // effective vote count: cost / MaxPayment; nil for a project without cost
	Payers     int      // supporters who pay anything
	Emptied    int      // those of them who give all they have left
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
	Project int
	Reason  Reason
	Cost    int64
	Votes   int
	Score   int64
	Had     *big.Rat // smallest parts; nil where the reason has no amount
}

// Comparison tells how voters fare under equal shares and under greedy.
type Comparison struct {
	BetterShares int  // voters with more funded projects that they support under equal shares
	BetterGreedy int  // the same under greedy
	TookGreedy   bool // whether BetterGreedy is the larger
}

// Result is a count with its explanation; all numbers come from the run that gave the outcome.
type Result struct {
	Rule      Rule
	Winners   []int // in the order of buying
	Spent     int64
	Budget    int64
	Voters    int
	Endowment *big.Rat // what each voter held in the run that was kept, in smallest parts; nil under greedy
	Steps     int      // Add1 steps taken to get there
	Rounds    []Round
	Losers    []Loser // in the election's order
	Compared  *Comparison
}
