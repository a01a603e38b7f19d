package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
)

// Variation is 更改: something of what was approved is to be done otherwise, for more or less money, in more or less time. It
// counts only when another person has approved it.
type Variation struct {
	ID   string              `json:"id"` // the form's token
	By   deliberation.Author `json:"by"`
	At   time.Time           `json:"at"`
	What string              `json:"what"`
	Why  string              `json:"why"`
	// Amount and Weeks are added to what was approved; below zero for less.
	Amount money.Fen `json:"amount,omitempty"`
	Weeks  int       `json:"weeks,omitempty"`

	State     VariationState      `json:"state"`
	DecidedBy deliberation.Author `json:"decided_by,omitzero"`
	DecidedAt time.Time           `json:"decided_at,omitzero"`
	Reason    string              `json:"reason,omitempty"`
}

// VariationState is how a variation stands.
type VariationState string

// States of a variation.
const (
	VaryAsked     VariationState = "asked"
	VaryApproved  VariationState = "approved"
	VaryRefused   VariationState = "refused"
	VaryWithdrawn VariationState = "withdrawn" // by the lead
)

var (
	errVaryEmpty  = fault.New(fault.Invalid, "project.no_variation").On("what")
	errVaryWhy    = fault.New(fault.Invalid, "project.no_variation_why").On("why")
	errVaryMoney  = fault.New(fault.Invalid, "project.bad_variation_money").On("amount")
	errVaryWeeks  = fault.New(fault.Invalid, "project.bad_variation_weeks").On("weeks")
	errVaryCap    = fault.New(fault.Conflict, "project.variation_over_cap").On("amount")
	errVaryCut    = fault.New(fault.Conflict, "project.variation_under_committed").On("amount")
	errVaryPlan   = fault.New(fault.Conflict, "project.variation_under_milestones").On("amount")
	errNoVary     = fault.New(fault.NotFound, "project.no_such_variation")
	errVaryDone   = fault.New(fault.Conflict, "project.variation_decided")
	errVaryWaits  = fault.New(fault.Conflict, "project.variation_waits")
	errVariations = fault.New(fault.Conflict, "project.variations_full")
)

// Variation returns one by its id.
func (p Project) Variation(id string) (Variation, error) {
	i := slices.IndexFunc(p.Variations, func(x Variation) bool { return x.ID == id })
	if i < 0 {
		return Variation{}, errNoVary
	}
	return p.Variations[i], nil
}

// AskedVariations lists those that nobody has decided about.
func (p Project) AskedVariations() []Variation {
	return slices.DeleteFunc(slices.Clone(p.Variations), func(x Variation) bool { return x.State != VaryAsked })
}

// Weeks is how long the work takes by its plan and what was approved since.
func (p Project) Weeks() int {
	weeks := p.Plan.Weeks
	for _, x := range p.Variations {
		if x.State == VaryApproved {
			weeks += x.Weeks
		}
	}
	return weeks
}

// check refuses a variation whose sum or time nobody could approve. committed is what the accounts have promised to others.
func (x Variation) check(p Project, committed money.Fen) error {
	sum, weeks, most := p.Approved+x.Amount, p.Weeks()+x.Weeks, p.Preset.Caps.Of(p.Class)
	switch {
	case x.Amount < -money.Max || x.Amount > money.Max || sum <= 0 || sum > money.Max:
		return errVaryMoney.With("approved", p.Approved)
	case x.Amount > 0 && most > 0 && sum > most:
		return errVaryCap.With("cap", most).With("sum", sum)
	case x.Amount < 0 && sum < committed:
		return errVaryCut.With("committed", committed).With("sum", sum)
	case x.Amount < 0 && sum < plannedCost(p.Milestones):
		return errVaryPlan.With("planned", plannedCost(p.Milestones)).With("sum", sum)
	}
	return fault.When(x.Weeks < -MaxWeeks || x.Weeks > MaxWeeks || x.Weeks != 0 && (weeks < 1 || weeks > MaxWeeks), errVaryWeeks.With("max", MaxWeeks))
}

