package community

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

const (
	// freshFor is how long a tree is used before somebody asks the store whether it changed. It bounds how
	// far a replica lags behind a change made by another one.
	freshFor = 2 * time.Second
	// usableFor is how long an old tree is still served while the store does not answer.
	usableFor = 5 * time.Minute
	// checkTime bounds one check; a request waits for it.
	checkTime = 3 * time.Second
)

// errStale means that the store has not answered for so long that the tree may be wrong.
var errStale = docstore.ErrUnavailable.With("what", "tenant tree")

// ErrNoNode means that there is no such district, town or community.
var ErrNoNode = fault.New(fault.NotFound, "community.no_node")

// Directory is the tenant tree in memory: a few hundred nodes that every request asks about. It is safe
// for concurrent use; what it returns is shared and must not be changed.
type Directory struct {
	places Places
	real   clock.Clock
	tree   atomic.Pointer[tree]
	load   sync.Mutex // one loader at a time; the others go on with the old tree
}

type tree struct {
	nodes       map[ID]Node
	communities map[ID][]Node // the communities at or under a node, in the order of ids
	top         []Node
	head        int64     // of treeScope, read before the nodes were
	checked     time.Time // when the tree was last known to be right; real time
	asked       time.Time // when the store was last asked, answer or not; real time
}

// NewDirectory returns a directory over a store. real is the machine's clock, not the product's: a
// cache must age while a virtual clock stands still.
func NewDirectory(store docstore.Store, real clock.Clock) *Directory {
	return &Directory{places: NewPlaces(store), real: real}
}

// Node returns a node, or ErrNoNode.
func (d *Directory) Node(ctx context.Context, id ID) (Node, error) {
	t, err := d.current(ctx)
	if err != nil {
		return Node{}, err
	}
	n, ok := t.nodes[id]
	if !ok {
		return Node{}, ErrNoNode.With("node", id)
	}
	return n, nil
}

// Communities returns the communities under a node, the node itself if it is one; "" asks for all.
func (d *Directory) Communities(ctx context.Context, under ID) ([]Node, error) {
	t, err := d.current(ctx)
	if err != nil {
		return nil, err
	}
	return t.communities[under], nil
}

// Districts returns the tops of the tree.
func (d *Directory) Districts(ctx context.Context) ([]Node, error) {
	t, err := d.current(ctx)
	if err != nil {
		return nil, err
	}
	return t.top, nil
}

// Path returns the nodes from the district down to id.
func (d *Directory) Path(ctx context.Context, id ID) ([]Node, error) {
	t, err := d.current(ctx)
	if err != nil {
		return nil, err
	}
	n, ok := t.nodes[id]
	if !ok {
		return nil, ErrNoNode.With("node", id)
	}
	path := make([]Node, len(n.Path))
	for i, up := range n.Path {
		path[i] = t.nodes[up]
	}
	return path, nil
}

// Refresh loads the tree now.
func (d *Directory) Refresh(ctx context.Context) error {
	d.load.Lock()
	defer d.load.Unlock()
	return d.reload(ctx)
}

// Follow is for the event relay: it reloads the tree when a node changed.
func (d *Directory) Follow(ctx context.Context, e docstore.Event) error {
	if e.Doc.Kind != KindNode {
		return nil
	}
	return d.Refresh(ctx)
}

// current returns a tree that was checked recently, checking it if nobody else is about to. A store that
// does not answer is asked once per freshFor, and an old tree is served meanwhile.
func (d *Directory) current(ctx context.Context) (*tree, error) {
	t := d.tree.Load()
	if t == nil {
		return d.first(ctx)
	}
	now := d.real.Now()
	if !due(now, t.asked, freshFor) || !d.load.TryLock() {
		return t.usable(now)
	}
	defer d.load.Unlock()
	if t = d.tree.Load(); due(now, t.asked, freshFor) {
		// A visitor who goes away does not take the answer from the others.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkTime)
		defer cancel()
		if err := d.check(ctx); err != nil {
			slog.WarnContext(ctx, "the tenant tree could not be checked", "err", err)
		}
	}
	return d.tree.Load().usable(now)
}

// due reports whether more than d has passed since then, or the clock has jumped back.
func due(now, then time.Time, d time.Duration) bool {
	age := now.Sub(then)
	return age >= d || age < 0
}

func (t *tree) usable(now time.Time) (*tree, error) {
	if due(now, t.checked, usableFor) && now.After(t.checked) {
		return nil, errStale
	}
	return t, nil
}

// first loads the tree for the first time; everybody waits for it.
func (d *Directory) first(ctx context.Context) (*tree, error) {
	d.load.Lock()
	defer d.load.Unlock()
	if t := d.tree.Load(); t != nil {
		return t, nil
	}
	if err := d.reload(ctx); err != nil {
		return nil, err
	}
	return d.tree.Load(), nil
}

// check reloads the tree if its feed moved; load is held.
func (d *Directory) check(ctx context.Context) error {
	same := *d.tree.Load()
	same.asked = d.real.Now()
	d.tree.Store(&same)
	head, err := d.places.Nodes.Store.Head(ctx, treeScope)
	if err != nil {
		return err
	}
	if head != same.head {
		return d.reload(ctx)
	}
	right := same
	right.checked = same.asked
	d.tree.Store(&right)
	return nil
}

// reload reads every node; load is held. The head is read first, so that a change in between is seen
// again at the next check instead of being missed.
func (d *Directory) reload(ctx context.Context) error {
	head, err := d.places.Nodes.Store.Head(ctx, treeScope)
	if err != nil {
		return fmt.Errorf("read the head of the tenant tree: %w", err)
	}
	t := &tree{nodes: map[ID]Node{}, communities: map[ID][]Node{}, head: head}
	if err := d.places.Nodes.Each(ctx, docstore.Query{Index: "by_level"}, t.add); err != nil {
		return err
	}
	t.asked = d.real.Now()
	t.checked = t.asked
	d.tree.Store(t)
	return nil
}

func (t *tree) add(n Node) error {
	t.nodes[n.ID] = n
	switch n.Level {
	case LevelDistrict:
		t.top = append(t.top, n)
	case LevelCommunity:
		t.communities[""] = append(t.communities[""], n)
		for _, up := range n.Path {
			t.communities[up] = append(t.communities[up], n)
		}
	}
	return nil
}

func isNotFound(err error) bool { return errors.Is(err, docstore.ErrNotFound) }
