package poll

import (
	"context"
	"slices"
	"strconv"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/web/page"
	"jushou/web/view"
)

// choiceOf reads a ballot's form: "o" names options, "s0", "s1", … score them, "r0", "r1", … rank them.
func choiceOf(v *page.Visit, p poll.Poll) rule.Choice {
	if slices.Contains(v.Fields("o"), "abstain") {
		return rule.Choice{Abstain: true}
	}
	switch p.Rule.Method {
	case rule.Score:
		return scoresOf(v, len(p.Options))
	case rule.Schulze, rule.IRV:
		return ranksOf(v, len(p.Options))
	}
	var c rule.Choice
	for _, text := range v.Fields("o") {
		n, err := strconv.Atoi(text)
		if err != nil {
			n = -1 // no option has it, and the rule says so
		}
		c.Picks = append(c.Picks, n)
	}
	return c
}

func scoresOf(v *page.Visit, options int) rule.Choice {
	var c rule.Choice
	for i := range options {
		if n, err := strconv.Atoi(v.Field("s" + strconv.Itoa(i))); err == nil {
			c.Picks, c.Scores = append(c.Picks, i), append(c.Scores, n)
		}
	}
	return c
}

func ranksOf(v *page.Visit, options int) rule.Choice {
	ranks := make([]int, options)
	for i := range ranks {
		ranks[i] = page.Number(v.Field("r" + strconv.Itoa(i)))
	}
	return rule.Choice{Ranks: ranks}
}

// field is a hidden field that carries a part of a choice to the confirmation and from there to the urn.
type field struct{ Name, Value string }

func fieldsOf(c rule.Choice) []field {
	if c.Abstain {
		return []field{{"o", "abstain"}}
	}
	var all []field
	for i, rank := range c.Ranks {
		all = append(all, field{"r" + strconv.Itoa(i), strconv.Itoa(rank)})
	}
	for i, o := range c.Picks {
		if len(c.Scores) > 0 {
			all = append(all, field{"s" + strconv.Itoa(o), strconv.Itoa(c.Scores[i])})
		} else {
			all = append(all, field{"o", strconv.Itoa(o)})
		}
	}
	return all
}

// said says a choice in words, a line each.
func said(ctx context.Context, p poll.Poll, c rule.Choice) []string {
	if c.Abstain {
		return []string{view.T(ctx, "poll.abstain")}
	}
	var all []string
	for i, o := range c.Picks {
		line := p.Options[o].Text
		if len(c.Scores) > 0 {
			line = view.T(ctx, "poll.scored", "option", line, "n", strconv.Itoa(c.Scores[i]))
		}
		all = append(all, line)
	}
	for rank := 1; rank <= len(c.Ranks); rank++ {
		for o, r := range c.Ranks {
			if r == rank {
				all = append(all, view.T(ctx, "poll.ranked", "n", strconv.Itoa(rank), "option", p.Options[o].Text))
			}
		}
	}
	return all
}

// several reports whether a ballot may name more than one option.
func several(p poll.Poll) bool { return p.Rule.Method == rule.Multiple || p.Rule.Method == rule.Budget }

func ranked(p poll.Poll) bool { return p.Rule.Method == rule.Schulze || p.Rule.Method == rule.IRV }

// upTo lists whole numbers for a list to pick from.
func upTo(from, to int) []string {
	var all []string
	for n := from; n <= to; n++ {
		all = append(all, strconv.Itoa(n))
	}
	return all
}
