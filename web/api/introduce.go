package api

import "jushou/internal/identity"

// Introduction is how somebody who works here and may live elsewhere says who they are.
type Introduction struct {
	Name     string      `json:"name"`
	Phone    string      `json:"phone"`
	Consents []Agreement `json:"consents"`
}

// introduce names the caller's account, so that it can be given a role.
func (a *Actions) introduce(c *Call, in Introduction) (nothing, error) {
	return nothing{}, a.People.Introduce(c.Context(), c.Actor, identity.Introduce{
		Name: in.Name, Phone: in.Phone, Consents: consents(in.Consents),
	})
}
