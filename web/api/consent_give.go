package api

import "jushou/internal/identity"

// Version names the text that was shown.
type Version struct {
	Version string `json:"version"`
}

// giveConsent records that the caller agrees to a text.
func (a *Actions) giveConsent(c *Call, in Version) (nothing, error) {
	return nothing{}, a.People.ConsentTo(c.Context(), c.Actor, identity.Purpose(c.Param("purpose")), in.Version)
}
