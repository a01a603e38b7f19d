package publiclog_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
)

// entries reads the whole log, the first entry first.
func entries(t *testing.T, l *publiclog.Log) []publiclog.Line {
	t.Helper()
	list, err := l.Before(t.Context(), 1<<40, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(list)
	for i, line := range list {
		if line.Index != int64(i) {
			t.Fatalf("entry %d stands at %d", i, line.Index)
		}
	}
	return list
}

func TestAnEntrySaysWhatIsPublicAndNothingElse(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.put("t1", "thing.done", `{}`, `{"thing":"01h","count":3,"late":true,"where":"`+strings.Repeat("长", 81)+`","by":"account/secret","words":"王小明说"}`)
	w.follow()
	got := entries(t, w.log)[0]
	for _, secret := range []string{"王小明", "account/secret", "thing.done of t1", "长"} {
		if strings.Contains(got.Body, secret) {
			t.Errorf("the entry tells %q: %s", secret, got.Body)
		}
	}
	e := got.Entry
	if e.Act != "thing.done" || e.Of != "thing/01h" || e.Place != "hexiang" || e.At != "2026-11-22T04:00:00.000Z" || len(e.ID) != 32 || e.V != 1 {
		t.Errorf("entry = %+v", e)
	}
	if fmt.Sprint(e.Facts) != "map[count:3 late:true]" {
		t.Errorf("facts = %v", e.Facts)
	}
	if raw, err := base64.StdEncoding.DecodeString(e.Text); err != nil || len(raw) != sha256.Size {
		t.Errorf("text = %q, %v", e.Text, err)
	}
	// The program writes the members in their order; this sorts them.
	if canonical, err := publiclog.Canonical(json.RawMessage(got.Body)); err != nil || string(canonical) != got.Body {
		t.Errorf("not canonical: %s", got.Body)
	}
}

func TestEqualTextsHaveDifferentHashes(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, id := range []string{"a", "b"} {
		w.put(id, "thing.done", `{}`, `{"thing":"x","words":"同意"}`)
	}
	w.follow()
	list := entries(t, w.log)
	if list[0].Entry.Text == list[1].Entry.Text || list[0].Entry.ID == list[1].Entry.ID {
		t.Error("a short text can be found by trying all of them")
	}
}

func TestWhatIsHeldBackIsNotEntered(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.put("a", "thing.said", `{"body":"一","held":true}`, `{}`)
	w.put("b", "thing.said", `{"body":"二"}`, `{}`)
	w.put("c", "thing.private", `{}`, `{}`)
	w.follow()
	if list := entries(t, w.log); len(list) != 1 || list[0].Entry.Of != "thing/b" || list[0].Entry.Text == "" {
		t.Errorf("entries = %+v", list)
	}
}

func TestTheFeedAgainAddsNothing(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.happen(30)
	was := w.follow()
	for _, l := range []*publiclog.Log{w.log, w.another()} {
		for _, e := range w.events() {
			if err := l.Follow(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := l.Publish(t.Context()); n != 0 || err != nil {
			t.Errorf("Publish = %d, %v", n, err)
		}
	}
	if again := w.follow(); again != was || again.Size != 30 {
		t.Errorf("checkpoint %+v, was %+v", again, was)
	}
}

func TestNothingIsServedThatWasNotSigned(t *testing.T) {
	t.Parallel()
	w := setup(t)
	if _, err := w.log.Latest(t.Context()); !errors.Is(err, publiclog.ErrEmpty) {
		t.Errorf("before the first: %v", err)
	}
	if _, _, err := w.log.Tile(t.Context(), "0/000.p/1"); !errors.Is(err, publiclog.ErrNotFound) {
		t.Errorf("before the first: %v", err)
	}
	w.happen(3)
	w.follow()
	w.happen(2)
	all := w.events()
	if err := w.log.Follow(t.Context(), all[len(all)-1]); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"0/000.p/3": 96, "0/000.p/2": 64, "0/000.p/4": -1, "0/000": -1, "0/001.p/1": -1, "1/000.p/1": -1, "entries/000.p/4": -1} {
		data, _, err := w.log.Tile(t.Context(), path)
		if want < 0 && !errors.Is(err, publiclog.ErrNotFound) || want >= 0 && (err != nil || len(data) != want) {
			t.Errorf("%s: %d bytes, %v", path, len(data), err)
		}
	}
	if list := entries(t, w.log); len(list) != 3 {
		t.Errorf("%d entries are shown", len(list))
	}
}

func TestTwoSequencersMakeOneLog(t *testing.T) {
	t.Parallel()
	w := setup(t)
	logs := []*publiclog.Log{w.log, w.another(), w.another()}
	const rounds, each = 40, 15
	for range rounds {
		w.happen(each)
		last := w.events()
		var all sync.WaitGroup
		for _, l := range logs {
			all.Go(func() {
				for { // a relay tries again
					err := l.Follow(t.Context(), last[len(last)-1])
					if err == nil {
						break
					}
					if !errors.Is(err, docstore.ErrConflict) {
						t.Error(err)
						return
					}
				}
				if _, err := l.Publish(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	seen := map[string]bool{}
	for i, line := range entries(t, w.log) {
		if seen[line.Entry.ID] || line.Entry.Of != fmt.Sprintf("thing/t%d", i+1) {
			t.Fatalf("entry %d is %+v", i, line.Entry)
		}
		seen[line.Entry.ID] = true
	}
	if len(seen) != rounds*each {
		t.Errorf("%d entries of %d", len(seen), rounds*each)
	}
}

func TestTheKeyIsMadeOnceAndSealed(t *testing.T) {
	t.Parallel()
	w := setup(t)
	keys := make([]string, 8)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			var err error
			if keys[i], err = w.another().Verifier(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if slices.Sort(keys); keys[0] != keys[7] || !strings.HasPrefix(keys[0], origin+"+") {
		t.Errorf("keys = %v", keys)
	}
	c := config(w.store, w.clock)
	c.Vault, c.Origin = shut{}, "elsewhere.example/open/log"
	l, err := publiclog.New(c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Verifier(t.Context()); err == nil || strings.Contains(err.Error(), "PRIVATE") {
		t.Errorf("opened without the secret: %v", err)
	}
	c.Vault = vault{}
	if l, err = publiclog.New(c); err != nil {
		t.Fatal(err)
	}
	if k, err := l.Verifier(t.Context()); k != keys[0] || err != nil {
		t.Errorf("under another address the key is %q, %v", k, err)
	}
}

// shut is a vault under another secret.
type shut struct{ vault }

func (shut) Open(string, string) (string, error) { return "", errors.New("sealed by another key") }

func TestABatchThatFailsIsEnteredLater(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.happen(600)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	last := w.events()
	if err := w.log.Follow(ctx, last[len(last)-1]); err == nil {
		t.Error("followed under an ended context")
	}
	if c := w.follow(); c.Size != 600 {
		t.Errorf("size %d", c.Size)
	}
}

// TestCatchingUpStoresEachBundleOnce lets a new log read a feed of several stretches: what is not full waits for its last entries.
func TestCatchingUpStoresEachBundleOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	const n = 2*docstore.MaxLimit + 300
	w.happen(n)
	if c := w.follow(); c.Size != n {
		t.Fatalf("size %d", c.Size)
	}
	for i := range n/256 + 1 {
		d, err := w.store.Get(t.Context(), docstore.Key{Kind: "log_bundle", ID: fmt.Sprintf("%012d", i)})
		if err != nil || d.Version != 1 {
			t.Errorf("bundle %d was written %d times: %v", i, d.Version, err)
		}
	}
}

func TestActsMustBeWhole(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, acts := range [][]publiclog.Act{{{Event: "x"}}, {{Of: "x"}}, {{Event: "x", Of: "y"}, {Event: "x", Of: "z"}}} {
		c := config(w.store, w.clock)
		c.Acts = acts
		if _, err := publiclog.New(c); err == nil {
			t.Errorf("accepted %+v", acts)
		}
	}
	if _, err := publiclog.New(publiclog.Config{}); err == nil {
		t.Error("accepted nothing")
	}
}

func TestTheWordsBehindAHashCanBeShownAsLongAsTheyAreThere(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.put("a", "thing.said", `{"body":"路灯"}`, `{}`)
	w.put("b", "thing.done", `{}`, `{"thing":"b","words":"办好了"}`)
	w.put("c", "thing.done", `{}`, `{"thing":"c"}`)
	w.follow()
	list := entries(t, w.log)
	for i, want := range []string{`{"body":"路灯"}`, `{"words":"办好了"}`} {
		salt, text, err := w.log.Open(t.Context(), list[i])
		if err != nil || string(text) != want || publiclog.Commitment(salt, text) != list[i].Entry.Text {
			t.Errorf("entry %d: %s, %v", i, text, err)
		}
	}
	if _, _, err := w.log.Open(t.Context(), list[2]); !errors.Is(err, publiclog.ErrNotFound) {
		t.Errorf("nothing was written: %v", err)
	}
	w.put("a", "thing.private", `{"body":""}`, `{}`) // deleted on request
	if _, _, err := w.log.Open(t.Context(), list[0]); !errors.Is(err, publiclog.ErrChanged) {
		t.Errorf("what was deleted: %v", err)
	}
	if c, err := w.log.At(t.Context(), 3); err != nil || c.Size != 3 {
		t.Errorf("checkpoint of 3: %+v, %v", c, err)
	}
	if _, err := w.log.At(t.Context(), 2); !errors.Is(err, publiclog.ErrNotFound) {
		t.Errorf("checkpoint of 2: %v", err)
	}
}
