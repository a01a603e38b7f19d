package bulletin

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// Followed are the events that Follow reads.
func Followed() []string { return []string{EventPublished, EventWithdrawn, EventBatch} }

// Follow does what follows from a step of a bulletin. It may be given an event any number of times, and be killed
// anywhere in it.
func (s *Service) Follow(ctx context.Context, e docstore.Event) error {
	if e.Type == EventBatch {
		return s.tell(ctx, e.Doc.ID)
	}
	b, _, err := s.bulletins.Get(ctx, e.Doc.ID)
	if err != nil {
		return fmt.Errorf("follow %s: %w", e.Type, err)
	}
	switch {
	case e.Type == EventPublished && b.Town:
		return s.spread(ctx, b)
	case e.Type == EventPublished:
		return deliberation.Joined(s.show(ctx, b), s.plan(ctx, b))
	case b.Town:
		return s.takeBack(ctx, b)
	}
	return s.hide(ctx, b)
}

// show makes the topic that everybody reads.
func (s *Service) show(ctx context.Context, b Bulletin) error {
	_, err := s.Topics.ShowNotice(ctx, hands, deliberation.ShowNotice{
		PublishNotice: deliberation.PublishNotice{
			ID: b.ID.Topic(), Community: b.Node, Board: b.Board, Title: b.Title, Body: b.Body, Photos: b.Photos,
		},
		Author: b.Author, At: b.PublishedAt,
	})
	if err != nil {
		return fmt.Errorf("show bulletin %s: %w", b.ID, err)
	}
	if b.Status == Withdrawn { // an event that came late
		return s.hide(ctx, b)
	}
	return nil
}

// hide leaves the record in the topic's place.
func (s *Service) hide(ctx context.Context, b Bulletin) error {
	by := b.History[len(b.History)-1]
	err := s.Topics.TakeBackNotice(ctx, hands, deliberation.TakeBackNotice{
		Topic: b.ID.Topic(), Reason: b.Reason, Name: by.Name, Title: by.Title, At: b.WithdrawnAt,
	})
	if errors.Is(err, deliberation.ErrNotFound) {
		return nil // withdrawn before it was shown; show will find that out
	}
	return err
}

// copyID is the id of a town's bulletin in one community.
func copyID(b Bulletin, c community.ID) ID {
	return ID(ids.Derive(b.PublishedAt, sha256.Sum256([]byte("bulletin/"+string(b.ID)+"/"+string(c)))))
}

// spread makes the copies of a town's bulletin.
func (s *Service) spread(ctx context.Context, b Bulletin) error {
	if b.Status != Published {
		return nil
	}
	for _, c := range b.Communities {
		node, err := s.Directory.Node(ctx, c)
		if err != nil {
			return fmt.Errorf("spread bulletin %s to %s: %w", b.ID, c, err)
		}
		part := b
		part.ID, part.Node, part.Path, part.Parent, part.Town, part.Communities = copyID(b, c), c, node.Path, b.ID, false, nil
		part.History = slices.Clone(b.History[:len(b.History)-1])
		published := b.History[len(b.History)-1]
		by := deliberation.Author{Name: published.Name, Title: published.Title}
		_, err = s.bulletins.Put(ctx, string(part.ID), docstore.Absent, part, part.publish(by, b.PublishedAt))
		if err != nil && !errors.Is(err, docstore.ErrConflict) {
			return err
		}
	}
	return nil
}

