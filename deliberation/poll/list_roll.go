package poll

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

var (
	errObjectionTime = fault.New(fault.Invalid, "poll.objection_time").On("opens")
	errOver          = fault.New(fault.Invalid, "poll.window_over").On("closes")
)

// ListRoll ends the drafting: the sweep takes a snapshot of who may vote and publishes it for objections. The poll opens by itself
// at its instant.
func (s *Service) ListRoll(ctx context.Context, actor identity.Actor, id ID) (Poll, error) {
	if p, err := s.poll(ctx, actor, id, identity.HoldPoll); err == nil && p.Joint != nil && p.State == Drafted {
		if heads, _, err := s.Owners.Snapshot(ctx, p.Community, p.Joint.area()); err != nil || len(heads) == 0 {
			return Poll{}, deliberation.Joined(err, fault.When(err == nil, errWhose))
		}
	}
	if err := s.readyToList(ctx, actor, id); err != nil {
		return Poll{}, err
	}
	return s.step(ctx, actor, id, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if p.State == Rolling || p.State == Listed {
			return nil, docstore.ErrUnchanged // the same tap again
		}
		if err := p.may(moveList); err != nil {
			return nil, err
		}
		if err := p.checkInstants(now); err != nil {
			return nil, err
		}
		p.State = Rolling
		p.note(PollRolling, by, "", now)
		return []docstore.Fact{fact(PollRolling, string(by.Account), now, p.about())}, nil
	})
}

// readyToList asks those who had a draft drafted, of a poll that the actor holds.
func (s *Service) readyToList(ctx context.Context, actor identity.Actor, id ID) error {
	p, err := s.poll(ctx, actor, id, identity.HoldPoll)
	if err != nil || p.State != Drafted {
		return err
	}
	return s.ready(ctx, p)
}

// checkInstants refuses a window that leaves no time to look at the roll, or none to vote.
func (p Poll) checkInstants(now time.Time) error {
	if least := p.Label.ObjectionTime(); p.OpensAt.Sub(now) < least && least > 0 {
		return errObjectionTime.With("days", int(least.Hours()/24))
	}
	return fault.When(p.ClosesAt.Sub(now) < MinWindow, errOver)
}

// Postpone names other instants before the opening, for everybody to see, with the reason.
type Postpone struct {
	Poll              ID
	OpensAt, ClosesAt time.Time
	Reason            string
}

// PostponePoll moves the window of a poll whose roll is published.
func (s *Service) PostponePoll(ctx context.Context, actor identity.Actor, cmd Postpone) (Poll, error) {
	why, err := written.Reason(cmd.Reason, MaxReason)
	if err := deliberation.Joined(err, checkWindow(cmd.OpensAt, cmd.ClosesAt)); err != nil {
		return Poll{}, err
	}
	return s.step(ctx, actor, cmd.Poll, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if err := p.may(movePostpone); err != nil {
			return nil, err
		}
		opens, closes := cmd.OpensAt.UTC().Truncate(time.Millisecond), cmd.ClosesAt.UTC().Truncate(time.Millisecond)
		if opens.Before(p.OpensAt) {
			return nil, errObjectionTime.With("days", int(p.Label.ObjectionTime().Hours()/24))
		}
		if closes.Sub(now) < MinWindow {
			return nil, errOver
		}
		if !p.PaperUntil.IsZero() {
			p.PaperUntil = p.PaperUntil.Add(closes.Sub(p.ClosesAt))
		}
		p.OpensAt, p.ClosesAt = opens, closes
		p.note(PollPostponed, by, why, now)
		return []docstore.Fact{fact(PollPostponed, string(by.Account), now, p.about())}, nil
	})
}

// WithdrawPoll gives a poll up before it opens. An open poll cannot be withdrawn: it would be the way to lose a result.
func (s *Service) WithdrawPoll(ctx context.Context, actor identity.Actor, id ID, why string) (Poll, error) {
	why, err := written.Reason(why, MaxReason)
	if err != nil {
		return Poll{}, err
	}
	return s.step(ctx, actor, id, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if p.State == Withdrawn {
			return nil, docstore.ErrUnchanged
		}
		if err := p.may(moveWithdraw); err != nil {
			return nil, err
		}
		p.State, p.Reason = Withdrawn, why
		p.note(PollWithdrawn, by, why, now)
		return []docstore.Fact{fact(PollWithdrawn, string(by.Account), now, Ended{p.about(), p.linked(by), why})}, nil
	})
}
