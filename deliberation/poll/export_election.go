package poll

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/pabulib"
	"jushou/deliberation/poll/rule"
)

// Portable reports whether there is a file of the election.
func (a Announced) Portable() bool { return a.Poll.Rule.Method == rule.Budget && a.Result.Pages > 0 }

// Election returns a finished budget round in the public format of participatory budgeting elections, for anybody to count again: `jushou count FILE
// --rule file`. Its ballots are the published lines in their order, which has nothing to do with who cast them; a round too small for lines, and a poll
// of another kind, has no file: ErrNotFound.
func (s *Service) Election(ctx context.Context, id ID) (*pabulib.File, error) {
	out, err := s.Result(ctx, id)
	if err != nil {
		return nil, err
	}
	p := out.Poll
	if !out.Portable() {
		return nil, ErrNotFound.With("poll", id)
	}
	var roll []rule.Voter
	var ballots []rule.Ballot
	for page := range out.Result.Pages {
		l, err := s.Lines(ctx, id, page)
		if err != nil {
			return nil, err
		}
		for _, one := range l.Lines {
			b := rule.Ballot{Voter: len(roll), Paper: one.Paper}
			if err := json.Unmarshal([]byte(one.Choice), &b.Choice); err != nil {
				return nil, fmt.Errorf("read a ballot of poll %q: %w", id, err)
			}
			roll = append(roll, rule.Voter{Key: strconv.Itoa(len(roll) + 1)})
			ballots = append(ballots, b)
		}
	}
	e, o, err := p.Rule.Election(len(p.Options), roll, ballots)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(p.Options))
	for i, option := range p.Options {
		names[i] = option.Text
	}
	return pabulib.Export(p.heading(o), e, names, out.Count.Winners)
}

// zone is where dates are those of the calendar.
var zone = time.FixedZone("CST", 8*60*60)

// heading is what the file says of the poll.
func (p Poll) heading(o budget.Options) pabulib.About {
	t := p.Rule.Budget
	const dated = "02.01.2006"
	a := pabulib.About{
		Description: p.Question, Country: "China", Unit: string(p.Community), Instance: string(p.ID), VoteType: pabulib.Approval, Rule: t.Rule,
		DateBegin: p.OpensAt.In(zone).Format(dated), DateEnd: p.ClosesAt.In(zone).Format(dated), Language: "zh", Currency: "CNY",
		MaxLength: p.Rule.Max, MaxPoints: t.Points, MaxSumPoints: t.Total, Threshold: int(t.Threshold), Comment: asFlags(t.Rule, o, t.Unit),
	}
	family := "mes-cost"
	if t.Points > 0 {
		a.VoteType, family = pabulib.Cumulative, "mes-points"
	}
	// Others know equal shares under the name that the format's own files use.
	if rest, ok := strings.CutPrefix(string(t.Rule), family); ok {
		a.Rule = budget.Rule("equalshares" + strings.Replace(rest, "-", "/", 1))
		if o.Compare {
			a.Rule += "-comparison"
		}
	}
	return a
}

// asFlags says everything that was announced beside the rule as `jushou count` takes it, for META has no words for it.
func asFlags(r budget.Rule, o budget.Options, unit int64) string {
	said := []string{"jushou count --rule " + string(r), "--ties " + joined(o.Ties)}
	if o.Start != "" {
		said = append(said, "--start "+string(o.Start))
	}
	if o.Step > 0 {
		said = append(said, "--step "+pabulib.FormatMoney(o.Step, unit))
	}
	if len(o.Lot) > 0 {
		said = append(said, "--lot "+strings.Join(o.Lot, ","))
	}
	for _, flag := range []struct {
		on   bool
		name string
	}{{o.StopWhenFull, "--stop full"}, {o.Compare, "--compare"}, {o.NeedVotes, "--need-votes"}, {o.PointsTimesCost, "--points-times-cost"}} {
		if flag.on {
			said = append(said, flag.name)
		}
	}
	return strings.Join(said, " ")
}

func joined(ties []budget.Criterion) string {
	var words []string
	for _, t := range ties {
		words = append(words, string(t))
	}
	return strings.Join(words, ",")
}
