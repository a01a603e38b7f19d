package rule

// Fact is one thing that a rule says, for a page to put into words. Which of its fields mean something depends on
// the code, as said there.
type Fact struct {
	Code    Code   `json:"code"`
	Text    string `json:"text,omitempty"`
	N       int64  `json:"n,omitempty"`
	M       int64  `json:"m,omitempty"`
	Bar     *Bar   `json:"bar,omitempty"`
	Options []int  `json:"options,omitempty"`
}

// The facts, in the order in which Facts tells them.
const (
	FactMethod     Code = "method"    // Text is the Method; under owners the form is told as well
	FactVoices     Code = "voices"    // Text is the Franchise
	FactPicks      Code = "picks"     // from N to M options a ballot
	FactEqual      Code = "equal"     // options may share a rank
	FactRange      Code = "range"     // scores from N to M
	FactScoreBy    Code = "score-by"  // Text is the ScoreBy
	FactPartial    Code = "partial"   // a ballot may leave options out
	FactSeats      Code = "seats"     // N options can win
	FactAbstain    Code = "abstain"   // N is 1 if a ballot may expressly abstain, and 0 if not
	FactSpoilt     Code = "spoilt"    // Text is the Spoilt setting
	FactPresence   Code = "presence"  // Bar
	FactQuorum     Code = "quorum"    // Bar; N is 1 if there is none
	FactThreshold  Code = "threshold" // Bar; without one, Seats says who wins
	FactTie        Code = "tie"       // Text is the Tie, Options the lot
	FactMatter     Code = "matter"    // N of Art. 278
	FactScope      Code = "scope"     // Text is the Scope
	FactForm       Code = "form"      // Text is yes-no or single
	FactTurnout    Code = "participation"
	FactApproval   Code = "approval"        // Bar, by area and by heads, as the one before
	FactParking    Code = "parking"         // Text is the Parking setting
	FactParkClause Code = "parking-clause"  // Text
	FactSilence    Code = "non-return"      // Text is the NonReturn policy
	FactClause     Code = "clause"          // Text
	FactService    Code = "service"         // Text is a way of service; one fact for each
	FactWarning    Code = "warning"         // Text is the version of the warning
	FactFunding    Code = "funding"         // Text is the budget rule; N is the money, M the parts of one whole
	FactCost       Code = "cost"            // Options[0] costs N
	FactPoints     Code = "points"          // at most N for a project and M for a ballot; M of 0 is no bound
	FactBudgetTies Code = "budget-ties"     // Text is a criterion; one fact for each, in order
	FactStart      Code = "budget-start"    // Text
	FactStep       Code = "budget-step"     // N
	FactLeastScore Code = "budget-least"    // N is the least score of a project
	FactOption     Code = "budget-option"   // Text is stop-when-full, compare, points-times-cost or need-votes
	FactUnanimous  Code = "everybody-agree" // the threshold is the whole roll, as for Civil Code Art. 279
)

// Facts tells the rule of a poll with so many options, everything that can decide it, in a fixed order. The rule is
// one that Check accepts.
func (r Rule) Facts(options int) []Fact {
	facts := []Fact{{Code: FactMethod, Text: string(r.Method)}, {Code: FactVoices, Text: string(r.Franchise)}}
	facts = append(facts, r.ballotFacts(options)...)
	switch r.Method {
	case Owners:
		facts = append(facts, r.Owners.facts()...)
	case Budget:
		facts = append(facts, r.Budget.facts()...)
	default:
		facts = append(facts, r.barFacts(options)...)
	}
	if r.isYesNo() || r.Method == Owners {
		return facts // a share holds or does not; nothing can be level
	}
	return append(facts, Fact{Code: FactTie, Text: string(r.Tie), Options: r.Lot})
}

