package pabulib

import (
	"fmt"
	"strconv"
	"strings"

	"jushou/deliberation/poll/budget"
)

// About is what META says of an election of ours. Empty fields and zeros are left out.
type About struct {
	Description, Country, Unit, Subunit, Instance string
	VoteType                                      string // one of the vote types of this package
	Rule                                          budget.Rule
	DateBegin, DateEnd                            string // DD.MM.YYYY
	Language, Currency                            string // ISO 639-1, ISO 4217
	MaxLength, MaxPoints, MaxSumPoints            int    // MaxLength must be stated for ordinal ballots
	Threshold                                     int
	Comment                                       string
}

// Export makes a file of an election and its winners. Names go beside the projects of the same index. Voters
// are numbered from 1 in the order of the ballots: whoever must not be recognised by that order has to be
// shuffled before. The error is *Malformed for an election that the format cannot hold.
func Export(a About, e *budget.Election, names []string, winners []int) (*File, error) {
	if err := e.Check(); err != nil {
		return nil, err
	}
	f := &File{Meta: a.meta(e)}
	f.projects(e, names, winners)
	f.votes(a, e)
	if err := holds(f, e); err != nil {
		return nil, fmt.Errorf("exporting %q: %w", a.Description, err)
	}
	return f, nil
}

// holds reads the file as others will, so that nothing is published which counts differently.
func holds(f *File, e *budget.Election) error {
	back, err := f.Election()
	if err != nil {
		return err
	}
	for i, b := range e.Ballots {
		if fmt.Sprint(b) != fmt.Sprint(back.Ballots[i]) {
			return fmt.Errorf("ballot %d does not survive as a vote of this type", i+1)
		}
	}
	for i, p := range e.Projects {
		got := back.Projects[i]
		if p.Withdrawn != got.Withdrawn || !p.Withdrawn && e.Whole(p.Cost).Cmp(back.Whole(got.Cost)) != 0 {
			return fmt.Errorf("project %q does not survive: its cost is the mark of a withdrawn one", p.ID)
		}
	}
	return nil
}

func (a About) meta(e *budget.Election) []Entry {
	var meta []Entry
	text := func(key, value string) {
		if value != "" {
			meta = append(meta, Entry{Key: key, Value: oneLine(value)})
		}
	}
	number := func(key string, n int) {
		if n != 0 {
			text(key, strconv.Itoa(n))
		}
	}
	text("description", a.Description)
	text("country", a.Country)
	text("unit", a.Unit)
	text("subunit", a.Subunit)
	text("instance", a.Instance)
	text("num_projects", strconv.Itoa(len(e.Projects)))
	text("num_votes", strconv.Itoa(len(e.Ballots)))
	text("budget", FormatMoney(e.Budget, e.Unit))
	text("vote_type", a.VoteType)
	text("rule", string(a.Rule))
	text("date_begin", a.DateBegin)
	text("date_end", a.DateEnd)
	number("max_length", a.MaxLength)
	number("max_points", a.MaxPoints)
	number("max_sum_points", a.MaxSumPoints)
	number("min_project_score_threshold", a.Threshold)
	text("language", a.Language)
	text("currency", a.Currency)
	text("comment", a.Comment)
	return meta
}

func (f *File) projects(e *budget.Election, names []string, winners []int) {
	won := map[int]bool{}
	for _, p := range winners {
		won[p] = true
	}
	votes := make([]int, len(e.Projects))
	for _, b := range e.Ballots {
		for _, c := range b {
			votes[c.Project]++
		}
	}
	f.Projects.Columns = []string{"project_id", "cost", "votes", "name", "selected"}
	for i, p := range e.Projects {
		name, cost, selected := "", FormatMoney(p.Cost, e.Unit), "0"
		if i < len(names) {
			name = oneLine(names[i])
		}
		if p.Withdrawn {
			cost = strconv.Itoa(withdrawn)
		}
		if won[i] {
			selected = "1"
		}
		f.Projects.Rows = append(f.Projects.Rows, Row{Fields: []string{p.ID, cost, strconv.Itoa(votes[i]), name, selected}})
	}
}

func (f *File) votes(a About, e *budget.Election) {
	weighed := a.VoteType == Cumulative || a.VoteType == Scoring
	f.Votes.Columns = []string{"voter_id", "vote"}
	if weighed {
		f.Votes.Columns = append(f.Votes.Columns, "points")
	}
	for i, b := range e.Ballots {
		var ids, points []string
		for _, c := range b {
			ids = append(ids, e.Projects[c.Project].ID)
			points = append(points, strconv.FormatInt(c.Points, 10))
		}
		fields := []string{strconv.Itoa(i + 1), strings.Join(ids, ",")}
		if weighed {
			fields = append(fields, strings.Join(points, ","))
		}
		f.Votes.Rows = append(f.Votes.Rows, Row{Fields: fields})
	}
}

// oneLine puts a text of several lines on one, since the format has no line breaks inside a field.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
