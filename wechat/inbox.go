package wechat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"jushou/internal/clock"
	"jushou/internal/docstore"
)

const (
	// PushKindName is the document kind of stored pushes.
	PushKindName docstore.Kind = "wechat_push"
	// FactReceived is the event saved with a stored push. Its document is the push; it carries no personal
	// data, because the feed is kept longer than the push.
	FactReceived = "wechat.received"
	// DefaultKeep is how long a stored push is kept. It must exceed Freshness, after which a copy of
	// the push can no longer be opened, and the feed's longest outage, after which nobody acts on it.
	DefaultKeep = 14 * 24 * time.Hour

	fieldExpires  = "expires_at"
	indexByExpiry = "by_expiry"
)

// Collections declares what an Inbox stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{{
		Kind:    PushKindName,
		Fields:  []docstore.Field{{Name: fieldExpires, Type: docstore.Int}},
		Indexes: []docstore.Index{{Name: indexByExpiry, Fields: []string{fieldExpires}}},
	}}
}

// Received is a stored push: the Push without its XML and without what no later step needs.
type Received struct {
	ID         string    `json:"id"`
	Push       Push      `json:"push"`
	ReceivedAt time.Time `json:"received_at"`
	ExpiresAt  time.Time `json:"expires_at"`
	Settled    bool      `json:"settled,omitempty"` // worked on; what the person wrote is erased
}

// ReceivedFact is the data of FactReceived.
type ReceivedFact struct {
	Kind  PushKind `json:"kind"`
	Type  string   `json:"type"`
	Event string   `json:"event,omitempty"`
}

// Inbox stores each push once, so that the webhook can answer at once and the work follows from the event
// feed. Uniqueness is the document's key: four deliveries to two replicas at once give one document.
type Inbox struct {
	table docstore.Table[Received]
	clock clock.Clock
	keep  time.Duration
}

// NewInbox returns an Inbox over a store whose schema contains Collections. keep 0 means DefaultKeep.
func NewInbox(store docstore.Store, c clock.Clock, keep time.Duration) *Inbox {
	if keep == 0 {
		keep = DefaultKeep
	}
	return &Inbox{clock: c, keep: keep, table: docstore.Table[Received]{
		Store: store, Kind: PushKindName,
		Fields: func(r Received) docstore.Fields { return docstore.Fields{fieldExpires: r.ExpiresAt.UnixMilli()} },
		Scope:  func(r Received) string { return "wechat/" + r.Push.AppID },
	}}
}

// PushID is the document id of a push: the SHA-256 of its DedupeKey.
func PushID(p Push) string {
	sum := sha256.Sum256([]byte(p.DedupeKey()))
	return hex.EncodeToString(sum[:])
}

// Receive stores the push and appends FactReceived, and reports whether this was its first copy. Answer
// Success when err is nil, whatever first says; with an error answer 5xx, so that the platform sends the
// push again. Pushes that nothing follows from (reported positions, opened links) are not stored; they are
// never first.
func (in *Inbox) Receive(ctx context.Context, p Push) (first bool, err error) {
	if !p.worthKeeping() {
		return false, nil
	}
	now := in.clock.Now()
	r := Received{ID: PushID(p), Push: p.minimal(), ReceivedAt: now, ExpiresAt: now.Add(in.keep)}
	_, err = in.table.Put(ctx, r.ID, docstore.Absent, r, docstore.Fact{
		Type: FactReceived, Actor: "system:wechat", At: now,
		Data: ReceivedFact{Kind: p.Kind, Type: p.Type, Event: p.Event},
	})
	if errors.Is(err, docstore.ErrConflict) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("receive wechat %s %s: %w", p.Type, p.Event, err)
	}
	return true, nil
}

// Get returns a stored push, or docstore.ErrNotFound once it has been pruned.
func (in *Inbox) Get(ctx context.Context, id string) (Received, error) {
	r, _, err := in.table.Get(ctx, id)
	return r, err
}

// Settle erases what the person sent, after the work it asked for is done. The document stays until it
// expires, because it is what makes a late copy a duplicate. Settling twice is settling once.
func (in *Inbox) Settle(ctx context.Context, id string) error {
	_, err := in.table.Update(ctx, id, func(r *Received) ([]docstore.Fact, error) {
		if r.Settled {
			return nil, docstore.ErrUnchanged
		}
		r.Settled = true
		r.Push = r.Push.emptied()
		return nil, nil
	})
	return err
}

// Prune deletes at most limit pushes that have expired and returns how many it deleted. A patrol runs it.
func (in *Inbox) Prune(ctx context.Context, limit int) (int, error) {
	expired, _, err := in.table.Find(ctx, docstore.Query{
		Index: indexByExpiry, To: in.clock.Now().UnixMilli(), Limit: min(limit, docstore.MaxLimit),
	})
	if err != nil {
		return 0, err
	}
	for i, r := range expired {
		if err := in.table.Delete(ctx, r.ID, docstore.Any, r); err != nil {
			return i, err
		}
	}
	return len(expired), nil
}

// worthKeeping is false for events that come often and that nothing follows from. The client reports a
// position every five seconds while a chat is open; we have no business keeping those.
func (p Push) worthKeeping() bool {
	if p.Kind != Event {
		return true
	}
	switch p.Event {
	case EventLocation, EventView, "view_miniprogram":
		return false
	}
	return true
}

// minimal is what is stored: without the XML and without the links that a later step would not use.
func (p Push) minimal() Push {
	p.XML, p.PicURL, p.Ticket = nil, "", ""
	return p
}

// emptied keeps who, when and which kind, and drops what was said.
func (p Push) emptied() Push {
	p.Content, p.MediaID, p.ThumbMediaID = "", "", ""
	p.Location, p.Link = Location{}, Link{}
	return p
}
