package desk

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/web/page"
)

// inputTime is how <input type="datetime-local"> writes an instant, in the zone of the pages.
const inputTime = "2006-01-02T15:04"

// HandOver passes the duty to a colleague until an instant, with a note about what is open.
func (p *Pages) HandOver(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	form := handOverForm{Token: v.Field("token"), To: v.Field("to"), Until: v.Field("until"), Note: v.Field("note")}
	// What cannot be read is the zero instant, which the use case refuses as past.
	until, _ := time.ParseInLocation(inputTime, form.Until, p.Rounds.Zone())
	_, err = p.Topics.HandOver(v.Context(), v.Actor, deliberation.HandOver{
		ID: form.Token, Community: r.Node.ID, To: identity.AccountID(form.To), Until: until, Note: form.Note,
	})
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showDuty(v, form.Problems.Status, func(d *dutyView) { d.HandOver = form })
	}
	return v.GoSaying(r.Path("/duty"), "duty.handed_over")
}
