package disclosure

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// EnterItem is what somebody wants published.
type EnterItem struct {
	ID        ItemID // the form's token
	Community community.ID
	Kind      Kind
	Period    Period        // of money and benefits
	DecidedOn calendar.Date // of a major matter
	Content   Content
}

var (
	errKind    = fault.New(fault.Invalid, "affairs.bad_kind").On("kind")
	errDecided = fault.New(fault.Invalid, "affairs.bad_day").On("decided_on")
)

// EnterItem stores an item for its review by another person. The same form sent again returns the item it made.
func (s *Service) EnterItem(ctx context.Context, actor identity.Actor, cmd EnterItem) (Item, error) {
	node, err := s.Community(ctx, actor, cmd.Community, identity.EnterAffairs, ErrNotFound)
	if err != nil {
		return Item{}, err
	}
	content, err := NewContent(cmd.Kind, cmd.Content)
	if err := deliberation.Joined(err, deliberation.CheckToken(string(cmd.ID)), s.checkWhen(cmd)); err != nil {
		return Item{}, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, identity.At(node))
	if err != nil {
		return Item{}, err
	}
	i := Item{ID: cmd.ID, Community: node.ID, Path: node.Path, Kind: cmd.Kind, Period: cmd.Period, DecidedOn: cmd.DecidedOn}
	facts := i.enter(Version{Token: string(cmd.ID), Content: content, EnteredBy: by, EnteredAt: s.Now()}, actor)
	first, err := s.items.Add(ctx, string(i.ID), i, facts...)
	if err == nil && !first.same(i) {
		return Item{}, ErrTaken
	}
	return first, err
}

// checkWhen wants a period that has begun for what is regular, and a day that has come for what is not.
func (s *Service) checkWhen(cmd EnterItem) error {
	today := s.Today()
	if !cmd.Kind.valid() {
		return errKind
	}
	if cmd.Kind == Major {
		if cmd.Period != "" || cmd.DecidedOn.Year < 2000 || today.Before(cmd.DecidedOn) {
			return errDecided
		}
		return nil
	}
	p, err := ParsePeriod(string(cmd.Period))
	if err != nil || cmd.DecidedOn != (calendar.Date{}) || today.Before(p.First()) {
		return errPeriod.With("period", string(cmd.Period))
	}
	return nil
}

// same reports whether two items were entered with the same form.
func (i Item) same(j Item) bool {
	a, b := i.Versions[0], j.Versions[0]
	return i.Community == j.Community && i.Kind == j.Kind && i.Period == j.Period &&
		a.EnteredBy.Account == b.EnteredBy.Account && Compare(a.Content, b.Content).None()
}

// ReviseItem is a correction, or another try after the review.
type ReviseItem struct {
	Item    ItemID
	Token   string
	Seen    int // the last version the form knew
	Reason  string
	Content Content
}

// ReviseItem adds a version for its review by another person. What residents read stays until then.
func (s *Service) ReviseItem(ctx context.Context, actor identity.Actor, cmd ReviseItem) (Item, error) {
	i, by, err := s.items.For(ctx, actor, string(cmd.Item), identity.EnterAffairs)
	if err != nil {
		return Item{}, err
	}
	content, err := NewContent(i.Kind, cmd.Content)
	reason, long := deliberation.NewReason(cmd.Reason)
	if err := deliberation.Joined(err, long, deliberation.CheckToken(cmd.Token)); err != nil {
		return Item{}, err
	}
	v := Version{Token: cmd.Token, Content: content, Reason: reason, EnteredBy: by, EnteredAt: s.Now()}
	return s.items.Update(ctx, string(i.ID), func(i *Item) ([]docstore.Fact, error) { return i.Revise(v, cmd.Seen, actor) })
}

// ReviewItem is a reviewer's verdict on one version.
type ReviewItem struct {
	Item    ItemID
	Version int
	Publish bool
	Why     string
}

// ReviewItem publishes a version or returns it. Whoever entered it may take it back and nothing else.
func (s *Service) ReviewItem(ctx context.Context, actor identity.Actor, cmd ReviewItem) (Item, error) {
	return s.items.Step(ctx, actor, string(cmd.Item), identity.ReviewAffairs, func(i *Item, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		why, err := deliberation.NewReason(cmd.Why)
		if err != nil {
			return nil, err
		}
		return i.Review(cmd.Version, cmd.Publish, why, by, actor, now)
	})
}
