package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// judgingOffered says whether a page should offer a move of the acceptance, the judging or the settlement.
func judgingOffered(actor identity.Actor, p Project, m Move, now time.Time) bool {
	can := func(v identity.Verb) bool { return identity.Can(actor, v, p.Place()) == nil }
	free, lead := !p.Interested(actor.ID), actor.ID != "" && p.LeadAccount() == actor.ID
	desk := can(identity.CheckProject)
	switch m {
	case MoveVolunteer:
		return free && can(identity.JudgeProject)
	case MoveRep, MoveRework:
		return free && can(identity.DecideProject)
	case MoveAccept:
		return p.Owes(actor.ID)
	case MoveDefect, MoveVerify:
		return p.Accepts(actor.ID)
	case MoveMend:
		return len(p.OpenDefects()) > 0 && (lead || desk)
	case MoveRate:
		return can(identity.JudgeProject) && p.mayRate(actor, now) == nil
	case MoveReply:
		return p.Tally != nil && (lead || desk)
	case MoveRated:
		return p.Reply != nil && free && desk && p.Reply.By.Account != actor.ID
	case MoveStatement:
		return lead || desk
	case MoveArchive, MoveClose:
		cancelled := !p.CancelledAt.IsZero()
		return p.Statement != nil && p.Statement.Returned == "" && cancelled == (m == MoveClose) && free && desk && p.Statement.By.Account != actor.ID
	}
	return false
}

// hideJudging takes out what only the desk sees: accounts, texts that the word list has held, a reply that is not published.
func (v *View) hideJudging(who identity.AccountID, bare func(deliberation.Author) deliberation.Author) {
	if v.Acceptance != nil {
		a := v.judging()
		v.Acceptance = a
		offers := func(r Rep) bool { return who == "" || r.By.Account != who }
		a.Volunteers = slices.DeleteFunc(a.Volunteers, offers)
		for i := range a.Reps {
			a.Reps[i].By, a.Reps[i].NamedBy = bare(a.Reps[i].By), bare(a.Reps[i].NamedBy)
		}
		for i := range a.Words {
			w := &a.Words[i]
			if len(w.Hits) > 0 && w.By.Account != who {
				w.Text = ""
			}
			w.By, w.Hits = bare(w.By), nil
		}
		for i := range a.Defects {
			d := &a.Defects[i]
			if len(d.Hits) > 0 && d.By.Account != who && !v.Leading {
				d.What, d.Photos = "", nil
			}
			d.By, d.ConfirmedBy, d.Hits = bare(d.By), bare(d.ConfirmedBy), nil
			if d.Fix != nil {
				f := *d.Fix
				f.By = bare(f.By)
				d.Fix = &f
			}
		}
	}
	if v.Reply != nil {
		if !v.Reply.Published() && !v.Leading {
			v.Reply = nil
		} else {
			r := *v.Reply
			r.By, r.PublishedBy = bare(r.By), bare(r.PublishedBy)
			v.Reply = &r
		}
	}
	if v.Statement != nil {
		s := *v.Statement
		s.By, s.CheckedBy = bare(s.By), bare(s.CheckedBy)
		v.Statement = &s
	}
}

// namesJudge reports whether a person stands in the acceptance, or wrote reply or statement, other than in an office.
func (p Project) namesJudge(who identity.AccountID) bool {
	a := p.Judged()
	rep := func(r Rep) bool { return private(r.By, who) }
	return slices.ContainsFunc(a.Reps, rep) || slices.ContainsFunc(a.Volunteers, rep) ||
		slices.ContainsFunc(a.Words, func(w Opinion) bool { return private(w.By, who) }) ||
		slices.ContainsFunc(a.Defects, func(d Defect) bool {
			return private(d.By, who) || private(d.ConfirmedBy, who) || d.Fix != nil && private(d.Fix.By, who)
		}) || p.Reply != nil && private(p.Reply.By, who) || p.Statement != nil && private(p.Statement.By, who)
}

// forgetJudge takes a person out of them. Who represented the residents does so no longer, and another has to be named.
func (p *Project) forgetJudge(who identity.AccountID, gone func(*deliberation.Author), now time.Time) {
	if p.Acceptance != nil {
		a := p.judging()
		a.Volunteers = slices.DeleteFunc(a.Volunteers, func(r Rep) bool { return private(r.By, who) })
		for i := range a.Reps {
			if r := &a.Reps[i]; private(r.By, who) && r.Stands() && p.Stage == preset.Accepting {
				r.EndedAt = now
			}
			gone(&a.Reps[i].By)
		}
		for i := range a.Words {
			gone(&a.Words[i].By)
		}
		for i := range a.Defects {
			d := &a.Defects[i]
			gone(&d.By)
			gone(&d.ConfirmedBy)
			if d.Fix != nil {
				f := *d.Fix
				gone(&f.By)
				d.Fix = &f
			}
		}
	}
	if p.Reply != nil {
		r := *p.Reply
		gone(&r.By)
		p.Reply = &r
	}
	if p.Statement != nil {
		s := *p.Statement
		gone(&s.By)
		p.Statement = &s
	}
}
