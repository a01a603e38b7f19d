package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Hand is a body's offer to carry a need, 举手: who, and what it brings.
type Hand struct {
	ID    string              `json:"id"` // the form's token
	By    deliberation.Author `json:"by"`
	Body  string              `json:"body"` // the branch or partner it speaks for: the title of the grant
	Bring string              `json:"bring,omitempty"`
	// People, Money and Weeks are what it brings; 0 where it does not say.
	People int       `json:"people,omitempty"`
	Money  money.Fen `json:"money,omitempty"`
	Weeks  int       `json:"weeks,omitempty"`
	At     time.Time `json:"at"`
	// DownAt is when it was taken back, and Why.
	DownAt time.Time `json:"down_at,omitzero"`
	Why    string    `json:"why,omitempty"`
}

// Up reports whether the hand is raised.
func (h Hand) Up() bool { return h.DownAt.IsZero() }

// Lead carries a project: a hand that was chosen, or its proposer, or a co-proposer who took over.
type Lead struct {
	By    deliberation.Author `json:"by"`
	Hand  string              `json:"hand,omitempty"`
	Body  string              `json:"body,omitempty"`
	Since time.Time           `json:"since"`
	// ChosenBy decided so, with the Reason.
	ChosenBy deliberation.Author `json:"chosen_by"`
	Reason   string              `json:"reason,omitempty"`
	// Until is when they stopped, and Why.
	Until time.Time `json:"until,omitzero"`
	Why   string    `json:"why,omitempty"`
}

var (
	errHandClosed = fault.New(fault.Conflict, "project.no_hand_wanted")
	errHandUp     = fault.New(fault.Conflict, "project.hand_up_already")
	errNoHand     = fault.New(fault.NotFound, "project.no_hand")
	errLeads      = fault.New(fault.Conflict, "project.hand_leads")
	errNoLead     = fault.New(fault.Conflict, "project.no_lead")
	errNotLead    = fault.New(fault.Denied, "project.not_lead")
	errHandBounds = fault.New(fault.Invalid, "project.bad_hand").On("people")
)

// wantsHands reports whether a hand would help now: while support is gathered, and when a lead has left.
func (p Project) wantsHands() bool {
	return Allows(p.Stage, MoveHand) && (p.Stage == preset.Gathering && p.Preset.Hands || p.Lead == nil)
}

// Raised lists the hands that are up.
func (p Project) Raised() []Hand {
	return slices.DeleteFunc(slices.Clone(p.Hands), func(h Hand) bool { return !h.Up() })
}

// RaiseHand adds a hand; the same form again changes nothing.
func (p *Project) RaiseHand(h Hand, now time.Time) ([]docstore.Fact, error) {
	if slices.ContainsFunc(p.Hands, func(x Hand) bool { return x.ID == h.ID && x.By.Account == h.By.Account }) {
		return nil, docstore.ErrUnchanged
	}
	if p.identifies(h.ID) {
		return nil, errTaken
	}
	money := h.Money >= 0 && h.Money <= money.Max
	if h.People < 0 || h.People > MaxPeople || h.Weeks < 0 || h.Weeks > MaxWeeks || !money {
		return nil, errHandBounds.With("people", MaxPeople).With("weeks", MaxWeeks)
	}
	if err := p.may(MoveHand); err != nil {
		return nil, err
	}
	if !p.wantsHands() {
		return nil, errHandClosed
	}
	if slices.ContainsFunc(p.Hands, func(x Hand) bool { return x.Up() && x.By.Account == h.By.Account }) {
		return nil, errHandUp
	}
	if len(p.Hands) >= MaxHands {
		return nil, errFull.With("max", MaxHands)
	}
	if err := p.take(MoveHand, HandRaised, h.By, h.Bring, now); err != nil {
		return nil, err
	}
	h.At = now
	p.Hands = append(slices.Clip(p.Hands), h)
	p.HandDue = time.Time{}
	return []docstore.Fact{p.handStep(HandRaised, h, "", h.By, now)}, nil
}

// LowerHand takes one's own hand back. The one that leads leaves by LeaveLead.
func (p *Project) LowerHand(id, reason string, by deliberation.Author, handDue, now time.Time) ([]docstore.Fact, error) {
	i := slices.IndexFunc(p.Hands, func(h Hand) bool { return h.ID == id })
	switch {
	case i < 0:
		return nil, errNoHand
	case p.Hands[i].By.Account != by.Account:
		return nil, errNotOwn
	case !p.Hands[i].Up():
		return nil, docstore.ErrUnchanged
	case p.Lead != nil && p.Lead.Hand == id:
		return nil, errLeads
	}
	if err := p.take(MoveHand, HandLowered, by, reason, now); err != nil {
		return nil, err
	}
	p.Hands = slices.Clone(p.Hands)
	p.Hands[i].DownAt, p.Hands[i].Why = now, reason
	if p.Stage == preset.Gathering && len(p.Raised()) == 0 && p.Lead == nil && p.HandlessAt.IsZero() {
		p.HandDue = handDue
	}
	return []docstore.Fact{p.handStep(HandLowered, p.Hands[i], reason, by, now)}, nil
}

