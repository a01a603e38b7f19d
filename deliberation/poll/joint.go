package poll

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/deliberation"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Joint is what a joint decision of owners (民法典 Art. 278) stands on, frozen with the charter.
type Joint struct {
	Basis     owners.BasisID `json:"basis"`
	Rule      string         `json:"rule"`
	Clause    string         `json:"clause"`
	AdoptedAt time.Time      `json:"adopted_at"`

	Estate   community.EstateID   `json:"estate,omitempty"`
	Building community.BuildingID `json:"building,omitempty"`
	Entrance string               `json:"entrance,omitempty"`
	// Register is the version of the register that the roll was taken from. Who sells after that stays on the roll: the purchaser is
	// put in their place by taking the roll once more before the opening, and not at all afterwards.
	Register int `json:"register,omitempty"`
}

// area is whose decision it is.
func (j Joint) area() owners.Area {
	return owners.Area{Estate: j.Estate, Building: j.Building, Entrance: j.Entrance}
}

var (
	errSilence  = fault.New(fault.Invalid, "poll.no_silence_clause").On("non_return")
	errParking  = fault.New(fault.Invalid, "poll.no_parking_clause").On("parking")
	errWhose    = fault.New(fault.Invalid, "poll.owners_scope").On("owners_scope")
	errEstate   = fault.New(fault.Invalid, "poll.owners_estate").On("estate")
	errNoJoint  = fault.New(fault.Conflict, "poll.no_joint_decision")
	errRelist   = fault.New(fault.Invalid, "poll.relist_time").On("reason")
	errRegister = fault.New(fault.Conflict, "poll.corrected_in_register").On("voter")
	errOwnersAs = fault.New(fault.Conflict, "poll.owners_frozen").On("voter")
)

// basis returns the confirmed local rule that a joint decision names. Without one the label is refused: a click here is by itself no
// vote of the owners' meeting.
func (s *Service) basis(ctx context.Context, actor identity.Actor, c community.ID, cmd Draft) (owners.Basis, error) {
	if cmd.Label != OwnersVote || cmd.Basis == "" {
		return owners.Basis{}, nil
	}
	b, err := s.Owners.Basis(ctx, actor, cmd.Basis)
	if fault.KindOf(err) == fault.NotFound || err == nil && (b.Community != c || !b.Holds()) {
		return owners.Basis{}, nil
	}
	return b, err
}

// joint completes the rule of a joint decision from its basis: clauses, ways of service and the warning are those that were recorded
// and confirmed, never what a form says.
func (cmd Draft) joint(b owners.Basis) (*Joint, rule.Rule, error) {
	switch {
	case cmd.Label != OwnersVote:
		return nil, cmd.Rule, nil
	case b.ID == "":
		return nil, cmd.Rule, errBasis
	case cmd.Rule.Owners == nil:
		return nil, cmd.Rule, errMethod.With("method", cmd.Rule.Method)
	}
	r, terms := cmd.Rule, *cmd.Rule.Owners
	terms.Clause, terms.ServiceMethods, terms.Warning, terms.ParkingClause = "", nil, "", ""
	if terms.NonReturn != rule.NotParticipating && terms.NonReturn != "" {
		if b.Silence == "" {
			return nil, r, errSilence
		}
		terms.Clause, terms.ServiceMethods, terms.Warning = b.Silence, slices.Clone(b.Ways), b.Warning
	}
	if terms.Parking == rule.ParkingApart {
		if b.Parking == "" {
			return nil, r, errParking
		}
		terms.ParkingClause = b.Parking
	}
	r.Owners = &terms
	j := &Joint{Basis: b.ID, Rule: b.Rule, Clause: b.Clause, AdoptedAt: b.AdoptedAt, Estate: cmd.Estate, Entrance: strings.TrimSpace(cmd.Entrance)}
	if len(cmd.Buildings) == 1 {
		j.Building = cmd.Buildings[0]
	}
	return j, r, cmd.whose(terms.Scope)
}

// whose refuses a scope that does not say which building or stairwell it is.
func (cmd Draft) whose(scope rule.Scope) error {
	buildings, entrance := len(cmd.Buildings), strings.TrimSpace(cmd.Entrance) != ""
	ok := false
	switch scope {
	case rule.ScopeArea:
		ok = buildings == 0 && !entrance
	case rule.ScopeBuilding:
		ok = buildings == 1 && !entrance
	case rule.ScopeUnit:
		ok = buildings == 1 && entrance
	}
	return fault.When(!ok || len(cmd.Grids) > 0, errWhose)
}

// estate finds the estate of a joint decision and returns its name. The owners of one estate are one meeting (物业管理条例 Art. 9: one
// 业主大会 a 物业管理区域), so where a community has several, a decision names the one it is of, or a building of it.
func (s *Service) estate(ctx context.Context, cmd Draft, buildings []community.Building) (name string, err error) {
	estates, err := s.Places.EstatesIn(ctx, cmd.Community)
	if err != nil {
		return "", err
	}
	if cmd.Estate == "" {
		return "", fault.When(len(estates) > 1 && len(cmd.Buildings) == 0, errEstate)
	}
	i := slices.IndexFunc(estates, func(e community.Estate) bool { return e.ID == cmd.Estate })
	if i < 0 {
		return "", errEstate
	}
	for _, b := range buildings {
		if slices.Contains(cmd.Buildings, b.ID) && b.Estate != cmd.Estate {
			return "", errEstate
		}
	}
	return estates[i].Name, nil
}

