package owners

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

// How says why we believe that an account is an owner.
type How string

// The ways.
const (
	ByPhone    How = "phone"    // the account's verified number is the one in the register
	ByDocument How = "document" // staff compared a document
)

// Binding joins an account with an owner of a register. Its key is community and owner, so an owner is one account.
type Binding struct {
	Community community.ID       `json:"community"`
	Owner     string             `json:"owner"` // Owner.Key
	Account   identity.AccountID `json:"account"`
	How       How                `json:"how"`
	// Photo is of the document, and By who compared it.
	Photo deliberation.PhotoID `json:"photo,omitempty"`
	By    deliberation.Author  `json:"by,omitzero"`
	At    time.Time            `json:"at"`
}

func bindingID(c community.ID, owner string) string { return string(c) + "/" + owner }

var (
	errNotMine   = fault.New(fault.NotFound, "owners.none_found")
	errBound     = fault.New(fault.Conflict, "owners.bound_already")
	errNoOwner   = fault.New(fault.NotFound, "owners.no_such_owner").On("unit")
	errNoPerson  = fault.New(fault.NotFound, "owners.no_person").On("phone")
	errNoProof   = fault.New(fault.Invalid, "owners.photo_needed").On("photos")
	errOwnerName = fault.New(fault.Invalid, "owners.which_owner").On("owner")
)

