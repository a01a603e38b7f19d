package wechat

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
)

func newInbox(t *testing.T) (*Inbox, docstore.Store, *clock.Virtual) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "inbox.db"), Collections(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	now := clock.Standing(pushTime)
	return NewInbox(store, now, 0), store, now
}

func TestAPushDeliveredFourTimesToTwoReplicasIsStoredOnce(t *testing.T) {
	t.Parallel()
	inbox, store, now := newInbox(t)
	other := NewInbox(store, now, 0)
	p := mustPush(t, textPush("路灯坏了"))
	var firsts atomic.Int32
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			first, err := []*Inbox{inbox, other}[i%2].Receive(t.Context(), p)
			if err != nil {
				t.Error(err)
			}
			if first {
				firsts.Add(1)
			}
		})
	}
	wait.Wait()
	if firsts.Load() != 1 {
		t.Fatalf("%d first copies", firsts.Load())
	}
	events, err := store.Events(t.Context(), 0, 10)
	if err != nil || len(events) != 1 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	e := events[0]
	if e.Type != FactReceived || e.Doc.ID != PushID(p) || e.Scope != "wechat/"+testAppID || e.Actor != "system:wechat" || !e.At.Equal(pushTime) {
		t.Errorf("event %+v", e)
	}
	if strings.Contains(string(e.Data), "oA") || strings.Contains(string(e.Data), "路灯") {
		t.Errorf("the feed holds personal data: %s", e.Data)
	}
	got, err := inbox.Get(t.Context(), e.Doc.ID)
	if err != nil || got.Push.Content != "路灯坏了" || got.Push.From != "oA" || got.Push.XML != nil {
		t.Fatalf("stored %+v, %v", got, err)
	}
}

func TestWhatIsStoredIsTheLeast(t *testing.T) {
	t.Parallel()
	inbox, store, _ := newInbox(t)
	image := mustPush(t, pushOf("<MsgType>image</MsgType><PicUrl>http://secret-picture</PicUrl><MediaId>m1</MediaId><MsgId>9</MsgId>"))
	for _, p := range []Push{
		image,
		mustPush(t, event(EventLocation, "<Latitude>31.4</Latitude><Longitude>121.3</Longitude>")),
		mustPush(t, event(EventView, "<EventKey>https://a</EventKey>")),
	} {
		first, err := inbox.Receive(t.Context(), p)
		if err != nil || first != (p.Type == TypeImage) {
			t.Errorf("%s %s: first %v, %v", p.Type, p.Event, first, err)
		}
	}
	doc, err := store.Get(t.Context(), docstore.Key{Kind: PushKindName, ID: PushID(image)})
	if err != nil || strings.Contains(string(doc.Body), "secret-picture") || !strings.Contains(string(doc.Body), "m1") {
		t.Errorf("stored %s, %v", doc.Body, err)
	}
	if events, err := store.Events(t.Context(), 0, 10); err != nil || len(events) != 1 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestASettledPushForgetsTheWordsAndStaysADuplicate(t *testing.T) {
	t.Parallel()
	inbox, store, _ := newInbox(t)
	p := mustPush(t, textPush("我家的事"))
	if _, err := inbox.Receive(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := inbox.Settle(t.Context(), PushID(p)); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := store.Get(t.Context(), docstore.Key{Kind: PushKindName, ID: PushID(p)})
	if err != nil || strings.Contains(string(doc.Body), "我家的事") || doc.Version != 2 {
		t.Errorf("stored %s at %d, %v", doc.Body, doc.Version, err)
	}
	if first, err := inbox.Receive(t.Context(), p); err != nil || first {
		t.Errorf("a late copy counted as first: %v", err)
	}
}

func TestPruneDeletesWhatHasExpiredAndNothingElse(t *testing.T) {
	t.Parallel()
	inbox, _, now := newInbox(t)
	old, recent := mustPush(t, textPush("old")), mustPush(t, strings.Replace(textPush("new"), "6054768590064713728", "7", 1))
	receive := func(p Push) {
		if first, err := inbox.Receive(t.Context(), p); err != nil || !first {
			t.Fatalf("receive: %v, %v", first, err)
		}
	}
	receive(old)
	now.Advance(time.Hour)
	receive(recent)
	now.Advance(DefaultKeep - time.Hour)
	if n, err := inbox.Prune(t.Context(), 100); err != nil || n != 0 {
		t.Fatalf("pruned %d at the very instant, %v", n, err)
	}
	now.Advance(time.Second)
	if n, err := inbox.Prune(t.Context(), 100); err != nil || n != 1 {
		t.Fatalf("pruned %d, %v", n, err)
	}
	if _, err := inbox.Get(t.Context(), PushID(old)); !errors.Is(err, docstore.ErrNotFound) {
		t.Errorf("old: %v", err)
	}
	if _, err := inbox.Get(t.Context(), PushID(recent)); err != nil {
		t.Errorf("recent: %v", err)
	}
}

func TestAFailingStoreIsNotAReceipt(t *testing.T) {
	t.Parallel()
	inbox, _, _ := newInbox(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if first, err := inbox.Receive(ended, mustPush(t, textPush("hi"))); err == nil || first {
		t.Fatalf("first %v, %v", first, err)
	}
}
