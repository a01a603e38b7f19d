package resident

import (
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// quietForm is when WeChat messages wait.
type quietForm struct {
	From, To string
	Problems view.Problems
}

// QuietForm shows the hours in which WeChat messages wait.
func (p *Pages) QuietForm(v *page.Visit) error {
	account, err := p.People.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	from, to := account.Preferences.Quiet.Hours()
	if account.Preferences.Quiet.Off {
		to = from
	}
	return v.Show(QuietPage(quietForm{From: from, To: to}))
}

// Quiet changes them. The product's own hours, sent as they are, stay the product's own.
func (p *Pages) Quiet(v *page.Visit) error {
	account, err := p.People.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	preferences := account.Preferences
	form := quietForm{From: v.Field("from"), To: v.Field("to")}
	if preferences.Quiet, err = identity.NewQuiet(form.From, form.To); err == nil {
		if form.From == identity.QuietFrom && form.To == identity.QuietTo && !account.Preferences.Quiet.Chosen() {
			preferences.Quiet = identity.Quiet{}
		}
		err = p.People.Prefer(v.Context(), v.Actor, preferences)
	}
	if err != nil {
		form.Problems = v.Refuse(err)
		return v.ShowAs(form.Problems.Status, QuietPage(form))
	}
	return v.GoSaying("/me", "toast.saved")
}
