package api

// Device is what wants to be signed in, as the person reads it on the phone.
type Device struct {
	Device string `json:"device" doc:"For example: queue display, hall 2."`
}

// Login is a sign-in that waits for somebody's phone.
type Login struct {
	Nonce   string  `json:"nonce"`
	Secret  string  `json:"secret" doc:"Stays with the program: only it can take the session."`
	Confirm string  `json:"confirm" doc:"The page that the person opens on the phone."`
	Expires Instant `json:"expires"`
}

// openLogin begins a sign-in without a browser of one's own: a person confirms it on the phone.
func (a *Actions) openLogin(c *Call, in Device) (Login, error) {
	t, secret, err := a.People.OpenLogin(c.Context(), in.Device)
	if err != nil {
		return Login{}, err
	}
	return Login{Nonce: t.Nonce, Secret: secret, Confirm: "/auth/confirm/" + t.Nonce, Expires: instant(t.Expires)}, nil
}
