package publiclog

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// naive is MTH of RFC 6962, 2.1, as it is written there.
func naive(leaves [][]byte) [32]byte {
	switch n := len(leaves); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, leaves[0]...))
	default:
		k := 1
		for 2*k < n {
			k *= 2
		}
		left, right := naive(leaves[:k]), naive(leaves[k:])
		return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
	}
}

// grown returns bundles of n entries in all, the last one not full, and the entries.
func grown(n int) (list []bundle, leaves [][]byte) {
	b := bundle{}
	for i := range n {
		body := fmt.Sprintf(`{"n":%d}`, i)
		leaves = append(leaves, []byte(body))
		b.Leaves = append(b.Leaves, leaf{Seq: int64(i), Body: body})
		if b.full() {
			list = append(list, b)
			b = b.hash().next()
		}
	}
	return append(list, b), leaves
}

func TestEveryTreeHasTheRootOfTheNaiveOne(t *testing.T) {
	t.Parallel()
	for n := range 301 {
		list, leaves := grown(n)
		last := list[len(list)-1]
		if len(last.Leaves) == 0 && n > 0 {
			last = list[len(list)-2]
		}
		got, err := last.root(int64(n))
		if err != nil {
			t.Fatalf("size %d: %v", n, err)
		}
		if want := naive(leaves); got != tlog.Hash(want) {
			t.Fatalf("size %d: root %v, want %v", n, got, tlog.Hash(want))
		}
		if size := list[len(list)-1].size(); size != int64(n) {
			t.Fatalf("size %d is %d", n, size)
		}
	}
}

func TestARestoredBundleHasTheSameRoot(t *testing.T) {
	t.Parallel()
	list, leaves := grown(1000)
	b := list[3]
	text, err := encode(b)
	if err != nil {
		t.Fatal(err)
	}
	again := reread(t, text)
	got, err := again.root(1000)
	if err != nil || got != tlog.Hash(naive(leaves)) {
		t.Fatalf("root after storing: %v, %v", got, err)
	}
	if len(again.Edge) != 1 || len(again.Edge[0]) != 3 {
		t.Errorf("edge = %v", again.Edge)
	}
}

// TestTilesOfAllLevels crosses the border where a tile of the second level becomes full.
func TestTilesOfAllLevels(t *testing.T) {
	t.Parallel()
	const n = 65536 + 512 + 3
	list, leaves := grown(n)
	root := func(from, to int) tlog.Hash { return tlog.Hash(naive(leaves[from:to])) }
	for _, tt := range []struct {
		bundle, level, width int
		first                int // entry below the first hash
	}{
		{bundle: 0, level: 1, width: 1},
		{bundle: 254, level: 1, width: 255},
		{bundle: 255, level: 1, width: 256},
		{bundle: 256, level: 1, width: 1, first: 65536},
		{bundle: 257, level: 1, width: 2, first: 65536},
		{bundle: 255, level: 2, width: 1},
	} {
		row := list[tt.bundle].row(tt.level)
		if len(row) != tt.width {
			t.Errorf("%+v: %d hashes", tt, len(row))
			continue
		}
		span := 1 << (8 * tt.level)
		for i, h := range row {
			if want := root(tt.first+i*span, tt.first+(i+1)*span); h != want {
				t.Errorf("%+v: hash %d differs", tt, i)
			}
		}
	}
	for _, size := range []int64{65535, 65536, 65537, 65792, 66048, n} {
		b := list[(size-1)/tileWidth]
		if got, err := b.root(size); err != nil || got != root(0, int(size)) {
			t.Errorf("root of %d: %v, %v", size, got, err)
		}
	}
}

func TestEntriesStandBehindTheirLengths(t *testing.T) {
	t.Parallel()
	b := bundle{Leaves: []leaf{{Body: "ab"}, {Body: string(bytes.Repeat([]byte("x"), 300))}}}
	got := b.entries(2)
	if !bytes.HasPrefix(got, []byte{0, 2, 'a', 'b', 1, 44, 'x'}) || len(got) != 2+2+2+300 {
		t.Errorf("bundle = %q", got)
	}
	if got := b.entries(1); string(got) != "\x00\x02ab" {
		t.Errorf("the first entry alone = %q", got)
	}
}

func TestPathsAreThoseOfTlogTiles(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]tlog.Tile{
		"0/000":                {H: 8, L: 0, N: 0, W: 256},
		"0/x001/x234/067":      {H: 8, L: 0, N: 1234067, W: 256},
		"1/005.p/7":            {H: 8, L: 1, N: 5, W: 7},
		"entries/x001/000.p/1": {H: 8, L: -1, N: 1000, W: 1},
		"entries/999":          {H: 8, L: -1, N: 999, W: 256},
	} {
		got, ok := parsePath(path)
		if !ok || got != want {
			t.Errorf("%s = %+v, %t", path, got, ok)
		}
		if again := TilePath(want.L, want.N, want.W); again != path {
			t.Errorf("%+v is written %s", want, again)
		}
	}
	for _, path := range []string{
		"", "0", "0/0", "0/00", "0/0000", "0/000.p/0", "0/000.p/256", "0/000.p/07", "00/000", "-1/000", "data/000", "0/x000/001", "0/1", "0/000/", "/0/000",
		"64/000", "0/000.p/+1", "entries/x1/000", "../checkpoint", "0/x999/x999/x999/x999/x999/x999/x999/999",
	} {
		if got, ok := parsePath(path); ok && got.L < 64 && got.N >= 0 && got.N < 1<<47 {
			t.Errorf("%q is read as %+v", path, got)
		}
	}
}

func reread(t *testing.T, text []byte) bundle {
	t.Helper()
	var b bundle
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatal(err)
	}
	return b
}
