package api

// Rejection refuses a pending claim.
type Rejection struct {
	Claim
	Reason
}

// rejectResident refuses a pending claim; the person reads the reason and may claim again.
func (a *Actions) rejectResident(c *Call, in Rejection) (nothing, error) {
	return nothing{}, a.People.RejectResident(c.Context(), c.Actor, accountOf(c), in.Household, in.Reason.Reason)
}
