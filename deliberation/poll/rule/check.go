package rule

import (
	"errors"
	"slices"

	"jushou/internal/fault"
)

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
