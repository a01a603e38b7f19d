package projects

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Keep records what the stored instants say has fallen due: needs for which nobody raised a hand, notices that ran their
// days, work of which nothing was heard. Each is recorded once, whoever runs it and however often. What a step took from a year that
// did not happen goes back. It returns how many projects it looked at.
func (s *Service) Keep(ctx context.Context) (int, error) {
	now := s.Now()
	judged, err := s.tallyDue(ctx, now)
	if err != nil {
		return judged, err
	}
	n, err := room.Watch(ctx, s.projects.Table, byStep, now, func(p Project) string { return string(p.ID) }, func(p *Project) ([]docstore.Fact, error) {
		return p.fallDue(now)
	})
	if err != nil {
		return judged + n, err
	}
	_, err = s.giveBackHeld(ctx, now)
	return judged + n, err
}

func (p *Project) fallDue(now time.Time) ([]docstore.Fact, error) {
	facts := slices.Concat(p.missHand(now), p.noticeOver(now), p.goQuiet(now))
	if len(facts) == 0 {
		return nil, docstore.ErrUnchanged
	}
	return facts, nil
}

// Forget takes a person out of what a deleted account proposed, joined, endorsed and objected to; the words stay under
// identity.ErasedName. A project that loses its lead waits for another. What was done in an office keeps its name. The
// relay gives it account.erased, at least once.
func (s *Service) Forget(ctx context.Context, e docstore.Event) error {
	if e.Type != identity.EventErased {
		return nil
	}
	who, now := identity.AccountID(e.Doc.ID), s.Now()
	forgotten := docstore.Fact{Type: PersonForgotten, Actor: forgetting.Ref(), At: now}
	err := s.endorsements.Each(ctx, docstore.Query{Index: byAuthor, Equal: []any{string(who)}}, func(x Endorsement) error {
		x.Name, x.Building = identity.ErasedName, ""
		_, err := s.endorsements.Put(ctx, endorsementKey(x.Project, who), docstore.Any, x)
		return err
	})
	if err := errors.Join(err, s.forgetNews(ctx, who), s.forgetFollowings(ctx, who)); err != nil {
		return err
	}
	if err := s.forgetRatings(ctx, who); err != nil {
		return err
	}
	// Projects are few and accounts are deleted rarely, so every project is looked at.
	return s.projects.Each(ctx, docstore.Query{Index: docstore.ByID}, func(p Project) error {
		if !p.names(who) {
			return nil
		}
		_, err := s.projects.Update(ctx, string(p.ID), func(p *Project) ([]docstore.Fact, error) {
			p.forget(who, now)
			return []docstore.Fact{forgotten}, nil
		})
		return err
	})
}

// private reports whether an author is the person, not in an office.
func private(a deliberation.Author, who identity.AccountID) bool {
	return a.Account == who && a.Title == ""
}

// names reports whether the person stands anywhere in the project other than in an office.
func (p Project) names(who identity.AccountID) bool {
	objects := func(o Objection) bool { return private(o.By, who) }
	says := func(m Milestone) bool {
		return m.Reached != nil && private(m.Reached.By, who) || slices.ContainsFunc(m.Words, func(w Word) bool { return private(w.By, who) })
	}
	return p.namesJudge(who) || private(p.Proposer, who) || private(p.Plan.By, who) || p.LeadAccount() == who ||
		slices.ContainsFunc(p.Partners, func(x Partner) bool { return private(x.By, who) }) ||
		slices.ContainsFunc(p.Leads, func(x Lead) bool { return private(x.By, who) }) ||
		slices.ContainsFunc(p.Papers, func(x PaperFile) bool { return private(x.By, who) }) ||
		slices.ContainsFunc(p.Permits, func(x Permit) bool { return private(x.By, who) }) ||
		slices.ContainsFunc(p.Supervisors, func(x Supervisor) bool { return private(x.By, who) }) ||
		slices.ContainsFunc(p.Variations, func(x Variation) bool { return private(x.By, who) }) || slices.ContainsFunc(p.Milestones, says) ||
		slices.ContainsFunc(p.History, func(x Step) bool { return x.Actor == string(who) && x.Title == "" }) ||
		slices.ContainsFunc(p.Notices, func(n Notice) bool { return slices.ContainsFunc(n.Objections, objects) })
}

func (p *Project) forget(who identity.AccountID, now time.Time) {
	if p.LeadAccount() == who && !p.Stage.Over() {
		p.vacate("", now)
	}
	gone := func(a *deliberation.Author) {
		if private(*a, who) {
			*a = deliberation.Author{Name: identity.ErasedName}
		}
	}
	p.forgetJudge(who, gone, now)
	gone(&p.Proposer)
	gone(&p.Plan.By)
	for i := range p.Partners {
		gone(&p.Partners[i].By)
	}
	for i := range p.Leads {
		gone(&p.Leads[i].By)
	}
	for i := range p.Papers {
		gone(&p.Papers[i].By)
	}
	p.forgetWork(gone, who, now)
	for i := range p.Notices {
		for j := range p.Notices[i].Objections {
			gone(&p.Notices[i].Objections[j].By)
		}
	}
	for i := range p.History {
		if x := &p.History[i]; x.Actor == string(who) && x.Title == "" {
			x.Actor, x.Name = "", identity.ErasedName
		}
	}
}

// forgetWork takes a person out of what is kept of the work. A supervisor leaves.
func (p *Project) forgetWork(gone func(*deliberation.Author), who identity.AccountID, now time.Time) {
	p.unwatch(who, now)
	for i := range p.Supervisors {
		gone(&p.Supervisors[i].By)
	}
	for i := range p.Permits {
		gone(&p.Permits[i].By)
	}
	for i := range p.Variations {
		gone(&p.Variations[i].By)
	}
	for i := range p.Milestones {
		if r := p.Milestones[i].Reached; r != nil {
			gone(&r.By)
		}
		for j := range p.Milestones[i].Words {
			gone(&p.Milestones[i].Words[j].By)
		}
	}
}
