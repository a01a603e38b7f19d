package rule

import (
	"cmp"
	"slices"

	"jushou/internal/fault"
)

// Choice is what one ballot says.
type Choice struct {
	// Picks are the options that the ballot names: one under single, yes-no and owners, several under
	// multiple and budget, and under score those that Scores is about.
	Picks []int `json:"picks,omitempty"`
	// Scores has a number for each of Picks, under score and under a budget by points.
	Scores []int `json:"scores,omitempty"`
	// Ranks has an entry for every option under schulze and irv: 1 is the best, 0 is not ranked and therefore
	// below all that are.
	Ranks   []int  `json:"ranks,omitempty"`
	Abstain bool   `json:"abstain,omitempty"`
	Spoilt  string `json:"spoilt,omitempty"` // why a paper ballot is invalid, one of Spoils
}

// Spoils are the reasons for which a paper ballot can be invalid.
func Spoils() []string { return []string{"unclear", "too-many", "unmarked", "unsigned", "altered"} }

// Canonical returns the choice with its picks in the order of the options, so that the same choice has the same
// JSON.
func (c Choice) Canonical() Choice {
	if slices.IsSorted(c.Picks) {
		return c
	}
	order := make([]int, len(c.Picks))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(c.Picks[a], c.Picks[b]) })
	picks, scores := make([]int, 0, len(order)), make([]int, 0, len(c.Scores))
	for _, i := range order {
		picks = append(picks, c.Picks[i])
		if len(c.Scores) == len(c.Picks) {
			scores = append(scores, c.Scores[i])
		}
	}
	if c.Picks = picks; len(scores) > 0 {
		c.Scores = scores
	}
	return c
}

func (c Choice) empty() bool { return len(c.Picks) == 0 && len(c.Scores) == 0 && len(c.Ranks) == 0 }

// Accept refuses a choice that does not fit the rule: unknown, repeated, too many or too few options, a score out
// of range, ranks with a gap, an abstention where none is allowed. The rule is one that Check accepts.
func (r Rule) Accept(c Choice, options int) error {
	switch {
	case c.Abstain && c.Spoilt != "" || (c.Abstain || c.Spoilt != "") && !c.empty():
		return fault.New(fault.Invalid, "choice.contradicts").On("choice")
	case c.Spoilt != "" && !slices.Contains(Spoils(), c.Spoilt):
		return fault.New(fault.Invalid, "choice.spoilt").On("choice")
	case c.Spoilt != "":
		return nil
	case c.Abstain && !r.Abstain:
		return fault.New(fault.Invalid, "choice.no_abstention").On("choice")
	case c.Abstain:
		return nil
	}
	if r.Method == Schulze || r.Method == IRV {
		return r.acceptRanks(c, options)
	}
	return r.acceptPicks(c, options)
}

func (r Rule) acceptPicks(c Choice, options int) error {
	if len(c.Ranks) > 0 {
		return fault.New(fault.Invalid, "choice.malformed").On("choice")
	}
	if err := r.acceptNumber(len(c.Picks), options); err != nil {
		return err
	}
	for i, o := range c.Picks {
		switch {
		case o < 0 || o >= options:
			return fault.New(fault.Invalid, "choice.unknown_option").On("choice")
		case slices.Contains(c.Picks[:i], o):
			return fault.New(fault.Invalid, "choice.option_twice").On("choice")
		}
	}
	return r.acceptScores(c, options)
}

// acceptNumber looks at how many options a ballot names or ranks.
func (r Rule) acceptNumber(n, options int) error {
	switch least, most := r.least(), r.most(options); {
	case n == 0 && least > 0:
		return fault.New(fault.Invalid, "choice.empty").On("choice")
	case n < least:
		return fault.New(fault.Invalid, "choice.too_few").On("choice").With("min", least)
	case n > most:
		return fault.New(fault.Invalid, "choice.too_many").On("choice").With("max", most)
	}
	return nil
}

func (r Rule) acceptScores(c Choice, options int) error {
	switch {
	case r.Method == Score:
		return r.Range.accept(c, options)
	case r.Method == Budget:
		return r.Budget.accept(c)
	case len(c.Scores) > 0:
		return fault.New(fault.Invalid, "choice.malformed").On("choice")
	}
	return nil
}

// acceptRanks wants ranks 1, 2, 3 … without a gap; several options on one rank only where the rule says so.
func (r Rule) acceptRanks(c Choice, options int) error {
	if len(c.Picks) > 0 || len(c.Scores) > 0 || options > MaxOptions || len(c.Ranks) != options && len(c.Ranks) != 0 {
		return fault.New(fault.Invalid, "choice.malformed").On("choice")
	}
	ranked, on := 0, [MaxOptions + 1]int{} // not on the heap: a count asks this of every ballot
	for _, rank := range c.Ranks {
		if rank < 0 || rank > options {
			return fault.New(fault.Invalid, "choice.rank_range").On("choice").With("max", options)
		}
		if rank > 0 {
			ranked++
			on[rank]++
		}
	}
	if err := r.acceptNumber(ranked, options); err != nil {
		return err
	}
	for rank, last := 1, 0; rank <= options; rank++ {
		switch {
		case on[rank] > 1 && !r.Equal:
			return fault.New(fault.Invalid, "choice.rank_shared").On("choice").With("rank", rank)
		case on[rank] > 0 && last != rank-1:
			return fault.New(fault.Invalid, "choice.rank_gap").On("choice").With("rank", rank-1)
		case on[rank] > 0:
			last = rank
		}
	}
	return nil
}