// Vary is the lead's wish for a change. The same form again changes nothing.
func (p *Project) Vary(x Variation, committed money.Fen, now time.Time) ([]docstore.Fact, error) {
	if err := deliberation.Joined(p.may(MoveVary), p.leads(x.By)); err != nil {
		return nil, err
	}
	switch {
	case slices.ContainsFunc(p.Variations, func(o Variation) bool { return o.ID == x.ID }):
		return nil, docstore.ErrUnchanged
	case x.What == "":
		return nil, errVaryEmpty
	case x.Why == "":
		return nil, errVaryWhy
	case len(p.AskedVariations()) > 0:
		return nil, errVaryWaits
	case len(p.Variations) >= MaxVariations:
		return nil, errVariations.With("max", MaxVariations)
	}
	if err := x.check(*p, committed); err != nil {
		return nil, err
	}
	if err := p.take(MoveVary, VariationAsked, x.By, x.What, now); err != nil {
		return nil, err
	}
	x.At, x.State = now, VaryAsked
	p.Variations = append(slices.Clip(p.Variations), x)
	return []docstore.Fact{p.variationStep(VariationAsked, x, x.By, now)}, nil
}

// ApproveVariation lets a variation count. Whoever gains by the project does not decide that.
func (p *Project) ApproveVariation(id, reason string, committed money.Fen, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	x, err := p.decidable(id, VaryApproved, by)
	if err != nil {
		return nil, err
	}
	if err := x.check(*p, committed); err != nil {
		return nil, err
	}
	facts, err := p.decideVariation(x, VaryApproved, VariationApproved, MoveDecideVary, reason, by, now)
	if err == nil {
		p.Approved += x.Amount
	}
	return facts, err
}

// RefuseVariation says no to one.
func (p *Project) RefuseVariation(id, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	x, err := p.decidable(id, VaryRefused, by)
	if err != nil {
		return nil, err
	}
	return p.decideVariation(x, VaryRefused, VariationRefused, MoveDecideVary, reason, by, now)
}

// WithdrawVariation is the lead's word that it is not needed any more.
func (p *Project) WithdrawVariation(id string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	x, err := p.Variation(id)
	if err := deliberation.Joined(err, p.leads(by)); err != nil {
		return nil, err
	}
	if x.State == VaryWithdrawn {
		return nil, docstore.ErrUnchanged
	}
	return p.decideVariation(x, VaryWithdrawn, VariationWithdrawn, MoveVary, "", by, now)
}

// decidable returns a variation that somebody may decide about; what they have decided so already is no change.
func (p Project) decidable(id string, to VariationState, by deliberation.Author) (Variation, error) {
	if err := p.may(MoveDecideVary); err != nil {
		return Variation{}, err
	}
	x, err := p.Variation(id)
	switch {
	case err != nil:
		return x, err
	case p.Interested(by.Account) || x.By.Account == by.Account:
		return x, errOwnAffair
	case x.State == to && x.DecidedBy.Account == by.Account:
		return x, docstore.ErrUnchanged
	}
	return x, fault.When(x.State != VaryAsked, errVaryDone)
}

func (p *Project) decideVariation(x Variation, to VariationState, what string, m Move, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if x.State != VaryAsked {
		return nil, errVaryDone
	}
	if err := p.take(m, what, by, reason, now); err != nil {
		return nil, err
	}
	x.State, x.DecidedBy, x.DecidedAt, x.Reason = to, by, now, reason
	p.keepVariation(x)
	return []docstore.Fact{p.variationStep(what, x, by, now)}, nil
}

func (p *Project) keepVariation(x Variation) {
	p.Variations = slices.Clone(p.Variations)
	p.Variations[slices.IndexFunc(p.Variations, func(o Variation) bool { return o.ID == x.ID })] = x
}

// dropVariations closes what nobody will decide about any more.
func (p *Project) dropVariations(by deliberation.Author, now time.Time) {
	for _, x := range p.AskedVariations() {
		x.State, x.DecidedBy, x.DecidedAt = VaryWithdrawn, by, now
		p.keepVariation(x)
	}
}

func (p Project) variationStep(what string, x Variation, by deliberation.Author, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: VariationStep{
		About: p.about(), Linked: p.linked(by), Variation: x.ID, What: x.What, Amount: x.Amount, Weeks: x.Weeks, Reason: x.Reason,
	}}
}
