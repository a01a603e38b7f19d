package poll

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Correction is a change of a published roll. It is written into the poll first and into the seat after that, and once
// more when the poll opens or closes, so that no opening misses one and none comes after it unseen.
type Correction struct {
	Voter    VoterKey             `json:"voter"`
	Account  identity.AccountID   `json:"account,omitempty"`
	People   []identity.AccountID `json:"people,omitempty"`
	Name     string               `json:"name"`
	Building string               `json:"building,omitempty"`
	Mark     string               `json:"mark"`
	Remove   bool                 `json:"remove,omitempty"`
	// Late is set after the opening: the addition is a public entry of its own and outside the root.
	Late   bool                `json:"late,omitempty"`
	Reason string              `json:"reason"`
	By     deliberation.Author `json:"by"`
	At     time.Time           `json:"at"`
}

// MaxCorrections bounds the corrections of one roll; a roll with more was made of wrong data.
const MaxCorrections = 300

var (
	errCorrections = fault.New(fault.TooMany, "poll.too_many_corrections").With("max", MaxCorrections)
	errNoVoter     = fault.New(fault.NotFound, "poll.no_voter").On("voter")
	errOnRoll      = fault.New(fault.Conflict, "poll.on_roll").On("voter")
)

// Seating says whom to put on a roll, or take off it, and why. A person is named by telephone number, a household by building
// and room.
type Seating struct {
	Poll     ID
	Phone    string
	Building community.BuildingID
	Room     string
	Reason   string
}

// AddSeat puts somebody on a published roll. After the opening this is an entry of the public log.
func (s *Service) AddSeat(ctx context.Context, actor identity.Actor, cmd Seating) (Poll, error) {
	return s.correct(ctx, actor, cmd, false)
}

// RemoveSeat takes somebody off a roll before the opening.
func (s *Service) RemoveSeat(ctx context.Context, actor identity.Actor, cmd Seating) (Poll, error) {
	return s.correct(ctx, actor, cmd, true)
}

func (s *Service) correct(ctx context.Context, actor identity.Actor, cmd Seating, remove bool) (Poll, error) {
	why, err := written.Reason(cmd.Reason, MaxReason)
	if err != nil {
		return Poll{}, err
	}
	p, err := s.poll(ctx, actor, cmd.Poll, identity.HoldPoll)
	if err != nil {
		return Poll{}, err
	}
	switch {
	case p.Joint != nil && p.State.Frozen():
		return Poll{}, errOwnersAs
	case p.Joint != nil:
		return Poll{}, errRegister
	}
	c, err := s.voter(ctx, actor, p, cmd)
	if err != nil {
		return Poll{}, err
	}
	c.Reason, c.Remove = why, remove
	if err := s.seated(ctx, p.ID, c); err != nil {
		return Poll{}, err
	}
	p, err = s.step(ctx, actor, cmd.Poll, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.correct(c, by, now)
	})
	if err != nil {
		return p, err
	}
	return p, s.apply(ctx, p)
}

// correct records a correction.
func (p *Poll) correct(c Correction, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	c.By, c.At, c.Late = by, now, p.State == Open
	m, what := moveSeat, PollCorrected
	if c.Late {
		m, what = moveAdd, PollAdded
	}
	if err := p.may(m); err != nil {
		return nil, err
	}
	switch {
	case c.Late && c.Remove:
		return nil, errState.With("state", p.State)
	case c.Late && !now.Before(p.ClosesAt):
		return nil, ErrTooLate.With("at", p.ClosesAt.UTC().Format(time.RFC3339))
	case len(p.Corrections) >= MaxCorrections:
		return nil, errCorrections
	}
	p.Corrections = append(slices.Clip(p.Corrections), c)
	p.note(what, by, c.Reason, now)
	return []docstore.Fact{fact(what, string(by.Account), now, SeatStep{About: p.about(), Mark: c.Mark, Remove: c.Remove, Reason: c.Reason})}, nil
}

// seated refuses to add whom the roll has, and to take off whom it has not.
func (s *Service) seated(ctx context.Context, id ID, c Correction) error {
	x, _, err := s.seats.Get(ctx, seatID(id, c.Voter))
	if err != nil && !errors.Is(err, docstore.ErrNotFound) {
		return err
	}
	on := err == nil && !x.Removed
	switch {
	case on && !c.Remove:
		return errOnRoll
	case !on && c.Remove:
		return errNoVoter
	}
	return nil
}

// voter finds whom a correction is about.
func (s *Service) voter(ctx context.Context, actor identity.Actor, p Poll, cmd Seating) (Correction, error) {
	box, err := s.boxOf(ctx, p.ID)
	if errors.Is(err, docstore.ErrNotFound) {
		return Correction{}, errState.With("state", p.State)
	}
	if err != nil {
		return Correction{}, err
	}
	var c Correction
	if p.Households() {
		c, err = s.household(ctx, p, cmd)
	} else {
		c, err = s.person(ctx, actor, p, cmd.Phone)
	}
	c.Mark = box.Hash(markPurpose, string(c.Voter))
	return c, err
}

func (s *Service) person(ctx context.Context, actor identity.Actor, p Poll, phone string) (Correction, error) {
	who, err := s.People.ResidentByPhone(ctx, actor, p.Community, phone)
	if fault.KindOf(err) == fault.Invalid || err == nil && who == "" {
		return Correction{}, errNoVoter
	}
	if err != nil {
		return Correction{}, err
	}
	names, err := s.People.Names(ctx, []identity.AccountID{who})
	return Correction{Voter: VoterKey(who), Account: who, Name: names[who].Masked}, err
}

func (s *Service) household(ctx context.Context, p Poll, cmd Seating) (Correction, error) {
	b, err := s.Places.Building(ctx, cmd.Building)
	if noSuch(err) || err == nil && b.Community != p.Community {
		return Correction{}, errNoVoter
	}
	if err != nil {
		return Correction{}, err
	}
	room, err := identity.RoomIn(b.Name, b.Entrances, cmd.Room)
	if err != nil {
		return Correction{}, err
	}
	return Correction{Voter: VoterKey(identity.NewHouseholdID(p.Community, b.ID, room)), Name: room, Building: b.Name}, nil
}

// apply writes the corrections of a poll into its seats. It may run any number of times: an addition never brings back a seat
// that is there, removed or not.
func (s *Service) apply(ctx context.Context, p Poll) error {
	for i, c := range p.Corrections {
		later := func(o Correction) bool { return o.Voter == c.Voter }
		if slices.ContainsFunc(p.Corrections[i+1:], later) {
			continue // the last word about somebody counts
		}
		if err := s.applyOne(ctx, p, c); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) applyOne(ctx context.Context, p Poll, c Correction) error {
	x := Seat{
		Poll: p.ID, Community: p.Community, Voter: c.Voter, Mark: c.Mark, Name: c.Name, Building: c.Building,
		Account: c.Account, People: c.People, Late: c.Late, Removed: c.Remove,
	}
	_, err := s.seats.Put(ctx, x.id(), docstore.Absent, x)
	if !errors.Is(err, docstore.ErrConflict) {
		return err
	}
	_, err = s.seats.Update(ctx, x.id(), func(x *Seat) ([]docstore.Fact, error) {
		if x.Removed == c.Remove {
			return nil, docstore.ErrUnchanged
		}
		x.Removed, x.Late = c.Remove, c.Late
		return nil, nil
	})
	return err
}
