package neighbourhood_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
	"jushou/internal/ids"
)

// lane is a small place on a real store: two buildings of one estate, a building of another, and the next community.
type lane struct {
	*neighbourhood.Service
	t     *testing.T
	clock *clock.Virtual
	store docstore.Store
	phone *phones

	wang, zhao, sun, qian, elsewhere identity.Actor // sun lives next door, qian in the other estate
	staff, colleague, branch         identity.Actor
}

// phones knows everybody's number and keeps the looks.
type phones struct {
	mu    sync.Mutex
	looks []identity.AccountID
}

func (p *phones) Number(_ context.Context, id identity.AccountID) (string, error) {
	return "138-" + string(id), nil
}

func (p *phones) RecordLook(_ context.Context, _ identity.Actor, _ community.ID, whom identity.AccountID, _ string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.looks = append(p.looks, whom)
	return nil
}

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func setup(t *testing.T) *lane {
	t.Helper()
	schema := docstore.Schema(append(append(neighbourhood.Collections(), deliberation.Collections()...), community.Collections()...))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "lane.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	days, err := calendar.China()
	must(t, err)
	box, err := seal.New(seal.International{}, seal.Key{7})
	must(t, err)
	l := &lane{t: t, clock: clock.Standing(noon), store: store, phone: &phones{}}
	places := community.NewPlaces(store)
	build(t, places)
	directory := community.NewDirectory(store, l.clock)
	topics := deliberation.New(deliberation.Deps{
		Store: store, Clock: l.clock, Directory: directory, Buildings: places, Calendar: deliberation.NewRoundCalendar(days),
		Screener: deliberation.SampleWords(),
	})
	l.Service = neighbourhood.New(neighbourhood.Deps{
		Store: store, Clock: l.clock, Directory: directory, Buildings: places, Authors: topics, People: l.phone,
		Screener: deliberation.SampleWords(), Box: box,
	})
	l.people()
	return l
}

func build(t *testing.T, places community.Places) {
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
		must(t, places.SaveNode(t.Context(), n, "test", noon))
	}
	for _, at := range []struct {
		id     community.BuildingID
		estate community.EstateID
		in     community.ID
	}{{"b3", "e1", "c1"}, {"b5", "e1", "c1"}, {"b9", "e2", "c1"}, {"b1", "e3", "c2"}} {
		estate, err := community.NewEstate(at.estate, at.in, "小区"+string(at.estate), "")
		must(t, err)
		b, err := community.NewBuilding(at.id, estate, "", string(at.id[1:])+"号楼")
		must(t, err)
		_, err = places.Buildings.Put(t.Context(), string(at.id), docstore.Any, b)
		must(t, err)
	}
}

func (l *lane) people() {
	lives := func(id identity.AccountID, masked string, in community.ID, at community.BuildingID) identity.Actor {
		return identity.Actor{ID: id, Name: masked, Masked: masked, Memberships: []identity.Membership{
			{Community: in, Building: at, Status: identity.MemberVerified}}}
	}
	works := func(id identity.AccountID, name, title string, role identity.Role) identity.Actor {
		return identity.Actor{ID: id, Name: name, Masked: "某**", Grants: []identity.Grant{{Role: role, Node: "c1", Title: title}}}
	}
	l.wang, l.zhao = lives("wang", "王**", "c1", "b3"), lives("zhao", "赵**", "c1", "b3")
	l.sun, l.qian = lives("sun", "孙**", "c1", "b5"), lives("qian", "钱**", "c1", "b9")
	l.elsewhere = lives("wu", "吴**", "c2", "b1")
	l.staff, l.colleague = works("li", "李社工", "居委干部", identity.RoleStaff), works("he", "何社工", "居委干部", identity.RoleStaff)
	l.branch = works("zhi", "支部", "第一党支部", identity.RoleBranch)
}

func (l *lane) token() string { return ids.New(l.clock.Now()) }

// hang hangs up a child's bicycle of wang's for a week.
func (l *lane) hang() neighbourhood.Offer {
	l.t.Helper()
	o, err := l.PostOffer(l.t.Context(), l.wang, l.bicycle())
	must(l.t, err)
	return o
}

func (l *lane) bicycle() neighbourhood.PostOffer {
	return neighbourhood.PostOffer{
		ID: neighbourhood.OfferID(l.token()), Community: "c1", Kind: neighbourhood.Give, Side: neighbourhood.Has,
		Reach: neighbourhood.ReachCommunity, Body: "儿童自行车，九成新，送给需要的邻居", Until: l.clock.Now().Add(7 * 24 * time.Hour),
	}
}

func (l *lane) answer(who identity.Actor, o neighbourhood.OfferID) neighbourhood.Exchange {
	l.t.Helper()
	x, err := l.AnswerOffer(l.t.Context(), who, neighbourhood.AnswerOffer{ID: l.token(), Offer: o, Text: "我家宝宝正好需要"})
	must(l.t, err)
	return x
}

// wish hangs a wish of wang's on the tree for a month.
func (l *lane) wish(vulnerable bool) neighbourhood.Wish {
	l.t.Helper()
	w, err := l.HangWish(l.t.Context(), l.wang, neighbourhood.HangWish{
		ID: neighbourhood.WishID(l.token()), Community: "c1", Show: neighbourhood.ShowBuilding, Vulnerable: vulnerable,
		Body: "想学会用手机挂号", Until: l.clock.Now().Add(30 * 24 * time.Hour),
	})
	must(l.t, err)
	return w
}

func (l *lane) adopt(who identity.Actor, w neighbourhood.WishID) error {
	_, err := l.AdoptWish(l.t.Context(), who, neighbourhood.AdoptWish{
		Wish: w, As: neighbourhood.AsResident, What: "周六上门教一个小时", Until: l.clock.Now().Add(5 * 24 * time.Hour),
	})
	return err
}

func (l *lane) events(what string) int {
	l.t.Helper()
	all, err := l.store.Events(l.t.Context(), 0, docstore.MaxLimit)
	must(l.t, err)
	n := 0
	for _, e := range all {
		if e.Type == what {
			n++
		}
	}
	return n
}

func (l *lane) sweep() int {
	l.t.Helper()
	n, err := l.Sweep(l.t.Context())
	must(l.t, err)
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused fails unless err is the refusal.
func refused(t *testing.T, err error, want *fault.Error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %s", err, want.Code)
	}
}

// atOnce runs both at the same time and returns their errors.
func atOnce(a, b func() error) (x, y error) {
	var wg sync.WaitGroup
	wg.Go(func() { x = a() })
	wg.Go(func() { y = b() })
	wg.Wait()
	return x, y
}
