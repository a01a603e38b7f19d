package api

import "jushou/internal/identity"

// withdrawConsent takes a consent back.
func (a *Actions) withdrawConsent(c *Call) (nothing, error) {
	return nothing{}, a.People.WithdrawConsent(c.Context(), c.Actor, identity.Purpose(c.Param("purpose")))
}
