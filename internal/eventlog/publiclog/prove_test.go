package publiclog_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/eventlog/publiclog"
)

func TestAllCheckpointsAreConsistent(t *testing.T) {
	t.Parallel()
	w := setup(t)
	var roots []tlog.Hash // of size i+1
	for n := int64(1); n <= 64; n++ {
		w.happen(1)
		c := w.follow()
		root, err := tlog.ParseHash(c.Root)
		if err != nil || c.Size != n {
			t.Fatalf("checkpoint %+v: %v", c, err)
		}
		roots = append(roots, root)
		for m := int64(1); m <= n; m++ {
			hashes, _, err := w.log.Consistency(t.Context(), m)
			if err != nil {
				t.Fatal(err)
			}
			if err := tlog.CheckTree(parse(t, hashes), n, root, m, roots[m-1]); err != nil {
				t.Fatalf("%d from %d: %v", n, m, err)
			}
			if m > 1 && tlog.CheckTree(parse(t, hashes), n, root, m, roots[m-2]) == nil {
				t.Fatalf("%d from %d is proven for another tree", n, m)
			}
		}
	}
	for _, size := range []int64{0, -1, 65} {
		if _, _, err := w.log.Consistency(t.Context(), size); !errors.Is(err, publiclog.ErrNotFound) {
			t.Errorf("consistency with %d: %v", size, err)
		}
	}
}

func parse(t *testing.T, texts []string) []tlog.Hash {
	t.Helper()
	list := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		h, err := tlog.ParseHash(text)
		if err != nil {
			t.Fatal(err)
		}
		list[i] = h
	}
	return list
}

func TestEveryEntryIsProven(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.happen(300)
	c := w.follow()
	root, _ := tlog.ParseHash(c.Root)
	for _, line := range entries(t, w.log) {
		p, err := w.log.Prove(t.Context(), line.Index)
		if err != nil {
			t.Fatal(err)
		}
		if err := tlog.CheckRecord(parse(t, p.Hashes), 300, root, line.Index, tlog.RecordHash([]byte(line.Body))); err != nil {
			t.Fatalf("entry %d: %v", line.Index, err)
		}
		if at, err := w.log.IndexOf(t.Context(), line.Seq); at != line.Index || err != nil {
			t.Fatalf("entry %d is found at %d, %v", line.Index, at, err)
		}
		if again, err := w.log.Read(t.Context(), line.Index); err != nil || again.Body != line.Body {
			t.Fatalf("entry %d reads %q, %v", line.Index, again.Body, err)
		}
	}
	if _, err := w.log.Prove(t.Context(), 300); !errors.Is(err, publiclog.ErrNotFound) {
		t.Errorf("entry 300: %v", err)
	}
	if _, err := w.log.Read(t.Context(), -1); !errors.Is(err, publiclog.ErrNotFound) {
		t.Errorf("entry -1: %v", err)
	}
	first := entries(t, w.log)[0].Seq
	if _, err := w.log.IndexOf(t.Context(), first-1); !errors.Is(err, publiclog.ErrNotFound) {
		t.Errorf("an event that was not entered: %v", err)
	}
}

// client reads a log by nothing but the Go team's own code for transparency logs.
type client struct {
	t   *testing.T
	log *publiclog.Log
}

func (c client) Height() int { return 8 }

func (c client) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "", 1)
		data, _, err := c.log.Tile(c.t.Context(), path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, data)
	}
	return all, nil
}

func (client) SaveTiles([]tlog.Tile, [][]byte) {}

func TestAnExistingClientReadsIt(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.happen(700)
	c := w.follow()
	key, err := w.log.Verifier(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Open([]byte(c.Note), note.VerifierList(verifier))
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("%s\n700\n%s\n", origin, c.Root); n.Text != want {
		t.Errorf("note = %q", n.Text)
	}
	root, err := tlog.ParseHash(c.Root)
	if err != nil {
		t.Fatal(err)
	}
	reader := tlog.TileHashReader(tlog.Tree{N: 700, Hash: root}, client{t, w.log})
	for i, line := range entries(t, w.log) {
		h, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(i))})
		if err != nil || h[0] != tlog.RecordHash([]byte(line.Body)) {
			t.Fatalf("entry %d: %v, %v", i, h, err)
		}
	}
}
