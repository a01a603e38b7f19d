package resident

import (
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// Homes lists where the visitor lives and lived.
func (p *Pages) Homes(v *page.Visit) error {
	if v.Actor.ID == "" {
		return identity.ErrSignIn
	}
	homes, err := p.homes(v)
	if err != nil {
		return err
	}
	return v.Show(HomesPage(homes))
}

// LeaveForm asks once before a membership ends.
func (p *Pages) LeaveForm(v *page.Visit) error {
	if v.Actor.ID == "" {
		return identity.ErrSignIn
	}
	return v.Show(leavePage(v, v.Query("home"), view.Problems{}))
}

// Leave ends one of the visitor's memberships.
func (p *Pages) Leave(v *page.Visit) error {
	home := v.Field("home")
	if err := p.People.LeaveCommunity(v.Context(), v.Actor, identity.HouseholdID(home)); err != nil {
		problems := v.Refuse(err)
		return v.ShowAs(problems.Status, leavePage(v, home, problems))
	}
	return v.GoSaying("/me/homes", "leave.done")
}

func leavePage(v *page.Visit, home string, problems view.Problems) component {
	return ConfirmPage(confirmation{
		Title: v.T("leave.title"), Text: v.T("leave.text"), Verb: v.T("leave.do"), To: "/me/leave", Back: "/me/homes",
		Hidden: map[string]string{"home": home}, Problems: problems,
	})
}
