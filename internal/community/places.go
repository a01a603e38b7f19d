package community

import (
	"context"
	"time"

	"jushou/internal/docstore"
)

// The kinds of document this package stores.
const (
	KindNode     docstore.Kind = "node"
	KindEstate   docstore.Kind = "estate"
	KindBuilding docstore.Kind = "building"
	KindGrid     docstore.Kind = "grid"
)

// EventNodeChanged says that a node was made or changed.
const EventNodeChanged = "node.changed"

// treeScope is the feed that changes of the tree join, so that one cheap read of its head tells a
// Directory whether it is out of date.
const treeScope = "tree"

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(names ...string) (f []docstore.Field) {
		for _, n := range names {
			f = append(f, docstore.Field{Name: n})
		}
		return f
	}
	number := docstore.Field{Name: "number", Type: docstore.Int}
	return []docstore.Collection{
		{Kind: KindNode, Fields: text("level"), Indexes: []docstore.Index{{Name: "by_level", Fields: []string{"level"}}}},
		{Kind: KindEstate, Fields: text("community"), Indexes: []docstore.Index{{Name: "by_community", Fields: []string{"community"}}}},
		{Kind: KindBuilding, Fields: append(text("community", "estate", "grid"), number), Indexes: []docstore.Index{
			{Name: "by_community", Fields: []string{"community", "estate", "number"}},
			{Name: "by_grid", Fields: []string{"grid", "number"}},
		}},
		{Kind: KindGrid, Fields: text("community"), Indexes: []docstore.Index{{Name: "by_community", Fields: []string{"community"}}}},
		{Kind: KindPromiseRecord, Fields: append(text("node"), docstore.Field{Name: "version", Type: docstore.Int}), Indexes: []docstore.Index{
			{Name: "by_node", Fields: []string{"node", "version"}},
		}},
	}
}

// Places reads and writes the documents of this package, without asking who may.
type Places struct {
	Nodes     docstore.Table[Node]
	Estates   docstore.Table[Estate]
	Buildings docstore.Table[Building]
	Grids     docstore.Table[Grid]

	PromiseRecords docstore.Table[PromiseRecord]
}

// NewPlaces returns the tables over a store.
func NewPlaces(store docstore.Store) Places {
	return Places{
		Nodes: docstore.Table[Node]{Store: store, Kind: KindNode,
			Fields: func(n Node) docstore.Fields { return docstore.Fields{"level": string(n.Level)} },
			Scope:  func(Node) string { return treeScope }},
		Estates: docstore.Table[Estate]{Store: store, Kind: KindEstate,
			Fields: func(e Estate) docstore.Fields { return docstore.Fields{"community": string(e.Community)} },
			Scope:  func(e Estate) string { return string(e.Community) }},
		Buildings: docstore.Table[Building]{Store: store, Kind: KindBuilding, Fields: buildingFields,
			Scope: func(b Building) string { return string(b.Community) }},
		Grids: docstore.Table[Grid]{Store: store, Kind: KindGrid,
			Fields: func(g Grid) docstore.Fields { return docstore.Fields{"community": string(g.Community)} },
			Scope:  func(g Grid) string { return string(g.Community) }},
		PromiseRecords: promiseRecords(store),
	}
}

func buildingFields(b Building) docstore.Fields {
	f := docstore.Fields{"community": string(b.Community), "estate": string(b.Estate), "number": b.Number()}
	if b.Grid != "" {
		f["grid"] = string(b.Grid)
	}
	return f
}

// SaveNode writes a node whatever it replaces; by names the actor for the feed.
func (p Places) SaveNode(ctx context.Context, n Node, by string, now time.Time) error {
	_, version, err := p.Nodes.Get(ctx, string(n.ID))
	if err != nil && !isNotFound(err) {
		return err
	}
	_, err = p.Nodes.Put(ctx, string(n.ID), docstore.Want(version), n, NodeChanged(n, by, now))
	return err
}

// NodeChanged is the fact that goes with every write of a node.
func NodeChanged(n Node, by string, now time.Time) docstore.Fact {
	return docstore.Fact{Type: EventNodeChanged, Actor: by, At: now, Data: map[string]any{
		"node": n.ID, "policy_version": n.Settings.PolicyVersion,
	}}
}

// SettingsChanged are the facts that go with a change of a node's settings from before to those of n.
func SettingsChanged(before Settings, n Node, by string, now time.Time) []docstore.Fact {
	facts := []docstore.Fact{NodeChanged(n, by, now)}
	if p := n.Settings.Promises; p.Version > before.Promises.Version && p.Change != nil {
		facts = append(facts, PromisesChanged(n.ID, *p.Change))
	}
	return facts
}

// Building returns one building, or docstore.ErrNotFound.
func (p Places) Building(ctx context.Context, id BuildingID) (Building, error) {
	b, _, err := p.Buildings.Get(ctx, string(id))
	return b, err
}

// BuildingsIn lists a community's buildings by estate and number.
func (p Places) BuildingsIn(ctx context.Context, c ID) ([]Building, error) {
	return list(ctx, p.Buildings, "by_community", string(c))
}

// EstatesIn lists a community's estates.
func (p Places) EstatesIn(ctx context.Context, c ID) ([]Estate, error) {
	return list(ctx, p.Estates, "by_community", string(c))
}

// GridsIn lists a community's micro-grids.
func (p Places) GridsIn(ctx context.Context, c ID) ([]Grid, error) {
	return list(ctx, p.Grids, "by_community", string(c))
}

func list[T any](ctx context.Context, t docstore.Table[T], index, value string) ([]T, error) {
	var all []T
	err := t.Each(ctx, docstore.Query{Index: index, Equal: []any{value}}, func(v T) error {
		all = append(all, v)
		return nil
	})
	return all, err
}
