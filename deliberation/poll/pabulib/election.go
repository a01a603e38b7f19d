package pabulib

import (
	"slices"
	"strconv"
	"strings"

	"jushou/deliberation/poll/budget"
)

// Vote types of the format.
const (
	Approval   = "approval"
	ChooseOne  = "choose-1"
	Ordinal    = "ordinal"
	Cumulative = "cumulative"
	Scoring    = "scoring"
)

// withdrawn is the cost that published files give to a project which no longer takes part.
const withdrawn = 999999999

// Election checks what the file says and returns it for counting. The error is *Malformed if the file is at
// fault; the election keeps the file's order of projects and votes.
func (f *File) Election() (*budget.Election, error) {
	c := &converter{file: f, e: &budget.Election{}, index: map[string]int{}}
	if !c.columns() {
		return nil, c.bad.err()
	}
	c.money()
	c.kind()
	c.announced("num_projects", len(f.Projects.Rows), "projects")
	c.announced("num_votes", len(f.Votes.Rows), "votes")
	if !c.bad.full() {
		c.ballots()
	}
	if err := c.bad.err(); err != nil {
		return nil, err
	}
	return c.e, c.e.Check()
}

type converter struct {
	file  *File
	bad   Malformed
	e     *budget.Election
	index map[string]int
	vote  string // vote type
}

// columns makes sure, for files not read by Read, that the tables have what a count needs.
func (c *converter) columns() bool {
	for _, need := range []struct {
		table *Table
		name  string
	}{{&c.file.Projects, "project_id"}, {&c.file.Projects, "cost"}, {&c.file.Votes, "voter_id"}, {&c.file.Votes, "vote"}} {
		if need.table.column(need.name) < 0 {
			c.bad.add(max(need.table.Line, 1), "column %q is missing", need.name)
		}
		for _, row := range need.table.Rows {
			if len(row.Fields) != len(need.table.Columns) {
				c.bad.add(max(row.Line, 1), "%d fields for %d columns", len(row.Fields), len(need.table.Columns))
			}
		}
	}
	return c.bad.err() == nil
}

// money reads the budget and the projects, all at the finest decimals that the file uses.
func (c *converter) money() {
	purse := c.file.entry("budget")
	sum, ok := parseDecimal(purse.Value)
	switch {
	case purse.Line == 0 && purse.Value == "":
		c.bad.add(c.metaLine(), "META has no budget")
	case !ok:
		c.bad.add(purse.Line, "budget %q is not an amount", clip(purse.Value))
	}
	costs, places := c.costs()
	places = max(places, sum.places)
	c.e.Unit = 1
	for range places {
		c.e.Unit *= 10
	}
	if c.e.Budget, ok = sum.at(places); !ok {
		c.bad.add(purse.Line, "budget %q is too large", clip(purse.Value))
	}
	for i, row := range c.file.Projects.Rows {
		p := &c.e.Projects[i]
		p.Withdrawn = costs[i] == decimal{digits: withdrawn}
		if p.Withdrawn {
			continue
		}
		if p.Cost, ok = costs[i].at(places); !ok {
			c.bad.add(row.Line, "the cost of project %q is too large", clip(p.ID))
		}
	}
}

func (c *converter) costs() (costs []decimal, places int) {
	t := &c.file.Projects
	id, cost := t.column("project_id"), t.column("cost")
	for _, row := range t.Rows {
		name := row.Fields[id]
		switch {
		case name == "" || strings.Contains(name, ","):
			c.bad.add(row.Line, "%q cannot be a project id", clip(name))
		case c.known(name):
			c.bad.add(row.Line, "project %q is there already, on line %d", clip(name), t.Rows[c.index[name]].Line)
		}
		amount, ok := parseDecimal(row.Fields[cost])
		if !ok {
			c.bad.add(row.Line, "cost %q is not an amount", clip(row.Fields[cost]))
		}
		c.index[name] = len(c.e.Projects)
		c.e.Projects = append(c.e.Projects, budget.Project{ID: name})
		costs = append(costs, amount)
		places = max(places, amount.places)
	}
	return costs, places
}

func (c *converter) known(id string) bool {
	_, known := c.index[id]
	return known
}

// metaLine is where a missing META key is reported: its last line.
func (c *converter) metaLine() int {
	line := 1
	for _, e := range c.file.Meta {
		line = max(line, e.Line)
	}
	return line
}

func (c *converter) kind() {
	entry := c.file.entry("vote_type")
	c.vote = strings.ToLower(entry.Value)
	switch {
	case c.vote == "":
		c.bad.add(max(entry.Line, c.metaLine()), "META has no vote_type")
	case !slices.Contains([]string{Approval, ChooseOne, Ordinal, Cumulative, Scoring}, c.vote):
		c.bad.add(entry.Line, "vote_type %q is not known", clip(entry.Value))
	case (c.vote == Cumulative || c.vote == Scoring) && c.file.Votes.column("points") < 0:
		c.bad.add(c.file.Votes.Line, "column \"points\" is missing in VOTES, and vote_type is %s", c.vote)
	}
}

// announced compares a number of META with what the file holds.
func (c *converter) announced(key string, found int, what string) {
	entry := c.file.entry(key)
	if entry.Value == "" {
		return
	}
	if n, err := strconv.Atoi(entry.Value); err != nil {
		c.bad.add(entry.Line, "%s %q is not a whole number", key, clip(entry.Value))
	} else if n != found {
		c.bad.add(entry.Line, "%s is %d, and the file has %d %s", key, n, found, what)
	}
}

// number reads a whole number of META, or 0 and false where the file states none.
func (c *converter) number(key string) (int64, bool) {
	entry := c.file.entry(key)
	if entry.Value == "" {
		return 0, false
	}
	n, ok := parsePoints(entry.Value)
	if !ok {
		c.bad.add(entry.Line, "%s %q is not a whole number", key, clip(entry.Value))
	}
	return n, ok
}

// parsePoints reads a whole number, with or without ".0" behind it.
func parsePoints(text string) (int64, bool) {
	if whole, part, found := strings.Cut(text, "."); found && strings.Trim(part, "0") == "" {
		text = whole
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n <= budget.MaxPoints && n >= -budget.MaxPoints
}
