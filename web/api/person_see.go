package api

import "jushou/internal/identity"

// Why is what somebody needs personal data for. The person can read it.
type Why struct {
	Why string `json:"why" doc:"2 to 200 characters."`
}

// Person is somebody unmasked.
type Person struct {
	Account identity.AccountID `json:"account"`
	Name    string             `json:"name"`
	Phone   string             `json:"phone"`
	Homes   []Membership       `json:"homes" doc:"In this community."`
}

// seePerson returns a person of the community in full, after writing down who looked and why.
func (a *Actions) seePerson(c *Call, in Why) (Person, error) {
	p, err := a.People.SeePerson(c.Context(), c.Actor, nodeOf(c), accountOf(c), in.Why)
	if err != nil {
		return Person{}, err
	}
	return Person{Account: p.Account, Name: p.Name, Phone: p.Phone, Homes: each(p.Homes, showMembership)}, nil
}
