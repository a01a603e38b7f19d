package deliberation_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestWhoReadsWhat(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	notice := w.notice("停水通知", "周三停水")
	cases := []struct {
		name          string
		actor         identity.Actor
		topic, notice string // refusals
		feed          int
	}{
		{"neighbour", w.neighbour, "", "", 2},
		{"observer", w.observer, "", "", 2},
		{"partner", w.property, "", "", 2},
		{"town", w.townStaff, "", "", 2},
		{"public", w.public, "identity.sign_in", "", 1},
		{"follower", w.follower, "topic.not_found", "", 1},
		{"waits to be verified", w.pending, "identity.verify_first", "", 1},
		{"lives in another community", w.elsewhere, "topic.not_found", "", 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			check := func(id deliberation.TopicID, want string) {
				_, err := w.Thread(t.Context(), c.actor, id, "")
				if err == nil && want != "" || err != nil && fault.CodeOf(err) != want {
					t.Errorf("thread: %v, want %q", err, want)
				}
			}
			check(topic.ID, c.topic)
			check(notice.ID, c.notice)
			page, err := w.Feed(t.Context(), c.actor, "c1", "", "")
			if err != nil || len(page.Items) != c.feed || page.PublicOnly != (c.feed == 1) {
				t.Errorf("feed of %d, public only %v, %v", len(page.Items), page.PublicOnly, err)
			}
			_, err = w.Feed(t.Context(), c.actor, "c1", deliberation.BoardNearby, "")
			if (err == nil) != (c.feed == 2) {
				t.Errorf("board feed: %v", err)
			}
		})
	}
}

