package publiclog

import (
	"encoding/json"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/docstore"
)

// Kinds of the documents that the log keeps.
const (
	bundleKind     docstore.Kind = "log_bundle"
	checkpointKind docstore.Kind = "log_checkpoint"
	keyKind        docstore.Kind = "log_key"
	tileKind       docstore.Kind = "log_tile"
)

// The form of tlog-tiles: tiles are 256 hashes wide.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// leaf is an entry as it is stored.
type leaf struct {
	Seq  int64  `json:"seq"` // the event's place in the feed
	Body string `json:"body"`
}

// bundle is 256 entries, or the last ones of the log.
type bundle struct {
	N      int64  `json:"n"`
	Leaves []leaf `json:"leaves,omitempty"`
	// Through is how far the feed was read.
	Through int64 `json:"through"`
	// Edge is the right edge of the tree before this bundle's first entry.
	Edge edge `json:"edge,omitempty"`
}

// edge holds, for each level of tiles from 1 up, the hashes of the tile that is not full.
type edge []hashes

// hashes are written as one string: a list of them is a tile.
type hashes []tlog.Hash

// MarshalJSON writes the hashes behind each other in base64.
func (h hashes) MarshalJSON() ([]byte, error) {
	return json.Marshal(h.bytes())
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (h *hashes) UnmarshalJSON(text []byte) error {
	var all []byte
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	if len(all)%tlog.HashSize != 0 {
		return fmt.Errorf("%d bytes are no list of hashes", len(all))
	}
	*h = make(hashes, 0, len(all)/tlog.HashSize)
	for chunk := range slices.Chunk(all, tlog.HashSize) {
		*h = append(*h, tlog.Hash(chunk))
	}
	return nil
}

func (h hashes) bytes() []byte {
	all := make([]byte, 0, len(h)*tlog.HashSize)
	for i := range h {
		all = append(all, h[i][:]...)
	}
	return all
}

// bundleID keeps bundles in order under docstore.ByID.
func bundleID(n int64) string { return fmt.Sprintf("%012d", n) }

func tileID(level int, n int64) string { return fmt.Sprintf("%d/%012d", level, n) }

func sizeID(size int64) string { return fmt.Sprintf("%015d", size) }

func bundles(s docstore.Store) docstore.Table[bundle] {
	return docstore.Table[bundle]{Store: s, Kind: bundleKind, Fields: func(b bundle) docstore.Fields {
		if len(b.Leaves) == 0 {
			return nil
		}
		return docstore.Fields{"last": b.Leaves[len(b.Leaves)-1].Seq}
	}}
}

// Collections declares what the log stores.
func Collections() docstore.Schema {
	return docstore.Schema{
		{
			Kind: bundleKind, Fields: []docstore.Field{{Name: "last", Type: docstore.Int}},
			Indexes: []docstore.Index{{Name: "last", Fields: []string{"last"}}},
		},
		{Kind: checkpointKind},
		{Kind: keyKind},
		{Kind: tileKind},
	}
}

// size is the size of the tree that ends with this bundle.
func (b bundle) size() int64 { return b.N*tileWidth + int64(len(b.Leaves)) }

func (b bundle) full() bool { return len(b.Leaves) == tileWidth }

// leafHashes are the hashes of the first w entries.
func (b bundle) leafHashes(w int) hashes {
	list := make(hashes, w)
	for i := range list {
		list[i] = tlog.RecordHash([]byte(b.Leaves[i].Body))
	}
	return list
}

// hashed is a full bundle with the hashes of its entries.
type hashed struct {
	bundle
	sums hashes
}

// hash is for a full bundle.
func (b bundle) hash() hashed { return hashed{b, b.leafHashes(tileWidth)} }

// next is the empty bundle after a full one.
func (b hashed) next() bundle {
	return bundle{N: b.N + 1, Through: b.Through, Edge: b.Edge.grow(b.sums)}
}

// grow returns the edge after a full tile of leaves. Tiles that become full leave it, as one hash on the level above.
func (e edge) grow(full hashes) edge {
	after := make(edge, len(e), len(e)+1)
	copy(after, e)
	for level := 0; ; level++ {
		if level == len(after) {
			after = append(after, nil)
		}
		row := append(slices.Clip(after[level]), fold(full))
		if len(row) < tileWidth {
			after[level] = row
			return after
		}
		after[level], full = nil, row
	}
}

// fold is the hash of the subtree over 2^k hashes.
func fold(row hashes) tlog.Hash {
	for len(row) > 1 {
		up := make(hashes, len(row)/2)
		for i := range up {
			up[i] = tlog.NodeHash(row[2*i], row[2*i+1])
		}
		row = up
	}
	return row[0]
}

// reader reads the hashes of the tree of a size that ends within this bundle: 256·N < size ≤ 256·(N+1), or 0. It has the right
// edge of that tree only, which is all its root is made of.
func (b bundle) reader(size int64) tlog.HashReader {
	tiles := map[int]hashes{}
	for i, row := range b.Edge {
		tiles[i+1] = row
	}
	if w := int(size - b.N*tileWidth); w < tileWidth {
		tiles[0] = b.leafHashes(w)
	} else {
		for i, row := range b.Edge.grow(b.leafHashes(w)) {
			tiles[i+1] = row
		}
	}
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			t := tlog.TileForIndex(tileHeight, x)
			h, err := tlog.HashFromTile(t, tiles[t.L].bytes(), x)
			if err != nil {
				return nil, fmt.Errorf("hash %d of the tree of %d: %w", x, size, err)
			}
			list[i] = h
		}
		return list, nil
	})
}

// root is the hash of the tree of a size that ends within this bundle.
func (b bundle) root(size int64) (tlog.Hash, error) { return tlog.TreeHash(size, b.reader(size)) }

// row returns the tile of a level ≥ 1 whose last hash this full bundle completes.
func (b bundle) row(level int) hashes {
	full := b.leafHashes(tileWidth)
	for l := range level {
		var left hashes
		if l < len(b.Edge) {
			left = b.Edge[l]
		}
		full = append(slices.Clip(left), fold(full))
	}
	return full
}

// completes are the tiles, from level 0 up, that end with this full bundle.
func (b hashed) completes() []hashes {
	full := b.sums
	all := []hashes{full}
	for _, left := range b.Edge {
		if len(left) != tileWidth-1 {
			break
		}
		full = append(slices.Clip(left), fold(full))
		all = append(all, full)
	}
	return all
}

// fullTile is a tile of 256 hashes as it is stored: what proofs are made of without reading the entries below.
type fullTile struct {
	Hashes hashes `json:"hashes"`
}

// entries writes the first w entries as an entry bundle of tlog-tiles: each behind its length in 16 bits.
func (b bundle) entries(w int) []byte {
	var all []byte
	for _, l := range b.Leaves[:w] {
		all = append(all, byte(len(l.Body)>>8), byte(len(l.Body)))
		all = append(all, l.Body...)
	}
	return all
}
