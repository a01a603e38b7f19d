package resident

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// ConsentVersion names the text that people agree to, the words under consent.* of the catalogue.
const ConsentVersion = "2026-11"

// purposes are what we ask consent for, the necessary one first.
func purposes() []identity.Purpose {
	return []identity.Purpose{identity.PurposeService, identity.PurposeNotices, identity.PurposePublication}
}

// consentLine is one purpose and where it stands.
type consentLine struct {
	Purpose   string
	Given     time.Time
	Necessary bool
}

// lookLine is somebody of the staff who saw the visitor unmasked.
type lookLine struct {
	Who, Why string
	At       time.Time
}

// privacyView is what we hold about somebody and may do with it.
type privacyView struct {
	Consents []consentLine
	Looks    []lookLine
}

// Privacy shows somebody their consents, who looked at their data, and the ways out.
func (p *Pages) Privacy(v *page.Visit) error {
	account, err := p.People.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	shown := privacyView{}
	for _, purpose := range purposes() {
		line := consentLine{Purpose: string(purpose), Necessary: purpose == identity.PurposeService}
		i := slices.IndexFunc(account.Consents, func(c identity.Consent) bool { return c.Purpose == purpose && c.Withdrawn.IsZero() })
		if i >= 0 {
			line.Given = account.Consents[i].Given
		}
		shown.Consents = append(shown.Consents, line)
	}
	if shown.Looks, err = p.looks(v); err != nil {
		return err
	}
	return v.Show(PrivacyPage(shown))
}

func (p *Pages) looks(v *page.Visit) ([]lookLine, error) {
	found, _, err := p.People.LooksAtMe(v.Context(), v.Actor, docstore.Cursor(v.Query("after")))
	if err != nil {
		return nil, err
	}
	var who []identity.AccountID
	for _, l := range found {
		who = append(who, l.Who)
	}
	names, err := p.People.Names(v.Context(), who)
	if err != nil {
		return nil, err
	}
	lines := make([]lookLine, len(found))
	for i, l := range found {
		lines[i] = lookLine{Who: names[l.Who].Full, Why: l.Why, At: l.At}
	}
	return lines, nil
}

// Consent gives or takes back one consent.
func (p *Pages) Consent(v *page.Visit) error {
	purpose := identity.Purpose(v.Field("purpose"))
	var err error
	if v.Field("given") == "1" {
		err = p.People.ConsentTo(v.Context(), v.Actor, purpose, ConsentVersion)
	} else {
		err = p.People.WithdrawConsent(v.Context(), v.Actor, purpose)
	}
	if err != nil {
		return err
	}
	return v.GoSaying("/me/privacy", "toast.saved")
}

// DeleteForm asks once before an account is deleted.
func (p *Pages) DeleteForm(v *page.Visit) error {
	if v.Actor.ID == "" {
		return identity.ErrSignIn
	}
	return v.Show(deletePage(v, view.Problems{}))
}

// Delete erases the visitor's account.
func (p *Pages) Delete(v *page.Visit) error {
	if err := p.People.DeleteAccount(v.Context(), v.Actor); err != nil {
		problems := v.Refuse(err)
		return v.ShowAs(problems.Status, deletePage(v, problems))
	}
	v.Forget(page.SessionCookie)
	return v.GoSaying("/", "delete.done")
}

func deletePage(v *page.Visit, problems view.Problems) component {
	return ConfirmPage(confirmation{
		Title: v.T("delete.title"), Text: v.T("delete.text"), Verb: v.T("delete.do"), To: "/me/delete", Back: "/me/privacy", Problems: problems,
	})
}
