package deliberation

import (
	"context"
	"errors"
	"sync"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Heads tells how far the feed of a scope is; docstore.Store does.
type Heads func(ctx context.Context, scope string) (int64, error)

// Recall is Topic for a reader who may be shown what was read before, as long as nothing has happened in the topic's
// community since, and for a minute at most. A popular topic then costs no read of the store and no decoding.
func (s *Service) Recall(ctx context.Context, actor identity.Actor, id TopicID, heads Heads) (TopicView, error) {
	t, err := s.recall(ctx, id, heads)
	if errors.Is(err, docstore.ErrNotFound) {
		return TopicView{}, ErrNotFound.With("topic", id)
	}
	if err != nil {
		return TopicView{}, err
	}
	sight := sightOf(actor, t)
	if err := sight.reads(t); err != nil {
		return TopicView{}, err
	}
	if err := identity.Can(actor, identity.ReadPublic, t.Place()); err != nil {
		return TopicView{}, err
	}
	return sight.view(t, s.now()), nil
}

func (s *Service) recall(ctx context.Context, id TopicID, heads Heads) (Topic, error) {
	minute := s.now().Unix() / 60
	kept, ok := s.recalled.get(id)
	if !ok { // whose feed to look at is not known yet
		t, _, err := s.topics.Get(ctx, string(id))
		if err == nil {
			s.recalled.put(id, recalled{topic: t})
		}
		return t, err
	}
	// The head is read before the topic: a change in between is then seen at the next visit instead of being missed.
	head, err := heads(ctx, string(kept.topic.Community))
	if err != nil {
		return Topic{}, err
	}
	if kept.head == head && kept.minute == minute {
		return kept.topic, nil
	}
	t, _, err := s.topics.Get(ctx, string(id))
	if err != nil {
		return Topic{}, err
	}
	s.recalled.put(id, recalled{topic: t, head: head, minute: minute})
	return t, nil
}

// recalled is a topic as it was when its community's feed had reached head. It is shared and never changed.
type recalled struct {
	topic        Topic
	head, minute int64
}

// recollections bounds the topics that are kept: twice so many, since the older half is dropped at once.
const recollections = 1000

// memory keeps what was asked for lately.
type memory struct {
	mu         sync.Mutex
	young, old map[TopicID]recalled
}

func (m *memory) get(id TopicID) (recalled, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, ok := m.young[id]; ok {
		return r, true
	}
	r, ok := m.old[id]
	if ok {
		m.keep(id, r)
	}
	return r, ok
}

func (m *memory) put(id TopicID, r recalled) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(id, r)
}

func (m *memory) keep(id TopicID, r recalled) {
	if m.young == nil || len(m.young) >= recollections {
		m.young, m.old = make(map[TopicID]recalled, recollections), m.young
	}
	m.young[id] = r
}
