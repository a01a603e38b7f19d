package verify_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/verify"
)

func TestALogHoldsFromItsFirstEntryToItsCheckpoint(t *testing.T) {
	t.Parallel()
	h := build(t)
	h.happen(600)
	var said []string
	c, err := verify.Log(t.Context(), h.source(), verify.Options{Report: func(c verify.Check) { said = append(said, c.Name+": "+c.Text) }})
	if err != nil || c.Tree.N != 600 || c.Origin != "sq.example/open/log" {
		t.Fatalf("checkpoint %+v, %v", c, err)
	}
	all := strings.Join(said, "\n")
	for _, want := range []string{"checkpoint: 600 entries", "entries: 600", "tiles: 4 of hashes", "acts: each entered once: thing.done 600", "shown by the log itself"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing says %q:\n%s", want, all)
		}
	}
}

// TestNoByteOfACopyCanChange changes every bit-pattern neighbour of every byte of a small copy.
func TestNoByteOfACopyCanChange(t *testing.T) {
	t.Parallel()
	h := build(t)
	h.happen(5)
	dir := t.TempDir()
	if err := h.save(dir); err != nil {
		t.Fatal(err)
	}
	changed := 0
	for _, path := range files(t, dir) {
		name := filepath.Join(dir, path)
		good, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range good {
			for _, mask := range []byte{1, 0x20, 0x80} {
				bad := bytes.Clone(good)
				bad[i] ^= mask
				if err := os.WriteFile(name, bad, 0o600); err != nil {
					t.Fatal(err)
				}
				if err := check(t, dir); !errors.Is(err, verify.ErrWrong) {
					t.Errorf("%s: byte %d (%q to %q) changes and the copy still holds: %v", path, i, good[i], bad[i], err)
				}
				changed++
			}
		}
		for _, bad := range [][]byte{good[:len(good)-1], append(bytes.Clone(good), '\n'), nil} {
			if err := os.WriteFile(name, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := check(t, dir); !errors.Is(err, verify.ErrWrong) {
				t.Errorf("%s with %d of %d bytes still holds: %v", path, len(bad), len(good), err)
			}
		}
		if err := os.WriteFile(name, good, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if changed < 1000 {
		t.Errorf("only %d bytes were changed", changed)
	}
	if err := check(t, dir); err != nil {
		t.Errorf("the copy itself: %v", err)
	}
}

func TestACopyGrowsWithTheLog(t *testing.T) {
	t.Parallel()
	h := build(t)
	dir := t.TempDir()
	for _, n := range []int{1, 4, 251, 1, 300} {
		h.happen(n)
		if err := h.save(dir); err != nil {
			t.Fatal(err)
		}
		if err := check(t, dir); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range files(t, dir) {
		if strings.Contains(path, ".p") && !strings.HasSuffix(path, "/45") && !strings.HasSuffix(path, "/2") || strings.HasSuffix(path, ".new") {
			t.Errorf("%s is left over", path)
		}
	}
}

func TestACopyRefusesALogThatIsAnother(t *testing.T) {
	t.Parallel()
	h, other := build(t), build(t)
	h.happen(20)
	other.happen(30)
	dir := t.TempDir()
	if err := h.save(dir); err != nil {
		t.Fatal(err)
	}
	if err := other.save(dir); !errors.Is(err, verify.ErrWrong) {
		t.Errorf("another key: %v", err)
	}
	if err := check(t, dir); err != nil {
		t.Errorf("the copy was spoilt: %v", err)
	}
}

// TestAForkIsFound lets the house go back to an older store and write another history under the same key.
func TestAForkIsFound(t *testing.T) {
	t.Parallel()
	h := build(t)
	h.happen(10)
	dir := t.TempDir()
	if err := h.save(dir); err != nil {
		t.Fatal(err)
	}
	since, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	fork := build(t)
	key, err := h.store.Get(t.Context(), docstore.Key{Kind: "log_key", ID: "log"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fork.store.Put(t.Context(), docstore.Write{Key: key.Key, Body: key.Body}); err != nil {
		t.Fatal(err)
	}
	fork.n = 1
	fork.happen(12)
	if _, err := verify.Log(t.Context(), fork.source(), verify.Options{}); err != nil {
		t.Fatalf("the fork itself: %v", err)
	}
	_, err = verify.Log(t.Context(), fork.source(), verify.Options{Since: since})
	if !errors.Is(err, verify.ErrWrong) || !strings.Contains(err.Error(), "they were changed") {
		t.Errorf("a fork: %v", err)
	}
	if err := fork.save(dir); !errors.Is(err, verify.ErrWrong) {
		t.Errorf("a fork is copied: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "checkpoint.refused")); err != nil {
		t.Errorf("the proof was not kept: %v", err)
	}
	if _, err := verify.Log(t.Context(), h.source(), verify.Options{Since: mustRead(t, filepath.Join(dir, "checkpoint.refused"))}); !errors.Is(err, verify.ErrWrong) || !strings.Contains(err.Error(), "was cut") {
		t.Errorf("a shorter log: %v", err)
	}
}

func TestWhatIsServedMustFit(t *testing.T) {
	t.Parallel()
	for name, bend := range map[string]func(string, []byte) []byte{
		"an entry twice": func(path string, data []byte) []byte {
			if strings.HasPrefix(path, "tile/entries/") {
				n := 2 + int(data[0])<<8 + int(data[1])
				return append(bytes.Clone(data[:n]), data[:len(data)-n]...)
			}
			return data
		},
		"an entry less": func(path string, data []byte) []byte {
			if strings.HasPrefix(path, "tile/entries/") {
				return data[2+int(data[0])<<8+int(data[1]):]
			}
			return data
		},
		"hashes of nothing": func(path string, data []byte) []byte {
			if strings.HasPrefix(path, "tile/0/") {
				return make([]byte, len(data))
			}
			return data
		},
		"a size of its own": func(path string, data []byte) []byte {
			return bytes.Replace(data, []byte("\n300\n"), []byte("\n299\n"), 1)
		},
		"too much": func(path string, data []byte) []byte {
			if strings.HasPrefix(path, "tile/1/") {
				return make([]byte, 1<<20)
			}
			return data
		},
	} {
		h := build(t)
		h.happen(300)
		h.bend = bend
		if _, err := verify.Log(t.Context(), h.source(), verify.Options{}); !errors.Is(err, verify.ErrWrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheGivenKeyCounts(t *testing.T) {
	t.Parallel()
	h, other := build(t), build(t)
	h.happen(1)
	key, err := h.log.Verifier(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := other.log.Verifier(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := verify.Log(t.Context(), h.source(), verify.Options{Key: key}); err != nil {
		t.Error(err)
	}
	if _, err := verify.Log(t.Context(), h.source(), verify.Options{Key: stranger}); !errors.Is(err, verify.ErrWrong) {
		t.Errorf("another key: %v", err)
	}
}

func TestALogThatCannotBeReadIsNotWrong(t *testing.T) {
	t.Parallel()
	h := build(t)
	if _, err := verify.Log(t.Context(), h.source(), verify.Options{}); !errors.Is(err, verify.ErrUnreachable) || errors.Is(err, verify.ErrWrong) {
		t.Errorf("nothing signed yet: %v", err)
	}
	if _, err := verify.Open(filepath.Join(t.TempDir(), "nowhere")); !errors.Is(err, verify.ErrUnreachable) {
		t.Errorf("no folder: %v", err)
	}
	if _, err := verify.Log(t.Context(), source(t, t.TempDir()), verify.Options{}); !errors.Is(err, verify.ErrUnreachable) {
		t.Errorf("an empty folder: %v", err)
	}
	h.down.Store(true)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := verify.Log(ctx, h.source(), verify.Options{}); !errors.Is(err, verify.ErrUnreachable) || errors.Is(err, verify.ErrWrong) {
		t.Errorf("down: %v", err)
	}
}

func TestAWiderTileServesForANarrowOne(t *testing.T) {
	t.Parallel()
	h := build(t)
	h.happen(200)
	narrow, err := h.file(t.Context(), "checkpoint")
	if err != nil {
		t.Fatal(err)
	}
	h.happen(100)
	h.bend = func(path string, data []byte) []byte { // an old checkpoint in somebody's cache
		if path == "checkpoint" {
			return narrow
		}
		return data
	}
	if _, err := verify.Log(t.Context(), missing{h.source(), ".p/200"}, verify.Options{}); err != nil {
		t.Error(err)
	}
}