// ballotFacts tell what a ballot may say.
func (r Rule) ballotFacts(options int) []Fact {
	var facts []Fact
	if r.Method == Multiple || r.Method == Schulze || r.Method == IRV || r.Method == Budget {
		facts = append(facts, Fact{Code: FactPicks, N: int64(r.least()), M: int64(r.most(options))})
	}
	if r.Equal {
		facts = append(facts, Fact{Code: FactEqual})
	}
	if g := r.Range; g != nil {
		facts = append(facts, Fact{Code: FactRange, N: int64(g.Min), M: int64(g.Max)}, Fact{Code: FactScoreBy, Text: string(g.By)})
		if g.Partial {
			facts = append(facts, Fact{Code: FactPartial})
		}
	}
	abstain := Fact{Code: FactAbstain}
	if r.Abstain {
		abstain.N = 1
	}
	return append(facts, abstain, Fact{Code: FactSpoilt, Text: string(r.Spoilt)})
}

func (r Rule) barFacts(options int) []Fact {
	var facts []Fact
	if r.Presence != nil {
		facts = append(facts, Fact{Code: FactPresence, Bar: r.Presence})
	}
	quorum := Fact{Code: FactQuorum, Bar: r.Quorum}
	if r.Quorum == nil {
		quorum.N = 1
	}
	facts = append(facts, quorum)
	if t := r.Threshold; t != nil {
		facts = append(facts, Fact{Code: FactThreshold, Bar: t})
		if t.Of == OfRoll && t.Num == t.Den {
			facts = append(facts, Fact{Code: FactUnanimous})
		}
	}
	if r.Method != YesNo {
		facts = append(facts, Fact{Code: FactSeats, N: int64(r.seats(options))})
	}
	return facts
}

func (t *OwnersTerms) facts() []Fact {
	turnout, approval := t.Participation(), t.Approval()
	facts := []Fact{
		{Code: FactMatter, N: int64(t.Matter)}, {Code: FactScope, Text: string(t.Scope)}, {Code: FactForm, Text: string(t.Form)},
		{Code: FactTurnout, Bar: &turnout}, {Code: FactApproval, Bar: &approval}, {Code: FactParking, Text: string(t.Parking)},
	}
	if t.ParkingClause != "" {
		facts = append(facts, Fact{Code: FactParkClause, Text: t.ParkingClause})
	}
	facts = append(facts, Fact{Code: FactSilence, Text: string(t.NonReturn)})
	if t.NonReturn == NotParticipating {
		return facts
	}
	facts = append(facts, Fact{Code: FactClause, Text: t.Clause})
	for _, way := range t.ServiceMethods {
		facts = append(facts, Fact{Code: FactService, Text: way})
	}
	return append(facts, Fact{Code: FactWarning, Text: t.Warning})
}

func (t *BudgetTerms) facts() []Fact {
	facts := []Fact{{Code: FactFunding, Text: string(t.Rule), N: t.Money, M: t.Unit}}
	for o, cost := range t.Costs {
		facts = append(facts, Fact{Code: FactCost, N: cost, Options: []int{o}})
	}
	if t.Points > 0 {
		facts = append(facts, Fact{Code: FactPoints, N: int64(t.Points), M: int64(t.Total)})
	}
	for _, by := range t.Ties {
		facts = append(facts, Fact{Code: FactBudgetTies, Text: string(by)})
	}
	if t.Start != "" {
		facts = append(facts, Fact{Code: FactStart, Text: string(t.Start)})
	}
	if t.Step > 0 {
		facts = append(facts, Fact{Code: FactStep, N: t.Step})
	}
	if t.Threshold > 0 {
		facts = append(facts, Fact{Code: FactLeastScore, N: t.Threshold})
	}
	for _, o := range []struct {
		name string
		on   bool
	}{
		{"stop-when-full", t.StopWhenFull}, {"compare", t.Compare},
		{"points-times-cost", t.PointsTimesCost}, {"need-votes", t.NeedVotes},
	} {
		if o.on {
			facts = append(facts, Fact{Code: FactOption, Text: o.name})
		}
	}
	return facts
}
