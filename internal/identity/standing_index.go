package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// Follow is for the event relay: it keeps the index from nodes to people true to the accounts, and lets the
// cache of this process know of changes made by others. Events may come twice and late.
func (s *Service) Follow(ctx context.Context, e docstore.Event) error {
	if e.Doc.Kind != KindAccount {
		return nil
	}
	id := AccountID(e.Doc.ID)
	s.cache.forget(id, e.Ver)
	if !movesStanding(e.Type) {
		return nil
	}
	a, version, err := s.accounts.Get(ctx, e.Doc.ID)
	if err != nil {
		return fmt.Errorf("follow %s: %w", e.Type, err)
	}
	return s.index(ctx, a, version)
}

// movesStanding reports whether an event may change what an account is at some node.
func movesStanding(event string) bool {
	switch event {
	case EventVerified, EventLeft, EventGranted, EventRevoked, EventErased:
		return true
	}
	return false
}

// index makes the lines of one account what the account says. Every right line takes the account's
// version, so that somebody who read an older account cannot remove it afterwards.
func (s *Service) index(ctx context.Context, a Account, version int64) error {
	want := a.standings()
	have := map[string]standing{}
	q := docstore.Query{Index: "by_account", Equal: []any{string(a.ID)}}
	err := s.standings.Each(ctx, q, func(line standing) error {
		have[line.id()] = line
		return nil
	})
	if err != nil {
		return err
	}
	for id, line := range want {
		line.Version = version
		if have[id].Version < version {
			if err := s.settle(ctx, id, line, false); err != nil {
				return err
			}
		}
	}
	for id, line := range have {
		if _, ok := want[id]; !ok && line.Version < version {
			line.Version = version
			if err := s.settle(ctx, id, line, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle writes or removes one line unless somebody with a newer account was there.
func (s *Service) settle(ctx context.Context, id string, line standing, remove bool) error {
	for {
		old, at, err := s.standings.Get(ctx, id)
		if err != nil && !isNotFound(err) {
			return err
		}
		switch {
		case old.Version >= line.Version, at == 0 && remove:
			return nil
		case remove:
			err = s.standings.Delete(ctx, id, docstore.Want(at), line)
		default:
			_, err = s.standings.Put(ctx, id, docstore.Want(at), line)
		}
		if !errors.Is(err, docstore.ErrConflict) {
			return err
		}
	}
}

// standings returns the lines of an account: its roles, and the communities where it is verified.
func (a Account) standings() map[string]standing {
	lines := map[string]standing{}
	add := func(line standing) {
		line.Account = a.ID
		lines[line.id()] = line
	}
	for _, g := range a.Grants {
		add(standing{Node: g.Node, Role: Standing(g.Role), Board: g.Board})
	}
	for _, m := range a.Memberships {
		if m.Status == MemberVerified {
			add(standing{Node: m.Community, Role: Resident})
		}
	}
	return lines
}

// RoleHolders returns who holds a role at exactly this node, whatever the board, in the order of account ids.
// Each is checked against the account.
func (s *Service) RoleHolders(ctx context.Context, role Role, node community.ID) ([]AccountID, error) {
	return s.holders(ctx, docstore.Query{Index: "by_role", Equal: []any{string(node), string(role)}}, func(a Actor) bool {
		return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == role && g.Node == node })
	})
}

// BoardOwners returns the partners who own a board at exactly this node, in the order of account ids.
func (s *Service) BoardOwners(ctx context.Context, node community.ID, board string) ([]AccountID, error) {
	q := docstore.Query{Index: "by_role", Equal: []any{string(node), string(RolePartner), board}}
	return s.holders(ctx, q, func(a Actor) bool {
		return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Node == node && g.Board == board })
	})
}

func (s *Service) holders(ctx context.Context, q docstore.Query, holds func(Actor) bool) ([]AccountID, error) {
	var found []AccountID
	err := s.standings.Each(ctx, q, func(line standing) error {
		a, err := s.Actor(ctx, line.Account)
		switch {
		case errors.Is(err, ErrErased) || isNotFound(err):
			return nil
		case err != nil:
			return err
		}
		if holds(a) && !slices.Contains(found, a.ID) {
			found = append(found, a.ID)
		}
		return nil
	})
	slices.Sort(found)
	return found, err
}

// ResidentsOf returns one page of the verified residents of a community, for notices. The index may lag a
// moment behind somebody who has just left: what is private must not rest on it.
func (s *Service) ResidentsOf(ctx context.Context, c community.ID, after docstore.Cursor, limit int) ([]AccountID, docstore.Cursor, error) {
	lines, next, err := s.standings.Find(ctx, docstore.Query{
		Index: "by_role", Equal: []any{string(c), string(Resident)}, Limit: limit, After: after,
	})
	if err != nil {
		return nil, "", err
	}
	found := make([]AccountID, len(lines))
	for i, line := range lines {
		found[i] = line.Account
	}
	return found, next, nil
}

// ResidentAt is a verified resident and the home that makes it one.
type ResidentAt struct {
	Account   AccountID
	Building  community.BuildingID
	Household HouseholdID
}

// ResidentsAt is ResidentsOf with the buildings, each checked against the account: who has left since, or deleted
// the account, is not among them. A page may be shorter than limit and yet have a next. The accounts do not enter
// the cache.
func (s *Service) ResidentsAt(ctx context.Context, c community.ID, after docstore.Cursor, limit int) ([]ResidentAt, docstore.Cursor, error) {
	ids, next, err := s.ResidentsOf(ctx, c, after, limit)
	if err != nil {
		return nil, "", err
	}
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = string(id)
	}
	accounts, err := s.accounts.GetMany(ctx, keys)
	if err != nil {
		return nil, "", err
	}
	found := make([]ResidentAt, 0, len(ids))
	for _, id := range ids {
		for _, m := range accounts[string(id)].Memberships {
			if m.Community == c && m.Status == MemberVerified {
				found = append(found, ResidentAt{id, m.Building, m.Household})
			}
		}
	}
	return found, next, nil
}
