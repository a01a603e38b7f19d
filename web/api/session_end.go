package api

import (
	"jushou/internal/identity"
	"jushou/web/page"
)

// endSession signs out.
func (a *Actions) endSession(c *Call) (nothing, error) {
	if c.Actor.ID == "" {
		return nothing{}, identity.ErrSignIn
	}
	c.Forget(page.SessionCookie)
	return nothing{}, a.People.Sessions().Revoke(c.Context(), c.Session)
}
