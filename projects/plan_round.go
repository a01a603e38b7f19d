package projects

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// PlanRound is a budget round as its form gives it.
type PlanRound struct {
	ID        RoundID // the form's token
	Community community.ID
	Terms
	Lots []PickedLot
}

// PickedLot is a project that was chosen for a round, with the plan that the form showed.
type PickedLot struct {
	Project  ID
	Revision int
}

// RoundYear are a community's rounds of a year in the order in which they were planned, by which they are numbered.
type RoundYear struct {
	Community community.ID `json:"community"`
	Year      int          `json:"year"`
	Rounds    []RoundID    `json:"rounds"`
}

// MaxLotNeed is how much of a project's need stands beside its name on the ballot, in runes.
const MaxLotNeed = 80

// PlanRound plans a budget round of projects that wait for one, links them and drafts their poll. The same form again returns
// what it made. What is left undone by a crash the relay does.
func (s *Service) PlanRound(ctx context.Context, actor identity.Actor, cmd PlanRound) (Round, error) {
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.CheckProject, ErrNotFound)
	if err != nil {
		return Round{}, err
	}
	if err := deliberation.CheckToken(string(cmd.ID)); err != nil {
		return Round{}, err
	}
	if r, _, err := s.rounds.Get(ctx, string(cmd.ID)); err == nil {
		return s.sameRound(ctx, r, by, node.ID, cmd)
	} else if !errors.Is(err, docstore.ErrNotFound) {
		return Round{}, err
	}
	now := s.Now()
	r := Round{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Terms: cmd.Terms, State: RoundPlanning, By: by, CreatedAt: now, Year: s.Calendar.DateAt(now).Year,
	}
	lots, key, err1 := s.pick(ctx, actor, node.ID, cmd.Lots)
	if r.Lots, r.Preset = lots, key; err1 == nil {
		err1 = deliberation.Joined(s.checkMoney(ctx, actor, r), s.Polls.CheckRound(ctx, actor, r))
	}
	if err := deliberation.Joined(err1, fault.When(cmd.Turnout < 0 || cmd.Turnout > preset.MaxShare, errRoundTurnout)); err != nil {
		return Round{}, err
	}
	if r.Number, err = s.number(ctx, r); err != nil {
		return Round{}, err
	}
	r, err = s.rounds.Add(ctx, string(r.ID), r, r.told(RoundPlanned, by, Lot{}, now))
	if err != nil {
		return Round{}, err
	}
	return s.sameRound(ctx, r, by, node.ID, cmd)
}

// sameRound returns what a form made, carried as far as it goes, unless its token made something else.
func (s *Service) sameRound(ctx context.Context, r Round, by deliberation.Author, in community.ID, cmd PlanRound) (Round, error) {
	if r.By.Account != by.Account || r.Community != in || r.Question != cmd.Question {
		return Round{}, errTaken
	}
	if err := s.carryRound(ctx, r.ID); err != nil {
		return Round{}, err
	}
	r, _, err := s.rounds.Get(ctx, string(r.ID))
	return r, err
}

// pick reads the chosen projects, which have to wait for a round, all under one preset and each with the plan that was shown.
func (s *Service) pick(ctx context.Context, actor identity.Actor, in community.ID, picked []PickedLot) ([]Lot, preset.Key, error) {
	var lots []Lot
	var key preset.Key
	for _, x := range picked {
		if slices.ContainsFunc(lots, func(l Lot) bool { return l.Project == x.Project }) {
			continue
		}
		p, err := s.projects.May(ctx, actor, string(x.Project), identity.CheckProject)
		switch {
		case err != nil:
			return nil, "", err
		case p.Community != in:
			return nil, "", ErrNotFound
		case !p.awaitsRound() || p.Plan.Revision != x.Revision:
			return nil, "", errRoundLot.With("title", p.Title)
		case len(lots) > 0 && p.Preset.Key != key:
			return nil, "", errRoundMixed
		}
		key = p.Preset.Key
		lots = append(lots, Lot{Project: p.ID, Title: p.Title, Need: clipped(p.Need, MaxLotNeed), Cost: p.Plan.Total(), Revision: p.Plan.Revision})
	}
	return lots, key, fault.When(len(lots) < MinLots || len(lots) > MaxLots, errRoundFew)
}

