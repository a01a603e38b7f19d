package bulletin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Directory is what this package asks of the tenant tree.
type Directory interface {
	Node(ctx context.Context, id community.ID) (community.Node, error)
	// Communities lists the communities below a node.
	Communities(ctx context.Context, under community.ID) ([]community.Node, error)
}

// Residents lists a community's verified residents, page by page.
type Residents interface {
	ResidentsAt(ctx context.Context, c community.ID, after docstore.Cursor, limit int) ([]identity.ResidentAt, docstore.Cursor, error)
}

// Offices changes the settings of places; identity's Service implements it.
type Offices interface {
	ChangeSettings(ctx context.Context, actor identity.Actor, verb identity.Verb, node community.ID, change func(*community.Settings) error) (community.Node, error)
}

// Message is what a stretch of people is told.
type Message struct {
	Bulletin  ID
	Community community.ID
	Title     string
	From      string // who speaks: the community or the town, by name
	Urgency   Urgency
	At        time.Time
	People    []identity.AccountID
}

// Told counts what became of a bulletin's messages.
type Told struct {
	Inbox   int // written to the inbox
	Sent    int // taken by WeChat
	Waiting int // for the end of quiet hours or another try
	// Unreachable do not follow, or do not want WeChat messages.
	Unreachable int
	NoTemplate  int // the account lacks the template
	TakenBack   int // not sent: the bulletin was withdrawn first
	Failed      int
}

// Messenger reaches people; internal/app joins it to package notify, which stands above this one.
type Messenger interface {
	// Tell tells a stretch of people, once each however often it is called, and stops early when the bulletin was
	// taken back.
	Tell(ctx context.Context, m Message) error
	Told(ctx context.Context, id ID) (Told, error)
}

// Deps are what a Service stands on.
type Deps struct {
	Store     docstore.Store
	Clock     clock.Clock
	Directory Directory
	Places    community.Places
	Topics    *deliberation.Service
	Residents Residents
	Messenger Messenger
	Offices   Offices
	// ReaderKey keys the hashes that count readers.
	ReaderKey [32]byte
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	bulletins docstore.Table[Bulletin]
	readers   docstore.Table[reader]
}

// hands are the platform's own, as histories and events name them.
var hands = identity.System("bulletin")

// New returns a Service.
func New(d Deps) *Service {
	return &Service{Deps: d, bulletins: bulletinTable(d.Store), readers: readerTable(d.Store)}
}

func (s *Service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Millisecond) }

// node returns a community or a town; bulletins are written nowhere else.
func (s *Service) node(ctx context.Context, id community.ID) (community.Node, error) {
	n, err := s.Directory.Node(ctx, id)
	if err != nil {
		return n, fmt.Errorf("find %q: %w", id, err)
	}
	if n.Level == community.LevelDistrict {
		return n, ErrNotFound.With("node", id)
	}
	return n, nil
}

// Rule is how bulletins of a place are reviewed.
type Rule struct {
	Review      community.Review
	UrgentFirst bool
}

// RuleOf returns the rule of a place.
func RuleOf(n community.Node) Rule { return Rule{n.Settings.NoticeReview, n.Settings.UrgentFirst} }

// Ground returns the places that an audience in the community may name.
func (s *Service) Ground(ctx context.Context, c community.ID) (g Ground, err error) {
	if g.Estates, err = s.Places.EstatesIn(ctx, c); err != nil {
		return g, err
	}
	if g.Buildings, err = s.Places.BuildingsIn(ctx, c); err != nil {
		return g, err
	}
	g.Grids, err = s.Places.GridsIn(ctx, c)
	return g, err
}

// get returns a bulletin that the actor may do the verb on. Whoever may not write notices where it lies learns nothing
// but that there is none.
func (s *Service) get(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb) (Bulletin, error) {
	b, _, err := s.bulletins.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return b, ErrNotFound.With("bulletin", id)
	}
	if err != nil {
		return b, err
	}
	if err := identity.Can(actor, identity.PostNotice, b.Place()); err != nil {
		if !actor.Known() {
			return Bulletin{}, err
		}
		return Bulletin{}, ErrNotFound.With("bulletin", id)
	}
	return b, identity.Can(actor, verb, b.Place())
}

// change is one step of a bulletin by somebody who may take it.
func (s *Service) change(ctx context.Context, actor identity.Actor, b Bulletin, step func(*Bulletin, deliberation.Author, time.Time) ([]docstore.Fact, error)) (Bulletin, error) {
	by, err := s.Topics.AuthorOf(ctx, actor, b.Place())
	if err != nil {
		return Bulletin{}, err
	}
	now := s.now()
	return s.bulletins.Update(ctx, string(b.ID), func(b *Bulletin) ([]docstore.Fact, error) { return step(b, by, now) })
}
