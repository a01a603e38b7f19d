package desk

import (
	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// HandOver passes the duty to a colleague until an instant, with a note about what is open.
func (p *Pages) HandOver(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	form := handOverForm{Token: v.Field("token"), To: v.Field("to"), Until: v.Field("until"), Note: v.Field("note")}
	_, err = p.Topics.HandOver(v.Context(), v.Actor, deliberation.HandOver{
		ID: form.Token, Community: r.Node.ID, To: identity.AccountID(form.To), Until: view.Instant(form.Until), Note: form.Note,
	})
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showDuty(v, form.Problems.Status, func(d *dutyView) { d.HandOver = form })
	}
	return v.GoSaying(r.Path("/duty"), "duty.handed_over")
}
