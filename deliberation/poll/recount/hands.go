package recount

import (
	"fmt"
	"sort"
	"strconv"

	"jushou/deliberation/poll/rule"
)

// sortHands goes through the roll and puts what is in each hand where it belongs.
func (t *table) sortHands() {
	t.piles = map[string]*pile{}
	council := t.rule.Franchise == rule.Council
	for i, b := range t.hand {
		t.seen.Roll++
		here := !council || t.roll[i].Present
		if council && here {
			t.seen.Present++
		}
		if b == nil {
			continue
		}
		t.seen.Ballots++
		if b.Paper {
			t.seen.Paper++
		}
		t.sortOne(b.Choice, here)
	}
	t.seen.Cast = t.seen.Abstain + t.seen.Decided
	if t.rule.Spoilt == rule.SpoiltCast {
		t.seen.Cast += t.seen.Spoilt
	}
}

func (t *table) sortOne(c rule.Choice, here bool) {
	if !here {
		t.seen.Absent++
		return
	}
	if c.Spoilt != "" {
		t.seen.Spoilt++
		return
	}
	if c.Abstain {
		t.seen.Abstain++
		return
	}
	t.seen.Decided++
	c = inOrder(c)
	label := labelOf(c)
	if p := t.piles[label]; p != nil {
		p.n++
		return
	}
	t.piles[label] = &pile{n: 1, choice: c}
}

// inOrder is the choice with its options, and the scores that go with them, from the first to the last.
func inOrder(c rule.Choice) rule.Choice {
	if sort.IntsAreSorted(c.Picks) {
		return c
	}
	picks, scores := append([]int{}, c.Picks...), append([]int{}, c.Scores...)
	for i := range picks {
		for j := i; j > 0 && picks[j] < picks[j-1]; j-- {
			picks[j], picks[j-1] = picks[j-1], picks[j]
			if len(scores) > 0 {
				scores[j], scores[j-1] = scores[j-1], scores[j]
			}
		}
	}
	c.Picks, c.Scores = picks, scores
	return c
}

// labelOf is the same for two choices only if they say the same in the same order.
func labelOf(c rule.Choice) string {
	label := make([]byte, 0, 4*(len(c.Picks)+len(c.Scores)+len(c.Ranks))+2)
	for _, list := range [][]int{c.Picks, c.Scores, c.Ranks} {
		for _, n := range list {
			label = strconv.AppendInt(label, int64(n), 10)
			label = append(label, ' ')
		}
		label = append(label, ';')
	}
	return string(label)
}

// flaw says what is wrong with a choice, or "".
func (t *table) flaw(c rule.Choice) string {
	marks := len(c.Picks) + len(c.Scores) + len(c.Ranks)
	if c.Spoilt != "" || c.Abstain {
		switch {
		case marks > 0 || c.Spoilt != "" && c.Abstain:
			return "it says two things"
		case c.Abstain && !t.rule.Abstain:
			return "it abstains"
		}
		return ""
	}
	for i, o := range c.Picks {
		if o < 0 || o >= t.options {
			return fmt.Sprintf("option %d", o)
		}
		for _, earlier := range c.Picks[:i] {
			if earlier == o {
				return fmt.Sprintf("option %d twice", o)
			}
		}
	}
	if ranked := t.rule.Method == rule.Schulze || t.rule.Method == rule.IRV; ranked && len(c.Picks)+len(c.Scores) == 0 {
		return t.flawRanks(c.Ranks)
	} else if ranked || len(c.Ranks) > 0 {
		return "it has marks of another method"
	}
	from, to := t.bounds()
	if n := len(c.Picks); n < from || n > to {
		return fmt.Sprintf("it names %d options", n)
	}
	return t.flawScores(c)
}

// bounds are how many options a ballot of picks names.
func (t *table) bounds() (from, to int) {
	switch t.rule.Method {
	case rule.Multiple, rule.Budget:
		from, to = t.rule.Min, t.rule.Max
		if to == 0 {
			to = t.options
		}
		if t.rule.Method == rule.Multiple && from == 0 {
			from = 1
		}
		return from, to
	case rule.Score:
		if t.rule.Range.Partial {
			return 1, t.options
		}
		return t.options, t.options
	}
	return 1, 1
}

func (t *table) flawScores(c rule.Choice) string {
	low, high, total := 0, 0, 0
	switch {
	case t.rule.Method == rule.Score:
		low, high = t.rule.Range.Min, t.rule.Range.Max
	case t.rule.Method == rule.Budget && t.rule.Budget.Points > 0:
		low, high = 1, t.rule.Budget.Points
	case len(c.Scores) > 0:
		return "it has scores"
	default:
		return ""
	}
	if len(c.Scores) != len(c.Picks) {
		return "its scores do not match its options"
	}
	for _, s := range c.Scores {
		if total += s; s < low || s > high {
			return fmt.Sprintf("a score of %d", s)
		}
	}
	if t.rule.Method == rule.Budget && t.rule.Budget.Total > 0 && total > t.rule.Budget.Total {
		return fmt.Sprintf("%d points", total)
	}
	return ""
}

func (t *table) flawRanks(ranks []int) string {
	var on [rule.MaxOptions + 1]int
	ranked, last := 0, 0
	for _, rank := range ranks {
		if rank < 0 || rank > t.options {
			return fmt.Sprintf("rank %d", rank)
		}
		if rank > 0 {
			on[rank]++
			ranked++
			last = max(last, rank)
		}
	}
	most := t.rule.Max
	if most == 0 {
		most = t.options
	}
	if len(ranks) != t.options || ranked == 0 || ranked < t.rule.Min || ranked > most {
		return fmt.Sprintf("it ranks %d options", ranked)
	}
	for rank := 1; rank <= last; rank++ {
		if on[rank] == 0 || on[rank] > 1 && !t.rule.Equal {
			return fmt.Sprintf("%d options on rank %d", on[rank], rank)
		}
	}
	return ""
}
