package activity

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// SeatStatus is what somebody has.
type SeatStatus string

// Statuses of a seat.
const (
	Seated  SeatStatus = "seated"
	Waiting SeatStatus = "waiting"
	Left    SeatStatus = "left"
)

// Seat is what one sign-up has: room for some persons, or a place on the waiting list.
type Seat struct {
	Who     identity.AccountID `json:"who,omitempty"`
	Persons int                `json:"persons"`
	Status  SeatStatus         `json:"status"`
	// Round is that of the wish it stands for.
	Round int       `json:"round"`
	At    time.Time `json:"at"` // since when
	// Came is how many of them came, by the host's list.
	Came int `json:"came,omitempty"`
}

var (
	errPersons  = fault.New(fault.Invalid, "activity.bad_persons").On("persons")
	errMore     = fault.New(fault.Conflict, "activity.no_more").On("persons")
	errTooBig   = fault.New(fault.Conflict, "activity.too_big").On("persons")
	errClosed   = fault.New(fault.TooLate, "activity.closed")
	errStarted  = fault.New(fault.TooLate, "activity.started")
	errListFull = fault.New(fault.Conflict, "activity.list_full")
	errHostsOwn = fault.New(fault.Conflict, "activity.own_seat")
)

// Taken is how many persons have a seat.
func (a Activity) Taken() int { return a.persons(Seated) }

// Queued is how many persons wait for one.
func (a Activity) Queued() int { return a.persons(Waiting) }

func (a Activity) persons(s SeatStatus) int {
	n := 0
	for _, x := range a.Seats {
		if x.Status == s {
			n += x.Persons
		}
	}
	return n
}

// fits reports whether there is room for some persons now.
func (a Activity) fits(persons int) bool { return a.Capacity == 0 || a.Taken()+persons <= a.Capacity }

// SeatOf is what somebody has; false for who never signed up.
func (a Activity) SeatOf(who identity.AccountID) (Seat, bool) {
	i := a.seat(who)
	if i < 0 {
		return Seat{}, false
	}
	return a.Seats[i], true
}

func (a Activity) seat(who identity.AccountID) int {
	return slices.IndexFunc(a.Seats, func(x Seat) bool { return who != "" && x.Who == who })
}

// Ahead is how many persons wait before somebody.
func (a Activity) Ahead(who identity.AccountID) int {
	n := 0
	for _, x := range a.Seats {
		if x.Who == who {
			break
		}
		if x.Status == Waiting {
			n += x.Persons
		}
	}
	return n
}

// admits refuses a wish that cannot be met, whoever has it. at is when they said it.
func (a Activity) admits(persons int, at time.Time) error {
	switch {
	case persons < 1 || persons > MaxPersons:
		return errPersons.With("max", MaxPersons)
	case a.Status != Published:
		return errState
	case !at.Before(a.Until):
		return errClosed
	}
	return fault.When(a.Capacity > 0 && persons > a.Capacity, errTooBig.With("max", a.Capacity))
}

// Take gives somebody a seat, or a place on the waiting list, in the order of asking: while somebody waits nobody passes them.
// round is that of the wish; one that was met before changes nothing. Who has a seat may come with fewer, which frees the others';
// to come with more they sign up anew. at is when the wish was said.
func (a *Activity) Take(who deliberation.Author, persons, round int, at, now time.Time) ([]docstore.Fact, error) {
	i := a.seat(who.Account)
	if i >= 0 && a.Seats[i].Round >= round {
		return nil, docstore.ErrUnchanged
	}
	if err := a.admits(persons, at); err != nil {
		return nil, err
	}
	if i >= 0 && a.Seats[i].Status != Left {
		return a.comeWith(i, who, persons, round, now)
	}
	seats := slices.DeleteFunc(slices.Clone(a.Seats), func(x Seat) bool { return x.Who == who.Account })
	if len(seats) >= MaxSeats {
		return nil, errListFull
	}
	s, what := Seat{Who: who.Account, Persons: persons, Round: round, At: now, Status: Waiting}, Queued
	if a.Queued() == 0 && a.fits(persons) {
		s.Status, what = Seated, Joined
	}
	a.Seats = append(seats, s)
	return []docstore.Fact{a.toldOf(what, who, now, who.Account)}, nil
}

// comeWith changes how many persons come under a seat.
func (a *Activity) comeWith(i int, who deliberation.Author, persons, round int, now time.Time) ([]docstore.Fact, error) {
	if persons > a.Seats[i].Persons {
		return nil, errMore
	}
	a.Seats = slices.Clone(a.Seats)
	a.Seats[i].Persons, a.Seats[i].Round = persons, round
	return append([]docstore.Fact{a.toldOf(Fewer, who, now, who.Account)}, a.moveUp(keeping, now)...), nil
}

// GiveBack ends what somebody has; the seat goes to the next in the same commit. Once it has begun nothing is given back.
func (a *Activity) GiveBack(who deliberation.Author, round int, now time.Time) ([]docstore.Fact, error) {
	i := a.seat(who.Account)
	if i < 0 || a.Seats[i].Round >= round || a.Seats[i].Status == Left {
		return nil, docstore.ErrUnchanged
	}
	if a.Status == Published && !now.Before(a.StartsAt) {
		return nil, errStarted
	}
	a.Seats = slices.Clone(a.Seats)
	a.Seats[i].Status, a.Seats[i].Round, a.Seats[i].At = Left, round, now
	return append([]docstore.Fact{a.toldOf(Gone, who, now, who.Account)}, a.moveUp(keeping, now)...), nil
}

// moveUp gives what is free to those who wait, in their order. It stops at the first who does not fit: nobody is passed.
func (a *Activity) moveUp(by deliberation.Author, now time.Time) []docstore.Fact {
	if a.Status != Published || !now.Before(a.StartsAt) {
		return nil
	}
	var up []identity.AccountID
	seats := slices.Clone(a.Seats)
	for i := range seats {
		if seats[i].Status != Waiting {
			continue
		}
		if !a.fits(seats[i].Persons) {
			break
		}
		seats[i].Status, seats[i].At = Seated, now
		a.Seats = seats
		up = append(up, seats[i].Who)
	}
	if len(up) == 0 {
		return nil
	}
	return []docstore.Fact{a.toldOf(MovedUp, by, now, up...)}
}
