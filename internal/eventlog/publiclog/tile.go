package publiclog

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/docstore"
)

// Tile returns what lies at a path of tlog-tiles behind "tile/": "0/x001/234", "1/000.p/7", "entries/000.p/3". full is set
// for what never changes and is never replaced by something wider. What no checkpoint covers is ErrNotFound.
func (l *Log) Tile(ctx context.Context, path string) (data []byte, full bool, err error) {
	t, ok := parsePath(path)
	if !ok {
		return nil, false, ErrNotFound
	}
	c, err := l.Latest(ctx)
	if errors.Is(err, ErrEmpty) {
		return nil, false, ErrNotFound
	}
	if err != nil {
		return nil, false, err
	}
	data, err = l.tile(ctx, t, c.Size)
	return data, t.W == tileWidth, err
}

// parsePath reads a path as tlog-tiles writes it. The library's own paths have the tile's height in front and call entries data.
func parsePath(path string) (tlog.Tile, bool) {
	if rest, ok := strings.CutPrefix(path, "entries/"); ok {
		path = "data/" + rest
	} else if strings.HasPrefix(path, "data/") {
		return tlog.Tile{}, false
	}
	t, err := tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s", tileHeight, path))
	return t, err == nil
}

// tile reads a tile of the tree of a size.
func (l *Log) tile(ctx context.Context, t tlog.Tile, size int64) ([]byte, error) {
	level := max(t.L, 0)
	// The hash of level L and number k covers 256^L entries; the tile's last one must lie within the tree.
	if level > 7 || t.N >= 1<<47 || t.N*tileWidth+int64(t.W) > size>>(tileHeight*level) {
		return nil, ErrNotFound
	}
	if t.L >= 0 && t.W == tileWidth {
		full, _, err := l.shelves.Get(ctx, tileID(t.L, t.N))
		if err == nil {
			return full.Hashes.bytes(), nil
		}
		if !errors.Is(err, docstore.ErrNotFound) {
			return nil, err
		}
	}
	n := t.N
	if level > 0 {
		n = (t.N*tileWidth+int64(t.W))<<(tileHeight*(level-1)) - 1
	}
	b, _, err := l.bundles.Get(ctx, bundleID(n))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil, fmt.Errorf("publiclog: bundle %d of %d entries is gone", n, size)
	}
	if err != nil {
		return nil, err
	}
	switch {
	case t.L < 0:
		return b.entries(t.W), nil
	case t.L == 0:
		return b.leafHashes(t.W).bytes(), nil
	}
	return b.row(t.L)[:t.W].bytes(), nil
}

// shelf lets the library read our tiles, and single hashes of them.
type shelf struct {
	ctx  context.Context
	log  *Log
	size int64
}

// ReadHashes implements tlog.HashReader. Nothing is confirmed: who asks holds what comes of it against a root.
func (s *shelf) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		t := tlog.TileForIndex(tileHeight, x)
		if whole := s.size >> (tileHeight * t.L); (t.N+1)*tileWidth <= whole {
			t.W = tileWidth
		} else {
			t.W = int(whole - t.N*tileWidth)
		}
		data, err := s.ReadTiles([]tlog.Tile{t})
		if err != nil {
			return nil, err
		}
		s.log.known.keep([]tlog.Tile{t}, data)
		if list[i], err = tlog.HashFromTile(t, data[0], x); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Height implements tlog.TileReader.
func (s *shelf) Height() int { return tileHeight }

// ReadTiles implements tlog.TileReader.
func (s *shelf) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(tiles))
	for i, t := range tiles {
		data, ok := s.log.known.tile(t)
		if !ok {
			var err error
			if data, err = s.log.tile(s.ctx, t, s.size); err != nil {
				return nil, err
			}
		}
		all[i] = data
	}
	return all, nil
}

// SaveTiles implements tlog.TileReader: the library says which tiles the signed root confirms.
func (s *shelf) SaveTiles(tiles []tlog.Tile, data [][]byte) { s.log.known.keep(tiles, data) }

// mostKnown bounds the tiles that are remembered, of at most 8 KiB each.
const mostKnown = 1024

// known remembers tiles. A tile of one place and width never changes in an append-only log, so one leaves only to make room;
// and whoever reads it holds it, or what is made of it, against a signed root.
type known struct {
	mu    sync.Mutex
	tiles map[tlog.Tile][]byte
}

func (k *known) tile(t tlog.Tile) ([]byte, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	data, ok := k.tiles[t]
	return data, ok
}

// forget lets everything go, because something of it was wrong.
func (k *known) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tiles = nil
}

func (k *known) keep(tiles []tlog.Tile, data [][]byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.tiles == nil {
		k.tiles = map[tlog.Tile][]byte{}
	}
	for i, t := range tiles {
		for old := range k.tiles {
			if len(k.tiles) < mostKnown {
				break
			}
			delete(k.tiles, old)
		}
		k.tiles[t] = data[i]
	}
}
