package poll_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/recount"
	"jushou/deliberation/poll/rule"
	"jushou/deliberation/room"
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

// ground is a community of two buildings on a real store, with a clock that is moved by hand.
type ground struct {
	*poll.Service
	t      testing.TB
	clock  *clock.Virtual
	store  docstore.Store
	topics *deliberation.Service
	people *residents
	deps   poll.Deps

	staff, colleague, elsewhere identity.Actor
	n                           int
}

// residents are the people of the ground: p0, p1, … in rooms of two buildings, two to a room.
type residents struct {
	all []identity.Actor
}

func (r *residents) ResidentsAt(_ context.Context, c community.ID, after docstore.Cursor, limit int) ([]identity.ResidentAt, docstore.Cursor, error) {
	var found []identity.ResidentAt
	for _, a := range r.all {
		for _, m := range a.Memberships {
			if m.Community == c {
				found = append(found, identity.ResidentAt{Account: a.ID, Building: m.Building, Household: m.Household})
			}
		}
	}
	return found, "", nil
}

func (r *residents) ResidentByPhone(_ context.Context, _ identity.Actor, _ community.ID, phone string) (identity.AccountID, error) {
	if i := slices.IndexFunc(r.all, func(a identity.Actor) bool { return string(a.ID) == phone }); i >= 0 {
		return r.all[i].ID, nil
	}
	return "", nil
}

func (r *residents) Names(_ context.Context, who []identity.AccountID) (map[identity.AccountID]identity.PublicName, error) {
	names := map[identity.AccountID]identity.PublicName{}
	for _, id := range who {
		names[id] = identity.PublicName{Masked: "某**"}
	}
	return names, nil
}

// add lets somebody move in.
func (r *residents) add(id string, building community.BuildingID, room string) identity.Actor {
	a := identity.Actor{ID: identity.AccountID(id), Name: "某**", Masked: "某**", Memberships: []identity.Membership{{
		Community: "c1", Building: building, Household: identity.NewHouseholdID("c1", building, room), Status: identity.MemberVerified,
	}}}
	r.all = append(r.all, a)
	return a
}

// notary signs by writing its name under the text.
type notary struct{}

func (notary) Sign(text string) (string, error) { return text + "\n— test\n", nil }

func setup(t testing.TB, people int) *ground {
	t.Helper()
	schema := docstore.Schema(slices.Concat(deliberation.Collections(), community.Collections(), identity.Collections(), poll.Collections()))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "poll.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	return on(t, store, people)
}

// on is setup over a store that is there.
func on(t testing.TB, store docstore.Store, people int) *ground {
	t.Helper()
	days, err := calendar.China()
	must(t, err)
	g := &ground{t: t, clock: clock.Standing(time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)), store: store, people: &residents{}}
	places := community.NewPlaces(store)
	tree(t, places, g.clock.Now())
	directory := community.NewDirectory(store, g.clock)
	g.topics = deliberation.New(deliberation.Deps{
		Store: store, Clock: g.clock, Directory: directory, Buildings: places,
		Calendar: deliberation.NewRoundCalendar(days), Screener: deliberation.SampleWords(),
	})
	box, err := seal.New(seal.International{}, seal.Key{7})
	must(t, err)
	g.deps = poll.Deps{
		Ground: room.Ground{Store: store, Clock: g.clock, Directory: directory, Topics: g.topics}, People: g.people, Places: places,
		Box: box, Signer: notary{}, Second: recount.Compare, Software: "test",
	}
	g.Service = poll.New(g.deps)
	for i := range people {
		g.people.add(fmt.Sprintf("p%d", i), community.BuildingID([]string{"b1", "b2"}[i/2%2]), fmt.Sprint(101+i/2))
	}
	works := func(id identity.AccountID, name string, role identity.Role, in community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: name, Masked: "某**", Grants: []identity.Grant{{Role: role, Node: in, Title: "工作人员"}}}
	}
	g.staff, g.colleague = works("li", "李社工", identity.RoleStaff, "c1"), works("chen", "陈书记", identity.RoleSecretary, "c1")
	g.elsewhere = works("qian", "钱社工", identity.RoleStaff, "c2")
	return g
}

