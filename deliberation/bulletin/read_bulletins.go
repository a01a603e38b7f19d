package bulletin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// PageSize is how many bulletins one page of a list holds.
const PageSize = 20

// List is one page of a place's bulletins, the last changed first.
type List struct {
	Items []Bulletin
	Next  docstore.Cursor
}

// Bulletins returns the bulletins of a community or a town, drafts among them.
func (s *Service) Bulletins(ctx context.Context, actor identity.Actor, node community.ID, after docstore.Cursor) (List, error) {
	return s.list(ctx, actor, node, docstore.Query{Index: byNode, Equal: []any{string(node)}, Desc: true, Limit: PageSize, After: after})
}

// Awaiting returns the bulletins of a place that a second person has to look at, the oldest first.
func (s *Service) Awaiting(ctx context.Context, actor identity.Actor, node community.ID) (List, error) {
	return s.list(ctx, actor, node, docstore.Query{Index: byWaits, Equal: []any{string(node)}, Limit: PageSize})
}

func (s *Service) list(ctx context.Context, actor identity.Actor, node community.ID, q docstore.Query) (List, error) {
	n, err := s.node(ctx, node)
	if err != nil {
		return List{}, err
	}
	if err := identity.Can(actor, identity.PostNotice, identity.At(n)); err != nil {
		return List{}, err
	}
	items, next, err := s.bulletins.Find(ctx, q)
	return List{items, next}, err
}

// Copies returns the copies of a town's bulletin, by community.
func (s *Service) Copies(ctx context.Context, actor identity.Actor, id ID) ([]Bulletin, error) {
	if _, err := s.get(ctx, actor, id, identity.PostNotice); err != nil {
		return nil, err
	}
	var all []Bulletin
	err := s.bulletins.Each(ctx, docstore.Query{Index: byParent, Equal: []any{string(id)}}, func(b Bulletin) error {
		all = append(all, b)
		return nil
	})
	return all, err
}

// Bulletin returns one bulletin to who may write notices where it lies.
func (s *Service) Bulletin(ctx context.Context, actor identity.Actor, id ID) (Bulletin, error) {
	return s.get(ctx, actor, id, identity.PostNotice)
}

// MayReview reports whether the actor is one who may review the bulletin; the use case asks again.
func (s *Service) MayReview(ctx context.Context, actor identity.Actor, b Bulletin) bool {
	_, err := s.reviewed(ctx, actor, b.ID)
	return err == nil && b.Awaited() && !b.WroteIt(actor.ID)
}

// Record is what anybody may know about a published notice.
type Record struct {
	Urgency     Urgency
	Audience    Audience
	Town        bool // it came from the town
	Author      deliberation.Author
	Reviewer    deliberation.Author // zero if nobody looked yet
	Unseen      Unseen
	Status      Status
	Reason      string // of a withdrawal
	WithdrawnBy string
	History     []Step
}

// Record returns the record of a notice; ok is false for one that was published without a bulletin. Whoever may read
// the topic may read its record.
func (s *Service) Record(ctx context.Context, id deliberation.TopicID) (r Record, ok bool, err error) {
	b, _, err := s.bulletins.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Record{}, false, nil
	}
	if err != nil || b.Status != Published && b.Status != Withdrawn {
		return Record{}, false, err
	}
	r = Record{
		Urgency: b.Urgency, Audience: b.Audience, Town: b.Parent != "", Author: b.Author, Reviewer: b.Reviewer, Unseen: b.Unseen, Status: b.Status,
	}
	for _, h := range b.History {
		if h.What == EventPublished || h.What == EventReviewed || h.What == EventWithdrawn {
			r.History = append(r.History, h)
		}
	}
	if b.Status == Withdrawn {
		r.Reason, r.WithdrawnBy = b.Reason, b.History[len(b.History)-1].Name
	}
	return r, true, nil
}

// Opened counts the actor among those who have opened a notice. Nobody can be told by it later, not even the actor.
func (s *Service) Opened(ctx context.Context, actor identity.Actor, topic deliberation.TopicID) error {
	if actor.ID == "" {
		return nil
	}
	mac := hmac.New(sha256.New, s.ReaderKey[:])
	mac.Write([]byte(string(topic) + "\x00" + string(actor.ID)))
	_, err := s.readers.Put(ctx, hex.EncodeToString(mac.Sum(nil)[:20]), docstore.Absent, reader{topic})
	if errors.Is(err, docstore.ErrConflict) {
		return nil
	}
	return err
}

// Progress is how far a bulletin has come.
type Progress struct {
	Told
	Planned int
	Done    bool // everybody has it in the inbox, or it was taken back
	// Readers are how many different people have opened it. Few says that they are too few to be told, and Readers is 0.
	Readers int
	Few     bool
}

const (
	fewReaders  = 5
	mostReaders = 10_000_000
)

// Progress returns how far a community's bulletin has come, to who may write notices there.
func (s *Service) Progress(ctx context.Context, actor identity.Actor, id ID) (Progress, error) {
	b, err := s.get(ctx, actor, id, identity.PostNotice)
	if err != nil {
		return Progress{}, err
	}
	return s.progress(ctx, b)
}

func (s *Service) progress(ctx context.Context, b Bulletin) (Progress, error) {
	if b.PublishedAt.IsZero() || b.Town {
		return Progress{}, nil
	}
	told, err := s.Messenger.Told(ctx, b.ID)
	if err != nil {
		return Progress{}, err
	}
	n, err := s.readers.Count(ctx, docstore.Query{Index: byTopic, Equal: []any{string(b.ID)}}, mostReaders)
	p := Progress{Told: told, Planned: b.Planned, Done: !b.PlannedAt.IsZero() && told.Inbox >= b.Planned || b.Status == Withdrawn, Readers: n}
	if n > 0 && n < fewReaders {
		p.Readers, p.Few = 0, true
	}
	return p, err
}

// TownProgress returns how far each copy of a town's bulletin has come, in the order of Copies.
func (s *Service) TownProgress(ctx context.Context, actor identity.Actor, id ID) ([]Bulletin, []Progress, error) {
	copies, err := s.Copies(ctx, actor, id)
	if err != nil {
		return nil, nil, err
	}
	all := make([]Progress, len(copies))
	for i, c := range copies {
		if all[i], err = s.progress(ctx, c); err != nil {
			return nil, nil, err
		}
	}
	return copies, all, nil
}
