package poll

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// openDue opens a poll whose instant has come. It waits while an objection is unanswered, while the roll is being
// corrected, and while an option is not what it stands for any more; the closing instant does not move with it, which is why people are shown what holds it up.
func (s *Service) openDue(ctx context.Context, p Poll) error {
	if p.Owed() > 0 || !p.lasts(s.Now()) {
		return nil // before the whole roll is read for nothing
	}
	if err := s.ready(ctx, p); err != nil {
		if k := fault.KindOf(err); k == fault.Internal || k == fault.Unavailable {
			return err
		}
		return nil // the desk is shown why, and withdraws it
	}
	if err := s.apply(ctx, p); err != nil {
		return err
	}
	roll, err := s.measure(ctx, p.ID)
	if err != nil {
		return err
	}
	now, seen := s.Now(), len(p.Corrections)
	_, err = s.polls.Update(ctx, string(p.ID), func(p *Poll) ([]docstore.Fact, error) {
		if !p.State.allows(moveOpen) || p.Owed() > 0 || len(p.Corrections) != seen || now.Before(p.OpensAt) {
			return nil, docstore.ErrUnchanged // somebody else did something; the next run looks again
		}
		return p.open(roll, s.Software, now)
	})
	return err
}

// open freezes everything that decides the result. A poll without a voter, or whose window has passed while objections were
// answered, stays as it is until somebody postpones or withdraws it.
func (p *Poll) open(roll Roll, software string, now time.Time) ([]docstore.Fact, error) {
	if roll.Voters == 0 || !p.lasts(now) {
		return nil, docstore.ErrUnchanged
	}
	roll.At = p.Roll.At
	p.Roll = roll
	text, err := p.charter(roll, software)
	if err != nil {
		return nil, err
	}
	p.State, p.Charter, p.CharterHash = Open, text, hashOf(text)
	p.History = append(p.History, Step{What: PollOpened, Actor: keeping.Ref(), At: now})
	return []docstore.Fact{fact(PollOpened, keeping.Ref(), now, Opening{
		About: p.about(), Linked: p.linked(p.By), Charter: text, Hash: p.CharterHash, Voters: roll.Voters,
	})}, nil
}

// lasts reports whether enough of the window is left at an instant to open the poll.
func (p Poll) lasts(now time.Time) bool { return p.ClosesAt.Sub(now) >= MinWindow }
