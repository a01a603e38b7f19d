package roster_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/internal/identity/seal"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// desk is a committee with a real store, and members of staff in front of it.
type desk struct {
	*roster.Service
	t       *testing.T
	store   docstore.Store
	places  community.Places
	dir     *community.Directory
	clock   *clock.Virtual
	box     *seal.Box
	staff   identity.Actor
	foreign identity.Actor // staff of the community next door
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	schema := docstore.Schema(slices.Concat(community.Collections(), identity.Collections(), roster.Collections()))
	if err := schema.Check(); err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "db"), schema, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	box, err := seal.New(seal.International{}, seal.Key{1})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, store: store, places: community.NewPlaces(store), clock: clock.Standing(noon), box: box,
		staff:   identity.Actor{ID: "a1", Grants: []identity.Grant{{Role: identity.RoleStaff, Node: "ld-01"}}},
		foreign: identity.Actor{ID: "a2", Grants: []identity.Grant{{Role: identity.RoleStaff, Node: "ld-02"}}},
	}
	d.dir = community.NewDirectory(store, clock.System{})
	d.plant()
	d.Service = d.over(store)
	return d
}

// over is the service of another process, on a store that may be wrapped.
func (d *desk) over(store docstore.Store) *roster.Service {
	return roster.New(roster.Config{Store: store, Directory: d.dir, Box: d.box, Clock: d.clock})
}

func (d *desk) plant() {
	d.t.Helper()
	district, err := community.NewDistrict("bs", "宝山区")
	d.must(err)
	town, err := district.Below("ld", "罗店镇")
	d.must(err)
	d.must(d.places.SaveNode(d.t.Context(), district, "system:test", noon))
	d.must(d.places.SaveNode(d.t.Context(), town, "system:test", noon))
	for _, id := range []community.ID{"ld-01", "ld-02"} {
		c, err := town.Below(id, "某居民区")
		d.must(err)
		d.must(d.places.SaveNode(d.t.Context(), c, "system:test", noon))
	}
	e, err := community.NewEstate("lhy", "ld-01", "罗和苑", "罗和路1234弄")
	d.must(err)
	_, err = d.places.Estates.Put(d.t.Context(), string(e.ID), docstore.Absent, e)
	d.must(err)
	for id, name := range map[community.BuildingID]string{"b3": "3号楼", "b5": "5号楼", "b6": "6号楼"} {
		d.building(id, name)
	}
}

// building makes or renames a building.
func (d *desk) building(id community.BuildingID, name string) {
	d.t.Helper()
	b, err := community.NewBuilding(id, community.Estate{ID: "lhy", Community: "ld-01"}, "", name)
	d.must(err)
	_, err = d.places.Buildings.Put(d.t.Context(), string(id), docstore.Any, b)
	d.must(err)
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) refused(err error, want *fault.Error) {
	d.t.Helper()
	if !errors.Is(err, want) {
		d.t.Errorf("err = %v, want %v", err, want)
	}
}

// preview uploads rows under the header 楼栋, 室号, 姓名, 手机.
func (d *desk) preview(rows ...[]string) roster.Import {
	d.t.Helper()
	i, err := d.PreviewRoster(d.t.Context(), d.staff, "ld-01", "名册.csv", table(rows...))
	d.must(err)
	return i
}

func table(rows ...[]string) []byte {
	return asCSV(append([][]string{{"楼栋", "室号", "姓名", "手机"}}, rows...))
}

// imported previews, confirms and applies.
func (d *desk) imported(rows ...[]string) roster.Import {
	d.t.Helper()
	i := d.preview(rows...)
	_, err := d.ConfirmRoster(d.t.Context(), d.staff, i.ID)
	d.must(err)
	d.must(d.ApplyRoster(d.t.Context(), i.ID))
	return d.progress(i.ID)
}

func (d *desk) progress(id string) roster.Import {
	d.t.Helper()
	i, err := d.Progress(d.t.Context(), d.staff, id)
	d.must(err)
	return i
}

// listed writes everybody on the households: "ld-01.b3.501 王小芳".
func (d *desk) listed() []string {
	d.t.Helper()
	var all []string
	for _, id := range []community.BuildingID{"b3", "b5", "b6"} {
		homes, err := identity.HouseholdsIn(d.t.Context(), identity.Households(d.store), community.Building{ID: id, Community: "ld-01"})
		d.must(err)
		for _, h := range homes {
			names, err := h.Names(d.box)
			d.must(err)
			for _, n := range names {
				all = append(all, string(h.ID)+" "+n)
			}
		}
	}
	return all
}

// knows reports whether the roster of a home has the name with the phone.
func (d *desk) knows(id identity.HouseholdID, name, phone string) bool {
	d.t.Helper()
	h, _, err := identity.Households(d.store).Get(d.t.Context(), string(id))
	d.must(err)
	ok, err := h.Knows(d.box, name, phone)
	d.must(err)
	return ok
}

// events lists the types of the roster's events.
func (d *desk) events() []string {
	d.t.Helper()
	feed, err := d.store.Events(d.t.Context(), 0, docstore.MaxLimit)
	d.must(err)
	var all []string
	for _, e := range feed {
		if e.Doc.Kind == roster.KindImport {
			all = append(all, e.Type)
		}
	}
	return all
}

// chunks counts the sealed pieces that are stored for an import.
func (d *desk) chunks(id string) int {
	d.t.Helper()
	var keys []docstore.Key
	for _, n := range []string{"000", "001", "002", "003"} {
		keys = append(keys, docstore.Key{Kind: roster.KindChunk, ID: id + "." + n})
	}
	docs, err := d.store.GetMany(d.t.Context(), keys)
	d.must(err)
	return len(docs)
}

var errKilled = errors.New("killed")

// mortal is a store whose process dies at the n-th write: before it or, with late, right after it.
type mortal struct {
	docstore.Store
	left atomic.Int64
	late bool
}

func (m *mortal) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	n := m.left.Add(-1)
	if n < 0 || n == 0 && !m.late {
		return 0, errKilled
	}
	version, err := m.Store.Put(ctx, w, events...)
	if n == 0 {
		return 0, errKilled
	}
	return version, err
}
