package poll

import (
	"slices"
	"time"

	"jushou/deliberation/poll/rule"
	"jushou/internal/fault"
)

// Label says what a poll is, and therefore what its result means.
type Label string

// The labels. A click here is no 业主大会: only Owners decides for owners, and only where a local rule lets it.
const (
	Consultation Label = "consultation" // 意向征询: asks what people want, binds nobody
	HouseVote    Label = "household"    // 户代表表决: one household, one ballot
	CouncilVote  Label = "council"      // 议事会表决: members of a list, with a minimum of presence
	Ranking      Label = "budget"       // 预算排序: what to spend a sum on
	Evaluation   Label = "evaluation"   // 评议: points for what was done
	OwnersVote   Label = "owners"       // 业主共同决定: Civil Code Art. 278
)

// Labels lists them. A joint decision of owners can be drafted only on a confirmed local legal basis.
func Labels() []Label {
	return []Label{Consultation, HouseVote, CouncilVote, Evaluation, Ranking, OwnersVote}
}

// Methods lists how a poll of the label may be counted, the usual one first.
func (l Label) Methods() []rule.Method {
	switch l {
	case Consultation:
		return []rule.Method{rule.Single, rule.Multiple, rule.Schulze, rule.IRV, rule.Score}
	case HouseVote:
		return []rule.Method{rule.YesNo, rule.Single, rule.Multiple}
	case CouncilVote:
		return []rule.Method{rule.YesNo, rule.Single, rule.Multiple}
	case Evaluation:
		return []rule.Method{rule.Score}
	case Ranking:
		return []rule.Method{rule.Budget}
	case OwnersVote:
		return []rule.Method{rule.Owners}
	}
	return nil
}

// Franchise says who is one voice under the label.
func (l Label) Franchise() rule.Franchise {
	switch l {
	case HouseVote:
		return rule.Households
	case CouncilVote:
		return rule.Council
	}
	return rule.Persons
}

// ObjectionTime is the least time between the roll's publication and the opening. What only asks for opinions needs
// none; where a result is meant to hold, people can check the roll for three days (the shortest 公示 of the rules in
// domain.md 3.4, 青岛 Art. 92), and owners have to be told of a meeting fifteen days before (物业管理条例 Art. 14).
func (l Label) ObjectionTime() time.Duration {
	if l == OwnersVote {
		return 15 * 24 * time.Hour
	}
	if l == HouseVote || l == CouncilVote {
		return 3 * 24 * time.Hour
	}
	return 0
}

var (
	errLabel = fault.New(fault.Invalid, "poll.label").On("label")
	// errBasis refuses a joint decision of owners.
	errBasis  = fault.New(fault.Invalid, "poll.no_legal_basis").On("label")
	errMethod = fault.New(fault.Invalid, "poll.method_of_label").On("method")
)

// lawful refuses a rule that the label does not allow.
func (l Label) lawful(r rule.Rule) error {
	switch {
	case !slices.Contains(Labels(), l):
		return errLabel.With("label", l)
	case !slices.Contains(l.Methods(), r.Method) || r.Franchise != l.Franchise():
		return errMethod.With("method", r.Method)
	}
	return nil
}
