package api

import "jushou/internal/identity"

// Look is that somebody of the staff saw the caller unmasked.
type Look struct {
	Who string  `json:"who"`
	Why string  `json:"why"`
	At  Instant `json:"at"`
}

// listLooks lists who saw the caller unmasked, the latest first.
func (a *Actions) listLooks(c *Call) (Page[Look], error) {
	found, next, err := a.People.LooksAtMe(c.Context(), c.Actor, c.after())
	if err != nil {
		return Page[Look]{}, err
	}
	names, err := a.People.Names(c.Context(), each(found, func(l identity.Look) identity.AccountID { return l.Who }))
	if err != nil {
		return Page[Look]{}, err
	}
	return pageOf(found, next, func(l identity.Look) Look { return Look{Who: names[l.Who].Full, Why: l.Why, At: instant(l.At)} }), nil
}
