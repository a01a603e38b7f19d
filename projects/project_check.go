package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/projects/preset"
)

// Exclusion says why a proposal is refused at the check.
type Exclusion string

// The first two are what all schemes exclude: another party's legal duty (物业, 公房 owner, a department), and what a
// government project does already.
const (
	OthersDuty Exclusion = "others_duty"
	Duplicate  Exclusion = "duplicate"
	OverMeans  Exclusion = "over_means" // over the cap of its class, or of the year
	OtherCause Exclusion = "other"
)

// Exclusions lists them.
func Exclusions() []Exclusion { return []Exclusion{OthersDuty, Duplicate, OverMeans, OtherCause} }

var (
	errExclusion = fault.New(fault.Invalid, "project.bad_exclusion").On("exclusion")
	errOwnAffair = fault.New(fault.Denied, "project.own_affair")
)

// disinterested refuses whoever proposed or carries the project.
func (p Project) disinterested(by deliberation.Author) error {
	return fault.When(p.Interested(by.Account), errOwnAffair)
}

// Pass lets the proposal go on. households is how many it is for; handDue is when it is listed for want of a hand.
func (p *Project) Pass(households int, handDue time.Time, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.disinterested(by); err != nil {
		return nil, err
	}
	if err := p.take(MovePass, Passed, by, "", now); err != nil {
		return nil, err
	}
	p.Hits = nil
	p.Voices = p.Preset.Endorse.Needs(households)
	if !p.Preset.Hands && p.Lead == nil {
		p.Lead = &Lead{By: p.Proposer, Since: now, ChosenBy: by}
	}
	facts := []docstore.Fact{p.told(Passed, by, "", now)}
	if p.Stage != preset.Gathering {
		return facts, nil
	}
	if p.Preset.Hands && p.Lead == nil {
		p.HandDue = handDue
	}
	return append(facts, p.gather(now)...), nil
}

// Refuse ends it at the check. The proposer reads the exclusion and the words.
func (p *Project) Refuse(x Exclusion, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if !slices.Contains(Exclusions(), x) {
		return nil, errExclusion
	}
	if err := p.disinterested(by); err != nil {
		return nil, err
	}
	facts, err := p.end(MoveRefuse, RefusedBy, reason, by, now)
	if err == nil {
		p.Exclusion = x
	}
	return facts, err
}

// Return gives it back to its proposer, who changes it and submits it again.
func (p *Project) Return(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.disinterested(by); err != nil {
		return nil, err
	}
	if err := p.take(MoveReturn, Returned, by, reason, now); err != nil {
		return nil, err
	}
	return []docstore.Fact{p.told(Returned, by, reason, now)}, nil
}

// gather goes on from the support as soon as it is enough and somebody leads. It is called by whatever changes either, so
// it does not matter which came last.
func (p *Project) gather(now time.Time) []docstore.Fact {
	if p.Stage != preset.Gathering || p.Lead == nil || p.Endorsed < p.Voices {
		return nil
	}
	if p.take(MoveGathered, Gathered, counting, "", now) != nil {
		return nil // a paper is missing; whoever attaches it calls again
	}
	p.HandDue = time.Time{}
	return []docstore.Fact{p.told(Gathered, counting, "", now)}
}
