package project

import (
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/web/page"
)

// step is one step of a person: the form it comes from, its fields, what is said afterwards, and the use case.
type step struct {
	form   string
	fields []string
	said   string
	do     func(p *Pages, v *page.Visit, id projects.ID) error
}

// Step returns the handler of a step on the page of residents. A refused one comes back with what was typed.
func (p *Pages) Step(s step) page.Handler {
	return func(v *page.Visit) error {
		id := v.Param("project")
		if err := s.do(p, v, projects.ID(id)); err != nil {
			rows, _ := typedRows(v)
			return p.project(v, v.RefuseForm(s.form, err, s.fields...), rows)
		}
		to := "/p/" + id
		return v.GoSaying(to+"?posted="+to+"/"+s.form, s.said)
	}
}

// Endorse supports a project or takes that back.
func Endorse() step {
	return step{"endorse", nil, "project.endorsed", func(p *Pages, v *page.Visit, id projects.ID) error {
		return p.Projects.Endorse(v.Context(), v.Actor, id, v.Field("on") == "1")
	}}
}

// Object makes an objection.
func Object() step {
	return step{"object", []string{"text"}, "project.objected", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Object(v.Context(), v.Actor, projects.Object{ID: v.Field("token"), Project: id, Text: v.Field("text")})
		return err
	}}
}

// Join asks to propose it too.
func Join() step {
	return step{"join", nil, "project.join_asked", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.AskToJoin(v.Context(), v.Actor, id, v.Field("token"))
		return err
	}}
}

// Unjoin takes a co-proposer's consent back.
func Unjoin() step {
	return step{"unjoin", nil, "project.unjoined", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.LeavePartners(v.Context(), v.Actor, id)
		return err
	}}
}

// Partner is the proposer's yes or no.
func Partner() step {
	return step{"partner", nil, "project.partner_told", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.AgreeToPartner(v.Context(), v.Actor, id, v.Field("partner"), v.Field("yes") == "1")
		return err
	}}
}

// errMoney means that a text is no amount of money.
var errMoney = fault.New(fault.Invalid, "project.bad_money")

// Hand raises a hand.
func Hand() step {
	return step{"hand", []string{"bring", "people", "money", "weeks"}, "project.hand_raised", func(p *Pages, v *page.Visit, id projects.ID) error {
		amount := money.Fen(0)
		if typed := v.Field("money"); typed != "" {
			var err error
			if amount, err = money.Parse(typed); err != nil {
				return errMoney.On("money")
			}
		}
		_, err := p.Projects.RaiseHand(v.Context(), v.Actor, projects.RaiseHand{
			ID: v.Field("token"), Project: id, Bring: v.Field("bring"), People: number(v.Field("people")), Money: amount, Weeks: number(v.Field("weeks")),
		})
		return err
	}}
}

// Lower takes a hand down.
func Lower() step {
	return step{"lower", []string{"reason"}, "project.hand_lowered", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.LowerHand(v.Context(), v.Actor, id, v.Field("hand"), v.Field("reason"))
		return err
	}}
}

// LeaveLead lets the lead go.
func LeaveLead() step {
	return step{"leave", []string{"reason"}, "project.lead_left", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.LeaveLead(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// WritePlan writes plan and budget.
func WritePlan() step {
	return step{"plan", []string{"plan", "weeks", "seen"}, "project.plan_written", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, plan := typedPlan(v)
		_, err := p.Projects.WritePlan(v.Context(), v.Actor, projects.WritePlan{Project: id, Seen: number(v.Field("seen")), Plan: plan})
		return err
	}}
}

// PutForward gives the plan to whoever decides.
func PutForward() step {
	return step{"put", nil, "project.put_forward", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.PutForward(v.Context(), v.Actor, id)
		return err
	}}
}

// Submit gives a proposal to the check.
func Submit() step {
	return step{"submit", nil, "project.submitted", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Submit(v.Context(), v.Actor, id)
		return err
	}}
}

// Withdraw takes a proposal back.
func Withdraw() step {
	return step{"withdraw", []string{"reason"}, "project.withdrawn", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Withdraw(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}
