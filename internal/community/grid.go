package community

import (
	"slices"
	"strings"
)

// GridKind says what a micro-grid is made of.
type GridKind string

// The kinds of micro-grid.
const (
	GridHomes GridKind = "homes" // 住宅
	GridShops GridKind = "shops" // 商铺
	GridWorks GridKind = "works" // 企事业单位
	GridMixed GridKind = "mixed" // 综合
)

// Grid is a 微网格: a set of buildings, shops or bodies that one person looks after.
type Grid struct {
	ID        GridID   `json:"id"`
	Community ID       `json:"community"`
	Name      string   `json:"name"`
	Kind      GridKind `json:"kind"`
}

// NewGrid returns a micro-grid of a community.
func NewGrid(id GridID, in ID, name string, kind GridKind) (Grid, error) {
	g := Grid{ID: id, Community: in, Name: strings.TrimSpace(name), Kind: kind}
	if !slices.Contains([]GridKind{GridHomes, GridShops, GridWorks, GridMixed}, kind) {
		return g, errBadID.On("kind").With("id", kind)
	}
	return g, check(g.Name, string(id), string(in))
}
