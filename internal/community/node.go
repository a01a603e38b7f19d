// Package community holds the ground everything stands on: the tenant tree of district, towns and
// communities with their settings, and below a community its estates, buildings, registered units and
// micro-grids. Who lives there is the business of internal/identity.
//
// Content belongs to exactly one Community. Towns and the district see into theirs through roles
// (internal/identity), never by copying. Nothing here asks who may do something: use cases that need
// permission live in internal/identity and above, and call the tables of Places.
package community

import (
	"slices"
	"strings"

	"jushou/internal/fault"
)

// Level is a node's place in the tenant tree.
type Level string

// The levels of the tree, from the top.
const (
	LevelDistrict  Level = "district"  // 区
	LevelTown      Level = "town"      // 街镇
	LevelCommunity Level = "community" // 居村
)

// ID identifies a node of the tree. It is short and readable because it stands in addresses
// (/c/{community}/…): lower-case letters, digits and hyphens, at most 24 characters.
type ID string

// Node is one tenant.
type Node struct {
	ID     ID    `json:"id"`
	Level  Level `json:"level"`
	Parent ID    `json:"parent,omitempty"`
	// Path holds the ancestors from the district down, and the node itself last.
	Path     []ID     `json:"path"`
	Name     string   `json:"name"`
	Settings Settings `json:"settings"`
}

var errBadLevel = fault.New(fault.Invalid, "community.bad_level").On("level")

// NewDistrict returns the top of a tree.
func NewDistrict(id ID, name string) (Node, error) {
	n := Node{ID: id, Level: LevelDistrict, Path: []ID{id}, Name: strings.TrimSpace(name)}
	return n, check(n.Name, string(id))
}

// Below returns a new child: a town of a district, a community of a town. A community has no children.
func (n Node) Below(id ID, name string) (Node, error) {
	child := Node{ID: id, Parent: n.ID, Path: append(slices.Clone(n.Path), id), Name: strings.TrimSpace(name)}
	switch n.Level {
	case LevelDistrict:
		child.Level = LevelTown
	case LevelTown:
		child.Level = LevelCommunity
	default:
		return child, errBadLevel.With("parent", n.ID)
	}
	if slices.Contains(n.Path, id) {
		return child, errBadID.With("id", id)
	}
	return child, check(child.Name, string(id))
}

// Within reports whether the node is top or below it.
func (n Node) Within(top ID) bool { return slices.Contains(n.Path, top) }
