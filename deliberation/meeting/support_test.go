package meeting_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/catalogue"
	"jushou/deliberation/meeting"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

type departments struct{}

func (departments) Departments(context.Context, community.ID) ([]catalogue.Department, error) {
	return []catalogue.Department{{Key: "greening", Name: "绿化市容所"}, {Key: "chengguan", Name: "城管中队"}}, nil
}

// topics stands in for the topics: t1 and t2 are the community's and wang's, t9 is another's.
type topics struct{}

func (topics) AuthorOf(_ context.Context, a identity.Actor, p identity.Place) (deliberation.Author, error) {
	name, title := a.NameAt(p)
	return deliberation.Author{Account: a.ID, Name: name, Title: title}, nil
}

func (topics) Topic(_ context.Context, _ identity.Actor, id deliberation.TopicID) (deliberation.TopicView, error) {
	t := deliberation.Topic{ID: id, Community: "c1", Status: deliberation.Responded, Author: deliberation.Author{Account: "wang", Name: "王**"}}
	switch id {
	case "t1", "t2":
	case "t9":
		t.Community = "c2"
	case "held":
		t.Status = deliberation.Held
	default:
		return deliberation.TopicView{}, deliberation.ErrNotFound
	}
	return deliberation.TopicView{Topic: t}, nil
}

// village is a town of two communities on a real store, with a clock that is moved by hand.
type village struct {
	*meeting.Service
	t     testing.TB
	clock *clock.Virtual
	store docstore.Store
	// relayed is the place in the feed up to which OpenTasks has seen it.
	relayed int64

	li, chen, qian, town, greening, property, branch, wang, zhao, sun identity.Actor
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t testing.TB, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Errorf("refused with %v, want %s", err, code)
	}
}

// at reads "2026-05-11 10:00" as the clocks in Shanghai show it.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	x, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("", 8*3600))
	must(t, err)
	return x.UTC()
}

func setup(t testing.TB) *village {
	t.Helper()
	schema := docstore.Schema(slices.Concat(meeting.Collections(), community.Collections()))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "village.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	days, err := calendar.China()
	must(t, err)
	v := &village{t: t, clock: clock.Standing(at(t, "2026-05-11 10:00")), store: store} // a Monday
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
		must(t, community.NewPlaces(store).SaveNode(t.Context(), n, "test", v.clock.Now()))
	}
	v.Service = meeting.New(meeting.Deps{
		Store: store, Clock: v.clock, Directory: community.NewDirectory(store, v.clock), Topics: topics{}, Departments: departments{},
		Calendar: days, Screener: deliberation.SampleWords(),
	})
	v.people()
	return v
}

func (v *village) people() {
	works := func(id identity.AccountID, role identity.Role, node community.ID, board string) identity.Actor {
		return identity.Actor{ID: id, Name: string(id), Grants: []identity.Grant{{Role: role, Node: node, Board: board, Title: string(role)}}}
	}
	lives := func(id identity.AccountID, in community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: string(id), Masked: "某**", Memberships: []identity.Membership{{Community: in, Status: identity.MemberVerified}}}
	}
	v.li, v.chen, v.qian = works("li", identity.RoleStaff, "c1", ""), works("chen", identity.RoleSecretary, "c1", ""), works("qian", identity.RoleStaff, "c2", "")
	v.town, v.branch = works("fang", identity.RoleTown, "t", ""), works("shen", identity.RoleBranch, "c1", "")
	v.greening, v.property = works("lu", identity.RoleDepartment, "t", "dept:greening"), works("he", identity.RolePartner, "c1", "property")
	v.wang, v.zhao, v.sun = lives("wang", "c1"), lives("zhao", "c1"), lives("sun", "c2")
}

func (v *village) token() string { return ids.New(v.clock.Now()) }

func (v *village) to(text string) {
	v.t.Helper()
	v.clock.Set(at(v.t, text))
}

