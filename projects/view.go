package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// View is a project as one person may see it at an instant.
type View struct {
	Project
	// Phase is where the current notice stands, "" without one.
	Phase NoticePhase
	// Mine is set for the proposer, Leading for who carries it, Voiced for who endorsed it, Desk for who checks projects here.
	Mine, Leading, Voiced, Desk bool
	// Joining is the reader's own standing as a co-proposer, nil for others.
	Joining *Partner
	// May lists the moves that a page should offer now. The use cases ask again.
	May []Move
}

// Can reports whether a page should offer a move.
func (v View) Can(m Move) bool { return slices.Contains(v.May, m) }

// Public reports whether the community knows of the project: it has been submitted and is not with its proposer again
// before it ever passed the check, and the word list found nothing that nobody has looked at.
func (p Project) Public() bool {
	passed := func(x Step) bool { return x.What == Passed }
	return len(p.Hits) == 0 && (p.Stage != preset.Collecting || slices.ContainsFunc(p.History, passed))
}

// view masks what is not for the actor.
func (s *Service) view(actor identity.Actor, p Project, voiced bool, now time.Time) View {
	v := View{Project: p, Voiced: voiced, Desk: identity.Can(actor, identity.CheckProject, p.Place()) == nil}
	v.Mine = actor.ID != "" && p.Proposer.Account == actor.ID
	v.Leading = actor.ID != "" && p.LeadAccount() == actor.ID
	if n := p.Notice(); n != nil {
		v.Phase = n.Phase(now)
	}
	if i := slices.IndexFunc(p.Partners, func(x Partner) bool { return actor.ID != "" && x.By.Account == actor.ID }); i >= 0 {
		x := p.Partners[i]
		v.Joining = &x
	}
	v.May = offers(actor, p, now)
	if !v.Desk {
		v.hide(actor.ID)
	}
	return v
}

// hide takes out what only the desk sees: accounts, who asked to join, and objections that the word list has held.
func (v *View) hide(who identity.AccountID) {
	bare := func(a deliberation.Author) deliberation.Author {
		a.Account = ""
		return a
	}
	v.Hits = nil
	v.Proposer, v.Plan.By = bare(v.Proposer), bare(v.Plan.By)
	v.Partners = slices.DeleteFunc(slices.Clone(v.Partners), func(x Partner) bool { return !x.Agreed() && !v.Mine })
	for i := range v.Partners {
		v.Partners[i].By = bare(v.Partners[i].By)
	}
	v.Notices = slices.Clone(v.Notices)
	for i := range v.Notices {
		n := &v.Notices[i]
		n.By, n.Objections = bare(n.By), slices.Clone(n.Objections)
		for j := range n.Objections {
			o := &n.Objections[j]
			if len(o.Hits) > 0 && (who == "" || o.By.Account != who) {
				o.Text = ""
			}
			o.Hits, o.By, o.AnsweredBy = nil, bare(o.By), bare(o.AnsweredBy)
		}
	}
	v.History = slices.Clone(v.History)
	for i := range v.History {
		v.History[i].Actor = ""
	}
}

// offers lists the moves that somebody may take now.
func offers(actor identity.Actor, p Project, now time.Time) []Move {
	var may []Move
	for _, w := range ways() {
		if slices.Contains(w.from, p.Stage) && offered(actor, p, w.move, now) {
			may = append(may, w.move)
		}
	}
	return may
}

func offered(actor identity.Actor, p Project, m Move, now time.Time) bool {
	can := func(v identity.Verb) bool { return identity.Can(actor, v, p.Place()) == nil }
	mine, lead := actor.ID != "" && p.Proposer.Account == actor.ID, actor.ID != "" && p.LeadAccount() == actor.ID
	free := !p.Interested(actor.ID)
	rule, n := p.Preset.Decision.Rule, p.Notice()
	polled := rule == preset.ByPoll || rule == preset.ByBudget
	switch m {
	case MoveRevise, MoveSubmit, MoveWithdraw:
		return mine
	case MoveJoin, MoveEndorse:
		return free && can(identity.EndorseProject)
	case MovePass, MoveRefuse, MoveReturn:
		return free && can(identity.CheckProject)
	case MoveHand:
		return p.wantsHands() && can(identity.RaiseHand)
	case MoveChoose:
		return p.Preset.Hands && len(p.Raised()) > 0 && can(identity.DecideProject)
	case MoveLeave:
		return lead
	case MoveReplace:
		return can(identity.DecideProject)
	case MovePlan, MovePutForward:
		return lead || can(identity.CheckProject)
	case MovePaper:
		return len(p.Preset.Papers) > 0 && (mine || lead || can(identity.CheckProject))
	case MoveLinkPoll:
		return polled && p.Poll == nil && can(identity.CheckProject)
	case MoveApprove:
		return !polled && free && can(identity.DecideProject)
	case MoveSendBack, MoveCancel:
		return free && can(identity.DecideProject)
	case MovePublish:
		return n == nil && p.Lead != nil && can(identity.PublishNotice)
	case MoveObject:
		return n != nil && (n.Owed() > 0 || now.Before(n.DueAt)) && can(identity.EndorseProject)
	case MoveAnswer:
		return n != nil && n.Owed() > 0 && free && can(identity.PublishNotice)
	case MoveAmend:
		return n != nil && n.Owed() == 0 && can(identity.PublishNotice)
	case MoveEstablish:
		return n != nil && free && p.unopposed(now) == nil && can(identity.DecideProject)
	}
	return false
}
