package assisted

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// EntryKind is the kind of entries' documents.
const EntryKind docstore.Kind = "assisted_entry"

const (
	byDesk   = "desk"   // sparse: awaiting or disputed, by time
	byMark   = "mark"   // sparse: of somebody without an account
	byPerson = "person" // sparse: of somebody with an account
	// PageSize is how many entries one page of the desk's list has; CountMost is where counting them stops.
	PageSize  = 30
	CountMost = 100
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{{Kind: BoxKind}, {
		Kind:   EntryKind,
		Fields: []docstore.Field{{Name: "desk"}, {Name: "mark"}, {Name: "person"}, {Name: "at", Type: docstore.Int}},
		Indexes: []docstore.Index{
			{Name: byDesk, Fields: []string{"desk", "at"}}, {Name: byMark, Fields: []string{"mark"}}, {Name: byPerson, Fields: []string{"person", "at"}},
		},
	}}
}

func fields(e Entry) docstore.Fields {
	f := docstore.Fields{"at": e.At.UnixMilli()}
	if e.Status == Awaiting || e.Status == Disputed {
		f["desk"] = string(e.Community)
	}
	if e.Mark != "" && e.Person == "" {
		f["mark"] = string(e.Community) + "/" + e.Mark
	}
	if e.Person != "" {
		f["person"] = string(e.Person)
	}
	return f
}

// Topics is what this package asks of deliberation; *deliberation.Service implements it.
type Topics interface {
	PostTopic(ctx context.Context, actor identity.Actor, cmd deliberation.PostTopic) (deliberation.Topic, error)
	ClaimTopic(ctx context.Context, id deliberation.TopicID, who identity.AccountID) error
}

// People knows telephone numbers by their keyed hash; *identity.Service implements it.
type People interface {
	ResidentByPhone(ctx context.Context, actor identity.Actor, c community.ID, phone string) (identity.AccountID, error)
	PhoneMark(phone string) (string, error)
	MarksOf(ctx context.Context, id identity.AccountID) ([]string, error)
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	clock   clock.Clock
	topics  Topics
	people  People
	zone    *time.Location
	entries docstore.Table[Entry]
	boxes   docstore.Table[Boxes]
}

// New returns a Service. Boxes are emptied by the days of the zone.
func New(store docstore.Store, c clock.Clock, topics Topics, people People, zone *time.Location) *Service {
	return &Service{
		clock: c, topics: topics, people: people, zone: zone,
		entries: docstore.Table[Entry]{Store: store, Kind: EntryKind, Fields: fields, Scope: func(e Entry) string { return string(e.Community) }},
		boxes:   docstore.Table[Boxes]{Store: store, Kind: BoxKind, Scope: func(b Boxes) string { return string(b.Community) }},
	}
}

func (s *Service) now() time.Time { return s.clock.Now().UTC().Truncate(time.Millisecond) }

// Enter is what staff write down for somebody offline.
type Enter struct {
	Post   deliberation.PostTopic // Via is set here
	Source Source                 // "" is Counter
	Box    BoxID                  // which of the community's boxes, "" for another
	Where  string                 // which box, where Box is ""
	Phone  string                 // "" if not known
}

// Enter publishes the topic and remembers whose it is. A person with an account here is asked at once. The same form sent again finds
// what it made, and finishes what a crash left.
func (s *Service) Enter(ctx context.Context, actor identity.Actor, cmd Enter) (deliberation.Topic, error) {
	e, err := s.newEntry(ctx, cmd)
	if err != nil {
		return deliberation.Topic{}, err
	}
	cmd.Post.Via = deliberation.ViaAssisted
	t, err := s.topics.PostTopic(ctx, actor, cmd.Post)
	if err != nil {
		return deliberation.Topic{}, err
	}
	e.Topic, e.Community, e.Path, e.Title, e.Name, e.At, e.EnteredBy = t.ID, t.Community, t.Path, t.Title, t.Author.Name, t.CreatedAt, t.EnteredBy
	_, err = s.entries.Put(ctx, string(t.ID), docstore.Absent, e, e.fact(EventRecorded, actor, e.At))
	if errors.Is(err, docstore.ErrConflict) {
		err = nil
	}
	if err != nil || cmd.Phone == "" {
		return t, err
	}
	// Asked after the entry is stored: who registers in between is found here or by their own event, and asked once.
	who, err := s.people.ResidentByPhone(ctx, actor, t.Community, cmd.Phone)
	if err != nil || who == "" {
		return t, err
	}
	return t, s.ask(ctx, t.ID, who)
}

func (s *Service) ask(ctx context.Context, id deliberation.TopicID, who identity.AccountID) error {
	now := s.now()
	_, err := s.entries.Update(ctx, string(id), func(e *Entry) ([]docstore.Fact, error) { return e.Ask(who, now) })
	return err
}

func (s *Service) newEntry(ctx context.Context, cmd Enter) (Entry, error) {
	e := Entry{Source: cmd.Source, Where: strings.Join(strings.Fields(deliberation.Clean(cmd.Where)), " "), Status: Awaiting}
	if e.Source == "" {
		e.Source = Counter
	}
	var faults []error
	if !slices.Contains(Sources(), e.Source) {
		faults = append(faults, errSource)
	}
	faults = append(faults, s.from(ctx, &e, cmd.Post.Community, cmd.Box))
	if e.Source == Box && cmd.Box == "" && e.Where == "" {
		faults = append(faults, errWhere)
	}
	faults = append(faults, deliberation.Within(e.Where, MaxWhere, errWhere))
	if cmd.Phone != "" {
		mark, err := s.people.PhoneMark(cmd.Phone)
		e.Mark, faults = mark, append(faults, err)
	}
	return e, deliberation.Joined(faults...)
}
