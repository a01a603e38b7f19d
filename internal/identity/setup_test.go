package identity_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// town is a small real installation: one district with two towns, three communities, two buildings.
type town struct {
	*identity.Service
	t       testing.TB
	store   docstore.Store
	places  community.Places
	dir     *community.Directory
	clock   *clock.Virtual
	real    *clock.Virtual
	box     *seal.Box
	admin   identity.Actor
	staff   identity.Actor // of ld-01
	staff02 identity.Actor // of ld-02
}

var sessionKey = seal.Key{9}

func newTown(t testing.TB) *town {
	t.Helper()
	schema := docstore.Schema(append(community.Collections(), identity.Collections()...))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "db"), schema, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &town{t: t, store: store, places: community.NewPlaces(store), clock: clock.Standing(noon), real: clock.Standing(noon), box: newBox(t)}
	w.dir = community.NewDirectory(store, w.real)
	w.Service = w.replica()
	w.plant()
	w.admin = w.person("admin")
	w.give(w.admin.ID, identity.Grant{Role: identity.RoleAdmin, Node: "bs"})
	w.staff = w.registered("staff", "李干部", "13700000001")
	w.give(w.staff.ID, identity.Grant{Role: identity.RoleStaff, Node: "ld-01", Title: "居委干部"})
	w.staff02 = w.person("staff02")
	w.give(w.staff02.ID, identity.Grant{Role: identity.RoleStaff, Node: "ld-02"})
	w.admin, w.staff, w.staff02 = w.actor(w.admin.ID), w.actor(w.staff.ID), w.actor(w.staff02.ID)
	return w
}

// replica is a second process on the same store.
func (w *town) replica(previous ...seal.Key) *identity.Service {
	return identity.New(identity.Config{
		Store: w.store, Directory: w.dir, Box: w.box, Clock: w.clock, Real: w.real,
		SessionKey: sessionKey, PreviousSessionKeys: previous,
	})
}

func (w *town) plant() {
	w.t.Helper()
	district, err := community.NewDistrict("bs", "宝山区")
	w.must(err)
	w.must(w.places.SaveNode(w.t.Context(), district, "system:test", noon))
	for _, tn := range []struct {
		id          community.ID
		communities []community.ID
	}{{"ld", []community.ID{"ld-01", "ld-02"}}, {"gc", []community.ID{"gc-01"}}} {
		n, err := district.Below(tn.id, "某镇")
		w.must(err)
		w.must(w.places.SaveNode(w.t.Context(), n, "system:test", noon))
		for _, id := range tn.communities {
			c, err := n.Below(id, "某居民区")
			w.must(err)
			w.must(w.places.SaveNode(w.t.Context(), c, "system:test", noon))
		}
	}
	for _, b := range []struct {
		id community.BuildingID
		in community.ID
	}{{"b3", "ld-01"}, {"b7", "ld-02"}} {
		e, err := community.NewEstate("e-"+community.EstateID(b.in), b.in, "美兰湖小区", "")
		w.must(err)
		building, err := community.NewBuilding(b.id, e, "", string(b.id[1:])+"号楼")
		w.must(err)
		_, err = w.places.Buildings.Put(w.t.Context(), string(b.id), docstore.Absent, building)
		w.must(err)
	}
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) person(openid string) identity.Actor {
	w.t.Helper()
	a, err := w.SignInByWeChat(w.t.Context(), openid)
	w.must(err)
	return a
}

func (w *town) give(id identity.AccountID, g identity.Grant) {
	w.t.Helper()
	w.must(w.GrantRole(w.t.Context(), identity.System("test"), id, g))
}

func (w *town) actor(id identity.AccountID) identity.Actor {
	w.t.Helper()
	a, err := w.Actor(w.t.Context(), id)
	w.must(err)
	return a
}

// list puts a person on the roster of an address.
func (w *town) list(building community.BuildingID, room, name, phone string) {
	w.t.Helper()
	b, err := w.places.Building(w.t.Context(), building)
	w.must(err)
	h, err := identity.NewHousehold(b, room)
	w.must(err)
	h, _, err = h.List(w.box, identity.Entry{Name: name, Phone: phone}, "import-1", noon)
	w.must(err)
	_, err = identity.Households(w.store).Put(w.t.Context(), string(h.ID), docstore.Any, h, h.Changed("system:test", noon))
	w.must(err)
}

func form(name, phone string) identity.RegisterResident {
	return identity.RegisterResident{
		Name: name, Phone: phone, Community: "ld-01", Building: "b3", Room: "３号楼５０１室",
		Consents: []identity.Consent{{Purpose: identity.PurposeService, Version: "2026-11"}},
	}
}

// registered is a new person with a pending claim to 501.
func (w *town) registered(openid, name, phone string) identity.Actor {
	w.t.Helper()
	a := w.person(openid)
	_, err := w.RegisterResident(w.t.Context(), a, form(name, phone))
	w.must(err)
	return w.actor(a.ID)
}

// resident is a new person whom the roster knows.
func (w *town) resident(openid, name, phone string) identity.Actor {
	w.t.Helper()
	w.list("b3", "501", name, phone)
	return w.registered(openid, name, phone)
}

// events returns the types of the events of an account, in order.
func (w *town) events(id identity.AccountID) []string {
	w.t.Helper()
	all, err := w.store.Events(context.WithoutCancel(w.t.Context()), 0, docstore.MaxLimit)
	w.must(err)
	var types []string
	for _, e := range all {
		if e.Doc.ID == string(id) {
			types = append(types, e.Type)
		}
	}
	return types
}

// relay shows every event so far to a service, as the event relay does.
func (w *town) relay(s *identity.Service) {
	w.t.Helper()
	all, err := w.store.Events(w.t.Context(), 0, docstore.MaxLimit)
	w.must(err)
	for _, e := range all {
		w.must(s.Follow(w.t.Context(), e))
	}
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
