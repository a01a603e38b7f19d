package api

import "jushou/internal/identity"

// Claim names a pending claim of an account.
type Claim struct {
	Household identity.HouseholdID `json:"household"`
}

// verifyResident confirms a pending claim.
func (a *Actions) verifyResident(c *Call, in Claim) (nothing, error) {
	return nothing{}, a.People.VerifyResident(c.Context(), c.Actor, accountOf(c), in.Household)
}

// accountOf returns the account that the address names.
func accountOf(c *Call) identity.AccountID { return identity.AccountID(c.Param("account")) }
