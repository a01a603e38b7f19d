package console

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Room is where a page of the console works: one node of the tenant tree and who stands in it.
type Room struct {
	Node  community.Node
	Actor identity.Actor
}

// May reports whether the visitor may do the verb here.
func (r Room) May(verb identity.Verb) bool {
	return identity.Can(r.Actor, verb, identity.At(r.Node)) == nil
}

// Path returns an address of the console below the room.
func (r Room) Path(rest string) string {
	if r.Node.Level == community.LevelTown {
		return "/desk/town/" + string(r.Node.ID) + rest
	}
	return "/desk/c/" + string(r.Node.ID) + rest
}

// works reports whether a role of the actor reaches the node.
func works(a identity.Actor, n community.Node) bool {
	for _, g := range a.Grants {
		if n.Within(g.Node) {
			return true
		}
	}
	return false
}
