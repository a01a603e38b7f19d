package api

// revokeRole takes a role away. It works at once.
func (a *Actions) revokeRole(c *Call, in RoleGrant) (nothing, error) {
	return nothing{}, a.People.RevokeRole(c.Context(), c.Actor, in.Account, in.at(nodeOf(c)))
}