func TestAnIDFromAnotherCommunityIsNotFoundForEveryAct(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx := t.Context()
	topic := w.post("灯不亮")
	stranger := identity.Actor{ID: "x", Name: "邻社工", Grants: []identity.Grant{{Role: identity.RoleStaff, Node: "c2"}}}
	acts := map[string]func() error{
		"read":     func() error { _, err := w.Topic(ctx, stranger, topic.ID); return err },
		"comments": func() error { _, _, err := w.Comments(ctx, stranger, topic.ID, ""); return err },
		"answer":   func() error { _, err := w.answer(stranger, topic.ID); return err },
		"hold": func() error {
			_, err := w.HoldTopic(ctx, stranger, deliberation.HoldTopic{Topic: topic.ID, Reason: "x"})
			return err
		},
		"hide": func() error {
			_, err := w.HideTopic(ctx, stranger, deliberation.HideTopic{Topic: topic.ID, Reason: "x"})
			return err
		},
		"release": func() error {
			_, err := w.ReleaseTopic(ctx, stranger, deliberation.ReleaseTopic{Topic: topic.ID})
			return err
		},
		"edit": func() error {
			_, err := w.EditTopic(ctx, stranger, deliberation.EditTopic{Topic: topic.ID, Body: "x"})
			return err
		},
		"withdraw": func() error {
			_, err := w.WithdrawTopic(ctx, stranger, deliberation.WithdrawTopic{Topic: topic.ID})
			return err
		},
		"comment": func() error {
			_, err := w.CommentTopic(ctx, stranger, deliberation.CommentTopic{ID: deliberation.CommentID(w.token()), Topic: topic.ID, Body: "x", Via: deliberation.ViaH5})
			return err
		},
	}
	for name, act := range acts {
		if err := act(); !errors.Is(err, deliberation.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, act := range map[string]func() error{
		"desk":   func() error { _, err := w.DeskQueue(ctx, stranger, deliberation.DeskQuery{Node: "c1"}); return err },
		"duty":   func() error { _, err := w.Duty(ctx, stranger, "c1"); return err },
		"rounds": func() error { _, _, err := w.Rounds(ctx, stranger, "c1", ""); return err },
		"stats": func() error {
			_, err := w.Stats(ctx, stranger, "c1", deliberation.Window{From: monday(0, 0), To: monday(9, 0)})
			return err
		},
	} {
		if err := act(); fault.KindOf(err) != fault.Denied {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAHiddenNoticeIsNoLongerPublic(t *testing.T) {
	t.Parallel()
	w := setup(t)
	notice := w.notice("", "周三停水")
	_, err := w.HideTopic(t.Context(), w.secretary, deliberation.HideTopic{Topic: notice.ID, Reason: "日期有误"})
	must(t, err)
	page, err := w.Feed(t.Context(), w.public, "c1", "", "")
	if err != nil || len(page.Items) != 0 {
		t.Errorf("the public still reads %+v, %v", page.Items, err)
	}
	found, err := w.store.Find(t.Context(), docstore.Query{Kind: deliberation.TopicKind, Index: "public", Equal: []any{"c1"}, Limit: 1})
	if err != nil || len(found.Docs) != 0 {
		t.Errorf("the public index still holds it, %v", err)
	}
	if _, err := w.Topic(t.Context(), w.public, notice.ID); !errors.Is(err, identity.ErrSignIn) {
		t.Errorf("by its id: %v", err)
	}
}

func TestOnlyItsAuthorEditsAndWithdraws(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	edit := deliberation.EditTopic{Topic: topic.ID, Body: "灯不亮，三楼"}
	if _, err := w.EditTopic(t.Context(), w.neighbour, edit); !errors.Is(err, deliberation.ErrNotAuthor) {
		t.Errorf("a neighbour edits: %v", err)
	}
	if _, err := w.EditTopic(t.Context(), w.staff, edit); !errors.Is(err, deliberation.ErrNotAuthor) {
		t.Errorf("staff edit a resident's words: %v", err)
	}
	moved := w.resident
	moved.Memberships = nil
	for range 2 {
		got, err := w.WithdrawTopic(t.Context(), moved, deliberation.WithdrawTopic{Topic: topic.ID, Reason: "已自己解决"})
		if err != nil || got.Status != deliberation.Withdrawn {
			t.Errorf("its author, moved away, withdraws: %v, %s", err, got.Status)
		}
	}
	if n := len(w.events(deliberation.TopicWithdrawn)); n != 1 {
		t.Errorf("withdrawn %d times", n)
	}
	desk, err := w.DeskQueue(t.Context(), w.staff, deliberation.DeskQuery{Node: "c1"})
	if err != nil || len(desk.Items) != 0 {
		t.Errorf("the desk still waits for it: %+v, %v", desk, err)
	}
}

func TestPagesOfAFeedMissNothing(t *testing.T) {
	t.Parallel()
	w := setup(t)
	const posts = 2*deliberation.FeedPage + 5
	for i := range posts {
		w.clock.Advance(time.Second)
		w.post(fmt.Sprintf("第%d件事", i))
	}
	seen, after := map[deliberation.TopicID]bool{}, docstore.Cursor("")
	last := w.clock.Now()
	for pages := 1; ; pages++ {
		page, err := w.Feed(t.Context(), w.neighbour, "c1", "", after)
		must(t, err)
		for _, v := range page.Items {
			if v.CreatedAt.After(last) {
				t.Errorf("%s is newer than the one before it", v.Title)
			}
			last = v.CreatedAt
			seen[v.ID] = true
		}
		if after = page.Next; after == "" || pages > 5 {
			break
		}
	}
	if len(seen) != posts {
		t.Errorf("saw %d of %d", len(seen), posts)
	}
	mine, err := w.MyTopics(t.Context(), w.resident, "")
	if err != nil || len(mine.Items) != deliberation.FeedPage || !mine.Items[0].Mine {
		t.Errorf("my topics: %d, %v", len(mine.Items), err)
	}
}

func TestPagesTakeFewTripsToTheStore(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	want := []struct {
		name string
		max  int64
		work func() error
	}{
		{"feed", 1, func() error { _, err := w.Feed(t.Context(), w.neighbour, "c1", "", ""); return err }},
		{"board feed", 1, func() error { _, err := w.Feed(t.Context(), w.neighbour, "c1", deliberation.BoardHall, ""); return err }},
		{"topic page", 2, func() error { _, err := w.Thread(t.Context(), w.neighbour, topic.ID, ""); return err }},
		{"post", 1, func() error { w.post("又坏了"); return nil }},
		{"answer", 3, func() error { _, err := w.answer(w.staff, topic.ID); return err }},
	}
	for _, c := range want {
		var err error
		if trips := w.store.tripsOf(func() { err = c.work() }); trips > c.max || err != nil {
			t.Errorf("%s took %d trips, want %d at most; %v", c.name, trips, c.max, err)
		}
	}
}

func TestTheDeskShowsWhatIsDueFirst(t *testing.T) {
	t.Parallel()
	w := setup(t)
	late := w.post("早上的")
	w.clock.Set(monday(9, 0))
	if desk, err := w.DeskQueue(t.Context(), w.staff, deliberation.DeskQuery{Node: "c1", Filter: deliberation.DeskOverdue}); err != nil || desk.Overdue != 1 || len(desk.Items) != 1 {
		t.Errorf("at the very instant it is due: overdue %d, %v", desk.Overdue, err)
	}
	w.clock.Set(monday(10, 0))
	soon := w.post("今天的")
	atProperty := w.postAs(w.resident, deliberation.BoardProperty, "物业费")
	desk, err := w.DeskQueue(t.Context(), w.staff, deliberation.DeskQuery{Node: "c1"})
	must(t, err)
	if len(desk.Items) != 3 || desk.Items[0].ID != late.ID || desk.Waiting != 3 || desk.Overdue != 1 {
		t.Errorf("staff: %d items, waiting %d, overdue %d", len(desk.Items), desk.Waiting, desk.Overdue)
	}
	desk, err = w.DeskQueue(t.Context(), w.townStaff, deliberation.DeskQuery{Node: "t", Filter: deliberation.DeskOverdue})
	if err != nil || len(desk.Items) != 1 || desk.Items[0].ID != late.ID || desk.Items[0].Explain.Late != time.Hour {
		t.Errorf("town: %+v, %v", desk.Items, err)
	}
	desk, err = w.DeskQueue(t.Context(), w.property, deliberation.DeskQuery{Node: "c1"})
	if err != nil || len(desk.Items) != 1 || desk.Items[0].ID != atProperty.ID || desk.Board != deliberation.BoardProperty || desk.Waiting != 1 {
		t.Errorf("partner: %+v, %v", desk, err)
	}
	w.postAs(w.resident, deliberation.BoardProperty, "代开发票")
	if desk, err := w.DeskQueue(t.Context(), w.property, deliberation.DeskQuery{Node: "c1"}); err != nil || desk.Waiting != 1 {
		t.Errorf("a held topic waits for a partner: %d, %v", desk.Waiting, err)
	}
	if _, err := w.DeskQueue(t.Context(), w.property, deliberation.DeskQuery{Node: "c1", Board: deliberation.BoardPolice}); fault.KindOf(err) != fault.Denied {
		t.Errorf("a partner on another's desk: %v", err)
	}
	if _, err := w.answer(w.staff, soon.ID); err != nil {
		t.Fatal(err)
	}
	desk, err = w.DeskQueue(t.Context(), w.staff, deliberation.DeskQuery{Node: "c1", Filter: deliberation.DeskAll})
	if err != nil || len(desk.Items) != 4 || desk.Waiting != 3 || desk.Held != 1 {
		t.Errorf("all: %d items, waiting %d, %v", len(desk.Items), desk.Waiting, err)
	}
}

func TestAnybodyReadsThePublishedFiguresAndOnlyThose(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range deliberation.SmallCell - 1 {
		w.post("灯不亮")
	}
	w.clock.Advance(24 * time.Hour)
	read := func() deliberation.ClockStats {
		t.Helper()
		periods, err := w.PublishedStats(t.Context(), w.public, "c1")
		if err != nil || len(periods) != deliberation.PublishedPeriods {
			t.Fatalf("%d periods, %v", len(periods), err)
		}
		return periods[0].Clocks[0]
	}
	if st := read(); !st.Suppressed || st.Topics != 0 {
		t.Errorf("a small figure is published: %+v", st)
	}
	w.post("灯不亮")
	if st := read(); !st.Suppressed {
		t.Errorf("today counts already: %+v", st)
	}
	w.clock.Advance(24 * time.Hour)
	if st := read(); st.Suppressed || st.Topics != deliberation.SmallCell || st.Never != deliberation.SmallCell {
		t.Errorf("five topics without an answer: %+v", st)
	}
	now := w.clock.Now()
	if _, err := w.Stats(t.Context(), w.public, "c1", deliberation.Window{From: now.Add(-time.Hour), To: now}); fault.CodeOf(err) != "identity.sign_in" {
		t.Errorf("a window of the visitor's own choice: %v", err)
	}
	if _, err := w.PublishedStats(t.Context(), w.public, "t"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a town: %v", err)
	}
}
