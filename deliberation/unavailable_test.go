package deliberation_test

import (
	"errors"
	"testing"

	"jushou/deliberation"
	"jushou/internal/docstore"
)

func TestAfterALostAnswerTryingAgainHasOneEffect(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx := t.Context()
	topic := w.post("灯不亮")
	acts := map[string]func() error{
		deliberation.TopicPosted: func() func() error {
			cmd := deliberation.PostTopic{ID: deliberation.TopicID(w.token()), Community: "c1", Board: deliberation.BoardNearby, Body: "门坏了", Via: deliberation.ViaChat}
			return func() error { _, err := w.PostTopic(ctx, w.resident, cmd); return err }
		}(),
		deliberation.TopicCommented: func() func() error {
			cmd := deliberation.CommentTopic{ID: deliberation.CommentID(w.token()), Topic: topic.ID, Body: "我家也是", Via: deliberation.ViaH5}
			return func() error { _, err := w.CommentTopic(ctx, w.neighbour, cmd); return err }
		}(),
		deliberation.TopicAnswered: func() func() error {
			cmd := deliberation.AnswerTopic{ID: w.token(), Topic: topic.ID, Body: "在修"}
			return func() error { _, err := w.AnswerTopic(ctx, w.staff, cmd); return err }
		}(),
	}
	for what, act := range acts {
		before := len(w.events(what))
		w.store.refuseWith(func(docstore.Write) error { return docstore.ErrUnavailable })
		if err := act(); !errors.Is(err, docstore.ErrUnavailable) {
			t.Errorf("%s on a store that is full: %v", what, err)
		}
		w.store.refuseWith(nil)
		if n := len(w.events(what)); n != before {
			t.Errorf("%s: refused, yet told", what)
		}
		w.store.loseWith(func(docstore.Write) error { return docstore.ErrUnavailable })
		if err := act(); !errors.Is(err, docstore.ErrUnavailable) {
			t.Errorf("%s with a lost answer: %v", what, err)
		}
		w.store.loseWith(nil)
		for range 2 {
			if err := act(); err != nil {
				t.Errorf("%s again: %v", what, err)
			}
		}
		if n := len(w.events(what)); n != before+1 {
			t.Errorf("%s: told %d times", what, n-before)
		}
	}
	if v := w.read(topic.ID); len(v.Responses) != 1 {
		t.Errorf("%d answers", len(v.Responses))
	}
}
