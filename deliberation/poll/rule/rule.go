package rule

import (
	"bytes"
	"encoding/json"
	"strings"

	"jushou/internal/fault"
)

// Bounds of every poll. They keep each sum and each cross product within 63 bits.
const (
	MaxOptions = 200
	MaxVoters  = 10_000_000
	MaxScore   = 100 // of either sign
	MaxDen     = 1000
)

// Method is how a choice is written and counted.
type Method string

// The methods.
const (
	Single   Method = "single"   // one option a ballot, the most votes win
	Multiple Method = "multiple" // from Min to Max options a ballot
	Score    Method = "score"    // a number for every option
	Schulze  Method = "schulze"  // an order of preference, compared in pairs along the strongest paths
	IRV      Method = "irv"      // an order of preference, the last option drops out round by round
	YesNo    Method = "yes-no"   // option 0 is yes, option 1 is no
	Owners   Method = "owners"   // joint decision of owners, Civil Code Art. 278
	Budget   Method = "budget"   // projects within a sum of money
)

// Methods lists every method.
func Methods() []Method {
	return []Method{Single, Multiple, Score, Schulze, IRV, YesNo, Owners, Budget}
}

// Yes and No are the options of a yes/no question. An abstention is Choice.Abstain.
const (
	Yes = 0
	No  = 1
)

// Franchise says who counts as one voice.
type Franchise string

// The zero Franchise is one person one vote.
const (
	Persons    Franchise = ""
	Households Franchise = "household" // one line of the roll a household
	Council    Franchise = "council"   // members, of whom those on the attendance list may vote
)

// Tie says what happens when options are level.
type Tie string

// The zero Tie leaves it at that: none of the level options wins.
const (
	TieStands Tie = ""
	TieByLot  Tie = "lot" // Rule.Lot decides, drawn before the first ballot
)

// Spoilt says how an invalid ballot counts. The zero Spoilt leaves it out of every sum but Turnout.Invalid.
type Spoilt string

const (
	SpoiltApart Spoilt = ""
	SpoiltCast  Spoilt = "cast" // it took part, and approves of nothing
)

// Rule is how one poll is counted. Every field is part of what is announced. Its JSON is canonical: fields in
// this order, unset ones left out.
type Rule struct {
	Method    Method    `json:"method"`
	Franchise Franchise `json:"franchise,omitempty"`

	// Min and Max bound how many options a ballot names under multiple and budget, and how many it ranks under
	// schulze and irv. A Max of 0 means all of them.
	Min int `json:"min,omitempty"`
	Max int `json:"max,omitempty"`
	// Seats is how many options can win under single, multiple and score; 0 under multiple means every option
	// that clears the Threshold, and 1 otherwise.
	Seats   int  `json:"seats,omitempty"`
	Abstain bool `json:"abstain,omitempty"` // whether a ballot may expressly abstain
	Equal   bool `json:"equal,omitempty"`   // under schulze: options may share a rank

	Spoilt Spoilt `json:"spoilt,omitempty"`
	Tie    Tie    `json:"tie,omitempty"`
	Lot    []int  `json:"lot,omitempty"` // all options, first drawn first; the earlier one wins

	Presence  *Bar `json:"presence,omitempty"`  // members present, of all members (council)
	Quorum    *Bar `json:"quorum,omitempty"`    // ballots cast
	Threshold *Bar `json:"threshold,omitempty"` // votes an option needs to win

	Range  *Range       `json:"range,omitempty"`  // of score
	Owners *OwnersTerms `json:"owners,omitempty"` // of owners
	Budget *BudgetTerms `json:"budget,omitempty"` // of budget
}

// Parse reads a rule from its JSON. A field that no rule has is refused: what a newer program wrote must not be
// counted by an older one as if the field were not there.
func Parse(data []byte) (Rule, error) {
	var r Rule
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return Rule{}, fault.New(fault.Invalid, "rule.unreadable").Because(err)
	}
	return r, nil
}

// Canonical returns the JSON that is written to the public log: the same rule gives the same bytes.
func (r Rule) Canonical() []byte { return plainJSON(r) }

// plainJSON writes ">=" as it is, because people read it in the log.
func plainJSON(value any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // nothing in a rule or a result can fail to be written
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
