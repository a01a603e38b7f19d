package rule

import "jushou/deliberation/poll/budget"

// Outcome is how a poll ended.
type Outcome string

// The outcomes.
const (
	Won    Outcome = "won"    // Winners has at least one
	Passed Outcome = "passed" // yes, under yes-no and owners
	Failed Outcome = "failed" // not yes, under yes-no and owners
	Nobody Outcome = "nobody" // nobody cleared the threshold, or had a vote at all
	Tied   Outcome = "tied"   // a place could not be given: Tied are level for it
	Short  Outcome = "short"  // presence or quorum was missed; nothing is decided
	Empty  Outcome = "empty"  // no ballot was cast
)

// Turnout says what came in.
type Turnout struct {
	Roll    int `json:"roll"`
	Present int `json:"present,omitempty"` // on the attendance list (council)
	Ballots int `json:"ballots"`           // all that came in, on paper or not
	Paper   int `json:"paper,omitempty"`
	Absent  int `json:"absent,omitempty"`  // set aside: from members who were not present
	Spoilt  int `json:"spoilt,omitempty"`  // invalid, absent ones apart
	Abstain int `json:"abstain,omitempty"` // expressly
	Cast    int `json:"cast"`              // what OfCast means: valid ones, abstentions, and spoilt ones if the rule says so
	Decided int `json:"decided"`           // what OfDecided means: valid ones that do not abstain
}

// Result is a count with everything that led to it. Exactly one of the method's own parts is set.
type Result struct {
	Method  Method  `json:"method"`
	Outcome Outcome `json:"outcome"`
	Winners []int   `json:"winners,omitempty"` // best first
	// Tied are the options that were level for the last place. If ByLot they were parted by the lot and the
	// outcome stands; otherwise none of them won.
	Tied    []int   `json:"tied,omitempty"`
	ByLot   bool    `json:"byLot,omitempty"`
	Turnout Turnout `json:"turnout"`
	Steps   []Step  `json:"steps,omitempty"`
	// Votes has for each option the ballots that name it, or rank it first and alone.
	Votes []int64 `json:"votes,omitempty"`

	Scores  []OptionScore  `json:"scores,omitempty"`
	Pairs   *Pairs         `json:"pairs,omitempty"`
	Rounds  []Round        `json:"rounds,omitempty"` // of irv
	Sheets  []Sheet        `json:"sheets,omitempty"` // of owners: every reading, one of them Binding
	Funding *budget.Result `json:"funding,omitempty"`
}

// JSON returns the result as it is published. The same result gives the same bytes.
func (res Result) JSON() []byte { return plainJSON(res) }

// Binding returns the sheet that decides an owners' vote, or nil for another method.
func (res Result) Binding() *Sheet {
	for i := range res.Sheets {
		if res.Sheets[i].Binding {
			return &res.Sheets[i]
		}
	}
	return nil
}
