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
	MovePermit      Move = "permit"       // record one that is needed before work begins
	MoveMilestones  Move = "milestones"   // write what is to be reached by when
	MoveStart       Move = "start"        // of the work
	MoveReach       Move = "reach"        // a milestone
	MoveConfirm     Move = "confirm"      // a supervisor says whether it was reached
	MoveSupervise   Move = "supervise"    // offer to watch the work, agree to that, leave again
	MoveNews        Move = "news"         // tell of the work
	MoveVary        Move = "vary"         // ask for a change of what was approved; take that back
	MoveDecideVary  Move = "decide_vary"  // approve or refuse it
	MoveFinish      Move = "finish"       // the lead reports that the work is done
	MoveCancel      Move = "cancel"       // give it up; from 立项 on what was spent is settled first
	MoveListNoHand  Move = "list_no_hand" // the sweep: nobody raised a hand in time
	MoveNoticeEnded Move = "notice_ended" // the sweep: the notice ran its days
	MoveQuiet       Move = "quiet"        // the sweep: nothing was heard of the work for too long
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
		working, accepting                            = preset.Working, preset.Accepting
	)
	early := []preset.Stage{collecting, checking, gathering, deliberating}
	led := []preset.Stage{deliberating, deciding, noticing, established, working, accepting}
	carried := append(slices.Clone(led), preset.Rating, preset.Settling)
	begun := []preset.Stage{established, working}
	built := []preset.Stage{established, working, accepting}
	return append([]way{
		{MoveRevise, []preset.Stage{collecting}, stay},
		{MoveSubmit, []preset.Stage{collecting}, onward},
		{MoveJoin, early, stay},
		{MoveWithdraw, early, preset.Withdrawn},
		{MovePass, []preset.Stage{checking}, onward},
		{MoveRefuse, []preset.Stage{checking}, preset.Refused},
		{MoveReturn, []preset.Stage{checking}, collecting},
		{MoveEndorse, []preset.Stage{gathering}, stay},
		{MoveHand, append([]preset.Stage{gathering}, carried...), stay},
		{MoveListNoHand, []preset.Stage{gathering}, stay},
		{MoveChoose, []preset.Stage{gathering}, stay},
		{MoveGathered, []preset.Stage{gathering}, onward},
		{MoveLeave, carried, stay},
		{MoveReplace, carried, stay},
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
		{MovePermit, []preset.Stage{deliberating, deciding, noticing, established}, stay},
		{MoveMilestones, begun, stay},
		{MoveStart, []preset.Stage{established}, onward},
		{MoveReach, []preset.Stage{working}, stay},
		{MoveConfirm, []preset.Stage{working, accepting}, stay},
		{MoveSupervise, built, stay},
		{MoveNews, built, stay},
		{MoveVary, begun, stay},
		{MoveDecideVary, begun, stay},
		{MoveQuiet, []preset.Stage{working}, stay},
		{MoveFinish, []preset.Stage{working}, onward},
		{MoveCancel, []preset.Stage{collecting, checking, gathering, deliberating, deciding, noticing}, preset.Cancelled},
		{MoveCancel, built, preset.Settling},
	}, judgingWays()...)
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
	if p.row(m).to == onward {
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

// row returns the row of the table by which the stage takes a move.
func (p Project) row(m Move) way {
	table := ways()
	return table[slices.IndexFunc(table, func(w way) bool { return w.move == m && slices.Contains(w.from, p.Stage) })]
}

// leadsTo returns the stage after a move that the stage takes.
func (p Project) leadsTo(m Move) preset.Stage {
	switch to := p.row(m).to; to {
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
