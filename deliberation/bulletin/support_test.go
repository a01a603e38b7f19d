package bulletin_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

var noon = time.Date(2026, 11, 18, 4, 0, 0, 0, time.UTC)

// tree is a directory of one town with two communities.
type tree map[community.ID]community.Node

func (t tree) Node(_ context.Context, id community.ID) (community.Node, error) {
	n, ok := t[id]
	if !ok {
		return n, fault.New(fault.NotFound, "community.no_node")
	}
	return n, nil
}

func (t tree) Communities(_ context.Context, under community.ID) ([]community.Node, error) {
	var all []community.Node
	for _, id := range []community.ID{"hexiang", "yinxing"} {
		if t[id].Within(under) {
			all = append(all, t[id])
		}
	}
	return all, nil
}

// residents are so many people of each community, spread over two buildings.
type residents map[community.ID]int

func (r residents) ResidentsAt(_ context.Context, c community.ID, after docstore.Cursor, limit int) ([]identity.ResidentAt, docstore.Cursor, error) {
	from := 0
	if after != "" {
		if _, err := fmt.Sscanf(string(after), "%d", &from); err != nil {
			return nil, "", err
		}
	}
	var page []identity.ResidentAt
	for i := from; i < min(from+limit, r[c]); i++ {
		page = append(page, identity.ResidentAt{Account: person(c, i), Building: community.BuildingID(fmt.Sprintf("%s-%d", c, 1+i%2))})
	}
	if from+limit >= r[c] {
		return page, "", nil
	}
	return page, docstore.Cursor(fmt.Sprint(from + limit)), nil
}

func person(c community.ID, i int) identity.AccountID {
	return identity.AccountID(fmt.Sprintf("%s-p%05d", c, i))
}

// post is a Messenger that remembers whom it told how often.
type post struct {
	mu     sync.Mutex
	told   map[bulletin.ID]map[identity.AccountID]int
	breaks error // what Tell ends in, after telling half
}

func (p *post) Tell(_ context.Context, m bulletin.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.told[m.Bulletin] == nil {
		p.told[m.Bulletin] = map[identity.AccountID]int{}
	}
	people := m.People
	if p.breaks != nil {
		people = people[:len(people)/2]
	}
	for _, who := range people {
		p.told[m.Bulletin][who]++
	}
	return p.breaks
}

func (p *post) Told(_ context.Context, id bulletin.ID) (bulletin.Told, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bulletin.Told{Inbox: len(p.told[id])}, nil
}

// office is a Service on a real store with the feed in the test's hands.
type office struct {
	*bulletin.Service
	t      *testing.T
	store  docstore.Store
	clock  *clock.Virtual
	tree   tree
	people residents
	post   *post
	topics *deliberation.Service
	read   int64 // of the feed
}

func open(t *testing.T) *office {
	t.Helper()
	schema := append(bulletin.Collections(), deliberation.Collections()...)
	schema = append(schema, community.Collections()...)
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "b.db"), schema, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	o := &office{t: t, store: store, clock: clock.Standing(noon), people: residents{"hexiang": 7, "yinxing": 3}, post: &post{told: map[bulletin.ID]map[identity.AccountID]int{}}}
	o.tree = tree{
		"luoxi":   {ID: "luoxi", Level: community.LevelTown, Path: []community.ID{"demo", "luoxi"}, Name: "罗溪镇"},
		"hexiang": {ID: "hexiang", Level: community.LevelCommunity, Path: []community.ID{"demo", "luoxi", "hexiang"}, Name: "荷香居民区"},
		"yinxing": {ID: "yinxing", Level: community.LevelCommunity, Path: []community.ID{"demo", "luoxi", "yinxing"}, Name: "银杏居民区"},
	}
	places := community.NewPlaces(store)
	for c := range o.people {
		for n := 1; n <= 2; n++ {
			b := community.Building{ID: community.BuildingID(fmt.Sprintf("%s-%d", c, n)), Community: c, Estate: community.EstateID(c + "-e"), Name: fmt.Sprintf("%d号楼", n)}
			if _, err := places.Buildings.Put(t.Context(), string(b.ID), docstore.Absent, b); err != nil {
				t.Fatal(err)
			}
		}
	}
	o.topics = deliberation.New(deliberation.Deps{Store: store, Clock: o.clock, Directory: o.tree, Buildings: places, Screener: deliberation.SampleWords()})
	o.Service = bulletin.New(bulletin.Deps{
		Store: store, Clock: o.clock, Directory: o.tree, Places: places, Topics: o.topics, Residents: o.people, Messenger: o.post,
	})
	return o
}

func somebody(id identity.AccountID, role identity.Role, node community.ID) identity.Actor {
	return identity.Actor{ID: id, Name: string(id), Masked: string(id), Grants: []identity.Grant{{Role: role, Node: node, Title: "居委干部"}}}
}

var (
	chen = somebody("chen", identity.RoleStaff, "hexiang")
	gu   = somebody("gu", identity.RoleStaff, "hexiang")
	fang = somebody("fang", identity.RoleTown, "luoxi")
	ding = somebody("ding", identity.RoleTown, "luoxi")
	far  = somebody("far", identity.RoleSecretary, "yinxing")
	lin  = identity.Actor{ID: "lin", Memberships: []identity.Membership{{Community: "hexiang", Status: identity.MemberVerified}}}
)

func (o *office) write(by identity.Actor, change func(*bulletin.Write)) bulletin.Bulletin {
	o.t.Helper()
	cmd := bulletin.Write{ID: bulletin.ID(ids.New(o.clock.Now())), Node: "hexiang", Title: "停水通知", Body: "周四停水。"}
	if change != nil {
		change(&cmd)
	}
	b, err := o.WriteBulletin(o.t.Context(), by, cmd)
	o.must(err)
	return b
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) refused(err, want error) {
	o.t.Helper()
	if !errors.Is(err, want) {
		o.t.Fatalf("got %v, want %v", err, want)
	}
}

// published writes a bulletin and lets a second person approve it.
func (o *office) published(change func(*bulletin.Write)) bulletin.Bulletin {
	o.t.Helper()
	b := o.write(chen, change)
	_, err := o.SubmitBulletin(o.t.Context(), chen, b.ID)
	o.must(err)
	b, err = o.ApproveBulletin(o.t.Context(), gu, bulletin.Review{Bulletin: b.ID, Revision: b.Revision})
	o.must(err)
	return b
}

// follow works the feed as the relay does and returns what its handler said; twice gives each event again.
func (o *office) follow(twice bool) (failed []error) {
	o.t.Helper()
	for {
		events, err := o.store.Events(o.t.Context(), o.read, 100)
		o.must(err)
		if len(events) == 0 {
			return failed
		}
		for _, e := range events {
			o.read = e.Seq
			for _, want := range bulletin.Followed() {
				if want != e.Type {
					continue
				}
				if err := o.Follow(o.t.Context(), e); err != nil {
					failed = append(failed, err)
				}
				if twice {
					o.must(o.Follow(o.t.Context(), e))
				}
			}
		}
	}
}
