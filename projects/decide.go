package projects

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// RecordDecision is a decision that was not taken by a poll.
type RecordDecision struct {
	Project  ID
	Rule     preset.Rule
	Approved bool // the secretary's word; a council's and a jury's follow from their numbers
	Minutes  string
	Photos   []deliberation.PhotoID
	Council  *CouncilVote
	Sheets   []Sheet
}

// RecordDecision records what the council, the jury or the secretary decided.
func (s *Service) RecordDecision(ctx context.Context, actor identity.Actor, cmd RecordDecision) (Project, error) {
	minutes, err := written.Text("minutes", cmd.Minutes, MaxMinutes)
	faults := []error{err, deliberation.CheckPhotos(cmd.Photos)}
	sheets := make([]Sheet, len(cmd.Sheets))
	for i, x := range cmd.Sheets {
		juror, err := written.Line("sheets", x.Juror, MaxJuror)
		sheets[i], faults = Sheet{Juror: juror, Points: x.Points}, append(faults, err)
	}
	if err := deliberation.Joined(faults...); err != nil {
		return Project{}, err
	}
	d := Decision{Rule: cmd.Rule, Approved: cmd.Approved, Minutes: minutes, Photos: cmd.Photos, Council: cmd.Council, Sheets: sheets}
	return s.step(ctx, actor, cmd.Project, identity.DecideProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Record(d, by, now)
	})
}

var (
	errPoll        = fault.New(fault.NotFound, "project.no_poll").On("poll")
	errPollKind    = fault.New(fault.Invalid, "project.other_poll").On("poll")
	errPollOption  = fault.New(fault.Invalid, "project.bad_option").On("option")
	errPollDecided = fault.New(fault.Conflict, "project.poll_decided").On("poll")
)

// LinkPoll names the poll that decides. It must be this community's, of the sort that the preset says, and undecided: a
// result that is known cannot be chosen.
func (s *Service) LinkPoll(ctx context.Context, actor identity.Actor, id ID, poll string, option int) (Project, error) {
	p, err := s.projects.May(ctx, actor, string(id), identity.CheckProject)
	if err != nil {
		return p, err
	}
	b, err := s.Polls.Named(ctx, actor, poll)
	if err == nil {
		err = s.unplanned(ctx, poll)
	}
	switch {
	case fault.KindOf(err) == fault.NotFound && err != nil, err == nil && b.Community != p.Community:
		return Project{}, errPoll
	case err != nil:
		return Project{}, err
	case !b.Binding || b.Budget != (p.Preset.Decision.Rule == preset.ByBudget):
		return Project{}, errPollKind
	case option < 0 || option >= b.Options:
		return Project{}, errPollOption
	case b.Decided:
		return Project{}, errPollDecided
	}
	p, err = s.step(ctx, actor, id, identity.CheckProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.LinkPoll(PollLink{Poll: poll, Option: option}, by, now)
	})
	if err != nil {
		return p, err
	}
	return p, s.FollowPoll(ctx, poll, false) // should the result have come out meanwhile
}

// FollowPoll moves the projects that a poll decides about. The relay gives it the poll's id when its result is published,
// or when it is given up, at least once.
func (s *Service) FollowPoll(ctx context.Context, poll string, givenUp bool) error {
	v, err := Verdict{Settled: true, Void: true}, error(nil)
	if !givenUp {
		v, err = s.Polls.Verdict(ctx, poll)
	}
	if err != nil || !v.Settled {
		return err
	}
	now := s.Now()
	err = s.projects.Each(ctx, docstore.Query{Index: byPoll, Equal: []any{poll}}, func(p Project) error {
		_, err := s.projects.Update(ctx, string(p.ID), func(p *Project) ([]docstore.Fact, error) {
			if p.Poll == nil || p.Poll.Poll != poll {
				return nil, docstore.ErrUnchanged
			}
			return p.FollowVerdict(v, now)
		})
		return err
	})
	if err != nil {
		return err
	}
	return s.endRound(ctx, RoundID(poll), v, now)
}

// SendBack returns a project to its plan.
func (s *Service) SendBack(ctx context.Context, actor identity.Actor, id ID, reason string) (Project, error) {
	if err := s.mayLeaveRound(ctx, actor, id, MoveSendBack); err != nil {
		return Project{}, err
	}
	return s.explained(ctx, actor, id, identity.DecideProject, reason, (*Project).SendBack)
}

// Establish is 立项. The sum is taken from the community's year first; where the project then refuses, it is given back, by the
// sweep should this process end before.
func (s *Service) Establish(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	p, by, err := s.projects.For(ctx, actor, string(id), identity.DecideProject)
	if err != nil {
		return Project{}, err
	}
	now := s.Now()
	if _, err := p.Establish(by, now); err != nil {
		return Project{}, err
	}
	if err := s.reserve(ctx, p, now); err != nil {
		return Project{}, err
	}
	p, err = s.projects.Update(ctx, string(id), func(p *Project) ([]docstore.Fact, error) { return p.Establish(by, now) })
	if err != nil && fault.KindOf(err) != fault.Internal {
		err = errors.Join(err, s.release(ctx, id, now))
	}
	return p, err
}
