package auth

import (
	"jushou/internal/identity"
	"jushou/web/page"
)

// ConfirmDesk asks somebody whose phone scanned a desk's code whether they want to be signed in there.
func (p *Pages) ConfirmDesk(v *page.Visit) error {
	if v.Actor.ID == "" {
		return identity.ErrSignIn
	}
	ticket, err := p.People.ScanLogin(v.Context(), v.Actor, v.Param("nonce"))
	if err != nil {
		return err
	}
	return v.Show(ConfirmPage(ticket.Device, "/auth/confirm/"+ticket.Nonce))
}

// SignInDesk is their yes.
func (p *Pages) SignInDesk(v *page.Visit) error {
	if _, err := p.People.ConfirmLogin(v.Context(), v.Actor, v.Param("nonce")); err != nil {
		return err
	}
	return v.GoSaying("/me", "auth.confirmed")
}
