package projects

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// eligible refuses whoever cannot speak for the residents: those whose own project it is, whoever acts in an office here, and
// whoever raised a hand to carry it.
func (p Project) eligible(by deliberation.Author) error {
	raised := func(h Hand) bool { return h.By.Account == by.Account }
	return deliberation.Joined(p.disinterested(by), fault.When(by.Title != "" || slices.ContainsFunc(p.Hands, raised), errOffice))
}

// Volunteer offers to look at the work for the neighbours, or takes that back.
func (p *Project) Volunteer(id string, on bool, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := cmp.Or(p.may(MoveVolunteer), p.eligible(by)); err != nil {
		return nil, err
	}
	own := func(r Rep) bool { return r.By.Account == by.Account }
	all := p.Judged().Volunteers
	if slices.ContainsFunc(all, own) == on {
		return nil, docstore.ErrUnchanged
	}
	if on && len(all) >= MaxVolunteers {
		return nil, errFull.With("max", MaxVolunteers)
	}
	what := VolunteerOffered
	if !on {
		what = VolunteerLeft
	}
	if err := p.take(MoveVolunteer, what, by, "", now); err != nil {
		return nil, err
	}
	a := p.judging()
	a.Volunteers = slices.DeleteFunc(a.Volunteers, own)
	if on {
		a.Volunteers = append(a.Volunteers, Rep{ID: id, By: by, At: now})
	}
	return []docstore.Fact{p.judgingStep(what, JudgingStep{Whose: by.Account}, by, now)}, nil
}

// NameRep makes somebody who offered, or who has watched the work, a representative, by the secretary.
func (p *Project) NameRep(candidate string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := cmp.Or(p.may(MoveRep), p.disinterested(by)); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(p.Representing(), func(r Rep) bool { return r.ID == candidate }) {
		return nil, docstore.ErrUnchanged
	}
	all := p.RepCandidates()
	i := slices.IndexFunc(all, func(r Rep) bool { return r.ID == candidate })
	if i < 0 {
		return nil, errNoRep
	}
	r := all[i]
	if err := p.eligible(r.By); err != nil {
		return nil, err
	}
	return p.name([]Rep{r}, by, now)
}

// RepCandidates are those whom the secretary may name: who offered, and who has watched the work.
func (p Project) RepCandidates() []Rep {
	var all []Rep
	add := func(r Rep) {
		same := func(x Rep) bool { return x.By.Account == r.By.Account }
		if !slices.ContainsFunc(all, same) && !p.represents(r.By.Account) {
			all = append(all, r)
		}
	}
	for _, r := range p.Judged().Volunteers {
		r.Source = RepVolunteered
		add(r)
	}
	for _, x := range p.NamedSupervisors() {
		add(Rep{ID: x.ID, By: x.By, Source: RepSupervised})
	}
	return all
}

// DrawReps names as many of those who endorsed the project as are missing, in the order of the lot.
func (p *Project) DrawReps(endorsers []deliberation.Author, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := cmp.Or(p.may(MoveRep), p.disinterested(by)); err != nil {
		return nil, err
	}
	missing := p.RepsNeeded() - len(p.Representing())
	if missing <= 0 {
		return nil, errRepMany.With("n", p.RepsNeeded())
	}
	draw := p.Judged().Draws + 1
	var drawn []Rep
	for _, x := range lots(p.ID, draw, endorsers) {
		before := func(r Rep) bool { return r.By.Account == x.Account }
		if len(drawn) < missing && x.Account != "" && p.eligible(x) == nil && !slices.ContainsFunc(p.Judged().Reps, before) {
			drawn = append(drawn, Rep{ID: fmt.Sprintf("draw-%d-%d", draw, len(drawn)+1), By: x, Source: RepDrawn})
		}
	}
	if len(drawn) == 0 {
		return nil, errNoDraw
	}
	facts, err := p.name(drawn, by, now)
	if err == nil {
		p.Acceptance.Draws = draw
	}
	return facts, err
}

// lots orders people by the hash of project, draw and account: nobody chooses, and whoever has the list finds the same order.
func lots(id ID, draw int, people []deliberation.Author) []deliberation.Author {
	lot := func(a deliberation.Author) []byte {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d/%s", id, draw, a.Account))
		return sum[:]
	}
	return slices.SortedFunc(slices.Values(people), func(a, b deliberation.Author) int { return bytes.Compare(lot(a), lot(b)) })
}

// name writes representatives down.
func (p *Project) name(reps []Rep, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	switch {
	case len(p.Representing())+len(reps) > max(p.RepsNeeded(), 1):
		return nil, errRepMany.With("n", p.RepsNeeded())
	case len(p.Judged().Reps)+len(reps) > maxNamings:
		return nil, errFull.With("max", maxNamings)
	}
	var facts []docstore.Fact
	for _, r := range reps {
		if err := p.take(MoveRep, RepNamed, by, r.By.Name, now); err != nil {
			return nil, err
		}
		r.At, r.NamedBy = now, by
		a := p.judging()
		a.Reps = append(a.Reps, r)
		facts = append(facts, p.judgingStep(RepNamed, JudgingStep{Whose: r.By.Account}, by, now))
	}
	return facts, nil
}

// EndRep ends somebody's part: their own word, or the secretary's for one who does not come. Who has rejected the work is not
// replaced by others before RepPatience is over, so that nobody chooses who accepts.
func (p *Project) EndRep(id, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveRep); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Judged().Reps, func(r Rep) bool { return r.ID == id })
	if i < 0 {
		return nil, errNoRep
	}
	r := p.Judged().Reps[i]
	if !r.Stands() {
		return nil, docstore.ErrUnchanged
	}
	own := r.By.Account == by.Account && by.Account != ""
	if !own {
		if err := p.disinterested(by); err != nil {
			return nil, err
		}
		if until := p.patience(r.By.Account); now.Before(until) {
			return nil, errRepSpoke.With("until", until.UTC().Format(time.RFC3339))
		}
	}
	if err := p.take(MoveRep, RepEnded, by, reason, now); err != nil {
		return nil, err
	}
	a := p.judging()
	a.Reps[i].EndedAt, a.Reps[i].Why = now, reason
	a.Volunteers = slices.DeleteFunc(a.Volunteers, func(v Rep) bool { return v.By.Account == r.By.Account })
	return []docstore.Fact{p.judgingStep(RepEnded, JudgingStep{Whose: r.By.Account, Reason: reason}, by, now)}, nil
}

// patience is until when somebody cannot be replaced, zero if they can be.
func (p Project) patience(who identity.AccountID) time.Time {
	w := p.last(who)
	if w == nil || w.Accepts {
		return time.Time{}
	}
	since := w.At
	if at := p.Judged().RoundAt; at.After(since) {
		since = at
	}
	return since.Add(RepPatience)
}
