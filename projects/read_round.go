package projects

import (
	"context"
	"slices"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// RoundsPage is how many rounds a list shows at a time.
const RoundsPage = 20

// RoundView is a round with how far its poll has come.
type RoundView struct {
	Round
	Phase PollPhase
}

// Public reports whether residents may know of the round: its poll has left the desk.
func (v RoundView) Public() bool {
	return v.State != RoundFailed && v.Phase != PollMissing && v.Phase != PollDrafting
}

// shownRound lets the desk know of every round; residents learn of it from its poll.
func shownRound(actor identity.Actor, r Round) bool {
	return actor.System || identity.Can(actor, identity.CheckProject, r.Place()) == nil
}

// Waiting are the projects of one preset that wait for a budget round.
type Waiting struct {
	Preset   preset.Preset
	Projects []View
	// Left is what this year's envelope still has for a round; Bounded is false where there is none.
	Left    money.Fen
	Bounded bool
}

// AwaitingRound returns a community's projects that wait for a budget round, by preset, those that have waited longest first. It is
// for the desk.
func (s *Service) AwaitingRound(ctx context.Context, actor identity.Actor, in community.ID) ([]Waiting, error) {
	if _, err := s.Community(ctx, actor, in, identity.CheckProject, ErrNotFound); err != nil {
		return nil, err
	}
	var all []Waiting
	err := s.projects.Each(ctx, docstore.Query{Index: byStage, Equal: []any{stageKey(in, preset.Deciding)}}, func(p Project) error {
		if !p.awaitsRound() {
			return nil
		}
		i := slices.IndexFunc(all, func(w Waiting) bool { return w.Preset.Key == p.Preset.Key })
		if i < 0 {
			i, all = len(all), append(all, Waiting{Preset: p.Preset})
		}
		all[i].Projects = append(all[i].Projects, s.view(actor, p, false, s.Now()))
		return nil
	})
	for i := range all {
		if err == nil {
			all[i].Left, all[i].Bounded, err = s.YearLeft(ctx, actor, in, all[i].Preset.Key)
		}
	}
	return all, err
}

// Round returns a round, for the desk.
func (s *Service) Round(ctx context.Context, actor identity.Actor, id RoundID) (RoundView, error) {
	r, err := s.rounds.May(ctx, actor, string(id), identity.CheckProject)
	if err != nil {
		return RoundView{}, err
	}
	return s.phased(ctx, r)
}

func (s *Service) phased(ctx context.Context, r Round) (RoundView, error) {
	phase, err := s.Polls.Phase(ctx, string(r.ID))
	return RoundView{r, phase}, err
}

// Rounds lists a community's rounds, the latest first, for the desk.
func (s *Service) Rounds(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]RoundView, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.CheckProject, ErrNotFound); err != nil {
		return nil, "", err
	}
	found, next, err := s.rounds.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: RoundsPage, After: after})
	if err != nil {
		return nil, "", err
	}
	var views []RoundView
	for _, r := range found {
		v, err := s.phased(ctx, r)
		if err != nil {
			return nil, "", err
		}
		views = append(views, v)
	}
	return views, next, nil
}

// PollPhase returns how far the poll has come that a project is linked to, PollMissing without one. Pages show the way to it
// when there is something to see.
func (s *Service) PollPhase(ctx context.Context, p Project) (PollPhase, error) {
	if p.Poll == nil {
		return PollMissing, nil
	}
	return s.Polls.Phase(ctx, p.Poll.Poll)
}

// RoundOf returns the round whose poll this is, with the projects that left it, for everybody who may see the poll. It is empty
// for the poll of no round.
func (s *Service) RoundOf(ctx context.Context, poll string) (RoundView, error) {
	found, err := s.rounds.GetMany(ctx, []string{poll})
	r, ok := found[poll]
	if err != nil || !ok {
		return RoundView{}, err
	}
	r.By.Account = ""
	return s.phased(ctx, r)
}
