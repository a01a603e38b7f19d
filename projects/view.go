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
	// Follows is set for who wants to be told, Watches for a named supervisor.
	Follows, Watches bool
	// Watching is the reader's own standing as a supervisor, nil for others.
	Watching *Supervisor
	// Joining is the reader's own standing as a co-proposer, nil for others.
	Joining *Partner
	// Offered is set for who offered to look at the work, Standing for who represents the residents at the acceptance.
	Offered, Standing bool
	// Needed is how many representatives have to accept the work.
	Needed int
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

// Pictures lists every photo that a reader of the project may open: its own, of its papers and of its decisions.
func (v View) Pictures() []deliberation.PhotoID {
	all := slices.Clone(v.Photos)
	for _, f := range v.Papers {
		all = append(all, f.Photo)
	}
	for _, d := range v.Earlier {
		all = append(all, d.Photos...)
	}
	if v.Decision != nil {
		all = append(all, v.Decision.Photos...)
	}
	return all
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
	if i := slices.IndexFunc(p.Supervisors, func(x Supervisor) bool { return actor.ID != "" && x.By.Account == actor.ID }); i >= 0 {
		x := p.Supervisors[i]
		v.Watching, v.Watches = &x, x.Named()
	}
	v.Standing, v.Needed = p.represents(actor.ID), p.RepsNeeded()
	v.Offered = actor.ID != "" && slices.ContainsFunc(p.Judged().Volunteers, func(r Rep) bool { return r.By.Account == actor.ID })
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
	v.hideWork(bare)
	v.hideJudging(who, bare)
	v.Former = v.Former.bare(bare)
	v.History = slices.Clone(v.History)
	for i := range v.History {
		v.History[i].Actor = ""
	}
}

// hideWork takes accounts out of what is kept of the work, and who offered to watch it and was not named.
func (v *View) hideWork(bare func(deliberation.Author) deliberation.Author) {
	v.Supervisors = v.NamedSupervisors()
	for i := range v.Supervisors {
		v.Supervisors[i].By = bare(v.Supervisors[i].By)
	}
	v.Permits, v.Variations, v.Milestones = slices.Clone(v.Permits), slices.Clone(v.Variations), slices.Clone(v.Milestones)
	for i := range v.Permits {
		v.Permits[i].By = bare(v.Permits[i].By)
	}
	for i := range v.Variations {
		x := &v.Variations[i]
		x.By, x.DecidedBy = bare(x.By), bare(x.DecidedBy)
	}
	for i := range v.Milestones {
		m := &v.Milestones[i]
		if m.Reached != nil {
			r := *m.Reached
			r.By = bare(r.By)
			m.Reached = &r
		}
		m.Words = slices.Clone(m.Words)
		for j := range m.Words {
			m.Words[j].By = bare(m.Words[j].By)
		}
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
	return offeredOfWork(actor, p, m) || judgingOffered(actor, p, m, now)
}

// offeredOfWork is offered for the moves of the work.
func offeredOfWork(actor identity.Actor, p Project, m Move) bool {
	can := func(v identity.Verb) bool { return identity.Can(actor, v, p.Place()) == nil }
	lead, free := actor.ID != "" && p.LeadAccount() == actor.ID, !p.Interested(actor.ID)
	switch m {
	case MovePermit:
		return len(p.Preset.Permits) > 0 && (lead || can(identity.CheckProject))
	case MoveMilestones, MoveVary:
		return lead
	case MoveReach:
		return lead && slices.ContainsFunc(p.Milestones, func(x Milestone) bool { return x.Open() || x.Disputed() })
	case MoveStart:
		return (lead || can(identity.CheckProject)) && p.ready() == nil
	case MoveNews:
		return lead || p.Lead != nil && can(identity.CheckProject)
	case MoveConfirm:
		return p.Supervises(actor.ID)
	case MoveSupervise:
		return free && can(identity.EndorseProject)
	case MoveDecideVary:
		return free && len(p.AskedVariations()) > 0 && can(identity.DecideProject)
	case MoveFinish:
		return lead && p.done() == nil
	}
	return false
}
