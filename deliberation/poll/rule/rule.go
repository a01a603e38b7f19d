package rule

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
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

// Check refuses a rule that no poll with so many options can be counted by, or that says something without
// effect. It returns every fault at once, each on the field it belongs to.
func (r Rule) Check(options int) error {
	if !slices.Contains(Methods(), r.Method) {
		return fault.New(fault.Invalid, "rule.method").On("method").With("method", string(r.Method))
	}
	return errors.Join(r.checkOptions(options), r.checkFranchise(), r.checkPicks(options), r.checkSeats(options),
		r.checkTie(options), r.checkBars(), r.checkTerms(options))
}

func (r Rule) checkOptions(options int) error {
	switch yesNo := r.isYesNo(); {
	case yesNo && options != 2:
		return fault.New(fault.Invalid, "rule.yes_no_options").On("options").With("options", options)
	case options > MaxOptions:
		return fault.New(fault.TooLarge, "rule.too_many_options").On("options").With("max", MaxOptions)
	case options < r.leastOptions():
		return fault.New(fault.Invalid, "rule.too_few_options").On("options").With("min", r.leastOptions())
	}
	return nil
}

// leastOptions is 1 where an option is judged by itself and 2 where options compete.
func (r Rule) leastOptions() int {
	if r.Method == Score || r.Method == Budget || r.Method == Multiple && r.Seats == 0 {
		return 1
	}
	return 2
}

// isYesNo reports whether the two options are yes and no.
func (r Rule) isYesNo() bool {
	return r.Method == YesNo || r.Method == Owners && r.Owners != nil && r.Owners.Form == YesNo
}

func (r Rule) checkFranchise() error {
	switch {
	case !slices.Contains([]Franchise{Persons, Households, Council}, r.Franchise):
		return fault.New(fault.Invalid, "rule.franchise").On("franchise")
	case r.Method == Owners && r.Franchise != Persons:
		return fault.New(fault.Invalid, "rule.owners_franchise").On("franchise")
	case r.Presence != nil && r.Franchise != Council:
		return fault.New(fault.Invalid, "rule.presence_without_council").On("presence")
	case r.Franchise == Council && r.Presence == nil:
		return fault.New(fault.Invalid, "rule.council_without_presence").On("presence")
	case r.Spoilt != SpoiltApart && r.Spoilt != SpoiltCast:
		return fault.New(fault.Invalid, "rule.spoilt").On("spoilt")
	}
	return nil
}

// checkPicks looks at Min, Max and Equal.
func (r Rule) checkPicks(options int) error {
	bounded := slices.Contains([]Method{Multiple, Schulze, IRV, Budget}, r.Method)
	switch {
	case !bounded && (r.Min != 0 || r.Max != 0):
		return fault.New(fault.Invalid, "rule.bounds_without_use").On("max")
	case r.Equal && r.Method != Schulze:
		return fault.New(fault.Invalid, "rule.equal_ranks").On("equal")
	case r.Min < 0 || r.Max < 0 || r.Max > options || r.Min > r.most(options):
		return fault.New(fault.Invalid, "rule.bounds").On("max").With("options", options)
	}
	return nil
}

// most is how many options a ballot may name.
func (r Rule) most(options int) int {
	switch {
	case r.Method == Single || r.isYesNo() || r.Method == Owners:
		return 1
	case r.Max == 0 || r.Method == Score:
		return options
	}
	return r.Max
}

// least is how many options a ballot has to name if it does not abstain.
func (r Rule) least() int {
	if r.Method == Budget {
		return r.Min // an empty ballot is a voter too
	}
	return max(1, r.Min)
}

func (r Rule) checkSeats(options int) error {
	several := r.Method == Single || r.Method == Multiple || r.Method == Score
	switch {
	case !several && r.Seats != 0:
		return fault.New(fault.Invalid, "rule.seats_without_use").On("seats")
	case r.Seats < 0 || r.Seats > options:
		return fault.New(fault.Invalid, "rule.seats").On("seats").With("options", options)
	case r.Seats > 0 && r.Seats == options && options > 1 && r.Threshold == nil:
		return fault.New(fault.Invalid, "rule.everybody_wins").On("seats")
	case r.Method == Multiple && r.Seats == 0 && r.Threshold == nil:
		return fault.New(fault.Invalid, "rule.multiple_without_end").On("seats")
	}
	return nil
}

// seats is how many options can win.
func (r Rule) seats(options int) int {
	switch {
	case r.Seats > 0:
		return r.Seats
	case r.Method == Multiple:
		return options
	}
	return 1
}

func (r Rule) checkTie(options int) error {
	switch {
	case r.Tie != TieStands && r.Tie != TieByLot:
		return fault.New(fault.Invalid, "rule.tie").On("tie")
	case r.Tie == TieStands && len(r.Lot) > 0:
		return fault.New(fault.Invalid, "rule.lot_without_use").On("lot")
	case r.Tie == TieByLot && (r.isYesNo() || r.Method == Owners):
		return fault.New(fault.Invalid, "rule.lot_on_yes_no").On("tie")
	case r.Tie == TieByLot && !isPermutation(r.Lot, options):
		return fault.New(fault.Invalid, "rule.lot").On("lot").With("options", options)
	}
	return nil
}

func isPermutation(order []int, n int) bool {
	if len(order) != n {
		return false
	}
	seen := make([]bool, n)
	for _, o := range order {
		if o < 0 || o >= n || seen[o] {
			return false
		}
		seen[o] = true
	}
	return true
}

// checkTerms makes sure that a method has its terms and no other's.
func (r Rule) checkTerms(options int) error {
	if (r.Range != nil) != (r.Method == Score) || (r.Owners != nil) != (r.Method == Owners) ||
		(r.Budget != nil) != (r.Method == Budget) {
		return fault.New(fault.Invalid, "rule.terms").On("method").With("method", string(r.Method))
	}
	switch r.Method {
	case Score:
		return r.Range.check()
	case Owners:
		return r.Owners.check()
	case Budget:
		return r.Budget.check(options)
	}
	return nil
}
