package api

import "jushou/web/page"

// deleteAccount erases the caller's account.
func (a *Actions) deleteAccount(c *Call) (nothing, error) {
	if err := a.People.DeleteAccount(c.Context(), c.Actor); err != nil {
		return nothing{}, err
	}
	c.Forget(page.SessionCookie)
	return nothing{}, nil
}
