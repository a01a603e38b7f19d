package poll

import (
	"context"
	"errors"
	"sync"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/rule"
	"jushou/deliberation/room"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// People is what this package asks about residents; *identity.Service implements it.
type People interface {
	ResidentsAt(ctx context.Context, c community.ID, after docstore.Cursor, limit int) ([]identity.ResidentAt, docstore.Cursor, error)
	ResidentByPhone(ctx context.Context, actor identity.Actor, c community.ID, phone string) (identity.AccountID, error)
	Names(ctx context.Context, ids []identity.AccountID) (map[identity.AccountID]identity.PublicName, error)
	Actor(ctx context.Context, id identity.AccountID) (identity.Actor, error)
}

// Register is what this package asks about owners; *owners.Service implements it.
type Register interface {
	Basis(ctx context.Context, actor identity.Actor, id owners.BasisID) (owners.Basis, error)
	Snapshot(ctx context.Context, c community.ID, area owners.Area) ([]owners.Head, int, error)
	Owned(ctx context.Context, c community.ID, who identity.AccountID) ([]string, error)
	Accounts(ctx context.Context, c community.ID, keys []string) (map[string]identity.AccountID, error)
}

// Signer signs receipts with the district's key.
type Signer interface {
	// Sign returns text, which ends in a line feed, as a signed note.
	Sign(text string) (string, error)
}

// Recount counts a poll by other means and says where a result differs.
type Recount func(result rule.Result, r rule.Rule, options int, roll []rule.Voter, ballots []rule.Ballot) error

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	People People
	Places community.Places
	// Owners is the register that joint decisions of owners stand on.
	Owners Register
	// Box seals the polls' own keys.
	Box    *seal.Box
	Signer Signer
	// Second counts every poll once more; recount.Compare is one.
	Second Recount
	// Software names the program that counts, for the charter.
	Software string
	// Ready asks those who had a poll drafted, before its roll is published and before it opens, whether its options are still
	// what they stand for. Its refusal keeps the poll where it is. nil asks nobody.
	Ready func(ctx context.Context, p Poll) error
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	polls    room.Room[Poll]
	seats    docstore.Table[Seat]
	keys     docstore.Table[pollKey]
	tags     docstore.Table[tagHolder]
	releases docstore.Table[Commitments]
	results  docstore.Table[Result]
	lines    docstore.Table[Lines]
	traces   docstore.Table[Trace]
	proxies  docstore.Table[proxyHolder]
	owned    docstore.Table[ownerLines]

	// open holds the polls that take ballots: from the opening to the close nothing of them changes that casting reads.
	open sync.Map // ID → *ballotBox
}

// New returns a Service.
func New(d Deps) *Service {
	return &Service{
		Deps: d, polls: room.Open(d.Ground, PollKind, pollFields, ErrNotFound, shown), seats: Seats(d.Store),
		keys:     plain(d.Store, KeyKind, func(k pollKey) community.ID { return k.Community }),
		tags:     plain(d.Store, TagKind, func(t tagHolder) community.ID { return t.Community }),
		releases: plain(d.Store, ReleaseKind, func(r Commitments) community.ID { return r.Community }),
		results:  plain(d.Store, ResultKind, func(r Result) community.ID { return r.Community }),
		lines:    plain(d.Store, LineKind, func(l Lines) community.ID { return l.Community }),
		traces:   plain(d.Store, TraceKind, func(t Trace) community.ID { return t.Community }),
		proxies:  plain(d.Store, ProxyKind, func(h proxyHolder) community.ID { return h.Community }),
		owned:    plain(d.Store, HeadKind, func(l ownerLines) community.ID { return l.Community }),
	}
}

// The platform's own hands, as events name them.
var (
	keeping    = identity.System("polls")
	forgetting = identity.System("forgetting")
)

// ErrNotFound means that there is no such poll, or none that the actor may know of.
var ErrNotFound = fault.New(fault.NotFound, "poll.not_found")

// shown reports whether somebody who reads the community knows of a poll. A draft is for who holds polls.
func shown(actor identity.Actor, p Poll) bool {
	return p.State != Drafted || identity.Can(actor, identity.HoldPoll, p.Place()) == nil
}

// poll returns a poll the actor may do the verb on. Whoever may not read its community learns only that there is none.
func (s *Service) poll(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb) (Poll, error) {
	return s.polls.May(ctx, actor, string(id), verb)
}

// get returns a poll for the platform's own hands, and for what is public.
func (s *Service) get(ctx context.Context, id ID) (Poll, error) {
	p, _, err := s.polls.Get(ctx, string(id))
	if noSuch(err) {
		return p, ErrNotFound.With("poll", id)
	}
	return p, err
}

// allowed asks the permission table, and hides what the actor may not know of.
func (s *Service) allowed(actor identity.Actor, p Poll, verb identity.Verb) error {
	if err := s.polls.Knows(actor, p); err != nil {
		return err
	}
	return identity.Can(actor, verb, p.Place())
}

// step changes a poll as somebody who holds polls here.
func (s *Service) step(ctx context.Context, actor identity.Actor, id ID, change func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error)) (Poll, error) {
	return s.polls.Step(ctx, actor, string(id), identity.HoldPoll, change)
}

// ready asks Ready.
func (s *Service) ready(ctx context.Context, p Poll) error {
	if s.Ready == nil {
		return nil
	}
	return s.Ready(ctx, p)
}

// written takes what is typed here.
var written = deliberation.Written{TooLong: fault.New(fault.Invalid, "poll.too_long"), NoReason: errReason}

var errReason = fault.New(fault.Invalid, "poll.reason").On("reason")

// noSuch reports whether a document is not there: an address that cannot be a key names none either.
func noSuch(err error) bool {
	return errors.Is(err, docstore.ErrNotFound) || fault.CodeOf(err) == "store.bad_key"
}
