package verify

import (
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Tiles of tlog-tiles are 256 hashes wide.
const (
	height = 8
	width  = 1 << height
)

// tree grows leaf by leaf and keeps only its right edge: for each level of tiles the hashes of the last tile.
type tree struct {
	size int64
	rows [][]tlog.Hash
}

// tile is a finished tile of hashes.
type tile struct {
	level int
	n     int64
	row   []tlog.Hash
}

// path is the tile's place in the layout of tlog-tiles.
func (t tile) path() string { return place(fmt.Sprint(t.level), t.n, len(t.row)) }

// place writes tile/<level>/<N>[.p/<W>], N in groups of three digits.
func place(level string, n int64, w int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	path = "tile/" + level + "/" + path
	if w < width {
		path += fmt.Sprintf(".p/%d", w)
	}
	return path
}

// add puts a leaf at the end and returns the tiles that it filled, from level 0 up.
func (t *tree) add(leaf tlog.Hash) (full []tile) {
	t.size++
	span := int64(1) // leaves below one hash of the level
	for level, h := 0, leaf; ; level++ {
		if level == len(t.rows) {
			t.rows = append(t.rows, nil)
		}
		t.rows[level] = append(t.rows[level], h)
		if len(t.rows[level]) < width {
			return full
		}
		span *= width
		full = append(full, tile{level, t.size/span - 1, t.rows[level]})
		h = subtree(t.rows[level])
		t.rows[level] = nil
	}
}

// rest are the tiles at the right edge that are not full.
func (t *tree) rest() (open []tile) {
	span := int64(width)
	for level, row := range t.rows {
		if len(row) > 0 {
			open = append(open, tile{level, t.size / span, row})
		}
		span *= width
	}
	return open
}

// root is the tree's hash so far.
func (t *tree) root() (tlog.Hash, error) {
	return tlog.TreeHash(t.size, tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			at := tlog.TileForIndex(height, x)
			if at.L >= len(t.rows) {
				return nil, fmt.Errorf("hash %d lies outside the tree's edge", x)
			}
			h, err := tlog.HashFromTile(at, join(t.rows[at.L]), x)
			if err != nil {
				return nil, err
			}
			list[i] = h
		}
		return list, nil
	}))
}

// join writes hashes as a tile.
func join(row []tlog.Hash) []byte {
	var all []byte
	for i := range row {
		all = append(all, row[i][:]...)
	}
	return all
}

// subtree is the hash over 256 hashes.
func subtree(row []tlog.Hash) tlog.Hash {
	row = slices.Clone(row)
	for len(row) > 1 {
		for i := range len(row) / 2 {
			row[i] = tlog.NodeHash(row[2*i], row[2*i+1])
		}
		row = row[:len(row)/2]
	}
	return row[0]
}