// order is a hearing of next Monday about two topics.
func (v *village) order(kind meeting.Kind) meeting.Call {
	return meeting.Call{
		ID: meeting.ID(v.token()), Community: "c1", Kind: kind, Title: "东门停车怎么划", Purpose: "划线以前先听大家的", StartsAt: at(v.t, "2026-05-18 14:00"),
		Where: "居委会二楼", Online: "线上同步，链接在群里",
		Agenda: []meeting.Item{{Text: "车位怎么划", Topic: "t1"}, {Text: "什么时候开工"}},
		Invite: meeting.Whom{Units: []string{"dept:greening", "property", "role:branch"}, Others: []string{"菜场管理方"}, AuthorsOf: []deliberation.TopicID{"t1", "t2"}},
	}
}

func (v *village) call(kind meeting.Kind) meeting.View {
	v.t.Helper()
	m, err := v.CallMeeting(v.t.Context(), v.li, v.order(kind))
	must(v.t, err)
	return m
}

// held is a meeting that took place on 18 May.
func (v *village) held(kind meeting.Kind) meeting.View {
	v.t.Helper()
	m := v.call(kind)
	_, err := v.AnnounceMeeting(v.t.Context(), v.li, m.ID)
	must(v.t, err)
	v.to("2026-05-18 16:00")
	m, err = v.HoldMeeting(v.t.Context(), v.li, m.ID, meeting.Presence{Guests: []int{0, 4}, Headcount: 20})
	must(v.t, err)
	return m
}

// minutes are of a meeting of two points, with a task for a department and one for the committee.
func minutes(m meeting.View, seen int) meeting.WriteMinutes {
	w := meeting.WriteMinutes{
		Meeting: m.ID, Seen: seen, Summary: "到会的都同意先划东门。", Outcomes: []meeting.Outcome{{Words: "东门划八个车位"}, {Words: "下月开工"}},
		Decisions: []meeting.DecisionForm{{What: "移走两棵挡路的树", Unit: "dept:greening", Days: 5, Item: 0}, {What: "贴告示", Owner: "居委会", Days: 2, Item: 1}},
	}
	if m.Kind == meeting.Review {
		w.Outcomes[0].Tally, w.Outcomes[1].Tally = &meeting.Tally{Satisfied: 12, Basically: 5, Not: 3}, &meeting.Tally{Satisfied: 1}
	}
	return w
}

// published is a hearing whose minutes came out on Monday 18 May at 17:00, and its tasks.
func (v *village) published(kind meeting.Kind) meeting.View {
	v.t.Helper()
	m := v.held(kind)
	m, err := v.WriteMinutes(v.t.Context(), v.li, minutes(m, 0))
	must(v.t, err)
	_, err = v.ConfirmMinutes(v.t.Context(), v.chen, m.ID, 1)
	must(v.t, err)
	v.to("2026-05-18 17:00")
	_, err = v.PublishMinutes(v.t.Context(), v.li, m.ID, 1)
	must(v.t, err)
	for _, e := range v.since(v.relayed) {
		must(v.t, v.OpenTasks(v.t.Context(), e))
		must(v.t, v.OpenTasks(v.t.Context(), e)) // a relay may see an event twice
		v.relayed = e.Seq
	}
	m, err = v.Meeting(v.t.Context(), v.wang, m.ID)
	must(v.t, err)
	return m
}

func (v *village) events() []docstore.Event {
	v.t.Helper()
	return v.since(0)
}

func (v *village) since(after int64) []docstore.Event {
	v.t.Helper()
	var all []docstore.Event
	for {
		some, err := v.store.Events(v.t.Context(), after, 200)
		must(v.t, err)
		if len(some) == 0 {
			return all
		}
		all, after = append(all, some...), some[len(some)-1].Seq
	}
}

// told returns the events of a type.
func (v *village) told(what string) []docstore.Event {
	v.t.Helper()
	return slices.DeleteFunc(v.events(), func(e docstore.Event) bool { return e.Type != what })
}

func decode(e docstore.Event) (n meeting.News, err error) {
	return n, json.Unmarshal(e.Data, &n)
}
