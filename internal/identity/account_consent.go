package identity

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Purpose is what personal information is used for. Each needs its own consent (个人信息保护法 13, 14, 25, 29).
type Purpose string

// The purposes.
const (
	PurposeService     Purpose = "service"     // name, phone and address, to take part in the community
	PurposeNotices     Purpose = "notices"     // WeChat notices beyond answers to one's own affairs
	PurposePublication Purpose = "publication" // one's name in public lists, unmasked
)

// Consent is one purpose with the version of the text that was shown.
type Consent struct {
	Purpose   Purpose   `json:"purpose"`
	Version   string    `json:"version"` // of the text, for example "2026-11"
	Given     time.Time `json:"given"`
	Withdrawn time.Time `json:"withdrawn,omitzero"`
}

// maxConsents bounds the history of consents; the oldest withdrawn ones go first.
const maxConsents = 30

var (
	// ErrConsentNeeded means that nobody can take part without agreeing to the use of name and address.
	ErrConsentNeeded = fault.New(fault.Invalid, "identity.consent_needed").On("consents")
	// ErrBadConsent means an unknown purpose or no version of the text.
	ErrBadConsent = fault.New(fault.Invalid, "identity.bad_consent").On("consents")
	// ErrWithdrawService means that without this consent there is no account: leave, or delete it.
	ErrWithdrawService = fault.New(fault.Conflict, "identity.withdraw_service").On("consents")
)

// Consented reports whether a consent to the purpose stands.
func (a Account) Consented(p Purpose) bool { return a.consent(p) >= 0 }

func (a Account) consent(p Purpose) int {
	return slices.IndexFunc(a.Consents, func(c Consent) bool { return c.Purpose == p && c.Withdrawn.IsZero() })
}

// Consent records that the person agreed to a text. Agreeing to a newer text ends the older consent.
func (a Account) Consent(p Purpose, version string, now time.Time) (Account, []docstore.Fact, error) {
	if a.IsErased() {
		return a, nil, ErrErased
	}
	version = clean(version)
	if !slices.Contains([]Purpose{PurposeService, PurposeNotices, PurposePublication}, p) || version == "" || len(version) > 40 {
		return a, nil, ErrBadConsent.With("purpose", p)
	}
	a.Consents = slices.Clone(a.Consents)
	if i := a.consent(p); i >= 0 {
		if a.Consents[i].Version == version {
			return a, nil, nil
		}
		a.Consents[i].Withdrawn = now
	}
	a.Consents = append(a.Consents, Consent{Purpose: p, Version: version, Given: now})
	for len(a.Consents) > maxConsents {
		i := slices.IndexFunc(a.Consents, func(c Consent) bool { return !c.Withdrawn.IsZero() })
		a.Consents = slices.Delete(a.Consents, i, i+1)
	}
	return a, []docstore.Fact{a.fact(EventConsented, string(a.ID), now, AccountEvent{Purpose: p})}, nil
}

// Withdraw takes a consent back. The one the account rests on ends with leaving every home or deleting the
// account, so it cannot be withdrawn while a membership lives.
func (a Account) Withdraw(p Purpose, now time.Time) (Account, []docstore.Fact, error) {
	i := a.consent(p)
	if i < 0 {
		return a, nil, nil
	}
	if p == PurposeService && a.liveHomes() > 0 {
		return a, nil, ErrWithdrawService
	}
	a.Consents = slices.Clone(a.Consents)
	a.Consents[i].Withdrawn = now
	return a, []docstore.Fact{a.fact(EventWithdrew, string(a.ID), now, AccountEvent{Purpose: p})}, nil
}
