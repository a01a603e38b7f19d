package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// Partner is somebody who proposes a project with its proposer. It takes both: the partner asks, the proposer agrees.
type Partner struct {
	ID       string              `json:"id"` // the form's token
	By       deliberation.Author `json:"by"`
	AskedAt  time.Time           `json:"asked_at"`
	AgreedAt time.Time           `json:"agreed_at,omitzero"`
	LeftAt   time.Time           `json:"left_at,omitzero"`
}

// Agreed reports whether the partner is one now.
func (p Partner) Agreed() bool { return !p.AgreedAt.IsZero() && p.LeftAt.IsZero() }

// Waits reports whether the proposer has not said anything yet.
func (p Partner) Waits() bool { return p.AgreedAt.IsZero() && p.LeftAt.IsZero() }

// Draft is what a proposal says, cleaned and within its bounds.
type Draft struct {
	Title, Need, Where string
	Class              preset.Class
	For                Beneficiaries
	Photos             []deliberation.PhotoID
	Plan               Plan
}

// clean returns the draft as it is stored, or every fault at once.
func (d Draft) clean(caps preset.Caps) (Draft, error) {
	var faults []error
	keep := func(into *string, s string, err error) { *into, faults = s, append(faults, err) }
	title, err := written.Line("title", d.Title, MaxTitle)
	keep(&d.Title, title, err)
	need, err := written.Text("need", d.Need, MaxNeed)
	keep(&d.Need, need, err)
	where, err := written.Line("where", d.Where, MaxWhere)
	keep(&d.Where, where, err)
	words, err := written.Line("for", d.For.Words, MaxFor)
	keep(&d.For.Words, words, err)
	plan, err := d.Plan.clean(d.Class, caps)
	d.Plan = plan
	faults = append(faults, err, deliberation.CheckPhotos(d.Photos), fault.When(d.Title == "", errTitle), fault.When(d.Need == "", errNeed),
		fault.When(!slices.Contains(preset.Classes(), d.Class), errClass), fault.When(len(d.For.Buildings) > MaxBuildings, errBuildings))
	return d, deliberation.Joined(faults...)
}

// clean returns the plan as it is stored; lines without anything in them are left out.
func (p Plan) clean(class preset.Class, caps preset.Caps) (Plan, error) {
	words, err := written.Text("plan", p.Text, MaxPlan)
	faults := []error{err}
	p.Text = words
	var lines []Line
	for _, l := range p.Lines {
		what, err1 := written.Line("lines", l.What, MaxLine)
		quote, err2 := written.Line("lines", l.Quote, MaxQuote)
		faults = append(faults, err1, err2)
		if what != "" || quote != "" || l.Amount != 0 {
			lines = append(lines, Line{What: what, Amount: l.Amount, Quote: quote})
		}
	}
	p.Lines = lines
	return p, deliberation.Joined(append(faults, p.check(class, caps))...)
}

// write puts a draft into the project.
func (p *Project) write(d Draft, by deliberation.Author, now time.Time) {
	d.Plan.Revision, d.Plan.By, d.Plan.At = p.Plan.Revision+1, by, now
	p.Title, p.Need, p.Where, p.Class, p.For, p.Photos, p.Plan = d.Title, d.Need, d.Where, d.Class, d.For, d.Photos, d.Plan
}

// Revise lets the proposer write anew what is not submitted yet. seen is the revision that the form showed.
func (p *Project) Revise(d Draft, hits []string, seen int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.own(by); err != nil {
		return nil, err
	}
	if seen != p.Plan.Revision {
		return nil, errStale
	}
	if err := p.take(MoveRevise, Revised, by, "", now); err != nil {
		return nil, err
	}
	p.write(d, by, now)
	p.Hits = hits
	return []docstore.Fact{p.told(Revised, by, "", now)}, nil
}

var (
	errNotOwn  = fault.New(fault.Denied, "project.not_yours")
	errUnready = fault.New(fault.Conflict, "project.plan_missing").On("lines")
)

// own refuses everybody but the proposer.
func (p Project) own(by deliberation.Author) error {
	return fault.When(by.Account == "" || p.Proposer.Account != by.Account, errNotOwn)
}

// planned refuses a project without a plan and a budget.
func (p Project) planned() error {
	return fault.When(p.Plan.Text == "" || len(p.Plan.Lines) == 0, errUnready)
}

