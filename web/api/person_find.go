package api

import "jushou/internal/identity"

// Phone is a mobile number.
type Phone struct {
	Phone string `json:"phone"`
}

// Found is an account as others see it.
type Found struct {
	Account identity.AccountID `json:"account"`
	Name    string             `json:"name"`
}

// findByPhone returns the account of a phone number, to whoever may give roles at the node.
func (a *Actions) findByPhone(c *Call, in Phone) (Found, error) {
	id, name, err := a.People.FindByPhone(c.Context(), c.Actor, nodeOf(c), in.Phone)
	return Found{Account: id, Name: name.Full}, err
}
