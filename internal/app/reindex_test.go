package app_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/internal/app"
	"jushou/internal/config"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// TestWhatAnOlderProgramWroteIsStillFound writes a comment and a seat as a program did that knew none of today's indexes.
func TestWhatAnOlderProgramWroteIsStillFound(t *testing.T) {
	t.Parallel()
	cfg, err := config.Load([]string{config.Prefix + "SANDBOX=1", config.Prefix + "DATA_DIR=" + t.TempDir()}, "")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.WithoutCancel(t.Context())
	store, err := sqlite.Open(ctx, filepath.Join(cfg.DataDir, "jushou.db"), app.Schema(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	topic := deliberation.Topic{ID: deliberation.TopicID(ids.New(now)), Community: "hexiang", Board: deliberation.BoardNearby, Status: deliberation.Open, CreatedAt: now}
	comment := deliberation.Comment{ID: deliberation.CommentID(ids.New(now)), Topic: topic.ID, Community: "hexiang", Body: "老程序写下的一句话", CreatedAt: now}
	seat := poll.Seat{Poll: poll.ID(ids.New(now)), Community: "hexiang", Voter: "v", Casts: 1}
	for key, value := range map[docstore.Key]any{
		{Kind: deliberation.TopicKind, ID: string(topic.ID)}:     topic,
		{Kind: deliberation.CommentKind, ID: string(comment.ID)}: comment,
		{Kind: poll.SeatKind, ID: string(seat.Poll) + "/v"}:      seat,
	} {
		body, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Put(ctx, docstore.Write{Key: key, Want: docstore.Absent, Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second start has nothing to do
		a, err := app.New(ctx, cfg, app.Options{NoDemo: true})
		if err != nil {
			t.Fatal(err)
		}
		thread, err := a.Topics.Thread(ctx, identity.System("test"), topic.ID, "")
		if err != nil || len(thread.Comments) != 1 || thread.Comments[0].Body != comment.Body {
			t.Errorf("the thread has %+v, %v", thread.Comments, err)
		}
		onRoll, err := a.Store.Count(ctx, docstore.Query{Kind: poll.SeatKind, Index: "roll", Equal: []any{string(seat.Poll)}}, 10)
		if err != nil || onRoll != 1 {
			t.Errorf("%d seats on the roll, %v", onRoll, err)
		}
		if err := a.Stop(ctx); err != nil {
			t.Fatal(err)
		}
	}
}
