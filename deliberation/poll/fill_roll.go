package poll

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// hands is how many seats are written side by side, so that the store commits them together.
const hands = 32

// fill takes the snapshot. It may be broken off and run again: a seat that is there is left alone.
func (s *Service) fill(ctx context.Context, p Poll) error {
	box, err := s.makeKey(ctx, p)
	if err != nil {
		return err
	}
	buildings, err := s.Places.BuildingsIn(ctx, p.Community)
	if err != nil {
		return err
	}
	f := filler{Service: s, poll: p, box: box, names: map[community.BuildingID]string{}, in: map[community.BuildingID]bool{}}
	for _, b := range buildings {
		f.names[b.ID] = b.Name
		f.in[b.ID] = p.Scope.Whole() || slices.Contains(p.Scope.Buildings, b.ID) || b.Grid != "" && slices.Contains(p.Scope.Grids, b.Grid)
	}
	version := 0
	switch {
	case p.Joint != nil:
		version, err = f.owners(ctx)
	case p.Council():
		err = f.council(ctx)
	case p.Households():
		err = f.households(ctx, buildings)
	default:
		err = f.residents(ctx)
	}
	if err != nil {
		return err
	}
	roll, err := s.measure(ctx, p.ID)
	if err != nil {
		return err
	}
	now := s.Now()
	_, err = s.polls.Update(ctx, string(p.ID), func(p *Poll) ([]docstore.Fact, error) { return p.filled(roll, version, now) })
	return err
}

// filled publishes the roll.
func (p *Poll) filled(roll Roll, version int, now time.Time) ([]docstore.Fact, error) {
	if p.State.allows(moveFill) {
		p.State, p.Roll = Listed, roll
		if p.Joint != nil {
			joint := *p.Joint
			joint.Register, p.Joint = version, &joint
		}
		p.Roll.At = now
		return []docstore.Fact{fact(PollListed, keeping.Ref(), now, Listing{About: p.about(), Linked: p.linked(p.By), Voters: roll.Voters, OpensAt: p.OpensAt})}, nil
	}
	return nil, docstore.ErrUnchanged // somebody withdrew it, or another replica was first
}

// filler writes the seats of one poll.
type filler struct {
	*Service
	poll  Poll
	box   *seal.Box
	names map[community.BuildingID]string
	in    map[community.BuildingID]bool
}

// seat returns a line of the roll.
func (f filler) seat(v VoterKey, name, building string) Seat {
	return Seat{
		Poll: f.poll.ID, Community: f.poll.Community, Voter: v, Mark: f.box.Hash(markPurpose, string(v)), Name: name, Building: building,
	}
}

// write saves seats, each once.
func (f filler) write(ctx context.Context, seats []Seat) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hands)
	for _, x := range seats {
		group.Go(func() error {
			_, err := f.seats.Put(ctx, x.id(), docstore.Absent, x)
			if errors.Is(err, docstore.ErrConflict) {
				return nil
			}
			return err
		})
	}
	return group.Wait()
}

// people returns the seats of accounts.
func (f filler) people(ctx context.Context, who []identity.AccountID, home map[identity.AccountID]string) ([]Seat, error) {
	names, err := f.People.Names(ctx, who)
	if err != nil {
		return nil, err
	}
	var seats []Seat
	for _, id := range who {
		n, ok := names[id]
		if !ok {
			continue // the account was deleted meanwhile
		}
		x := f.seat(VoterKey(id), n.Masked, home[id])
		x.Account = id
		seats = append(seats, x)
	}
	return seats, nil
}

func (f filler) council(ctx context.Context) error {
	seats, err := f.people(ctx, f.poll.Scope.Members, nil)
	if err != nil {
		return err
	}
	return f.write(ctx, seats)
}

// pageOf is how many residents are read at a time.
const pageOf = 500

// each visits the verified residents of the scope, page by page.
func (f filler) each(ctx context.Context, visit func([]identity.ResidentAt) error) error {
	var after docstore.Cursor
	for {
		page, next, err := f.People.ResidentsAt(ctx, f.poll.Community, after, pageOf)
		if err != nil {
			return err
		}
		page = slices.DeleteFunc(page, func(r identity.ResidentAt) bool { return !f.in[r.Building] })
		if err := visit(page); err != nil || next == "" {
			return err
		}
		after = next
	}
}

func (f filler) residents(ctx context.Context) error {
	return f.each(ctx, func(page []identity.ResidentAt) error {
		var who []identity.AccountID
		home := map[identity.AccountID]string{}
		for _, r := range page {
			if _, twice := home[r.Account]; twice {
				continue // two homes here are one person
			}
			who = append(who, r.Account)
			home[r.Account] = f.names[r.Building]
		}
		seats, err := f.people(ctx, who, home)
		if err != nil {
			return err
		}
		return f.write(ctx, seats)
	})
}

// households takes every address of the roster and every address where a verified resident lives.
func (f filler) households(ctx context.Context, buildings []community.Building) error {
	living := map[community.BuildingID]map[identity.HouseholdID][]identity.AccountID{}
	err := f.each(ctx, func(page []identity.ResidentAt) error {
		for _, r := range page {
			homes := living[r.Building]
			if homes == nil {
				homes = map[identity.HouseholdID][]identity.AccountID{}
				living[r.Building] = homes
			}
			homes[r.Household] = append(homes[r.Household], r.Account)
		}
		return nil
	})
	if err != nil {
		return err
	}
	table := identity.Households(f.Store)
	for _, b := range buildings {
		if !f.in[b.ID] {
			continue
		}
		listed, err := identity.HouseholdsIn(ctx, table, b)
		if err != nil {
			return err
		}
		homes := living[b.ID]
		var seats []Seat
		for _, h := range listed {
			x := f.seat(VoterKey(h.ID), h.Room, b.Name)
			x.People = homes[h.ID]
			delete(homes, h.ID)
			seats = append(seats, x)
		}
		for id, who := range homes {
			x := f.seat(VoterKey(id), id.Room(), b.Name)
			x.People = who
			seats = append(seats, x)
		}
		if err := f.write(ctx, seats); err != nil {
			return err
		}
	}
	return nil
}

// seatsOf bounds a query to the seats of a poll.
func seatsOf(id ID) docstore.Query {
	return docstore.Query{Index: docstore.ByID, From: string(id) + "/", To: string(id) + "0", Limit: docstore.MaxLimit}
}

// measure counts the seats of a poll and returns the root over their marks, those of late additions left out.
func (s *Service) measure(ctx context.Context, id ID) (Roll, error) {
	roll := Roll{Buildings: map[string]int{}}
	var marks []string
	alike := map[areas]int{}
	err := s.seats.Each(ctx, seatsOf(id), func(x Seat) error {
		if x.Removed || x.Late {
			return nil
		}
		marks = append(marks, x.leaf())
		roll.Area += x.area()
		if len(x.Units) > 0 {
			alike[x.areas()]++
		}
		if x.Building != "" {
			roll.Buildings[x.Building]++
		}
		return nil
	})
	roll.Voters, roll.Root, roll.Stakes = len(marks), rootOf(marks), classesOf(alike)
	return roll, err
}
