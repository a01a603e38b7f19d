package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/rule"
	"jushou/internal/clock"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// projectPolls lets projects read what polls decide.
type projectPolls struct {
	app   *App
	polls *poll.Service
}

// Named describes a poll to who links it. Only a household vote and a budget round decide: the others ask for opinions, or
// are a council's, whose decision is recorded with its minutes.
func (p projectPolls) Named(ctx context.Context, actor identity.Actor, id string) (projects.Ballot, error) {
	v, err := p.polls.Poll(ctx, actor, poll.ID(id))
	if err != nil {
		return projects.Ballot{}, err
	}
	return projects.Ballot{
		Community: v.Community, Options: len(v.Options), Budget: v.Label == poll.Ranking, Binding: v.Label == poll.HouseVote || v.Label == poll.Ranking,
		Decided: v.State.Public() || v.State == poll.Withdrawn,
	}, nil
}

// Verdict reads a published result.
func (p projectPolls) Verdict(ctx context.Context, id string) (projects.Verdict, error) {
	r, err := p.polls.Result(ctx, poll.ID(id))
	if errors.Is(err, poll.ErrNotFound) {
		return projects.Verdict{}, nil
	}
	if err != nil {
		return projects.Verdict{}, err
	}
	void := slices.Contains([]rule.Outcome{rule.Tied, rule.Short, rule.Empty}, r.Count.Outcome)
	return projects.Verdict{Settled: true, Void: void, Winners: r.Count.Winners, Count: countOf(r)}, nil
}

// countOf is what a budget round found about each of its options, nil of other polls.
func countOf(r poll.Announced) *projects.RoundCount {
	f := r.Count.Funding
	if f == nil {
		return nil
	}
	c := &projects.RoundCount{
		Ballots: r.Count.Turnout.Ballots, Money: money.Fen(f.Budget), Spent: money.Fen(f.Spent), Options: make([]projects.OptionCount, len(r.Poll.Options)),
	}
	for _, x := range f.Rounds {
		c.Options[x.Project].Votes = x.Votes
	}
	for _, l := range f.Losers {
		c.Options[l.Project] = projects.OptionCount{Votes: l.Votes, Why: string(l.Reason)}
	}
	return c
}

// Phase returns how far a poll has come.
func (p projectPolls) Phase(ctx context.Context, id string) (projects.PollPhase, error) {
	state, err := p.polls.StateOf(ctx, poll.ID(id))
	switch {
	case errors.Is(err, poll.ErrNotFound):
		return projects.PollMissing, nil
	case err != nil:
		return projects.PollMissing, err
	}
	switch state {
	case poll.Drafted:
		return projects.PollDrafting, nil
	case poll.Rolling, poll.Listed:
		return projects.PollListed, nil
	case poll.Published, poll.Settled, poll.Withdrawn:
		return projects.PollOver, nil
	}
	return projects.PollVoting, nil
}

// CheckRound refuses a round whose poll would be refused.
func (p projectPolls) CheckRound(ctx context.Context, actor identity.Actor, r projects.Round) error {
	return p.polls.CheckDraft(ctx, actor, draftOf(r))
}

// DraftRound drafts the poll of a round, or brings its draft up to date, in the name of who planned it.
func (p projectPolls) DraftRound(ctx context.Context, r projects.Round) error {
	actor, err := p.app.People.Actor(ctx, r.By.Account)
	if err != nil {
		return err
	}
	want := draftOf(r)
	x, err := p.polls.DraftPoll(ctx, actor, want)
	if err != nil || x.State != poll.Drafted || sameDraft(x, want) {
		return err
	}
	_, err = p.polls.ChangeDraft(ctx, actor, want)
	return err
}

// draftOf is the poll of a round: an option for each of its projects, whose name, need and cost it copies.
func draftOf(r projects.Round) poll.Draft {
	d := poll.Draft{
		ID: poll.ID(r.ID), Community: r.Community, Label: poll.Ranking, Question: r.Question, Background: r.Background,
		Grids: r.Grids, Buildings: r.Buildings, Adults: r.Adults, OpensAt: r.OpensAt, ClosesAt: r.ClosesAt,
	}
	terms := &rule.BudgetTerms{
		Rule: budget.Rule(r.Rule), Money: int64(r.Money), Unit: fenAYuan, Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes},
	}
	for _, l := range r.Lots {
		text := l.Title
		for n := 2; slices.ContainsFunc(d.Options, func(o poll.Option) bool { return o.Text == text }); n++ {
			text = fmt.Sprintf("%s (%d)", l.Title, n) // two projects of one name
		}
		d.Options = append(d.Options, poll.Option{Text: text, Detail: l.Need, Cost: int64(l.Cost), Project: string(l.Project)})
		terms.Costs = append(terms.Costs, int64(l.Cost))
	}
	d.Rule = rule.Rule{Method: rule.Budget, Max: min(r.Most, len(r.Lots)), Budget: terms}
	if r.Turnout > 0 {
		d.Rule.Quorum = &rule.Bar{Of: rule.OfRoll, Op: rule.AtLeast, Num: int64(r.Turnout), Den: preset.MaxShare}
	}
	return d
}

// fenAYuan are the smallest parts of the currency.
const fenAYuan = 100

// sameDraft reports whether a draft says what its round does.
func sameDraft(x poll.Poll, want poll.Draft) bool {
	counted := bytes.Equal(x.Rule.Canonical(), want.Rule.Canonical())
	return counted && slices.Equal(x.Options, want.Options) && x.Question == want.Question && x.OpensAt.Equal(want.OpensAt) && x.ClosesAt.Equal(want.ClosesAt)
}

// roundReady asks the projects whether the options of a poll stand for them as they are.
func (a *App) roundReady(ctx context.Context, c clock.Clock, p poll.Poll) error {
	if !slices.ContainsFunc(p.Options, func(o poll.Option) bool { return o.Project != "" }) && p.Label != poll.Ranking {
		return nil
	}
	options := make([]projects.RoundPoll, len(p.Options))
	for i, o := range p.Options {
		options[i] = projects.RoundPoll{Project: projects.ID(o.Project), Cost: o.Cost}
	}
	return a.projectsBy(c).ReadyRound(ctx, string(p.ID), options)
}
