package community

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"jushou/internal/docstore"
)

// KindPromiseRecord is the kind of document that keeps one past or present change of a node's terms.
const KindPromiseRecord docstore.Kind = "promise_record"

// EventPromisesChanged says that a node's terms were changed; its data is a PromiseRecord.
const EventPromisesChanged = "node.promises_changed"

// PromiseRecord is one change of a node's terms, kept for ever. It follows the event that was saved with the change, so
// that neither the node's document grows nor a change is kept without its reason; its key is the node and the
// version, so it is written once however often the event comes.
type PromiseRecord struct {
	Node ID `json:"node"`
	PromiseChange
}

// PromisesChanged is the fact that goes with a change of a node's terms.
func PromisesChanged(n ID, c PromiseChange) docstore.Fact {
	return docstore.Fact{Type: EventPromisesChanged, Actor: c.By, At: c.At, Data: PromiseRecord{n, c}}
}

func (r PromiseRecord) key() string { return fmt.Sprintf("%s/%08d", r.Node, r.Version) }

func promiseRecords(store docstore.Store) docstore.Table[PromiseRecord] {
	return docstore.Table[PromiseRecord]{Store: store, Kind: KindPromiseRecord,
		Fields: func(r PromiseRecord) docstore.Fields {
			return docstore.Fields{"node": string(r.Node), "version": int64(r.Version)}
		},
		Scope: func(r PromiseRecord) string { return string(r.Node) }}
}

// KeepPromises is for the event relay: it writes the record of a change.
func (p Places) KeepPromises(ctx context.Context, e docstore.Event) error {
	if e.Type != EventPromisesChanged {
		return nil
	}
	var r PromiseRecord
	if err := json.Unmarshal(e.Data, &r); err != nil {
		return fmt.Errorf("read change of terms %s: %w", e.ID, err)
	}
	_, err := p.PromiseRecords.Put(ctx, r.key(), docstore.Absent, r)
	if errors.Is(err, docstore.ErrConflict) {
		return nil // kept already
	}
	return err
}

// PromiseHistory returns one page of the changes of a node's terms, the latest first. The first page begins with the
// change that led to the present terms even if its record is still on its way.
func (p Places) PromiseHistory(ctx context.Context, n Node, limit int, after docstore.Cursor) ([]PromiseChange, docstore.Cursor, error) {
	found, next, err := p.PromiseRecords.Find(ctx, docstore.Query{
		Index: "by_node", Equal: []any{string(n.ID)}, Desc: true, Limit: limit, After: after,
	})
	if err != nil {
		return nil, "", err
	}
	var all []PromiseChange
	if last := n.Settings.Promises.Change; after == "" && last != nil && (len(found) == 0 || found[0].Version < last.Version) {
		all = append(all, *last)
	}
	for _, r := range found {
		all = append(all, r.PromiseChange)
	}
	return all, next, nil
}