// takeBack withdraws the copies of a town's bulletin.
func (s *Service) takeBack(ctx context.Context, b Bulletin) error {
	last := b.History[len(b.History)-1]
	by := deliberation.Author{Name: last.Name, Title: last.Title}
	for _, c := range b.Communities {
		part, err := s.bulletins.Update(ctx, string(copyID(b, c)), func(p *Bulletin) ([]docstore.Fact, error) {
			if p.Status == Withdrawn {
				return nil, docstore.ErrUnchanged
			}
			return p.Withdraw(by, b.Reason, b.WithdrawnAt)
		})
		if errors.Is(err, docstore.ErrNotFound) {
			continue // withdrawn before it was spread
		}
		if err == nil {
			err = s.hide(ctx, part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// batchOf is how many residents are read at a time; a batch holds at least as many, and fewer than twice as many.
const batchOf = 200

// plan writes the batches of a bulletin's audience. What an earlier run has written stays as it is, so that a
// resident who came in between is neither told twice nor pushes another one out.
func (s *Service) plan(ctx context.Context, b Bulletin) error {
	if b.Status != Published || !b.PlannedAt.IsZero() {
		return nil
	}
	told, err := s.addressed(ctx, b)
	if err != nil {
		return err
	}
	table, planned := batchTable(s.Store, string(b.Node)), 0
	var after docstore.Cursor
	for n := 0; ; n++ {
		part, err := s.fill(ctx, b, n, after, told)
		if err != nil {
			return err
		}
		key := batchKey(b.ID, n)
		_, err = table.Put(ctx, key, docstore.Absent, part, docstore.Fact{Type: EventBatch, Actor: hands.Ref(), At: s.now()})
		if errors.Is(err, docstore.ErrConflict) {
			part, _, err = table.Get(ctx, key)
		}
		if err != nil {
			return fmt.Errorf("plan bulletin %s: %w", b.ID, err)
		}
		planned += len(part.People)
		if after = part.Next; part.Last {
			break
		}
	}
	now := s.now()
	_, err = s.bulletins.Update(ctx, string(b.ID), func(b *Bulletin) ([]docstore.Fact, error) {
		b.Planned, b.PlannedAt = planned, now
		return nil, nil
	})
	return err
}

func batchKey(id ID, n int) string { return fmt.Sprintf("%s.%06d", id, n) }

// addressed returns who is told, by building; nil stands for everybody.
func (s *Service) addressed(ctx context.Context, b Bulletin) (func(identity.ResidentAt) bool, error) {
	if b.Audience.Everybody() {
		return func(identity.ResidentAt) bool { return true }, nil
	}
	g, err := s.Ground(ctx, b.Node)
	if err != nil {
		return nil, err
	}
	buildings := g.within(b.Audience)
	return func(r identity.ResidentAt) bool { return buildings[r.Building] }, nil
}

// fill reads residents until a batch is full.
func (s *Service) fill(ctx context.Context, b Bulletin, n int, after docstore.Cursor, told func(identity.ResidentAt) bool) (batch, error) {
	part := batch{Bulletin: b.ID, Number: n, Next: after}
	for len(part.People) < batchOf {
		found, next, err := s.Residents.ResidentsAt(ctx, b.Node, part.Next, batchOf)
		if err != nil {
			return batch{}, err
		}
		for _, r := range found {
			// Somebody with two homes here comes twice, one after the other.
			if told(r) && (len(part.People) == 0 || part.People[len(part.People)-1] != r.Account) {
				part.People = append(part.People, r.Account)
			}
		}
		if part.Next = next; next == "" {
			part.Last = true
			break
		}
	}
	return part, nil
}

// tell reaches the people of a batch.
func (s *Service) tell(ctx context.Context, key string) error {
	part, _, err := batchTable(s.Store, "").Get(ctx, key)
	if err != nil {
		return err
	}
	b, _, err := s.bulletins.Get(ctx, string(part.Bulletin))
	if err != nil {
		return err
	}
	if b.Status != Published {
		return nil
	}
	from, err := s.Directory.Node(ctx, b.Node)
	if err != nil {
		return err
	}
	return s.Messenger.Tell(ctx, Message{
		Bulletin: b.ID, Community: b.Node, Title: b.Title, From: from.Name, Urgency: b.Urgency, At: b.PublishedAt, People: part.People,
	})
}

// Stopped tells whether the bulletin of that id was taken back, so that nothing more of it is sent.
func (s *Service) Stopped(ctx context.Context, id string) (bool, error) {
	b, _, err := s.bulletins.Get(ctx, id)
	if errors.Is(err, docstore.ErrNotFound) {
		return false, nil
	}
	return b.Status == Withdrawn, err
}
