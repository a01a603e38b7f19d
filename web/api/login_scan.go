package api

import "jushou/internal/identity"

// LoginState is where a sign-in stands, for the person who is asked.
type LoginState struct {
	Device  string              `json:"device"`
	State   identity.LoginState `json:"state"`
	Expires Instant             `json:"expires"`
}

func showLogin(t identity.LoginTicket, err error) (LoginState, error) {
	if err != nil {
		return LoginState{}, err
	}
	return LoginState{Device: t.Device, State: t.State, Expires: instant(t.Expires)}, nil
}

// scanLogin notes whose phone was asked; from then on nobody else can confirm.
func (a *Actions) scanLogin(c *Call) (LoginState, error) {
	return showLogin(a.People.ScanLogin(c.Context(), c.Actor, c.Param("nonce")))
}
