package api

import (
	"slices"

	"jushou/internal/community"
	"jushou/internal/identity"
)

// Holder is somebody with roles at a node.
type Holder struct {
	Account identity.AccountID `json:"account"`
	Name    string             `json:"name"`
	Roles   []Role             `json:"roles" doc:"At exactly this node."`
}

// listRoles lists who holds a role at exactly this node, to whoever may give roles there.
func (a *Actions) listRoles(c *Call) (Page[Holder], error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return Page[Holder]{}, err
	}
	if err := identity.Can(c.Actor, identity.GrantRole, identity.At(node)); err != nil {
		return Page[Holder]{}, err
	}
	var accounts []identity.AccountID
	for _, role := range identity.Roles() {
		found, err := a.People.RoleHolders(c.Context(), role, node.ID)
		if err != nil {
			return Page[Holder]{}, err
		}
		accounts = append(accounts, found...)
	}
	slices.Sort(accounts)
	accounts = slices.Compact(accounts)
	names, err := a.People.Names(c.Context(), accounts)
	if err != nil {
		return Page[Holder]{}, err
	}
	return pageOf(accounts, "", func(id identity.AccountID) Holder { return holder(id, names[id], node.ID) }).of(len(accounts)), nil
}

func holder(id identity.AccountID, n identity.PublicName, at community.ID) Holder {
	h := Holder{Account: id, Name: n.Full, Roles: []Role{}}
	for _, g := range n.Grants {
		if g.Node == at {
			h.Roles = append(h.Roles, showRole(g))
		}
	}
	return h
}
