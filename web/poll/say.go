package poll

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/web/view"
)

// icon is the shape beside the word of a state.
func icon(s poll.State) string {
	switch s {
	case poll.Drafted, poll.Rolling:
		return "waiting"
	case poll.Listed, poll.Closed, poll.Released:
		return "held"
	case poll.Open:
		return "working"
	case poll.Disputed:
		return "overdue"
	case poll.Published, poll.Settled:
		return "resolved"
	}
	return "withdrawn"
}

// stateKey is the state in the visitor's words: whether the key is destroyed concerns nobody who reads a list.
func stateKey(s poll.State) string {
	switch s {
	case poll.Released:
		s = poll.Closed
	case poll.Settled:
		s = poll.Published
	}
	return "poll.state." + string(s)
}

// line says in one sentence where a poll stands.
func line(ctx context.Context, v poll.View) string {
	now := view.Now(ctx)
	switch v.Phase {
	case poll.Drafted:
		return view.T(ctx, "poll.line.drafted")
	case poll.Rolling:
		return view.T(ctx, "poll.line.rolling")
	case poll.Listed:
		if v.Owed() > 0 && !now.Before(v.OpensAt) {
			return view.T(ctx, "poll.line.held", "n", strconv.Itoa(v.Owed()))
		}
		return view.T(ctx, "poll.line.listed", "when", moment(ctx, v.OpensAt))
	case poll.Open:
		return view.T(ctx, "poll.line.open", "when", moment(ctx, v.ClosesAt), "left", view.Period(ctx, v.ClosesAt.Sub(now)))
	case poll.Closed, poll.Released:
		if v.PaperDone.IsZero() && now.Before(v.PaperUntil) {
			return view.T(ctx, "poll.line.paper", "when", moment(ctx, v.PaperUntil))
		}
		return view.T(ctx, "poll.line.closed", "when", moment(ctx, v.ClosesAt))
	case poll.Disputed:
		return view.T(ctx, "poll.line.disputed")
	case poll.Withdrawn:
		return view.T(ctx, "poll.line.withdrawn", "reason", v.Reason)
	}
	return view.T(ctx, "poll.line.published", "when", moment(ctx, v.Closing.Published))
}

// moment says an instant with its time of day: 11月24日 20:00.
func moment(ctx context.Context, at time.Time) string {
	said, clock := view.When(ctx, at), view.Local(at).Format("15:04")
	if strings.HasSuffix(said, clock) {
		return said
	}
	return said + " " + clock
}

// whose says who may vote.
func whose(ctx context.Context, p poll.Poll) string {
	n := strconv.Itoa(p.Roll.Voters)
	where := view.T(ctx, "poll.whole")
	if len(p.Scope.Names) > 0 {
		where = strings.Join(p.Scope.Names, "、")
	}
	switch {
	case p.Joint != nil:
		if p.Joint.Entrance != "" {
			where += " " + view.T(ctx, "poll.entrance_n", "n", p.Joint.Entrance)
		}
		return view.T(ctx, "poll.whose.owners", "where", where, "n", n)
	case p.Council():
		return view.T(ctx, "poll.whose.council", "n", n)
	case p.Households():
		return view.T(ctx, "poll.whose.household", "where", where, "n", n)
	}
	return view.T(ctx, "poll.whose.persons", "where", where, "n", n)
}

// rules says how a poll is counted, a sentence each.
func rules(ctx context.Context, p poll.Poll) []string {
	r := p.Rule
	all := []string{view.T(ctx, "poll.method."+string(r.Method)+".rule", "max", strconv.Itoa(mostOf(p)), "seats", strconv.Itoa(max(1, r.Seats)))}
	if p.Joint != nil && r.Owners != nil {
		all = append(all, ownerRules(ctx, p)...)
	}
	if !p.PaperUntil.IsZero() {
		all = append(all, view.T(ctx, "poll.rule.paper", "when", moment(ctx, p.PaperUntil)))
	}
	if p.Mandates > 0 {
		all = append(all, view.T(ctx, "poll.rule.mandates", "n", strconv.Itoa(p.Mandates)))
	}
	if r.Threshold != nil {
		all = append(all, view.T(ctx, "poll.rule.threshold", "bar", barWords(ctx, *r.Threshold)))
	}
	if r.Presence != nil {
		all = append(all, view.T(ctx, "poll.rule.presence", "bar", barWords(ctx, *r.Presence)))
	}
	if r.Quorum != nil {
		all = append(all, view.T(ctx, "poll.rule.quorum", "bar", barWords(ctx, *r.Quorum)))
	}
	if r.Abstain {
		all = append(all, view.T(ctx, "poll.rule.abstain"))
	}
	if r.Range != nil {
		all = append(all, view.T(ctx, "poll.rule.range", "min", strconv.Itoa(r.Range.Min), "max", strconv.Itoa(r.Range.Max)))
	}
	if r.Budget != nil {
		all = append(all, view.T(ctx, "poll.rule.money", "money", yuan(r.Budget.Money)), view.T(ctx, "poll.rule.way", "way", view.T(ctx, "poll.rule."+string(r.Budget.Rule))))
	}
	if r.Method != rule.YesNo && r.Method != rule.Budget && r.Method != rule.Owners {
		all = append(all, view.T(ctx, "poll.rule.tie"))
	}
	return all
}

