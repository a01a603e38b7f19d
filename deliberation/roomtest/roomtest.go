// Package roomtest is the ground on which the rooms beside the topics are tested: a real store in a file, a town "t" of
// two communities "c1" and "c2", topics, and a clock that is moved by hand. Each room adds its own people and documents.
package roomtest

import (
	"context"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/catalogue"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// Ground is a small town on a real store.
type Ground struct {
	T         testing.TB
	Clock     *clock.Virtual
	Store     *Counting
	Places    community.Places
	Directory *community.Directory
	Days      *calendar.Calendar
	Topics    *deliberation.Service

	district community.Node
}

// Open lays the ground at an instant, in a store with the collections of a room beside those of the topics. The store is
// closed with the test.
func Open(t testing.TB, at time.Time, collections []docstore.Collection) *Ground {
	t.Helper()
	schema := slices.Concat(collections, deliberation.Collections(), community.Collections())
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ground.db"), schema, sqlite.Options{})
	Must(t, err)
	t.Cleanup(func() { Must(t, store.Close()) })
	days, err := calendar.China()
	Must(t, err)
	g := &Ground{T: t, Clock: clock.Standing(at), Store: &Counting{Store: store}, Days: days}
	g.Places = community.NewPlaces(g.Store)
	g.Directory = community.NewDirectory(g.Store, g.Clock)
	g.district, err = community.NewDistrict("d", "宝山区")
	Must(t, err)
	Must(t, g.Places.SaveNode(t.Context(), g.district, "test", at))
	g.Found("t", "罗店镇", "c1", "c2")
	g.Topics = deliberation.New(deliberation.Deps{
		Store: g.Store, Clock: g.Clock, Directory: g.Directory, Buildings: g.Places,
		Calendar: deliberation.NewRoundCalendar(days), Screener: deliberation.SampleWords(),
	})
	return g
}

// Found adds a town with its communities.
func (g *Ground) Found(id community.ID, name string, communities ...community.ID) {
	g.T.Helper()
	town, err := g.district.Below(id, name)
	Must(g.T, err)
	nodes := []community.Node{town}
	for _, id := range communities {
		c, err := town.Below(id, "美安苑"+string(id))
		Must(g.T, err)
		nodes = append(nodes, c)
	}
	for _, n := range nodes {
		Must(g.T, g.Places.SaveNode(g.T.Context(), n, "test", g.Clock.Now()))
	}
}

// Room is what a room stands on here.
func (g *Ground) Room() room.Ground {
	return room.Ground{Store: g.Store, Clock: g.Clock, Directory: g.Directory, Topics: g.Topics}
}

// Token is that of a new form.
func (g *Ground) Token() string { return ids.New(g.Clock.Now()) }

// In is an instant so long from now, as stores keep it.
func (g *Ground) In(d time.Duration) time.Time {
	return g.Clock.Now().UTC().Truncate(time.Millisecond).Add(d)
}

// At reads "2026-05-11 10:00" as the clocks in Shanghai show it.
func (g *Ground) At(text string) time.Time {
	g.T.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, g.Days.Zone())
	Must(g.T, err)
	return at.UTC()
}

// To sets the clock, as At reads it.
func (g *Ground) To(text string) {
	g.T.Helper()
	g.Clock.Set(g.At(text))
}

// Events returns the feed, whole or what is of the types.
func (g *Ground) Events(types ...string) []docstore.Event {
	g.T.Helper()
	return g.Since(0, types...)
}

// Since is Events after a place in the feed.
func (g *Ground) Since(after int64, types ...string) []docstore.Event {
	g.T.Helper()
	var all []docstore.Event
	for {
		some, err := g.Store.Events(g.T.Context(), after, docstore.MaxLimit)
		Must(g.T, err)
		if len(some) == 0 {
			return all
		}
		after = some[len(some)-1].Seq
		for _, e := range some {
			if len(types) == 0 || slices.Contains(types, e.Type) {
				all = append(all, e)
			}
		}
	}
}

// Counting counts the calls that read.
type Counting struct {
	docstore.Store
	Trips atomic.Int64
}

// Find counts and finds.
func (c *Counting) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	c.Trips.Add(1)
	return c.Store.Find(ctx, q)
}

// Get counts and gets.
func (c *Counting) Get(ctx context.Context, k docstore.Key) (docstore.Doc, error) {
	c.Trips.Add(1)
	return c.Store.Get(ctx, k)
}

// GetMany counts and gets.
func (c *Counting) GetMany(ctx context.Context, k []docstore.Key) ([]docstore.Doc, error) {
	c.Trips.Add(1)
	return c.Store.GetMany(ctx, k)
}

// Lives is a verified resident of a community.
func Lives(id identity.AccountID, masked string, in community.ID) identity.Actor {
	return identity.Actor{ID: id, Name: masked, Masked: masked, Memberships: []identity.Membership{{Community: in, Status: identity.MemberVerified}}}
}

// Works is somebody who holds a role at a tenant, titled by it; board is "" but for partners and departments.
func Works(id identity.AccountID, name string, role identity.Role, at community.ID, board string) identity.Actor {
	return identity.Actor{ID: id, Name: name, Masked: "某**", Grants: []identity.Grant{{Role: role, Node: at, Board: board, Title: string(role)}}}
}

// Departments are those of every town here.
type Departments struct{}

// Departments returns greening and chengguan.
func (Departments) Departments(context.Context, community.ID) ([]catalogue.Department, error) {
	return []catalogue.Department{{Key: "greening", Name: "绿化市容所"}, {Key: "chengguan", Name: "城管中队"}}, nil
}

// Must ends the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Refused fails the test unless err is the refusal of the code.
func Refused(t testing.TB, err error, code string) {
	t.Helper()
	if err == nil || fault.CodeOf(err) != code {
		t.Errorf("refused with %v, want %s", err, code)
	}
}
