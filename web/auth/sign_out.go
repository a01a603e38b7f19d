package auth

import "jushou/web/page"

// SignOut ends the session. A session that is over already is no error.
func (p *Pages) SignOut(v *page.Visit) error {
	if v.Actor.ID != "" {
		if err := p.People.Sessions().Revoke(v.Context(), v.Session); err != nil {
			return err
		}
	}
	v.Forget(page.SessionCookie)
	return v.GoSaying("/", "auth.signed_out")
}