// ownerLines says for which lines of a roll an owner may vote. Its key is poll and owner.
type ownerLines struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	Voters    []VoterKey   `json:"voters"`
}

func ownerID(p ID, owner string) string { return string(p) + "/" + owner }

const headPurpose = "head" // heads of owners, as keys of seats

// owners takes the heads of the register. It may run again: a seat is brought to what the register says now, and one that is
// no longer a head is taken off. It returns the version it was taken from.
func (f filler) owners(ctx context.Context) (version int, err error) {
	heads, version, err := f.Owners.Snapshot(ctx, f.poll.Community, f.poll.Joint.area())
	if err != nil {
		return 0, err
	}
	var keys []string
	for _, h := range heads {
		keys = append(keys, h.Owners...)
	}
	accounts, err := f.Owners.Accounts(ctx, f.poll.Community, slices.Compact(slices.Sorted(slices.Values(keys))))
	if err != nil {
		return 0, err
	}
	seats, lines := map[VoterKey]Seat{}, map[string][]VoterKey{}
	for _, h := range heads {
		v := VoterKey(f.box.Hash(headPurpose, h.Key))
		x := f.seat(v, strings.Join(h.Names, "、"), f.names[h.Building])
		x.Units, x.Places = h.Units, h.Places
		for _, o := range h.Owners {
			lines[o] = append(lines[o], v)
			if who, ok := accounts[o]; ok {
				x.People = append(x.People, who)
			}
		}
		seats[v] = x
	}
	if err := f.bring(ctx, seats); err != nil {
		return 0, err
	}
	return version, f.nameLines(ctx, lines)
}

// bring writes the seats as they are now, and takes off those that are none any more.
func (f filler) bring(ctx context.Context, seats map[VoterKey]Seat) error {
	err := f.seats.Each(ctx, seatsOf(f.poll.ID), func(x Seat) error {
		if _, there := seats[x.Voter]; there || x.Removed {
			return nil
		}
		_, err := f.seats.Update(ctx, x.id(), func(x *Seat) ([]docstore.Fact, error) {
			x.Removed = true
			return nil, nil
		})
		return err
	})
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hands)
	for _, now := range seats {
		group.Go(func() error {
			_, err := f.seats.Put(ctx, now.id(), docstore.Absent, now)
			if !errors.Is(err, docstore.ErrConflict) {
				return err
			}
			_, err = f.seats.Update(ctx, now.id(), func(x *Seat) ([]docstore.Fact, error) {
				if x.leaf() == now.leaf() && x.Name == now.Name && slices.Equal(x.People, now.People) && slices.Equal(x.Places, now.Places) && !x.Removed {
					return nil, docstore.ErrUnchanged
				}
				x.Units, x.Places, x.Name, x.Building, x.People, x.Removed = now.Units, now.Places, now.Name, now.Building, now.People, false
				return nil, nil
			})
			return err
		})
	}
	return group.Wait()
}

// nameLines notes for which lines each owner may vote.
func (f filler) nameLines(ctx context.Context, lines map[string][]VoterKey) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hands)
	for owner, voters := range lines {
		group.Go(func() error {
			_, err := f.owned.Put(ctx, ownerID(f.poll.ID, owner), docstore.Any, ownerLines{f.poll.ID, f.poll.Community, voters})
			return err
		})
	}
	return group.Wait()
}

// heads returns the lines of a roll among whose owners an account is. Whoever is bound to an owner after the snapshot votes too: the
// roll is of owners, not of accounts.
func (s *Service) heads(ctx context.Context, who identity.AccountID, p Poll) ([]VoterKey, error) {
	keys, err := s.Owners.Owned(ctx, p.Community, who)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	for i, k := range keys {
		keys[i] = ownerID(p.ID, k)
	}
	found, err := s.owned.GetMany(ctx, keys)
	if err != nil {
		return nil, err
	}
	var voters []VoterKey
	for _, k := range keys {
		voters = append(voters, found[k].Voters...)
	}
	return voters, nil
}

// relistBefore is how long before the opening a roll may be taken once more, so that people can look at it again.
const relistBefore = 3 * 24 * time.Hour

// RelistRoll takes the roll of a joint decision once more from the register, after the register was corrected or units were sold.
func (s *Service) RelistRoll(ctx context.Context, actor identity.Actor, id ID, why string) (Poll, error) {
	why, err := written.Reason(why, MaxReason)
	if err != nil {
		return Poll{}, err
	}
	return s.step(ctx, actor, id, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		switch {
		case p.Joint == nil:
			return nil, errNoJoint
		case p.State == Rolling:
			return nil, docstore.ErrUnchanged // the same tap again
		}
		if err := p.may(moveRelist); err != nil {
			return nil, err
		}
		if p.OpensAt.Sub(now) < relistBefore {
			return nil, errRelist.With("days", int(relistBefore.Hours()/24))
		}
		p.State = Rolling
		p.note(PollRelisted, by, why, now)
		return []docstore.Fact{fact(PollRelisted, string(by.Account), now, p.about())}, nil
	})
}
