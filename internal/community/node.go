// Package community holds the ground everything stands on: the tenant tree of district, towns and
// communities with their settings, and below a community its estates, buildings, households' addresses,
// registered units and micro-grids.
//
// Content belongs to exactly one Community. Towns and the district see into theirs through roles
// (internal/identity), never by copying.
package community

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

// Within reports whether the node is top or below it.
func (n Node) Within(top ID) bool {
	for _, id := range n.Path {
		if id == top {
			return true
		}
	}
	return false
}
