package api

// Secret proves that a program began the sign-in.
type Secret struct {
	Secret string `json:"secret"`
}

// Token is a session for the header Authorization.
type Token struct {
	Token   string  `json:"token"`
	Expires Instant `json:"expires"`
}

// useLogin takes the session, once. While nobody has confirmed it is refused with identity.login_waiting.
func (a *Actions) useLogin(c *Call, in Secret) (Token, error) {
	token, session, err := a.People.UseLogin(c.Context(), c.Param("nonce"), in.Secret)
	if err != nil {
		return Token{}, err
	}
	return Token{Token: token, Expires: instant(session.Expires)}, nil
}
