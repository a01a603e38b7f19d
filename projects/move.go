package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/fault"
	"jushou/projects/preset"
)

// Move is a sort of transition.
type Move string

// Moves, in the order of the way.
const (
	MoveRevise      Move = "revise"       // its proposer writes it anew
	MoveSubmit      Move = "submit"       // to the check
	MoveJoin        Move = "join"         // ask to propose it too; agree to that; leave again
	MoveWithdraw    Move = "withdraw"     // by its proposer
	MovePass        Move = "pass"         // the check
	MoveRefuse      Move = "refuse"       // at the check, for good
	MoveReturn      Move = "return"       // at the check, to be changed
	MoveEndorse     Move = "endorse"      // 附议
	MoveHand        Move = "hand"         // 举手, and taking it back
	MoveChoose      Move = "choose"       // who leads
	MoveGathered    Move = "gathered"     // support and lead are there
	MoveLeave       Move = "leave"        // the lead gives it up
	MoveReplace     Move = "replace"      // another lead by a recorded decision
	MovePlan        Move = "plan"         // write plan and budget
	MovePaper       Move = "paper"        // attach what the preset asks for
	MovePutForward  Move = "put_forward"  // to the decision
	MoveLinkPoll    Move = "link_poll"    // name the poll that decides
	MoveApprove     Move = "approve"      // the decision is yes
	MoveDecline     Move = "decline"      // the decision is no
	MovePublish     Move = "publish"      // the notice
	MoveObject      Move = "object"       // 异议
	MoveAnswer      Move = "answer"       // an objection
	MoveAmend       Move = "amend"        // a material change: the notice starts over
	MoveSendBack    Move = "send_back"    // to the plan
	MoveEstablish   Move = "establish"    // 立项
	MoveCancel      Move = "cancel"       // before it is established
	MoveListNoHand  Move = "list_no_hand" // the sweep: nobody raised a hand in time
	MoveNoticeEnded Move = "notice_ended" // the sweep: the notice ran its days
)

// way is one row of the table of moves.
type way struct {
	move Move
	from []preset.Stage
	to   preset.Stage
}

// onward leads to the next stage that the preset uses; stay leads nowhere; back leads to where the plan is written.
const (
	onward preset.Stage = "+"
	back   preset.Stage = "-"
	stay   preset.Stage = ""
)

// ways is the whole machine: from which stages a move is taken and where it leads.
func ways() []way {
	const (
		collecting, checking, gathering, deliberating = preset.Collecting, preset.Checking, preset.Gathering, preset.Deliberating
		deciding, noticing, established               = preset.Deciding, preset.Noticing, preset.Established
	)
	early := []preset.Stage{collecting, checking, gathering, deliberating}
	led := []preset.Stage{deliberating, deciding, noticing, established}
	return []way{
		{MoveRevise, []preset.Stage{collecting}, stay},
		{MoveSubmit, []preset.Stage{collecting}, onward},
		{MoveJoin, early, stay},
		{MoveWithdraw, early, preset.Withdrawn},
		{MovePass, []preset.Stage{checking}, onward},
		{MoveRefuse, []preset.Stage{checking}, preset.Refused},
		{MoveReturn, []preset.Stage{checking}, collecting},
		{MoveEndorse, []preset.Stage{gathering}, stay},
		{MoveHand, append([]preset.Stage{gathering}, led...), stay},
		{MoveListNoHand, []preset.Stage{gathering}, stay},
		{MoveChoose, []preset.Stage{gathering}, stay},
		{MoveGathered, []preset.Stage{gathering}, onward},
		{MoveLeave, led, stay},
		{MoveReplace, led, stay},
		{MovePlan, []preset.Stage{deliberating}, stay},
		{MovePaper, append([]preset.Stage{collecting, checking, gathering}, led...), stay},
		{MovePutForward, []preset.Stage{deliberating}, onward},
		{MoveLinkPoll, []preset.Stage{deciding}, stay},
		{MoveApprove, []preset.Stage{deciding}, onward},
		{MoveDecline, []preset.Stage{deciding}, preset.Declined},
		{MoveSendBack, []preset.Stage{deciding, noticing}, back},
		{MovePublish, []preset.Stage{noticing}, stay},
		{MoveObject, []preset.Stage{noticing}, stay},
		{MoveAnswer, []preset.Stage{noticing}, stay},
		{MoveAmend, []preset.Stage{noticing}, stay},
		{MoveNoticeEnded, []preset.Stage{noticing}, stay},
		{MoveEstablish, []preset.Stage{noticing}, onward},
		{MoveCancel, []preset.Stage{collecting, checking, gathering, deliberating, deciding, noticing}, preset.Cancelled},
	}
}

// Allows reports whether a stage takes a move. It does not say that everything else for it is there.
func Allows(s preset.Stage, m Move) bool {
	return slices.ContainsFunc(ways(), func(w way) bool { return w.move == m && slices.Contains(w.from, s) })
}

var (
	errStage = fault.New(fault.Conflict, "project.wrong_stage")
	errPaper = fault.New(fault.Conflict, "project.paper_missing")
)

// may refuses a move that the stage does not take.
func (p Project) may(m Move) error {
	return fault.When(!Allows(p.Stage, m), errStage.With("stage", p.Stage))
}

// take is the only way from stage to stage. It refuses what the table does not know and what leaves a stage without its
// papers, and writes the step down under the type of the event that tells of it.
func (p *Project) take(m Move, what string, by deliberation.Author, reason string, now time.Time) error {
	if err := p.may(m); err != nil {
		return err
	}
	from, to := p.Stage, p.leadsTo(m)
	if to == p.Preset.Next(from) && to != "" {
		if missing := p.missing(from); missing != "" {
			return errPaper.With("paper", missing)
		}
	}
	step := Step{What: what, Actor: string(by.Account), Name: by.Name, Title: by.Title, Reason: reason, At: now}
	if to != from {
		p.Stage, p.Since = to, now
		step.From, step.To = from, to
	}
	p.note(step)
	return nil
}

// leadsTo returns the stage after a move that the stage takes.
func (p Project) leadsTo(m Move) preset.Stage {
	table := ways()
	switch to := table[slices.IndexFunc(table, func(w way) bool { return w.move == m && slices.Contains(w.from, p.Stage) })].to; to {
	case stay:
		return p.Stage
	case onward:
		return p.Preset.Next(p.Stage)
	case back:
		if p.Preset.Uses(preset.Deliberating) {
			return preset.Deliberating
		}
		return preset.Collecting
	default:
		return to
	}
}

// missing names the first paper without which a stage is not left, "" if all are there.
func (p Project) missing(s preset.Stage) string {
	for _, x := range p.Preset.PapersAt(s) {
		if !slices.ContainsFunc(p.Papers, func(f PaperFile) bool { return f.Key == x.Key }) {
			return x.Name
		}
	}
	return ""
}
