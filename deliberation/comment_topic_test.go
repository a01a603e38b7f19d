package deliberation_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func (w *town) comment(a identity.Actor, topic deliberation.TopicID, body string) (deliberation.Comment, error) {
	return w.CommentTopic(context.Background(), a, deliberation.CommentTopic{
		ID: deliberation.CommentID(w.token()), Topic: topic, Body: body, Via: deliberation.ViaH5,
	})
}

func TestSixtyFourCommentersDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	w.store.refuseWith(func(x docstore.Write) error {
		if x.Kind == deliberation.TopicKind {
			return errors.New("commenting wrote the topic")
		}
		return nil
	})
	faults := make([]error, 64)
	var crowd sync.WaitGroup
	for i := range faults {
		crowd.Go(func() { _, faults[i] = w.comment(w.neighbour, topic.ID, "意见"+strconv.Itoa(i)) })
	}
	crowd.Wait()
	must(t, errors.Join(faults...))
	w.store.refuseWith(nil)

	events := w.events(deliberation.TopicCommented)
	if len(events) != 64 {
		t.Fatalf("%d events", len(events))
	}
	trips := w.store.tripsOf(func() {
		for range 2 { // at least once: everything comes again
			for _, e := range events {
				must(t, w.CountComments(t.Context(), e))
			}
		}
	})
	if v := w.read(topic.ID); v.Comments != 64 {
		t.Errorf("counted %d", v.Comments)
	}
	if n := len(w.events(deliberation.TopicCounted)); n != 1 || trips > 2*64+10 {
		t.Errorf("written %d times in %d trips; the first event counts for all", n, trips)
	}
}

func TestCountingIsRightInAnyOrderAndByTwoRelays(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	for i := range 12 {
		w.clock.Advance(time.Minute)
		_, err := w.comment(w.neighbour, topic.ID, "意见"+strconv.Itoa(i))
		must(t, err)
		events := w.events(deliberation.TopicCommented)
		var relays sync.WaitGroup
		faults := make([]error, 2*len(events))
		for j := range faults {
			relays.Go(func() { faults[j] = w.CountComments(t.Context(), events[(j*7+i)%len(events)]) })
		}
		relays.Wait()
		must(t, errors.Join(faults...))
		if v := w.read(topic.ID); v.Comments != i+1 || !v.LastActivity.Equal(w.clock.Now()) {
			t.Fatalf("after %d comments: %d, last at %v", i+1, v.Comments, v.LastActivity)
		}
	}
	for _, e := range w.events(deliberation.TopicPosted, deliberation.TopicCounted) {
		if err := w.CountComments(t.Context(), e); err != nil {
			t.Errorf("%s: %v", e.Type, err)
		}
	}
}

func TestCommentsArePagedOldestFirst(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	const n = deliberation.CommentsPage + 3
	for i := range n {
		w.clock.Advance(time.Second)
		_, err := w.comment(w.neighbour, topic.ID, strconv.Itoa(i))
		must(t, err)
	}
	thread, err := w.Thread(t.Context(), w.resident, topic.ID, "")
	must(t, err)
	rest, next, err := w.Comments(t.Context(), w.resident, topic.ID, thread.Next)
	must(t, err)
	if len(thread.Comments) != deliberation.CommentsPage || len(rest) != 3 || next != "" || rest[2].Body != strconv.Itoa(n-1) {
		t.Errorf("pages of %d and %d", len(thread.Comments), len(rest))
	}
	if c := rest[0]; c.Author.Account != "" || c.Author.Name != "赵**" || c.Author.Building != "3号楼" {
		t.Errorf("shown as %+v", c.Author)
	}
}

