package api

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// RoleGrant names a role for an account at the address's node.
type RoleGrant struct {
	Account identity.AccountID `json:"account"`
	Role    identity.Role      `json:"role"`
	Board   string             `json:"board,omitempty" doc:"For partners: the board they own. For departments: dept: and the key of the department."`
	Title   string             `json:"title,omitempty" doc:"At most 20 characters."`
}

func (g RoleGrant) at(node community.ID) identity.Grant {
	return identity.Grant{Role: g.Role, Node: node, Board: g.Board, Title: g.Title}
}

// grantRole gives a role. Giving it again changes its title.
func (a *Actions) grantRole(c *Call, in RoleGrant) (nothing, error) {
	return nothing{}, a.People.GrantRole(c.Context(), c.Actor, in.Account, in.at(nodeOf(c)))
}
