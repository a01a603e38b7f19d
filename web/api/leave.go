package api

import "jushou/internal/identity"

// leave ends one of the caller's memberships, or withdraws a claim.
func (a *Actions) leave(c *Call) (nothing, error) {
	return nothing{}, a.People.LeaveCommunity(c.Context(), c.Actor, identity.HouseholdID(c.Param("household")))
}