// Claim binds the actor to everything in the register that has their verified telephone number. Who lives elsewhere registers at the
// unit first. It returns what is bound now; none at all is a fault that says what to do.
func (s *Service) Claim(ctx context.Context, actor identity.Actor, c community.ID) ([]Deed, error) {
	if _, err := s.Community(ctx, actor, c, identity.CastBallot, errNoBook); err != nil {
		return nil, err
	}
	marks, err := s.People.MarksOf(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	found, err := s.withPhone(ctx, c, marks)
	if err != nil {
		return nil, err
	}
	for _, owner := range found {
		b := Binding{Community: c, Owner: owner, Account: actor.ID, How: ByPhone, At: s.Now()}
		if err := s.bind(ctx, b, string(actor.ID)); err != nil && !errors.Is(err, errBound) {
			return nil, err
		}
	}
	mine, err := s.Mine(ctx, actor, c)
	if err == nil && len(mine) == 0 {
		err = errNotMine
	}
	return mine, err
}

// withPhone finds the owners whose number is one of the marks.
func (s *Service) withPhone(ctx context.Context, c community.ID, marks []string) ([]string, error) {
	var found []string
	err := s.each(ctx, c, func(d Deed) error {
		for _, o := range d.Owners {
			if o.PhoneHash != "" && slices.Contains(marks, o.PhoneHash) && !slices.Contains(found, o.Key) {
				found = append(found, o.Key)
			}
		}
		return nil
	})
	return found, err
}

// bind writes a binding; of two accounts the first has the owner.
func (s *Service) bind(ctx context.Context, b Binding, by string) error {
	_, err := s.bindings.Put(ctx, bindingID(b.Community, b.Owner), docstore.Absent, b, docstore.Fact{Type: OwnerBound, Actor: by, At: b.At})
	if !errors.Is(err, docstore.ErrConflict) {
		return err
	}
	first, _, err := s.bindings.Get(ctx, bindingID(b.Community, b.Owner))
	if err != nil || first.Account == b.Account {
		return err
	}
	return errBound
}

// Show says by which document a resident was found to be an owner.
type Show struct {
	Community community.ID
	Building  community.BuildingID
	Room      string
	// Owner is which of several owners, from 1; 0 where there is one.
	Owner int
	Phone string // of the resident's account
	Photo deliberation.PhotoID
}

// BindOwner binds an account that the register's number does not find, after somebody compared the certificate.
func (s *Service) BindOwner(ctx context.Context, actor identity.Actor, cmd Show) (Deed, error) {
	node, by, err := s.keeper(ctx, actor, cmd.Community)
	if err != nil {
		return Deed{}, err
	}
	if cmd.Photo == "" {
		return Deed{}, errNoProof
	}
	if err := deliberation.CheckPhotos([]deliberation.PhotoID{cmd.Photo}); err != nil {
		return Deed{}, err
	}
	d, err := s.Unit(ctx, node.ID, cmd.Building, cmd.Room)
	if err != nil {
		return d, err
	}
	n := max(cmd.Owner, 1)
	if cmd.Owner == 0 && len(d.Owners) > 1 || n > len(d.Owners) {
		return d, errOwnerName.With("n", len(d.Owners))
	}
	who, err := s.People.ResidentByPhone(ctx, actor, node.ID, cmd.Phone)
	if fault.KindOf(err) == fault.Invalid || err == nil && who == "" {
		return d, errNoPerson
	}
	if err != nil {
		return d, err
	}
	return d, s.bind(ctx, Binding{
		Community: node.ID, Owner: d.Owners[n-1].Key, Account: who, How: ByDocument, Photo: cmd.Photo, By: by, At: s.Now(),
	}, string(by.Account))
}

// Unit returns a unit of the current version by building and room.
func (s *Service) Unit(ctx context.Context, c community.ID, building community.BuildingID, typed string) (Deed, error) {
	book, _, err := s.books.Get(ctx, string(c))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && book.Current == 0 {
		return Deed{}, errNoBook
	}
	if err != nil {
		return Deed{}, err
	}
	b, err := s.Places.Building(ctx, building)
	if errors.Is(err, docstore.ErrNotFound) || fault.CodeOf(err) == "store.bad_key" || err == nil && b.Community != c {
		return Deed{}, errNoOwner
	}
	if err != nil {
		return Deed{}, err
	}
	room, err := identity.RoomIn(b.Name, b.Entrances, typed)
	if err != nil {
		return Deed{}, err
	}
	d, _, err := s.deeds.Get(ctx, deedID(c, book.Current, string(b.ID)+"."+room))
	if errors.Is(err, docstore.ErrNotFound) {
		err = errNoOwner
	}
	return d, err
}

// Owned lists the keys of the owners that an account is, in one community.
func (s *Service) Owned(ctx context.Context, c community.ID, who identity.AccountID) ([]string, error) {
	var keys []string
	err := s.bindings.Each(ctx, docstore.Query{Index: byAccount, Equal: []any{string(who)}}, func(b Binding) error {
		if b.Community == c {
			keys = append(keys, b.Owner)
		}
		return nil
	})
	return keys, err
}

// Accounts returns the accounts that owners are; an owner without one is left out.
func (s *Service) Accounts(ctx context.Context, c community.ID, owners []string) (map[string]identity.AccountID, error) {
	ids := make([]string, len(owners))
	for i, o := range owners {
		ids[i] = bindingID(c, o)
	}
	found, err := s.bindings.GetMany(ctx, ids)
	all := map[string]identity.AccountID{}
	for _, b := range found {
		all[b.Owner] = b.Account
	}
	return all, err
}

// Mine lists the units of the current version that the actor owns, alone or with others.
func (s *Service) Mine(ctx context.Context, actor identity.Actor, c community.ID) ([]Deed, error) {
	if _, err := s.Community(ctx, actor, c, identity.ReadCommunity, errNoBook); err != nil {
		return nil, err
	}
	keys, err := s.Owned(ctx, c, actor.ID)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	var mine []Deed
	err = s.each(ctx, c, func(d Deed) error {
		if slices.ContainsFunc(d.Owners, func(o Owner) bool { return slices.Contains(keys, o.Key) }) {
			mine = append(mine, d)
		}
		return nil
	})
	return mine, err
}

// Forget ends the bindings of a deleted account. The relay gives it account.erased, at least once.
func (s *Service) Forget(ctx context.Context, e docstore.Event) error {
	if e.Type != identity.EventErased {
		return nil
	}
	now := s.Now()
	return s.bindings.Each(ctx, docstore.Query{Index: byAccount, Equal: []any{e.Doc.ID}}, func(b Binding) error {
		err := s.bindings.Delete(ctx, bindingID(b.Community, b.Owner), docstore.Any, b, docstore.Fact{Type: OwnerUnbound, Actor: forgetting.Ref(), At: now})
		if errors.Is(err, docstore.ErrNotFound) {
			return nil
		}
		return err
	})
}

var forgetting = identity.System("forgetting")
