package poll_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/recount"
	"jushou/deliberation/poll/rule"
	"jushou/deliberation/roomtest"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
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
	// register is that of the owners.
	register *owners.Service

	staff, colleague, third, elsewhere identity.Actor
	n                                  int
}

// residents are the people of the ground: p0, p1, … in rooms of two buildings, two to a room.
type residents struct {
	all []identity.Actor
	box *seal.Box
}

// number is the telephone number of a resident.
func number(id identity.AccountID) string {
	return "1390000" + fmt.Sprintf("%04s", strings.TrimPrefix(string(id), "p"))
}

func (r *residents) PhoneMark(phone string) (string, error) { return r.box.Hash("phone", phone), nil }

func (r *residents) MarksOf(_ context.Context, id identity.AccountID) ([]string, error) {
	return r.box.Hashes("phone", number(id)), nil
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
	if i := slices.IndexFunc(r.all, func(a identity.Actor) bool { return string(a.ID) == phone || number(a.ID) == phone }); i >= 0 {
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

func (r *residents) Actor(_ context.Context, id identity.AccountID) (identity.Actor, error) {
	i := slices.IndexFunc(r.all, func(a identity.Actor) bool { return a.ID == id })
	return r.all[i], nil
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
	return on(t, roomtest.Open(t, start, collections()), people)
}

// start is when every ground is laid.
var start = time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC)

func collections() []docstore.Collection {
	return slices.Concat(identity.Collections(), poll.Collections(), owners.Collections())
}

// on is setup on a ground that is there.
func on(t testing.TB, at *roomtest.Ground, people int) *ground {
	t.Helper()
	g := &ground{t: t, clock: at.Clock, store: at.Store, topics: at.Topics, people: &residents{}}
	for _, id := range []community.BuildingID{"b1", "b2"} {
		b := community.Building{ID: id, Community: "c1", Estate: "e", Grid: community.GridID("g" + string(id)), Name: string(id[1]) + "号楼"}
		_, err := at.Places.Buildings.Put(t.Context(), string(id), docstore.Any, b)
		must(t, err)
	}
	box, err := seal.New(seal.International{}, seal.Key{7})
	must(t, err)
	g.people.box = box
	g.register = owners.New(owners.Deps{Ground: at.Room(), People: g.people, Places: at.Places, Box: box})
	g.deps = poll.Deps{
		Ground: at.Room(), People: g.people, Places: at.Places, Owners: g.register,
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
	g.third = works("zhao", "赵社工", identity.RoleStaff, "c1")
	g.elsewhere = works("qian", "钱社工", identity.RoleStaff, "c2")
	return g
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
