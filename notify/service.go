package notify

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Draft is one person's share of an event, before it is written.
type Draft struct {
	Person    identity.AccountID
	Community community.ID
	Key       string
	Args      fault.Args
	Link      string
	// Quiet keeps the notice in the inbox: it is not worth a message.
	Quiet bool
	// Once, if set, takes the place of the event in the notice's identity: many events, one notice. The town is
	// told of a Round once, not once for each of its communities.
	Once string
	// Pace, if set, takes the place of the key's.
	Pace Pace
}

// Service writes, delivers and lists notices.
type Service struct {
	notices  docstore.Table[Notice]
	clock    clock.Clock
	people   People
	channels []Channel
	baseURL  string
	log      *slog.Logger
	stopped  func(ctx context.Context, run string) (bool, error)
	circle   func(ctx context.Context, circle, id string) ([]identity.AccountID, error)
}

// Config is what New needs.
type Config struct {
	Store    docstore.Store
	Clock    clock.Clock
	People   People
	Channels []Channel
	// BaseURL is put before a notice's link when it leaves the house.
	BaseURL string
	Log     *slog.Logger
	// Circle names those who took part in something, for example in a deliberation; nil names nobody.
	Circle func(ctx context.Context, circle, id string) ([]identity.AccountID, error)
	// Stopped tells whether what a run tells to many was taken back, so that no further message leaves; nil says no.
	Stopped func(ctx context.Context, run string) (bool, error)
}

// New returns a Service.
func New(c Config) *Service {
	if c.Stopped == nil {
		c.Stopped = func(context.Context, string) (bool, error) { return false, nil }
	}
	if c.Circle == nil {
		c.Circle = func(context.Context, string, string) ([]identity.AccountID, error) { return nil, nil }
	}
	return &Service{
		circle: c.Circle, notices: table(c.Store), clock: c.Clock, people: c.People, channels: c.Channels, baseURL: c.BaseURL, log: c.Log, stopped: c.Stopped,
	}
}

// write stores the draft as a notice, unless this event has told this person before.
func (s *Service) write(ctx context.Context, e docstore.Event, d Draft) error {
	now, cause := s.clock.Now(), e.ID
	if d.Once != "" {
		cause = d.Once
	}
	n := Notice{
		ID: MakeID(cause, d.Person), Event: e.ID, Person: d.Person, Community: d.Community,
		Key: d.Key, Args: d.Args, Link: d.Link, At: e.At, Made: now, Pace: d.Pace,
	}
	if !d.Quiet {
		for _, c := range s.channels {
			n.Delivery = append(n.Delivery, Delivery{Channel: c.Name(), State: Pending, Next: now})
		}
	}
	_, err := s.notices.Put(ctx, string(n.ID), docstore.Absent, n, docstore.Fact{Type: EventMade, Actor: "system:notify", At: now})
	if errors.Is(err, docstore.ErrConflict) {
		return nil
	}
	return err
}

// pace returns how soon the notice is sent.
func (n Notice) pace() Pace {
	if n.Pace != "" {
		return n.Pace
	}
	return paceOf(n.Key)
}

// Waiting returns the notices whose delivery is pending since before the instant: what an operator
// looks at when WeChat is down.
func (s *Service) Waiting(ctx context.Context, before time.Time, most int) (int, error) {
	return s.notices.Count(ctx, docstore.Query{Index: "due", To: before.UnixMilli()}, most)
}
