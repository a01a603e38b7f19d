package digest_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

var shanghai = time.FixedZone("CST", 8*3600)

// at is an instant of March 2026, whose first day is a Sunday.
func at(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, shanghai) }

func day(n int) calendar.Date { return calendar.Date{Year: 2026, Month: time.March, Day: n} }

// ward is a town of two communities on a real store, with a clock that is moved by hand.
type ward struct {
	*digest.Service
	t      testing.TB
	clock  *clock.Virtual
	store  docstore.Store
	topics *deliberation.Service
	// chen and li are staff, zhang is the secretary, fang of the town and gao of another town; wang and zhao live here, sun does not.
	chen, li, zhang, fang, gao, wang, zhao, sun identity.Actor
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

func open(t testing.TB) *ward {
	t.Helper()
	schema := slices.Concat(digest.Collections(), deliberation.Collections(), community.Collections())
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ward.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	days, err := calendar.China()
	must(t, err)
	w := &ward{t: t, clock: clock.Standing(at(9, 9)), store: store}
	places := community.NewPlaces(store)
	district, err := community.NewDistrict("d", "宝山区")
	must(t, err)
	nodes := []community.Node{district}
	for town, here := range map[community.ID][]community.ID{"t": {"c1", "c2"}, "t9": {"c9"}} {
		n, err := district.Below(town, string(town)+"镇")
		must(t, err)
		nodes = append(nodes, n)
		for _, id := range here {
			c, err := n.Below(id, string(id))
			must(t, err)
			nodes = append(nodes, c)
		}
	}
	for _, n := range nodes {
		must(t, places.SaveNode(t.Context(), n, "test", at(1, 0)))
	}
	directory := community.NewDirectory(store, w.clock)
	w.topics = deliberation.New(deliberation.Deps{
		Store: store, Clock: w.clock, Directory: directory, Buildings: places, Calendar: deliberation.NewRoundCalendar(days),
		Screener: deliberation.SampleWords(),
	})
	w.Service = digest.New(digest.Deps{Store: store, Clock: w.clock, Directory: directory, Topics: w.topics, Calendar: days})
	works := func(id identity.AccountID, role identity.Role, node community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: string(id), Grants: []identity.Grant{{Role: role, Node: node, Title: string(role)}}}
	}
	lives := func(id identity.AccountID, in community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: string(id), Masked: "某**", Memberships: []identity.Membership{{Community: in, Status: identity.MemberVerified}}}
	}
	w.chen, w.li, w.zhang = works("chen", identity.RoleStaff, "c1"), works("li", identity.RoleStaff, "c1"), works("zhang", identity.RoleSecretary, "c1")
	w.fang, w.gao = works("fang", identity.RoleTown, "t"), works("gao", identity.RoleTown, "t9")
	w.wang, w.zhao, w.sun = lives("wang", "c1"), lives("zhao", "c1"), lives("sun", "c2")
	return w
}

func (w *ward) token() string { return ids.New(w.clock.Now()) }

// post posts at an instant and comes back to the present.
func (w *ward) post(by identity.Actor, when time.Time, board deliberation.BoardKey, text string) deliberation.TopicID {
	w.t.Helper()
	present := w.clock.Now()
	w.clock.Set(when)
	defer w.clock.Set(present)
	in := community.ID("c1")
	if by.ID == w.sun.ID {
		in = "c2"
	}
	t, err := w.topics.PostTopic(w.t.Context(), by, deliberation.PostTopic{
		ID: deliberation.TopicID(ids.New(when)), Community: in, Board: board, Body: text, Via: deliberation.ViaH5,
	})
	must(w.t, err)
	return t.ID
}

// begun is a digest of the first week of March.
func (w *ward) begun() digest.View {
	w.t.Helper()
	v, err := w.Open(w.t.Context(), w.chen, digest.Open{
		ID: digest.ID(w.token()), Community: "c1", Title: "三月第一周", Purpose: "民主生活会", From: day(1), To: day(7),
	})
	must(w.t, err)
	return v
}

// group writes a group and puts topics into it.
func (w *ward) group(v digest.View, heading string, topics ...deliberation.TopicID) digest.View {
	w.t.Helper()
	id := digest.GroupID(w.token())
	v, err := w.WriteGroup(w.t.Context(), w.chen, digest.WriteGroup{Digest: v.ID, Seen: v.Revision, Writing: digest.Writing{
		ID: id, Heading: heading, Summary: heading + "，多人反映", Ask: "请街镇解决" + heading,
	}})
	must(w.t, err)
	v, err = w.PlaceTopics(w.t.Context(), w.chen, digest.PlaceTopics{Digest: v.ID, Group: id, Topics: topics, Seen: v.Revision})
	must(w.t, err)
	return v
}

// passed is a digest of two groups that the town has to answer.
func (w *ward) passed() digest.View {
	w.t.Helper()
	one, two := w.post(w.wang, at(2, 9), "nearby", "路灯不亮"), w.post(w.zhao, at(3, 9), "nearby", "停车没有地方")
	v := w.group(w.begun(), "路灯", one)
	v = w.group(v, "停车", two)
	v, err := w.FinishSorting(w.t.Context(), w.chen, v.ID, v.Revision)
	must(w.t, err)
	v, err = w.SubmitDigest(w.t.Context(), w.zhang, v.ID, v.Revision)
	must(w.t, err)
	return v
}

// answer answers the n-th group.
func (w *ward) answer(v digest.View, n int, verdict digest.Verdict) (digest.View, error) {
	return w.AnswerGroup(w.t.Context(), w.fang, digest.AnswerGroup{
		Digest: v.ID, Group: v.Groups[n].ID, Seen: len(v.Groups[n].Answers),
		Answer: digest.Answer{ID: w.token(), Verdict: verdict, Why: "看过了，" + string(verdict), Who: "市政所", Until: "六月底前"},
	})
}

func (w *ward) events(kind string) []docstore.Event {
	w.t.Helper()
	var all []docstore.Event
	var after int64
	for {
		some, err := w.store.Events(w.t.Context(), after, 200)
		must(w.t, err)
		if len(some) == 0 {
			return all
		}
		for _, e := range some {
			if e.Type == kind {
				all = append(all, e)
			}
		}
		after = some[len(some)-1].Seq
	}
}

// follow lets the topics follow every event of digests, twice, as a relay may.
func (w *ward) follow(kinds ...string) {
	w.t.Helper()
	for _, kind := range kinds {
		for _, e := range w.events(kind) {
			for range 2 {
				must(w.t, w.topics.FollowLinks(w.t.Context(), e))
			}
		}
	}
}

func headings(v digest.View) string {
	text := ""
	for _, g := range v.Groups {
		text += fmt.Sprintf("%s:%d/%d ", g.Heading, len(g.Topics), g.Voices)
	}
	return text
}
