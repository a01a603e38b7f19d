package moderation_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/moderation"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// hall is a community with its moderators, on a real store.
type hall struct {
	*moderation.Service
	t      *testing.T
	clock  *clock.Virtual
	store  docstore.Store
	topics *deliberation.Service
	staff  holders
	// quick lets the relay follow a thing before the decision that changed it is written down.
	quick bool

	wang, zhao, sun, liu, elsewhere identity.Actor // residents
	li, qian, chen, town, foreign   identity.Actor // staff, staff, secretary, town, staff of another community
}

// holders are the moderators of c1, by role.
type holders map[identity.Role][]identity.AccountID

func (h holders) RoleHolders(_ context.Context, role identity.Role, node community.ID) ([]identity.AccountID, error) {
	if node != "c1" {
		return nil, nil
	}
	return h[role], nil
}

func setup(t *testing.T) *hall {
	t.Helper()
	ctx := t.Context()
	schema := append(append(deliberation.Collections(), community.Collections()...), moderation.Collections()...)
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "hall.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	days, err := calendar.China()
	must(t, err)
	h := &hall{t: t, store: store, clock: clock.Standing(time.Date(2026, 3, 2, 0, 10, 0, 0, time.UTC))}
	places := community.NewPlaces(store)
	district, err := community.NewDistrict("d", "宝山区")
	must(t, err)
	road, err := district.Below("t", "罗店镇")
	must(t, err)
	nodes := []community.Node{district, road}
	for _, id := range []community.ID{"c1", "c2"} {
		c, err := road.Below(id, "美安苑"+string(id))
		must(t, err)
		nodes = append(nodes, c)
	}
	for _, n := range nodes {
		must(t, places.SaveNode(ctx, n, "test", h.clock.Now()))
	}
	directory := community.NewDirectory(store, h.clock)
	h.topics = deliberation.New(deliberation.Deps{
		Store: store, Clock: h.clock, Directory: directory, Buildings: places,
		Calendar: deliberation.NewRoundCalendar(days), Screener: deliberation.SampleWords(),
	})
	h.staff = holders{identity.RoleStaff: {"li", "qian"}, identity.RoleSecretary: {"chen"}}
	rooms := moderation.Rooms(h.topics)
	for kind, room := range rooms {
		rooms[kind] = watchedRoom{room, h}
	}
	h.Service = moderation.New(moderation.Deps{
		Store: store, Clock: h.clock, Rooms: rooms, Holders: h.staff, Directory: directory,
	})
	lives := func(id identity.AccountID, masked string, in community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: masked, Masked: masked, Memberships: []identity.Membership{{Community: in, Status: identity.MemberVerified}}}
	}
	works := func(id identity.AccountID, name string, role identity.Role, at community.ID) identity.Actor {
		return identity.Actor{ID: id, Name: name, Masked: "某**", Grants: []identity.Grant{{Role: role, Node: at, Title: name}}}
	}
	h.wang, h.zhao, h.sun, h.liu = lives("wang", "王**", "c1"), lives("zhao", "赵**", "c1"), lives("sun", "孙**", "c1"), lives("liu", "刘**", "c1")
	h.elsewhere = lives("he", "何**", "c2")
	h.li, h.qian = works("li", "李社工", identity.RoleStaff, "c1"), works("qian", "钱社工", identity.RoleStaff, "c1")
	h.chen, h.town = works("chen", "陈书记", identity.RoleSecretary, "c1"), works("town", "镇管", identity.RoleTown, "t")
	h.foreign = works("far", "外社工", identity.RoleStaff, "c2")
	return h
}

// watchedRoom is a room whose relay may be quick.
type watchedRoom struct {
	moderation.Room
	h *hall
}

func (r watchedRoom) Show(ctx context.Context, actor identity.Actor, id, reason, seen string) error {
	err := r.Room.Show(ctx, actor, id, reason, seen)
	if r.h.quick {
		r.h.follow()
	}
	return err
}

func (h *hall) post(a identity.Actor, body string) moderation.Ref {
	h.t.Helper()
	topic, err := h.topics.PostTopic(h.t.Context(), a, deliberation.PostTopic{
		ID: deliberation.TopicID(ids.New(h.clock.Now())), Community: "c1", Board: deliberation.BoardNearby, Body: body, Via: deliberation.ViaH5,
	})
	must(h.t, err)
	h.follow()
	return moderation.Ref{Kind: moderation.KindTopic, ID: string(topic.ID)}
}

func (h *hall) say(a identity.Actor, under moderation.Ref, body string) moderation.Ref {
	h.t.Helper()
	c, err := h.topics.CommentTopic(h.t.Context(), a, deliberation.CommentTopic{
		ID: deliberation.CommentID(ids.New(h.clock.Now())), Topic: deliberation.TopicID(under.ID), Body: body, Via: deliberation.ViaH5,
	})
	must(h.t, err)
	h.follow()
	return moderation.Ref{Kind: moderation.KindComment, ID: string(c.ID)}
}

// follow is the relay: every event again, as at least once allows.
func (h *hall) follow() {
	h.t.Helper()
	for _, e := range h.events() {
		must(h.t, h.Follow(h.t.Context(), e))
	}
}

func (h *hall) events(types ...string) []docstore.Event {
	h.t.Helper()
	all, err := h.store.Events(h.t.Context(), 0, docstore.MaxLimit)
	must(h.t, err)
	if len(types) == 0 {
		return all
	}
	var kept []docstore.Event
	for _, e := range all {
		if e.Type == types[0] {
			kept = append(kept, e)
		}
	}
	return kept
}

func (h *hall) report(a identity.Actor, r moderation.Ref, why moderation.Why) error {
	return h.Report(h.t.Context(), a, moderation.MakeReport{Ref: r, Why: why})
}

func (h *hall) queue(a identity.Actor, at community.ID) []moderation.Item {
	h.t.Helper()
	q, err := h.Queue(h.t.Context(), a, at, "")
	must(h.t, err)
	return q.Items
}

// item is a thing as a moderator's page shows it.
func (h *hall) item(a identity.Actor, r moderation.Ref) moderation.Item {
	h.t.Helper()
	for _, i := range h.queue(a, "c1") {
		if i.Thing.Ref == r {
			return i
		}
	}
	h.t.Fatalf("%v does not wait", r)
	return moderation.Item{}
}

func (h *hall) decide(a identity.Actor, i moderation.Item, what moderation.What, reason string) error {
	_, err := h.Decide(h.t.Context(), a, moderation.Decide{
		Ref: i.Thing.Ref, Revision: i.Case.Revision, Seen: i.Thing.Seen, What: what, Reason: reason,
	})
	h.follow()
	return err
}

// shown reports whether a neighbour can read a comment.
func (h *hall) shown(r moderation.Ref) bool {
	h.t.Helper()
	c, _, err := h.topics.Comment(h.t.Context(), h.sun, deliberation.CommentID(r.ID))
	must(h.t, err)
	return c.Shown()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
