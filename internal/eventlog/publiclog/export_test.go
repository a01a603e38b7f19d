package publiclog

import (
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// TilePath writes the path of a tile behind "tile/": of hashes of a level from 0, or of entries, level -1. width is 1 to 256.
func TilePath(level int, n int64, width int) string {
	path := strings.TrimPrefix(tlog.Tile{H: tileHeight, L: level, N: n, W: width}.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	return strings.Replace(path, "data/", "entries/", 1)
}