// Submit gives the proposal to the check. Where the preset has no stage for talking the plan through, it must be there.
func (p *Project) Submit(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.own(by); err != nil {
		return nil, err
	}
	if !p.Preset.Uses(preset.Deliberating) && Allows(p.Stage, MoveSubmit) {
		if err := p.planned(); err != nil {
			return nil, err
		}
	}
	if err := p.take(MoveSubmit, Submitted, by, "", now); err != nil {
		return nil, err
	}
	return []docstore.Fact{p.told(Submitted, by, "", now)}, nil
}

// submitted reports whether the proposal was with the check before.
func (p Project) submitted() bool {
	return slices.ContainsFunc(p.History, func(s Step) bool { return s.What == Submitted })
}

// Withdraw is the proposer's word that it shall not go on.
func (p *Project) Withdraw(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.own(by); err != nil {
		return nil, err
	}
	return p.end(MoveWithdraw, WithdrawnBy, reason, by, now)
}

// end takes a move after which nothing comes.
func (p *Project) end(m Move, what, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.take(m, what, by, reason, now); err != nil {
		return nil, err
	}
	p.Reason, p.HandDue = reason, time.Time{}
	return []docstore.Fact{p.told(what, by, reason, now)}, nil
}

var (
	errPartnerOwn = fault.New(fault.Conflict, "project.own_proposal")
	errNoPartner  = fault.New(fault.NotFound, "project.no_partner")
)

// Ask lets somebody ask to propose it too. Who asked and was not taken, or left, may ask again.
func (p *Project) Ask(id string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if p.Proposer.Account == by.Account {
		return nil, errPartnerOwn
	}
	i := slices.IndexFunc(p.Partners, func(x Partner) bool { return x.By.Account == by.Account })
	if i >= 0 && p.Partners[i].LeftAt.IsZero() {
		return nil, docstore.ErrUnchanged
	}
	if i < 0 && len(p.Partners) >= MaxPartners {
		return nil, errFull.With("max", MaxPartners)
	}
	if p.identifies(id) && (i < 0 || p.Partners[i].ID != id) {
		return nil, errTaken
	}
	if err := p.take(MoveJoin, JoinAsked, by, "", now); err != nil {
		return nil, err
	}
	p.Partners = slices.DeleteFunc(slices.Clone(p.Partners), func(x Partner) bool { return x.By.Account == by.Account })
	p.Partners = append(p.Partners, Partner{ID: id, By: by, AskedAt: now})
	return []docstore.Fact{p.joining(JoinAsked, by.Account, by, now)}, nil
}

// AgreeTo is the proposer's yes, or no, to somebody who asked.
func (p *Project) AgreeTo(id string, yes bool, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.own(by); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Partners, func(x Partner) bool { return x.ID == id })
	if i < 0 {
		return nil, errNoPartner
	}
	if !p.Partners[i].Waits() {
		return nil, docstore.ErrUnchanged
	}
	if !yes {
		return p.partnerGoes(i, by, now)
	}
	if err := p.take(MoveJoin, Joined, by, p.Partners[i].By.Name, now); err != nil {
		return nil, err
	}
	p.Partners = slices.Clone(p.Partners)
	p.Partners[i].AgreedAt = now
	return []docstore.Fact{p.joining(Joined, p.Partners[i].By.Account, by, now)}, nil
}

// LeavePartners takes a co-proposer's consent back.
func (p *Project) LeavePartners(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	i := slices.IndexFunc(p.Partners, func(x Partner) bool { return x.By.Account == by.Account && by.Account != "" })
	if i < 0 {
		return nil, errNoPartner
	}
	if !p.Partners[i].LeftAt.IsZero() {
		return nil, docstore.ErrUnchanged
	}
	return p.partnerGoes(i, by, now)
}

func (p *Project) partnerGoes(i int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.take(MoveJoin, Left, by, p.Partners[i].By.Name, now); err != nil {
		return nil, err
	}
	p.Partners = slices.Clone(p.Partners)
	p.Partners[i].LeftAt = now
	return []docstore.Fact{p.joining(Left, p.Partners[i].By.Account, by, now)}, nil
}

func (p Project) joining(what string, who identity.AccountID, by deliberation.Author, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: Joining{p.about(), who}}
}
