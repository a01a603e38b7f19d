package publiclog_test

import (
	"bytes"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
)

// proves asks a process that has remembered nothing for proofs of entries all over the log.
func proves(t *testing.T, w *world, root tlog.Hash, size int64) error {
	t.Helper()
	l := w.another()
	for i := int64(0); i < size; i += 37 {
		p, err := l.Prove(t.Context(), i)
		if err != nil {
			return err
		}
		leaf := parse(t, []string{p.Leaf})[0]
		if err := tlog.CheckRecord(parse(t, p.Hashes), size, root, i, leaf); err != nil {
			t.Fatalf("a wrong proof of %d was given out: %v", i, err)
		}
	}
	return nil
}

// TestAProofDoesNotNeedItsShelf takes stored tiles of hashes away, as a crash does that comes between a bundle and its tile, and then
// changes one: a missing tile is computed, and a wrong one never becomes a proof.
func TestAProofDoesNotNeedItsShelf(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.happen(700)
	c := w.follow()
	root := parse(t, []string{c.Root})[0]
	if err := proves(t, w, root, c.Size); err != nil {
		t.Fatal(err)
	}
	shelf := docstore.Key{Kind: "log_tile", ID: "0/000000000001"}
	kept, err := w.store.Get(t.Context(), shelf)
	if err != nil {
		t.Fatalf("the second tile is not stored: %v", err)
	}
	before, _, err := w.log.Tile(t.Context(), publiclog.TilePath(0, 1, 256))
	if err != nil {
		t.Fatal(err)
	}
	bad := bytes.Clone(kept.Body)
	bad[len(bad)/2] ^= 1
	if _, err := w.store.Put(t.Context(), docstore.Write{Key: shelf, Body: bad, Want: docstore.Any}); err != nil {
		t.Fatal(err)
	}
	if proves(t, w, root, c.Size) == nil {
		t.Error("proofs are made of a tile that was changed")
	}
	if _, err := w.store.Put(t.Context(), docstore.Write{Key: shelf, Want: docstore.Any, Delete: true}); err != nil {
		t.Fatal(err)
	}
	if err := proves(t, w, root, c.Size); err != nil {
		t.Errorf("without the tile: %v", err)
	}
	again, _, err := w.another().Tile(t.Context(), publiclog.TilePath(0, 1, 256))
	if err != nil || !bytes.Equal(again, before) {
		t.Errorf("the tile is computed differently: %v", err)
	}
}
