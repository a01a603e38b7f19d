package api

import "jushou/internal/identity"

// Move is a registration that ends another membership.
type Move struct {
	From identity.HouseholdID `json:"from" doc:"The home that is left."`
	Registration
}

// move ends one membership and asks for another, in one change.
func (a *Actions) move(c *Call, in Move) (Membership, error) {
	m, err := a.People.MoveHouse(c.Context(), c.Actor, in.From, in.command())
	if err != nil {
		return Membership{}, err
	}
	return showMembership(m), nil
}
