package desk

import (
	"strings"
	"unicode"

	"jushou/internal/community"
	"jushou/web/page"
	"jushou/web/view"
)

// roundsForm is when Rounds are held.
type roundsForm struct {
	Times    string
	Workdays bool
	Problems view.Problems
}

func newRoundsForm(s community.Settings) roundsForm {
	return roundsForm{Times: strings.Join(s.RoundTimes(), " "), Workdays: s.RoundsOnWorkdays}
}

// SetRounds changes the Round times. What was promised before stays as it was promised.
func (p *Pages) SetRounds(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	form := roundsForm{Times: v.Field("times"), Workdays: v.Checked("workdays")}
	if _, err := p.People.ChangeRounds(v.Context(), v.Actor, r.Node.ID, times(form.Times), form.Workdays); err != nil {
		form.Problems = v.Refuse(err)
		return p.showDuty(v, form.Problems.Status, func(d *dutyView) { d.Rounds = form })
	}
	return v.GoSaying(r.Path("/duty"), "duty.rounds_saved")
}

// times takes the times of day apart, whatever people put between them and however they write the colon.
func times(text string) []string {
	text = strings.NewReplacer("：", ":", "．", ":").Replace(text)
	return strings.FieldsFunc(text, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("、，,；;/", c) })
}
