package deliberation

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Directory is what this package asks of the tenant tree.
type Directory interface {
	// Node returns a tenant, or a fault of kind NotFound.
	Node(ctx context.Context, id community.ID) (community.Node, error)
}

// Buildings names the buildings that authors live in.
type Buildings interface {
	Building(ctx context.Context, id community.BuildingID) (community.Building, error)
}

// Calendar tells when Rounds are held.
type Calendar interface {
	// NextRounds returns the first n Rounds strictly after an instant under a community's settings, and the
	// version of the calendar they were computed with. Where the calendar ends early it returns those it
	// knows together with the fault.
	NextRounds(s community.Settings, after time.Time, n int) (rounds []time.Time, version string, err error)
	// Zone is the time zone that dates and times of day are meant in.
	Zone() *time.Location
	// Days are the working days that terms are counted in.
	Days() *calendar.Calendar
}

// Catalogue is the town's list of what is whose business.
type Catalogue interface {
	// Errand returns the item, or with item "" the department, as the town's list has it; NotFound if it has not.
	Errand(ctx context.Context, town community.ID, item, department string) (Errand, error)
}

// Deps are what a Service stands on. Log may be nil; without a Catalogue nothing can be dispatched.
type Deps struct {
	Store     docstore.Store
	Clock     clock.Clock
	Directory Directory
	Buildings Buildings
	Calendar  Calendar
	Screener  Reviewer // looks at residents' texts before others see them
	// Settings changes what communities decide for themselves; nil where nobody does.
	Settings  SettingsKeeper
	Catalogue Catalogue
	Log       *slog.Logger
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	clock     clock.Clock
	directory Directory
	buildings Buildings
	calendar  Calendar
	reviewer  Reviewer
	settings  SettingsKeeper
	catalogue Catalogue
	log       *slog.Logger

	store    docstore.Store
	topics   docstore.Table[Topic]
	comments docstore.Table[Comment]
	rosters  docstore.Table[DutyRoster]
	rounds   docstore.Table[Round]

	names    sync.Map // community.BuildingID to keptName
	recalled memory
}

// The platform's own hands, as histories and events name them.
var (
	patrol     = identity.System("patrol")
	screening  = identity.System("screening")
	counting   = identity.System("counting")
	forgetting = identity.System("forgetting")
)

// New returns a Service.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{
		clock: d.Clock, directory: d.Directory, buildings: d.Buildings, calendar: d.Calendar,
		reviewer: d.Screener, settings: d.Settings, catalogue: d.Catalogue, log: d.Log, store: d.Store,
		topics: topicTable(d.Store), comments: commentTable(d.Store),
		rosters: rosterTable(d.Store), rounds: roundTable(d.Store),
	}
}

// now is the instant of a use case, in UTC and whole milliseconds as stores keep it.
func (s *Service) now() time.Time { return s.clock.Now().UTC().Truncate(time.Millisecond) }

// community returns the place content lives in; a town or an unknown id is NotFound.
func (s *Service) community(ctx context.Context, id community.ID) (community.Node, error) {
	node, err := s.directory.Node(ctx, id)
	if err != nil {
		return node, fmt.Errorf("find community %q: %w", id, err)
	}
	if node.Level != community.LevelCommunity {
		return node, ErrNotFound.With("community", id)
	}
	return node, nil
}

// terms returns what a community promises.
func (s *Service) terms(ctx context.Context, id community.ID) (Terms, error) {
	node, err := s.community(ctx, id)
	if err != nil {
		return Terms{}, err
	}
	return TermsOf(node.Settings, s.calendar.Days()), nil
}

// board returns a board the community has switched on.
func (s *Service) board(node community.Node, key BoardKey) (Board, error) {
	b, err := s.knownBoard(node, key)
	if err == nil && !b.On {
		return Board{}, ErrNoBoard.With("board", key)
	}
	return b, err
}

// knownBoard returns a board as the community has it, also one that is switched off: what was posted there stays.
func (s *Service) knownBoard(node community.Node, key BoardKey) (Board, error) {
	for _, b := range PlannedBoards(node.Settings) {
		if b.Key == key {
			return b, nil
		}
	}
	return Board{}, ErrNoBoard.With("board", key)
}

// topic returns a topic the actor may do the verb on. Whoever may not read its community learns
// nothing but that there is no such topic.
func (s *Service) topic(ctx context.Context, actor identity.Actor, id TopicID, verb identity.Verb) (Topic, error) {
	t, _, err := s.topics.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return t, ErrNotFound.With("topic", id)
	}
	if err != nil {
		return t, err
	}
	if err := sightOf(actor, t).reads(t); err != nil {
		return Topic{}, err
	}
	return t, identity.Can(actor, verb, t.Place())
}

// AuthorOf describes who acts at a place, as others will see it: people in a role by name and title,
// residents masked and with their building.
func (s *Service) AuthorOf(ctx context.Context, a identity.Actor, p identity.Place) (Author, error) {
	author := Author{Account: a.ID}
	author.Name, author.Title = a.NameAt(p)
	if role, _ := standing(a, p); role != "" {
		return author, nil
	}
	for _, m := range a.Memberships {
		if m.Community == p.Community() && m.Status == identity.MemberVerified && m.Building != "" {
			var err error
			author.Building, err = s.buildingName(ctx, m.Building)
			return author, err
		}
	}
	return author, nil
}

// namesKeptFor is how long a building's name is remembered; a new one shows on posts after that.
const namesKeptFor = 10 * time.Minute

type keptName struct {
	name  string
	until time.Time
}

// buildingName saves posting a read of the store. A building that is gone has no name.
func (s *Service) buildingName(ctx context.Context, id community.BuildingID) (string, error) {
	now := s.now()
	if kept, ok := s.names.Load(id); ok && now.Before(kept.(keptName).until) {
		return kept.(keptName).name, nil
	}
	b, err := s.buildings.Building(ctx, id)
	if err != nil && !errors.Is(err, docstore.ErrNotFound) {
		return "", fmt.Errorf("name building %q: %w", id, err)
	}
	s.names.Store(id, keptName{b.Name, now.Add(namesKeptFor)})
	return b.Name, nil
}

// Joined is errors.Join that leaves out nil and keeps a single error as it is.
func Joined(errs ...error) error {
	var kept []error
	for _, err := range errs {
		if err != nil {
			kept = append(kept, err)
		}
	}
	if len(kept) == 1 {
		return kept[0]
	}
	return errors.Join(kept...)
}