// clipped is the beginning of a text on one line, at most so many runes with the sign that more follows.
func clipped(text string, most int) string {
	runes := []rune(deliberation.Line(text))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}

// checkMoney refuses a sum that no project fits into, and one that the year does not have any more.
func (s *Service) checkMoney(ctx context.Context, actor identity.Actor, r Round) error {
	if preset.Spendable(r.Money) != nil {
		return errRoundMoney
	}
	for _, l := range r.Lots {
		if l.Cost > r.Money {
			return errRoundDear.With("title", l.Title).With("cost", l.Cost)
		}
	}
	left, bounded, err := s.YearLeft(ctx, actor, r.Community, r.Preset)
	if err != nil {
		return err
	}
	return fault.When(bounded && r.Money > left, errRoundYear.With("left", left))
}

// YearLeft returns what of this year's envelope neither established projects have taken nor running rounds may still give
// away; bounded is false where the preset has no envelope.
func (s *Service) YearLeft(ctx context.Context, actor identity.Actor, in community.ID, key preset.Key) (left money.Fen, bounded bool, err error) {
	rules, err := s.Preset(ctx, actor, in, key)
	if err != nil || rules.Envelope == 0 {
		return 0, false, err
	}
	e, err := s.Year(ctx, actor, in, key)
	if err != nil {
		return 0, false, err
	}
	left = rules.Envelope - e.Sum()
	err = s.rounds.Each(ctx, docstore.Query{Index: byRunning, Equal: []any{string(in)}}, func(r Round) error {
		if r.Preset == key {
			left -= min(r.Money, r.total())
		}
		return nil
	})
	return max(left, 0), true, err
}

// number gives the round its place in the year; once more gives the same.
func (s *Service) number(ctx context.Context, r Round) (int, error) {
	key := fmt.Sprintf("%s/%d", r.Community, r.Year)
	if _, err := s.roundYears.Add(ctx, key, RoundYear{Community: r.Community, Year: r.Year}); err != nil {
		return 0, err
	}
	y, err := s.roundYears.Update(ctx, key, func(y *RoundYear) ([]docstore.Fact, error) {
		switch {
		case slices.Contains(y.Rounds, r.ID):
			return nil, docstore.ErrUnchanged
		case len(y.Rounds) >= MaxRoundsAYear:
			return nil, errRoundsFull
		}
		y.Rounds = append(slices.Clip(y.Rounds), r.ID)
		return nil, nil
	})
	return slices.Index(y.Rounds, r.ID) + 1, err
}

// unplanned refuses the poll of a budget round to a project that wants to be linked by hand.
func (s *Service) unplanned(ctx context.Context, poll string) error {
	_, _, err := s.rounds.Get(ctx, poll)
	if errors.Is(err, docstore.ErrNotFound) || fault.CodeOf(err) == "store.bad_key" {
		return nil
	}
	return deliberation.Joined(err, fault.When(err == nil, errPollKind))
}

// mayLeaveRound refuses to take a project out of a round whose options stand. Whoever wants that before the opening withdraws
// the round; afterwards a project can be given up, which the public is told, and never be changed.
func (s *Service) mayLeaveRound(ctx context.Context, actor identity.Actor, id ID, m Move) error {
	p, err := s.projects.May(ctx, actor, string(id), identity.DecideProject)
	if err != nil || p.Stage != preset.Deciding || p.Poll == nil || p.Poll.Round == nil {
		return err
	}
	phase, err := s.Polls.Phase(ctx, p.Poll.Poll)
	if err != nil || phase == PollMissing || phase == PollDrafting || phase == PollVoting && m == MoveCancel {
		return err
	}
	return errInRound.With("phase", phase)
}
