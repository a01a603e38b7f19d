package poll

import (
	"context"
	"strconv"
	"strings"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// ownersTerms reads the part of the form that a joint decision of owners has. Its clauses come from the basis.
func ownersTerms(v *page.Visit) *rule.OwnersTerms {
	return &rule.OwnersTerms{
		Matter: page.Number(v.Field("matter")), Scope: rule.Scope(v.Field("owners_scope")), Form: rule.Method(v.Field("form")),
		Parking: rule.Parking(v.Field("parking")), NonReturn: rule.NonReturn(v.Field("non_return")),
	}
}

// ownersDraft fills in whose decision it is.
func ownersDraft(v *page.Visit, cmd *poll.Draft) {
	cmd.Basis, cmd.Entrance = owners.BasisID(v.Field("basis")), v.Field("entrance")
	cmd.Estate = community.EstateID(v.Field("estate"))
	cmd.Grids, cmd.Buildings = nil, nil
	if id := v.Field("one_building"); id != "" {
		cmd.Buildings = []community.BuildingID{community.BuildingID(id)}
	}
}

// bases lists those that a decision can stand on.
func (p *Pages) bases(v *page.Visit, c community.ID) ([]view.Option, error) {
	all, err := p.Owners.Bases(v.Context(), v.Actor, c)
	var options []view.Option
	for _, b := range all {
		if b.Holds() {
			options = append(options, view.Option{Value: string(b.ID), Text: b.Rule + " " + b.Clause})
		}
	}
	return options, err
}

func matters(ctx context.Context) []view.Option {
	var all []view.Option
	for n := 1; n <= 9; n++ {
		all = append(all, view.Option{Value: strconv.Itoa(n), Text: view.T(ctx, "poll.matter."+strconv.Itoa(n))})
	}
	return all
}

// settings lists the values of a setting with their words.
func settings(ctx context.Context, prefix string, values ...string) []view.Option {
	var all []view.Option
	for _, value := range values {
		all = append(all, view.Option{Value: value, Text: view.T(ctx, prefix+value)})
	}
	return all
}

func oneBuilding(ctx context.Context, all []community.Building) []view.Option {
	return append([]view.Option{{Text: view.T(ctx, "poll.owners_all")}}, story.BuildingOptions(all)...)
}

// door is how the desk finds a line of the roll: the first unit of an owner, or the building.
func door(building string, places []string) string {
	if len(places) > 0 {
		return places[0]
	}
	return building
}

// hurdles draws the shares that a joint decision has to reach, each with its mark: who took part, and who agreed to what was ahead.
func hurdles(ctx context.Context, p poll.Poll, s rule.Sheet) []bar {
	var all []bar
	for _, step := range s.Steps {
		if step.Option > 0 && step.Option != s.Passed || step.Whole == 0 || step.Option == 0 && s.Passed > 0 {
			continue
		}
		what := view.T(ctx, "poll.step."+string(step.Code))
		if step.Option >= 0 {
			what = view.T(ctx, "poll.step.of", "option", p.Options[step.Option].Text, "what", what)
		}
		all = append(all, bar{
			Text: what, Number: rule.Percent(step.Part, step.Whole, 2) + "%", Width: strconv.FormatInt(step.Part*1000/step.Whole, 10), Won: step.Holds,
			At: strconv.FormatInt(step.Num*1000/step.Den, 10),
		})
	}
	return all
}

// places lists units as they are called; the first ones of many.
func places(all []string) string {
	const most = 6
	if len(all) > most {
		return strings.Join(all[:most], "、") + " …"
	}
	return strings.Join(all, "、")
}

// takesPaper reports whether the form offers paper ballots and mandates: where a result is meant to hold.
func takesPaper(l poll.Label) bool {
	return l == poll.HouseVote || l == poll.CouncilVote || l == poll.OwnersVote
}

// reading says which reading of silence and parking a sheet is.
func reading(ctx context.Context, s rule.Sheet) string {
	said := view.T(ctx, "poll.reading."+string(s.NonReturn))
	return said + view.T(ctx, "list.and") + view.T(ctx, "poll.parking."+string(s.Parking))
}

// ownerStep says one comparison of a joint decision with its cross products, so that everybody can do it on paper.
func ownerStep(ctx context.Context, p poll.Poll, s rule.Step) string {
	said := func(n int64) string { return strconv.FormatInt(n, 10) }
	part, whole := said(s.Part), said(s.Whole)
	if s.Code == rule.StepTurnoutArea || s.Code == rule.StepApproveArea {
		part, whole = view.SquareMetres(s.Part), view.SquareMetres(s.Whole)
	}
	what := view.T(ctx, "poll.step."+string(s.Code))
	if s.Option >= 0 {
		what = view.T(ctx, "poll.step.of", "option", p.Options[s.Option].Text, "what", what)
	}
	holds, op := "poll.step.missed", "poll.owner_op.more"
	if s.Holds {
		holds = "poll.step.reached"
	}
	if s.Op == rule.AtLeast {
		op = "poll.owner_op.least"
	}
	sign := ">"
	if s.Op == rule.AtLeast {
		sign = "≥"
	}
	return view.T(ctx, "poll.owner_step", "what", what, "part", part, "whole", whole, "percent", rule.Percent(s.Part, s.Whole, 2),
		"needed", view.T(ctx, op, "share", share(s.Num, s.Den)), "left", said(s.Left), "sign", sign, "right", said(s.Right), "holds", view.T(ctx, holds))
}

// ownerRules says what a joint decision stands on and how it is counted, a sentence each.
func ownerRules(ctx context.Context, p poll.Poll) []string {
	t, j := p.Rule.Owners, p.Joint
	turnout, approval := t.Participation(), t.Approval()
	op := "poll.owner_op.more"
	if approval.Op == rule.AtLeast {
		op = "poll.owner_op.least"
	}
	all := []string{
		view.T(ctx, "poll.rule.basis", "rule", j.Rule, "clause", j.Clause, "when", view.When(ctx, j.AdoptedAt)),
		view.T(ctx, "poll.rule.matter", "matter", view.T(ctx, "poll.matter."+strconv.Itoa(t.Matter))),
		view.T(ctx, "poll.rule.turnout", "needed", view.T(ctx, "poll.owner_op.least", "share", share(turnout.Num, turnout.Den))),
		view.T(ctx, "poll.rule.approval", "needed", view.T(ctx, op, "share", share(approval.Num, approval.Den))),
		view.T(ctx, "poll.rule.heads"),
		view.T(ctx, "poll.rule.parking."+string(t.Parking), "clause", t.ParkingClause),
		view.T(ctx, "poll.rule.silence."+string(t.NonReturn), "clause", t.Clause),
	}
	if p.Roll.Area > 0 {
		all = append(all, view.T(ctx, "poll.rule.area", "area", view.SquareMetres(p.Roll.Area), "n", strconv.Itoa(p.Joint.Register)))
	}
	return all
}
