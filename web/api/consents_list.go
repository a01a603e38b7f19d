package api

import "jushou/internal/identity"

// Consent is what the caller agreed to.
type Consent struct {
	Purpose   identity.Purpose `json:"purpose"`
	Version   string           `json:"version"`
	Given     Instant          `json:"given"`
	Withdrawn Instant          `json:"withdrawn,omitzero"`
}

func showConsent(c identity.Consent) Consent {
	return Consent{Purpose: c.Purpose, Version: c.Version, Given: instant(c.Given), Withdrawn: instant(c.Withdrawn)}
}

// listConsents lists the caller's consents, those taken back included.
func (a *Actions) listConsents(c *Call) (Page[Consent], error) {
	account, err := a.People.Mine(c.Context(), c.Actor)
	if err != nil {
		return Page[Consent]{}, err
	}
	return pageOf(account.Consents, "", showConsent).of(len(account.Consents)), nil
}
