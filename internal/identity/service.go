package identity

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity/seal"
)

// Config is what a Service is made of.
type Config struct {
	Store     docstore.Store
	Directory *community.Directory
	Box       *seal.Box
	// Clock is the product's clock. Real is the machine's, by which caches age.
	Clock clock.Clock
	Real  clock.Clock
	// Alone says that no other process writes to the store, so that this one's cache of accounts, which its own changes
	// go through, is right for longer.
	Alone bool
	// SessionKey signs sessions; PreviousSessionKeys are still accepted.
	SessionKey          seal.Key
	PreviousSessionKeys []seal.Key
}

// Service holds the use cases of this package, one file each. It is safe for concurrent use.
type Service struct {
	clock      clock.Clock
	box        *seal.Box
	directory  *community.Directory
	places     community.Places
	households docstore.Table[Household]
	accounts   docstore.Table[Account]
	bindings   docstore.Table[claim]
	phones     docstore.Table[claim]
	standings  docstore.Table[standing]
	looks      docstore.Table[Look]
	logins     docstore.Table[LoginTicket]
	cache      *accountCache
	fresh      time.Duration // how long the cache is believed
	sessions   *Sessions
}

// New returns a Service over a store that was opened with Collections.
func New(c Config) *Service {
	s := &Service{
		clock: c.Clock, box: c.Box, directory: c.Directory,
		places:     community.NewPlaces(c.Store),
		households: Households(c.Store),
		accounts:   accountTable(c.Store),
		bindings:   claimTable(c.Store, KindBinding),
		phones:     claimTable(c.Store, KindPhone),
		standings:  standingTable(c.Store),
		looks:      lookTable(c.Store),
		logins:     loginTable(c.Store),
		cache:      newAccountCache(c.Real, cachedAccounts),
		fresh:      cacheFor,
	}
	if c.Alone {
		s.fresh = cacheAlone
	}
	s.sessions = newSessions(s, c.SessionKey, c.PreviousSessionKeys)
	return s
}

// Sessions returns the issuer and reader of session tokens.
func (s *Service) Sessions() *Sessions { return s.sessions }

// Actor returns who an account is when it asks, or ErrErased or docstore.ErrNotFound. It usually costs no
// read of the store; a change made by another process shows within two seconds.
func (s *Service) Actor(ctx context.Context, id AccountID) (Actor, error) {
	k, err := s.known(ctx, id)
	if err != nil {
		return Actor{}, err
	}
	if k.account.IsErased() {
		return Actor{}, ErrErased.With("account", id)
	}
	return k.actor, nil
}

// Mine returns the actor's own account, with its personal fields still sealed.
func (s *Service) Mine(ctx context.Context, actor Actor) (Account, error) {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return Account{}, err
	}
	k, err := s.known(ctx, actor.ID)
	return k.account, err
}

// known returns the account from the cache, or reads it.
func (s *Service) known(ctx context.Context, id AccountID) (*known, error) {
	if k := s.cache.get(id, s.fresh); k != nil {
		return k, nil
	}
	a, version, err := s.accounts.Get(ctx, string(id))
	if err != nil {
		return &known{}, fmt.Errorf("look up account: %w", err)
	}
	return s.remember(a, version)
}

// remember puts an account as it was read or written into the cache.
func (s *Service) remember(a Account, version int64) (*known, error) {
	k, err := s.know(a, version)
	if err != nil {
		return &known{}, err
	}
	s.cache.put(k)
	return k, nil
}

// know works out everything a request asks of an account. The full name is opened only for people in a
// role, who are shown by it.
func (s *Service) know(a Account, version int64) (*known, error) {
	k := &known{account: a, version: version, name: PublicName{Masked: a.Display, Grants: a.Grants}}
	k.name.Full = a.Display
	if len(a.Grants) > 0 && a.Name != "" {
		full, err := a.RealName(s.box)
		if err != nil {
			return nil, fmt.Errorf("open the name of account %q: %w", a.ID, err)
		}
		k.name.Full = full
	}
	k.actor = Actor{ID: a.ID, Name: k.name.Full, Masked: a.Display, Memberships: a.Memberships, Grants: a.Grants}
	return k, nil
}

// transition is one change of an account. It is pure and may run several times. Nil facts mean that there
// is nothing to write; an empty list writes without telling.
type transition func(Account) (Account, []docstore.Fact, error)

// maxTries bounds change: each failed try means that somebody else's change went through.
const maxTries = 50

// change loads the account, applies the transition and commits, again on conflict; the cache then knows the
// result, so that the very next request of this process sees it. (Table.Update does not tell the version,
// by which a late reader is kept from putting an older account back into the cache.)
func (s *Service) change(ctx context.Context, id AccountID, t transition) (Account, error) {
	for try := 1; ; try++ {
		a, version, err := s.accounts.Get(ctx, string(id))
		if err != nil {
			return a, fmt.Errorf("change account: %w", err)
		}
		next, facts, err := t(a)
		if err != nil || facts == nil {
			return a, err
		}
		version, err = s.accounts.Put(ctx, string(id), docstore.Want(version), next, facts...)
		if err == nil {
			return next, s.committed(ctx, next, version, facts)
		}
		if !errors.Is(err, docstore.ErrConflict) || try == maxTries {
			return a, err
		}
	}
}

// committed follows a commit: the cache, and the index from nodes to people, so that whoever asks next sees
// the change. The relay does the second again (Follow), so its failure here is logged and not the caller's:
// the change itself is saved.
func (s *Service) committed(ctx context.Context, a Account, version int64, facts []docstore.Fact) error {
	if _, err := s.remember(a, version); err != nil {
		return err
	}
	if !slices.ContainsFunc(facts, func(f docstore.Fact) bool { return movesStanding(f.Type) }) {
		return nil
	}
	if err := s.index(context.WithoutCancel(ctx), a, version); err != nil {
		slog.WarnContext(ctx, "index of standings is behind until the relay catches up", "account", a.ID, "err", err)
	}
	return nil
}

// place returns the place of a community, for the permission table.
func (s *Service) place(ctx context.Context, id community.ID) (Place, error) {
	n, err := s.directory.Node(ctx, id)
	if err != nil {
		return Place{}, err
	}
	return At(n), nil
}

func isNotFound(err error) bool { return errors.Is(err, docstore.ErrNotFound) }

var errNoBuilding = fault.New(fault.Invalid, "identity.no_building").On("building")