func tree(t testing.TB, places community.Places, at time.Time) {
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
	for _, id := range []community.BuildingID{"b1", "b2"} {
		b := community.Building{ID: id, Community: "c1", Estate: "e", Grid: community.GridID("g" + string(id)), Name: string(id[1]) + "号楼"}
		_, err := places.Buildings.Put(t.Context(), string(id), docstore.Any, b)
		must(t, err)
	}
}

const day = 24 * time.Hour

func (g *ground) p(i int) identity.Actor { return g.people.all[i] }

func (g *ground) in(d time.Duration) time.Time {
	return g.clock.Now().UTC().Truncate(time.Millisecond).Add(d)
}

func (g *ground) token() string { return ids.New(g.clock.Now()) }

// draft is a consultation with three options, open for a week from now.
func (g *ground) draft() poll.Draft {
	return poll.Draft{
		ID: poll.ID(g.token()), Community: "c1", Label: poll.Consultation, Question: "晾衣架装在哪里？",
		Options: []poll.Option{{Text: "楼前"}, {Text: "楼顶"}, {Text: "不装"}},
		Rule:    rule.Rule{Method: rule.Single}, OpensAt: g.in(0), ClosesAt: g.in(7 * day),
	}
}

// household is a vote of households on yes or no.
func (g *ground) household() poll.Draft {
	d := g.draft()
	d.Label, d.Options = poll.HouseVote, []poll.Option{{Text: "同意"}, {Text: "不同意"}}
	d.Rule = rule.Rule{
		Method: rule.YesNo, Franchise: rule.Households, Abstain: true,
		Quorum:    &rule.Bar{Of: rule.OfRoll, Op: rule.More, Num: 1, Den: 2},
		Threshold: &rule.Bar{Of: rule.OfCast, Op: rule.More, Num: 1, Den: 2},
	}
	d.OpensAt, d.ClosesAt = g.in(3*day), g.in(10*day)
	return d
}

// opened drafts a poll, publishes its roll and lets it open.
func (g *ground) opened(d poll.Draft) poll.Poll {
	g.t.Helper()
	p, err := g.DraftPoll(g.t.Context(), g.staff, d)
	must(g.t, err)
	_, err = g.ListRoll(g.t.Context(), g.staff, p.ID)
	must(g.t, err)
	g.keep()
	g.clock.Set(d.OpensAt)
	g.keep()
	return g.state(p.ID, poll.Open)
}

func (g *ground) keep() {
	g.t.Helper()
	_, err := g.Keep(g.t.Context())
	must(g.t, err)
}

// state returns a poll that is in a state.
func (g *ground) state(id poll.ID, want poll.State) poll.Poll {
	g.t.Helper()
	v, err := g.Poll(g.t.Context(), g.staff, id)
	must(g.t, err)
	if v.State != want {
		g.t.Fatalf("the poll is %s, want %s", v.State, want)
	}
	return v.Poll
}

// cast sends a ballot for one option with a tag of its own.
func (g *ground) cast(who identity.Actor, id poll.ID, option int) (poll.Receipt, error) {
	g.n++
	return g.CastBallot(g.t.Context(), who, poll.Cast{Poll: id, Choice: pick(option), Tag: poll.TagOf(fmt.Sprint("nonce ", g.n))})
}

func pick(options ...int) rule.Choice { return rule.Choice{Picks: options} }

// closed lets a poll's window end, and returns what was published.
func (g *ground) closed(p poll.Poll) poll.Announced {
	g.t.Helper()
	g.clock.Set(p.ClosesAt)
	g.keep()
	g.state(p.ID, poll.Settled)
	out, err := g.Result(g.t.Context(), p.ID)
	must(g.t, err)
	return out
}

// events returns the feed.
func (g *ground) events(types ...string) []docstore.Event {
	g.t.Helper()
	var all []docstore.Event
	for at := int64(0); ; {
		page, err := g.store.Events(g.t.Context(), at, docstore.MaxLimit)
		must(g.t, err)
		if len(page) == 0 {
			return all
		}
		for _, e := range page {
			at = e.Seq
			if len(types) == 0 || slices.Contains(types, e.Type) {
				all = append(all, e)
			}
		}
	}
}

func code(t testing.TB, err error, want string) {
	t.Helper()
	if got := fault.CodeOf(err); err == nil || got != want {
		t.Fatalf("got %v, want %s", err, want)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
