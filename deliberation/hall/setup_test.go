package hall_test

import (
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"context"

	"jushou/deliberation"
	"jushou/deliberation/hall"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// ground is a town of two communities on a real store, with a clock that is moved by hand.
type ground struct {
	*hall.Service
	t      *testing.T
	clock  *clock.Virtual
	store  *counting
	topics *deliberation.Service

	wang, zhao, sun, zhou          identity.Actor
	staff, colleague, next, police identity.Actor
}

// counting counts the calls that read.
type counting struct {
	docstore.Store
	trips atomic.Int64
}

func (c *counting) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	c.trips.Add(1)
	return c.Store.Find(ctx, q)
}

func (c *counting) Get(ctx context.Context, k docstore.Key) (docstore.Doc, error) {
	c.trips.Add(1)
	return c.Store.Get(ctx, k)
}

func (c *counting) GetMany(ctx context.Context, k []docstore.Key) ([]docstore.Doc, error) {
	c.trips.Add(1)
	return c.Store.GetMany(ctx, k)
}

func setup(t *testing.T) *ground {
	t.Helper()
	schema := docstore.Schema(slices.Concat(deliberation.Collections(), community.Collections(), hall.Collections()))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hall.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	days, err := calendar.China()
	must(t, err)
	g := &ground{t: t, clock: clock.Standing(time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)), store: &counting{Store: store}}
	places := community.NewPlaces(g.store)
	tree(t, places, g.clock.Now())
	directory := community.NewDirectory(g.store, g.clock)
	g.topics = deliberation.New(deliberation.Deps{
		Store: g.store, Clock: g.clock, Directory: directory, Buildings: places,
		Calendar: deliberation.NewRoundCalendar(days), Screener: deliberation.SampleWords(),
	})
	g.Service = hall.New(hall.Deps{Store: g.store, Clock: g.clock, Directory: directory, Topics: g.topics, Screener: deliberation.SampleWords()})
	g.people()
	return g
}

func tree(t *testing.T, places community.Places, at time.Time) {
	t.Helper()
	district, err := community.NewDistrict("d", "宝山区")
	must(t, err)
	town, err := district.Below("t", "罗店镇")
	must(t, err)
	nodes := []community.Node{district, town}
	for _, id := range []community.ID{"c1", "c2"} {
		c, err := town.Below(id, "美安苑"+string(id))
		must(t, err)
		nodes = append(nodes, c)
	}
	for _, n := range nodes {
		must(t, places.SaveNode(t.Context(), n, "test", at))
	}
}

func (g *ground) people() {
	lives := func(id identity.AccountID, masked string, in community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: masked, Masked: masked, Memberships: []identity.Membership{{Community: in, Status: identity.MemberVerified}}}
	}
	works := func(id identity.AccountID, name string, role identity.Role, in community.ID, board string) identity.Actor {
		return identity.Actor{ID: id, Name: name, Masked: "某**", Grants: []identity.Grant{{Role: role, Node: in, Board: board, Title: "工作人员"}}}
	}
	g.wang, g.zhao, g.sun = lives("wang", "王**", "c1"), lives("zhao", "赵**", "c1"), lives("sun", "孙**", "c2")
	g.zhou = identity.Actor{ID: "zhou", Name: "周**", Masked: "周**"}
	g.staff, g.colleague = works("li", "李社工", identity.RoleStaff, "c1", ""), works("chen", "陈书记", identity.RoleSecretary, "c1", "")
	g.next = works("qian", "钱社工", identity.RoleStaff, "c2", "")
	g.police = works("jing", "景警官", identity.RolePartner, "c1", "police")
}

func (g *ground) token() string { return ids.New(g.clock.Now()) }

func (g *ground) in(d time.Duration) time.Time {
	return g.clock.Now().UTC().Truncate(time.Millisecond).Add(d)
}

const day = 24 * time.Hour

// open opens a session about parking with two options in a first round of three days.
func (g *ground) open(topics ...deliberation.TopicID) hall.Session {
	g.t.Helper()
	x, err := g.OpenSession(g.t.Context(), g.staff, hall.OpenSession{
		ID: hall.SessionID(g.token()), Community: "c1", Topics: topics, Template: "parking", Question: "晚上怎么停车？",
		Options: []string{"按户轮流", "", "先到先得"}, Facts: []string{"车位多少个"}, Ends: g.in(3 * day),
	})
	must(g.t, err)
	return x
}

func (g *ground) argue(who identity.Actor, x hall.Session, side hall.Side, body string) (hall.Argument, error) {
	return g.Argue(g.t.Context(), who, hall.Argue{
		ID: hall.ArgumentID(g.token()), Session: x.ID, Option: x.Options[0].ID, Side: side, Body: body,
	})
}

// feed gives the events of the types to a follower.
func (g *ground) feed(follow func(context.Context, docstore.Event) error, types ...string) int {
	g.t.Helper()
	n := 0
	for at := int64(0); ; {
		events, err := g.store.Events(g.t.Context(), at, docstore.MaxLimit)
		must(g.t, err)
		if len(events) == 0 {
			return n
		}
		for _, e := range events {
			at = e.Seq
			if slices.Contains(types, e.Type) {
				n++
				must(g.t, follow(g.t.Context(), e))
			}
		}
	}
}

func (g *ground) told(types ...string) int {
	return g.feed(func(context.Context, docstore.Event) error { return nil }, types...)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
