package preset

import (
	"slices"

	"jushou/internal/fault"
)

// Rule says who decides about a project. A preset has exactly one: a result that is partly a vote and partly a jury's
// points cannot be explained to anybody.
type Rule string

// Rules.
const (
	ByPoll      Rule = "poll"      // residents vote on this project
	ByCouncil   Rule = "council"   // 居民议事会
	ByJury      Rule = "jury"      // points of at least MinJurors jurors
	ByBudget    Rule = "budget"    // a budget round decides about several at once
	BySecretary Rule = "secretary" // a recorded decision of the secretary
)

// Rules lists them.
func Rules() []Rule { return []Rule{ByPoll, ByCouncil, ByJury, ByBudget, BySecretary} }

// Decision is the rule with what it needs; what belongs to another rule must be empty.
type Decision struct {
	Rule    Rule     `json:"rule"`
	Council *Council `json:"council,omitempty"`
	Jury    *Jury    `json:"jury,omitempty"`
}

// Council says when a council's vote holds.
type Council struct {
	// Present is the least share of all members that must be there, and For the least share of those present that must
	// be for it, each in thousandths and reached by ">=". For is more than a half.
	Present int `json:"present"`
	For     int `json:"for"`
}

// Holds reports whether so many present of all, and so many of them for it, are enough.
func (c Council) Holds(members, present, votes int) bool {
	return present*shareBase >= members*c.Present && votes*shareBase >= present*c.For
}

// Jury says what jurors give points for, and how many are enough.
type Jury struct {
	Criteria []Criterion `json:"criteria"`
	// Pass is the least mean of the jurors' sums.
	Pass int `json:"pass"`
}

// Criterion is one thing that jurors judge, with the most points it can get.
type Criterion struct {
	Name string `json:"name"`
	Most int    `json:"most"`
}

// Most returns the most points one juror can give.
func (j Jury) Most() int {
	sum := 0
	for _, c := range j.Criteria {
		sum += c.Most
	}
	return sum
}

// Accept refuses a sheet that does not fit.
func (j Jury) Accept(points []int) bool {
	if len(points) != len(j.Criteria) {
		return false
	}
	for i, n := range points {
		if n < 0 || n > j.Criteria[i].Most {
			return false
		}
	}
	return true
}

// Passes reports whether the mean of the sheets reaches Pass. It compares whole numbers: sum and Pass times jurors.
func (j Jury) Passes(sheets [][]int) bool {
	sum := 0
	for _, s := range sheets {
		for _, n := range s {
			sum += n
		}
	}
	return len(sheets) >= MinJurors && sum >= j.Pass*len(sheets)
}

var (
	errRule    = fault.New(fault.Invalid, "preset.bad_rule").On("rule")
	errCouncil = fault.New(fault.Invalid, "preset.bad_council").On("council")
	errJury    = fault.New(fault.Invalid, "preset.bad_jury").On("jury")
)

func (d Decision) check() error {
	switch {
	case !slices.Contains(Rules(), d.Rule):
		return errRule
	case (d.Rule == ByCouncil) != (d.Council != nil), (d.Rule == ByJury) != (d.Jury != nil):
		return errRule
	case d.Council != nil:
		return d.Council.check()
	case d.Jury != nil:
		return d.Jury.check()
	}
	return nil
}

func (c Council) check() error {
	share := func(n int) bool { return n > 0 && n <= shareBase }
	return fault.When(!share(c.Present) || !share(c.For) || c.For*lowestMajority <= shareBase, errCouncil)
}

func (j Jury) check() error {
	for i, c := range j.Criteria {
		same := func(x Criterion) bool { return x.Name == c.Name }
		if !named(c.Name, MaxNamed) || c.Most < 1 || c.Most > MaxCriterion || slices.ContainsFunc(j.Criteria[:i], same) {
			return errJury
		}
	}
	n := len(j.Criteria)
	return fault.When(n < 1 || n > MaxCriteria || j.Pass < 1 || j.Pass > j.Most(), errJury)
}
