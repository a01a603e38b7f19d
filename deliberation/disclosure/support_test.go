package disclosure_test

import (
	"path/filepath"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// hamlet is a small place on a real store: two communities of a town and the people who publish in the first.
type hamlet struct {
	*disclosure.Service
	t                                                      *testing.T
	clock                                                  *clock.Virtual
	store                                                  docstore.Store
	li, zhou, branch, town, wang, neighbour, stranger, cop identity.Actor
}

func actor(id identity.AccountID) identity.Actor { return identity.Actor{ID: id, Name: string(id)} }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Errorf("refused with %v, want %s", err, code)
	}
}

func setup(t *testing.T) *hamlet {
	t.Helper()
	schema := docstore.Schema(append(append(disclosure.Collections(), deliberation.Collections()...), community.Collections()...))
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "hamlet.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	days, err := calendar.China()
	must(t, err)
	h := &hamlet{t: t, clock: clock.Standing(noon), store: store}
	places := community.NewPlaces(store)
	district, err := community.NewDistrict("d", "宝山区")
	must(t, err)
	town, err := district.Below("t", "罗店镇")
	must(t, err)
	must(t, places.SaveNode(t.Context(), district, "test", noon))
	must(t, places.SaveNode(t.Context(), town, "test", noon))
	for _, id := range []community.ID{"c1", "c2"} {
		c, err := town.Below(id, "美安苑"+string(id))
		must(t, err)
		must(t, places.SaveNode(t.Context(), c, "test", noon))
	}
	directory := community.NewDirectory(store, h.clock)
	topics := deliberation.New(deliberation.Deps{
		Store: store, Clock: h.clock, Directory: directory, Buildings: places, Calendar: deliberation.NewRoundCalendar(days),
		Screener: deliberation.SampleWords(),
	})
	h.Service = disclosure.New(disclosure.Deps{
		Store: store, Clock: h.clock, Directory: directory, Authors: topics, Calendar: days, Screener: deliberation.SampleWords(),
	})
	works := func(id identity.AccountID, role identity.Role, node community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: string(id), Grants: []identity.Grant{{Role: role, Node: node, Title: string(role)}}}
	}
	lives := func(id identity.AccountID, in community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: string(id), Masked: "某**", Memberships: []identity.Membership{{Community: in, Status: identity.MemberVerified}}}
	}
	h.li, h.zhou, h.branch = works("li", identity.RoleStaff, "c1"), works("zhou", identity.RoleSecretary, "c1"), works("zhi", identity.RoleBranch, "c1")
	h.town, h.cop = works("town", identity.RoleTown, "t"), works("cop", identity.RolePartner, "c1")
	h.wang, h.neighbour, h.stranger = lives("wang", "c1"), lives("zhao", "c1"), lives("sun", "c2")
	return h
}

func (h *hamlet) token() string { return ids.New(h.clock.Now()) }

// report is a finance report of a month, with one income and one expense.
func (h *hamlet) report(p disclosure.Period) disclosure.EnterItem {
	return disclosure.EnterItem{
		ID: disclosure.ItemID(h.token()), Community: "c1", Kind: disclosure.Finance, Period: p,
		Content: disclosure.Content{Title: string(p) + "收支", Rows: []disclosure.Row{
			{What: "公共收益", Side: disclosure.In, Fen: 1_280_050, Note: "电梯广告"}, {What: "路灯维修", Side: disclosure.Out, Fen: 80_000},
		}},
	}
}

// published enters a report and lets the secretary publish it.
func (h *hamlet) published(p disclosure.Period) disclosure.Item {
	h.t.Helper()
	i, err := h.EnterItem(h.t.Context(), h.li, h.report(p))
	must(h.t, err)
	i, err = h.ReviewItem(h.t.Context(), h.zhou, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: true})
	must(h.t, err)
	h.follow()
	return i
}

// follow gives the relay's handler every event twice, as a relay may.
func (h *hamlet) follow() {
	h.t.Helper()
	for _, e := range h.events() {
		for range 2 {
			must(h.t, h.FollowItems(h.t.Context(), e))
		}
	}
}

func (h *hamlet) events() []docstore.Event {
	h.t.Helper()
	var all []docstore.Event
	var after int64
	for {
		some, err := h.store.Events(h.t.Context(), after, 200)
		must(h.t, err)
		if len(some) == 0 {
			return all
		}
		all, after = append(all, some...), some[len(some)-1].Seq
	}
}

// to sets the clock to a day and time in Shanghai and lets the watch come by.
func (h *hamlet) to(text string) {
	h.t.Helper()
	h.clock.Set(h.when(text))
	_, err := h.Watch(h.t.Context())
	must(h.t, err)
}

func (h *hamlet) when(text string) time.Time {
	h.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("", 8*3600))
	must(h.t, err)
	return at.UTC()
}