// mostOf is how many options a ballot may name.
func mostOf(p poll.Poll) int {
	if p.Rule.Max > 0 {
		return p.Rule.Max
	}
	return len(p.Options)
}

// barWords says a share: 参加投票的人数超过 1/2.
func barWords(ctx context.Context, b rule.Bar) string {
	op := "poll.op.more"
	if b.Op == rule.AtLeast {
		op = "poll.op.least"
	}
	return view.T(ctx, op, "of", view.T(ctx, "poll.of."+string(b.Of)), "share", share(b.Num, b.Den))
}

// share writes a fraction as a person would: 半数, 2/3.
func share(num, den int64) string {
	return strconv.FormatInt(num, 10) + "/" + strconv.FormatInt(den, 10)
}

// yuan writes an amount of fen.
func yuan(money int64) string {
	whole := view.Grouped(uint64(max(money, 0) / fen))
	if rest := money % fen; rest > 0 {
		return "¥" + whole + "." + strconv.FormatInt(rest/10, 10) + strconv.FormatInt(rest%10, 10)
	}
	return "¥" + whole
}

// headline says the outcome in one sentence.
func headline(ctx context.Context, a poll.Announced) string {
	return view.T(ctx, "poll.outcome."+string(a.Count.Outcome), "winners", names(a.Poll, a.Count.Winners), "tied", names(a.Poll, a.Count.Tied))
}

func names(p poll.Poll, options []int) string {
	var all []string
	for _, o := range options {
		all = append(all, p.Options[o].Text)
	}
	return strings.Join(all, "、")
}

// stepWords says one comparison of a count with its numbers.
func stepWords(ctx context.Context, p poll.Poll, s rule.Step) string {
	what := view.T(ctx, "poll.step."+string(s.Code))
	if s.Option >= 0 {
		what = view.T(ctx, "poll.step.of", "option", p.Options[s.Option].Text, "what", what)
	}
	holds := "poll.step.missed"
	if s.Holds {
		holds = "poll.step.reached"
	}
	return view.T(ctx, "poll.step.line", "what", what, "part", strconv.FormatInt(s.Part, 10), "whole", strconv.FormatInt(s.Whole, 10),
		"percent", rule.Percent(s.Part, s.Whole, 1), "needed", barWords(ctx, rule.Bar{Of: s.Of, Op: s.Op, Num: s.Num, Den: s.Den}), "holds", view.T(ctx, holds))
}

// bar is one option of a result's chart.
type bar struct {
	Text   string
	Width  string // of 1000
	Number string
	Won    bool
	// At is where a threshold is marked, of 1000; "" for none.
	At string
}

// chart draws what each option got, the options in their own order.
func chart(ctx context.Context, a poll.Announced) []bar {
	r := a.Count
	values, top := make([]int64, len(a.Poll.Options)), int64(1)
	said := make([]string, len(values))
	for i := range values {
		switch {
		case len(r.Scores) > i:
			s := r.Scores[i]
			if s.Ballots > 0 {
				values[i] = s.Sum * 1000 / s.Ballots
			}
			said[i] = view.T(ctx, "poll.mean", "mean", decimal(s.Sum, s.Ballots), "n", strconv.FormatInt(s.Ballots, 10))
			top = int64(max(a.Poll.Rule.Range.Max, 1)) * 1000
		case len(r.Votes) > i:
			values[i] = r.Votes[i]
			said[i] = view.T(ctx, "poll.votes", "n", strconv.FormatInt(values[i], 10), "percent", rule.Percent(values[i], int64(r.Turnout.Cast), 1))
			top = max(int64(r.Turnout.Cast), 1)
		}
	}
	all := make([]bar, len(values))
	for i, n := range values {
		all[i] = bar{Text: a.Poll.Options[i].Text, Width: strconv.FormatInt(max(n, 0)*1000/top, 10), Number: said[i]}
		for _, w := range r.Winners {
			all[i].Won = all[i].Won || w == i
		}
		for _, s := range r.Steps {
			if s.Code == rule.StepThreshold && s.Option == i && s.Den > 0 && len(r.Scores) == 0 {
				all[i].At = strconv.FormatInt(min(s.Whole*s.Num*1000/(s.Den*top), 1000), 10)
			}
		}
	}
	return all
}

// decimal writes sum/n with two places, rounded to the nearest.
func decimal(sum, n int64) string {
	if n <= 0 {
		return "0.00"
	}
	hundredths := (sum*200 + n) / (2 * n)
	return strconv.FormatInt(hundredths/100, 10) + "." + strconv.FormatInt(hundredths/10%10, 10) + strconv.FormatInt(hundredths%10, 10)
}
