package poll

import (
	"context"
	"errors"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// MarkPresent notes that a member of a council came to the meeting, or that this was a mistake. Whoever casts a ballot is present anyway.
func (s *Service) MarkPresent(ctx context.Context, actor identity.Actor, id ID, voter VoterKey, present bool) error {
	p, err := s.poll(ctx, actor, id, identity.HoldPoll)
	if err != nil {
		return err
	}
	if !p.Council() {
		return errNoVoter
	}
	if err := p.TakesBallots(s.Now()); err != nil {
		return err
	}
	_, err = s.seats.Update(ctx, seatID(id, voter), func(x *Seat) ([]docstore.Fact, error) {
		switch {
		case x.Locked:
			return nil, ErrTooLate
		case x.Removed:
			return nil, errNoVoter
		case x.Present == present:
			return nil, docstore.ErrUnchanged
		}
		x.Present = present
		return nil, nil
	})
	if errors.Is(err, docstore.ErrNotFound) {
		return errNoVoter
	}
	return err
}
