package poll

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/identity"
)

// SeatCard is a line of the roll with what the desk notes on it. It does not say whether the voter has voted by phone.
type SeatCard struct {
	SeatLine
	// Taken is who took the ballot of an owner, in the clear: the desk has to answer for the proof.
	Taken  string
	Served *Served
	Proxy  *Proxy
	Paper  PaperState
	// Entered says that the reader has made one of the entries.
	Entered bool
}

// Photos are those that lie with the seat.
func (c SeatCard) Photos() []deliberation.PhotoID {
	var all []deliberation.PhotoID
	if c.Served != nil {
		all = append(all, c.Served.Photo)
	}
	if c.Proxy != nil {
		all = append(all, c.Proxy.Photo)
	}
	return all
}

// SeatOf returns a line of the roll for who holds the poll.
func (s *Service) SeatOf(ctx context.Context, actor identity.Actor, id ID, voter VoterKey) (SeatCard, error) {
	if _, err := s.poll(ctx, actor, id, identity.HoldPoll); err != nil {
		return SeatCard{}, err
	}
	x, _, err := s.seats.Get(ctx, seatID(id, voter))
	if noSuch(err) || err == nil && x.Removed {
		return SeatCard{}, errNoVoter
	}
	if err != nil {
		return SeatCard{}, err
	}
	c := SeatCard{SeatLine: x.line(), Served: x.Served, Proxy: x.Proxy, Paper: x.paper()}
	for _, e := range x.Papers {
		c.Entered = c.Entered || e.By.Account == actor.ID
	}
	if x.Served != nil {
		c.Taken, err = s.Box.Open(recipientPlace(id, voter), x.Served.Recipient)
	}
	return c, err
}

// line is how the desk sees a seat.
func (s Seat) line() SeatLine {
	return SeatLine{s.Voter, s.Name, s.Building, s.Places, s.Late, s.Present, s.area(), len(s.Units), s.Served != nil}
}
