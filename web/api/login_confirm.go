package api

// confirmLogin is the person's yes.
func (a *Actions) confirmLogin(c *Call) (LoginState, error) {
	return showLogin(a.People.ConfirmLogin(c.Context(), c.Actor, c.Param("nonce")))
}
