package preset

import (
	"slices"

	"jushou/internal/fault"
)

// Stage is where a project stands on its way.
type Stage string

// Stages in their order. Of these a preset may leave out Gathering, Deliberating and Rating.
const (
	Collecting   Stage = "collecting"   // 征集: being written down, or sent back to its proposer
	Checking     Stage = "checking"     // 初审: is it somebody else's duty, is it done already
	Gathering    Stage = "gathering"    // 附议、举手: who supports it, who carries it
	Deliberating Stage = "deliberating" // 议事: plan and estimate
	Deciding     Stage = "deciding"     // 表决或评审
	Noticing     Stage = "noticing"     // 公示: shown before it holds, objections stop the clock
	Established  Stage = "established"  // 立项
	Working      Stage = "working"      // 实施
	Accepting    Stage = "accepting"    // 验收
	Rating       Stage = "rating"       // 居民评价
	Settling     Stage = "settling"     // 决算公开
	Archived     Stage = "archived"     // 归档

	// These end a project before its time.
	Refused   Stage = "refused"   // at the check, with the reason shown to the proposer
	Declined  Stage = "declined"  // by the decision
	Withdrawn Stage = "withdrawn" // by its proposer
	Cancelled Stage = "cancelled" // by a recorded decision; what was spent until then is settled
)

// Stages lists the way in order.
func Stages() []Stage {
	return []Stage{Collecting, Checking, Gathering, Deliberating, Deciding, Noticing, Established, Working, Accepting, Rating, Settling, Archived}
}

// Endings lists the stages that are left by nobody.
func Endings() []Stage { return []Stage{Archived, Refused, Declined, Withdrawn, Cancelled} }

// Over reports whether nothing more comes after the stage.
func (s Stage) Over() bool { return slices.Contains(Endings(), s) }

// Known reports whether it is one.
func (s Stage) Known() bool { return slices.Contains(Stages(), s) || s.Over() }

// optional are the stages that a preset may leave out.
func (s Stage) optional() bool { return s == Gathering || s == Deliberating || s == Rating }

// Uses reports whether projects of the preset go through the stage.
func (p Preset) Uses(s Stage) bool { return slices.Contains(p.Stages, s) }

// Next returns the stage after one, and "" after the last or for one that is not on the way.
func (p Preset) Next(s Stage) Stage {
	i := slices.Index(p.Stages, s)
	if i < 0 || i+1 >= len(p.Stages) {
		return ""
	}
	return p.Stages[i+1]
}

var errStages = fault.New(fault.Invalid, "preset.bad_stages").On("stages")

// checkStages refuses a way on which a stage is missing, unknown or out of order.
func (p Preset) checkStages() error {
	want := slices.DeleteFunc(Stages(), func(s Stage) bool { return s.optional() && !p.Uses(s) })
	return fault.When(!slices.Equal(p.Stages, want), errStages)
}
