package pabulib

import (
	"strings"

	"jushou/deliberation/poll/budget"
)

// limits are what META allows on one ballot; a nil bound is not stated.
type limits struct {
	length, points, sum *int64
}

func (c *converter) limit(key string) *int64 {
	if n, stated := c.number(key); stated {
		return &n
	}
	return nil
}

// ballots reads VOTES.
func (c *converter) ballots() {
	t := &c.file.Votes
	most := limits{c.limit("max_length"), c.limit("max_points"), c.limit("max_sum_points")}
	first := c.firstPlace(most.length)
	base, _ := c.number("default_score")
	voter, vote, points := t.column("voter_id"), t.column("vote"), t.column("points")
	if c.vote == Approval || c.vote == ChooseOne || c.vote == Ordinal {
		points = -1
	}
	seen := make(map[string]int, len(t.Rows))
	for _, row := range t.Rows {
		if c.bad.full() {
			return
		}
		if id := row.Fields[voter]; id == "" {
			c.bad.add(row.Line, "a vote without voter_id")
		} else if line, twice := seen[id]; twice {
			c.bad.add(row.Line, "voter %q has voted already, on line %d", clip(id), line)
		} else {
			seen[id] = row.Line
		}
		b := c.named(row.Line, row.Fields[vote])
		if points >= 0 {
			c.score(row.Line, b, row.Fields[points])
		}
		if c.vote == Ordinal {
			rank(b, first)
		}
		c.within(row.Line, b, most)
		if c.vote == Scoring && base != 0 {
			b = withDefault(b, base, len(c.e.Projects))
		}
		c.e.Ballots = append(c.e.Ballots, b)
	}
}

// named reads the list of projects on a ballot, one point each.
func (c *converter) named(line int, list string) budget.Ballot {
	if list == "" {
		return nil
	}
	ids := strings.Split(list, ",")
	b := make(budget.Ballot, 0, len(ids))
	for _, id := range ids {
		p, known := c.index[strings.TrimSpace(id)]
		if !known {
			c.bad.add(line, "the vote names %q, which is no project", clip(id))
			continue
		}
		for _, other := range b {
			if other.Project == p {
				c.bad.add(line, "the vote names project %q twice", clip(id))
			}
		}
		b = append(b, budget.Choice{Project: p, Points: 1})
	}
	return b
}

// score puts the points of a ballot beside its projects.
func (c *converter) score(line int, b budget.Ballot, list string) {
	var all []string
	if list != "" {
		all = strings.Split(list, ",")
	}
	if len(all) != len(b) {
		c.bad.add(line, "%d points for %d projects", len(all), len(b))
		return
	}
	for i, text := range all {
		n, ok := parsePoints(strings.TrimSpace(text))
		switch {
		case !ok:
			c.bad.add(line, "points %q are not a whole number in range", clip(text))
		case n < 0 && c.vote == Cumulative:
			c.bad.add(line, "points %q are below zero", clip(text))
		}
		b[i].Points = n
	}
}

// firstPlace is what the first project of an ordinal ballot receives.
func (c *converter) firstPlace(length *int64) int64 {
	if length != nil {
		return *length
	}
	longest := 0
	vote := c.file.Votes.column("vote")
	for _, row := range c.file.Votes.Rows {
		longest = max(longest, 1+strings.Count(row.Fields[vote], ","))
	}
	return int64(longest)
}

func rank(b budget.Ballot, first int64) {
	for i := range b {
		b[i].Points = max(first-int64(i), 0)
	}
}

// within compares a ballot with what META allows.
func (c *converter) within(line int, b budget.Ballot, most limits) {
	if c.vote == ChooseOne && len(b) > 1 {
		c.bad.add(line, "%d projects on a vote that chooses one", len(b))
	}
	if most.length != nil && int64(len(b)) > *most.length {
		c.bad.add(line, "%d projects where max_length is %d", len(b), *most.length)
	}
	if c.vote != Cumulative && c.vote != Scoring {
		return
	}
	sum := int64(0)
	for _, choice := range b {
		sum += choice.Points
		if most.points != nil && choice.Points > *most.points {
			c.bad.add(line, "%d points where max_points is %d", choice.Points, *most.points)
		}
	}
	if most.sum != nil && sum > *most.sum {
		c.bad.add(line, "%d points together where max_sum_points is %d", sum, *most.sum)
	}
}

// withDefault gives every project that the ballot does not name the points that META states.
func withDefault(b budget.Ballot, points int64, projects int) budget.Ballot {
	named := make([]bool, projects)
	for _, choice := range b {
		named[choice.Project] = true
	}
	for p := range projects {
		if !named[p] {
			b = append(b, budget.Choice{Project: p, Points: points})
		}
	}
	return b
}