func TestWhatACommentMayBe(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	if _, err := w.comment(w.neighbour, topic.ID, "\u200b"); fault.CodeOf(err) != "comment.empty" {
		t.Errorf("empty: %v", err)
	}
	if _, err := w.comment(w.neighbour, topic.ID, strings.Repeat("长", deliberation.MaxComment+1)); fault.CodeOf(err) != "comment.too_long" {
		t.Errorf("too long: %v", err)
	}
	if _, err := w.comment(w.pending, topic.ID, "我也是"); !errors.Is(err, identity.ErrVerify) {
		t.Errorf("not yet verified: %v", err)
	}
	hidden, err := w.comment(w.neighbour, topic.ID, "代开发票")
	if err != nil || !hidden.Hidden {
		t.Errorf("a word on the list: %v, %+v", err, hidden)
	}
	thread, err := w.Thread(t.Context(), w.resident, topic.ID, "")
	if err != nil || len(thread.Comments) != 1 || thread.Comments[0].Body != "" || thread.Comments[0].Hits != nil {
		t.Errorf("others see %+v, %v", thread.Comments, err)
	}

	twice := deliberation.CommentTopic{ID: deliberation.CommentID(w.token()), Topic: topic.ID, Body: "同意", Via: deliberation.ViaH5}
	for range 2 {
		if _, err := w.CommentTopic(t.Context(), w.neighbour, twice); err != nil {
			t.Errorf("the same comment again: %v", err)
		}
	}
	if _, err := w.CommentTopic(t.Context(), w.resident, twice); !errors.Is(err, deliberation.ErrTaken) {
		t.Errorf("somebody else's token: %v", err)
	}
	if n := len(w.events(deliberation.TopicCommented)); n != 2 {
		t.Errorf("%d comments in the feed", n)
	}
}

func TestAHiddenCommentWaitsForAPerson(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx := t.Context()
	topic := w.post("晾衣架装在哪里")
	c, err := w.comment(w.neighbour, topic.ID, "代开发票")
	must(t, err)
	data, err := deliberation.Decode[deliberation.Commented](w.events(deliberation.TopicCommented)[0])
	if err != nil || data.Author != "" || data.Excerpt != "" {
		t.Errorf("its event tells the author of %+v, %v", data, err)
	}
	held, _, err := w.HeldComments(ctx, w.staff, "c1", "")
	if err != nil || len(held) != 1 || held[0].Body != "代开发票" {
		t.Errorf("staff find %+v, %v", held, err)
	}
	if _, _, err := w.HeldComments(ctx, w.neighbour, "c1", ""); fault.KindOf(err) != fault.Denied {
		t.Errorf("a neighbour looks: %v", err)
	}
	if _, err := w.ReleaseComment(ctx, w.neighbour, deliberation.ReleaseComment{Comment: c.ID}); fault.KindOf(err) != fault.Denied {
		t.Errorf("its author shows it: %v", err)
	}
	for range 2 {
		_, err := w.ReleaseComment(ctx, w.staff, deliberation.ReleaseComment{Comment: c.ID})
		must(t, err)
	}
	thread, err := w.Thread(ctx, w.resident, topic.ID, "")
	if err != nil || thread.Comments[0].Body == "" || thread.Comments[0].ModeratedBy != "" {
		t.Errorf("shown as %+v, %v", thread.Comments, err)
	}
	if _, err := w.HideComment(ctx, w.staff, deliberation.HideComment{Comment: c.ID}); fault.CodeOf(err) != "topic.reason_needed" {
		t.Errorf("hidden without a reason: %v", err)
	}
	_, err = w.HideComment(ctx, w.staff, deliberation.HideComment{Comment: c.ID, Reason: "广告"})
	must(t, err)
	held, _, err = w.HeldComments(ctx, w.staff, "c1", "")
	if err != nil || len(held) != 0 || len(w.events(deliberation.CommentReleased)) != 1 || len(w.events(deliberation.CommentHidden)) != 1 {
		t.Errorf("decided, yet it waits: %+v, %v", held, err)
	}
	if _, err := w.HideComment(ctx, w.staff, deliberation.HideComment{Comment: "nothing", Reason: "x"}); !errors.Is(err, deliberation.ErrNotFound) {
		t.Errorf("no such comment: %v", err)
	}
}
