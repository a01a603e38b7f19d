package api

import (
	"jushou/internal/community"
)

// Node is a district, town or community.
type Node struct {
	ID     community.ID    `json:"id"`
	Level  community.Level `json:"level"`
	Name   string          `json:"name"`
	Parent community.ID    `json:"parent,omitempty"`
	Path   []community.ID  `json:"path" doc:"From the district down to this node."`
}

func showNode(n community.Node) Node {
	return Node{ID: n.ID, Level: n.Level, Name: n.Name, Parent: n.Parent, Path: n.Path}
}

// listCommunities lists the communities of the installation or of one town.
func (a *Actions) listCommunities(c *Call) (Page[Node], error) {
	found, err := a.Directory.Communities(c.Context(), community.ID(c.Query("under")))
	if err != nil {
		return Page[Node]{}, err
	}
	return pageOf(found, "", showNode).of(len(found)), nil
}