// ChooseLead is the recorded decision that a hand carries the project.
func (p *Project) ChooseLead(hand, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if p.Lead != nil && p.Lead.Hand == hand && hand != "" {
		return nil, docstore.ErrUnchanged
	}
	if err := p.may(MoveChoose); err != nil {
		return nil, err
	}
	h, err := p.raised(hand)
	if err != nil {
		return nil, err
	}
	if h.By.Account == by.Account {
		return nil, errOwnAffair
	}
	if p.Lead != nil {
		p.retire("", now)
	}
	if err := p.take(MoveChoose, LeadChosen, by, reason, now); err != nil {
		return nil, err
	}
	p.Lead = &Lead{By: h.By, Hand: h.ID, Body: h.Body, Since: now, ChosenBy: by, Reason: reason}
	return append([]docstore.Fact{p.handStep(LeadChosen, h, reason, by, now)}, p.gather(now)...), nil
}

// identifies reports whether a hand or a co-proposer has this id: a recorded decision about the lead names one of them.
func (p Project) identifies(id string) bool {
	return slices.ContainsFunc(p.Hands, func(x Hand) bool { return x.ID == id }) || slices.ContainsFunc(p.Partners, func(x Partner) bool { return x.ID == id })
}

func (p Project) raised(hand string) (Hand, error) {
	i := slices.IndexFunc(p.Hands, func(h Hand) bool { return h.ID == hand && h.Up() })
	if i < 0 {
		return Hand{}, errNoHand
	}
	return p.Hands[i], nil
}

// retire ends the time of the lead.
func (p *Project) retire(why string, now time.Time) {
	old := *p.Lead
	old.Until, old.Why = now, why
	p.Leads, p.Lead = append(slices.Clip(p.Leads), old), nil
}

// LeaveLead lets the lead go before the end. The project waits for another.
func (p *Project) LeaveLead(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.leads(by); err != nil {
		return nil, err
	}
	if err := p.take(MoveLeave, LeadLeft, by, reason, now); err != nil {
		return nil, err
	}
	fact := p.told(LeadLeft, by, reason, now)
	p.vacate(reason, now)
	return []docstore.Fact{fact}, nil
}

// vacate takes the lead away, and the hand down with it.
func (p *Project) vacate(why string, now time.Time) {
	hand := p.Lead.Hand
	p.retire(why, now)
	p.Hands = slices.Clone(p.Hands)
	for i := range p.Hands {
		if p.Hands[i].ID == hand {
			p.Hands[i].DownAt, p.Hands[i].Why = now, why
		}
	}
}

// Vacant reports whether somebody has to take over: the lead has gone before the end.
func (p Project) Vacant() bool {
	return p.Lead == nil && len(p.Leads) > 0 && Allows(p.Stage, MoveReplace)
}

// leads refuses everybody but the lead.
func (p Project) leads(by deliberation.Author) error {
	if p.Lead == nil {
		return errNoLead
	}
	return fault.When(by.Account == "" || p.Lead.By.Account != by.Account, errNotLead)
}

// ReplaceLead is the recorded decision that somebody else carries on: a hand that is up, or a co-proposer.
func (p *Project) ReplaceLead(candidate, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveReplace); err != nil {
		return nil, err
	}
	next, err := p.candidate(candidate)
	if err != nil {
		return nil, err
	}
	if next.By.Account == p.LeadAccount() {
		return nil, docstore.ErrUnchanged
	}
	if next.By.Account == by.Account {
		return nil, errOwnAffair
	}
	if err := p.take(MoveReplace, LeadReplaced, by, reason, now); err != nil {
		return nil, err
	}
	former := p.LeadAccount()
	if p.Lead != nil {
		p.vacate(reason, now)
	}
	next.Since, next.ChosenBy, next.Reason = now, by, reason
	p.Lead = &next
	p.unwatch(next.By.Account, now)
	told := LeadStep{About: p.about(), Linked: p.linked(by), Former: former, Reason: reason}
	return []docstore.Fact{{Type: LeadReplaced, Actor: string(by.Account), At: now, Data: told}}, nil
}

// candidate returns who could lead: a raised hand, a co-proposer, or the proposer where no hand is asked for.
func (p Project) candidate(id string) (Lead, error) {
	if h, err := p.raised(id); err == nil {
		return Lead{By: h.By, Hand: h.ID, Body: h.Body}, nil
	}
	i := slices.IndexFunc(p.Partners, func(x Partner) bool { return x.ID == id && x.Agreed() })
	if i < 0 {
		return Lead{}, errNoHand
	}
	return Lead{By: p.Partners[i].By}, nil
}

// missHand records, once, that nobody raised a hand in time. The recorded instant is the stored one.
func (p *Project) missHand(now time.Time) []docstore.Fact {
	if p.Stage != preset.Gathering || p.HandDue.IsZero() || now.Before(p.HandDue) || p.take(MoveListNoHand, Handless, keeping, "", p.HandDue) != nil {
		return nil
	}
	p.HandlessAt, p.HandDue = p.HandDue, time.Time{}
	return []docstore.Fact{p.told(Handless, keeping, "", now)}
}

func (p Project) handStep(what string, h Hand, reason string, by deliberation.Author, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: HandStep{
		About: p.about(), Linked: p.linked(by), Hand: h.ID, Body: h.Body, Whose: h.By.Account, Reason: reason,
	}}
}
