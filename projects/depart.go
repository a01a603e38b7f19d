package projects

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// People tells who somebody is now; *identity.Service implements it.
type People interface {
	// Actor returns who an account is when it asks; a fault of kind NotFound for one that is gone.
	Actor(ctx context.Context, id identity.AccountID) (identity.Actor, error)
}

// StandingChanges are the events after which somebody may do less in a community than before, or as much again.
func StandingChanges() []string {
	return []string{identity.EventLeft, identity.EventRejected, identity.EventRevoked, identity.EventVerified, identity.EventGranted}
}

// FollowStanding takes from somebody what they cannot do any more where they have lost their standing: they lead, watch and
// represent no longer, others of their side accept, and nothing is told to them. A proposer who is back is one again. The
// relay gives it StandingChanges, at least once.
func (s *Service) FollowStanding(ctx context.Context, e docstore.Event) error {
	d, err := deliberation.Decode[identity.AccountEvent](e)
	if err != nil {
		return err
	}
	actor, err := s.People.Actor(ctx, d.Account)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil // Forget takes out whoever is gone
	}
	if err != nil {
		return err
	}
	if e.Type == identity.EventVerified || e.Type == identity.EventGranted {
		return s.eachProject(ctx, docstore.Query{Index: byProposer, Equal: []any{string(actor.ID)}}, actor)
	}
	places, err := s.communities(ctx, cmp.Or(d.Community, d.Node))
	for _, c := range places {
		err = errors.Join(err, s.eachProject(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(c)}}, actor))
	}
	return errors.Join(err, s.unfollowUnread(ctx, actor))
}

// communities lists a community, or those under a town or district.
func (s *Service) communities(ctx context.Context, node community.ID) ([]community.ID, error) {
	n, err := s.Directory.Node(ctx, node)
	if err != nil || n.Level == community.LevelCommunity {
		return []community.ID{node}, err
	}
	below, err := s.Directory.Communities(ctx, node)
	all := make([]community.ID, len(below))
	for i, c := range below {
		all[i] = c.ID
	}
	return all, err
}

// eachProject looks at projects in which somebody may have a part.
func (s *Service) eachProject(ctx context.Context, q docstore.Query, actor identity.Actor) error {
	now := s.Now()
	return s.projects.Each(ctx, q, func(p Project) error {
		if p.Stage.Over() || len(p.depart(actor, now)) == 0 {
			return nil
		}
		_, err := s.projects.Update(ctx, string(p.ID), func(p *Project) ([]docstore.Fact, error) {
			facts := p.depart(actor, now)
			if len(facts) == 0 {
				return nil, docstore.ErrUnchanged
			}
			return s.andAccepted(p, facts, nil, now)
		})
		return err
	})
}

// unfollowUnread ends what somebody follows and may not read any more.
func (s *Service) unfollowUnread(ctx context.Context, actor identity.Actor) error {
	return s.endFollowings(ctx, actor.ID, func(x Following) (bool, error) {
		p, _, err := s.projects.Get(ctx, string(x.Project))
		return err == nil && s.projects.Knows(actor, p) != nil, err
	})
}

// readers leaves those who may read a project now: nobody is told of what its page would refuse them.
func (s *Service) readers(ctx context.Context, p Project, all []identity.AccountID) ([]identity.AccountID, error) {
	may := make([]identity.AccountID, 0, len(all))
	for _, who := range all {
		actor, err := s.People.Actor(ctx, who)
		switch {
		case fault.KindOf(err) == fault.NotFound && err != nil:
		case err != nil:
			return nil, err
		case s.projects.Knows(actor, p) == nil:
			may = append(may, who)
		}
	}
	return may, nil
}

// gone reports whether somebody can do a verb in the project's community no longer. While a new address there waits to be
// verified, as after moving house, nobody is.
func (p Project) gone(actor identity.Actor, verb identity.Verb) bool {
	waits := func(m identity.Membership) bool {
		return m.Community == p.Community && m.Status == identity.MemberPending
	}
	return identity.Can(actor, verb, p.Place()) != nil && !slices.ContainsFunc(actor.Memberships, waits)
}

// depart ends every part in the project for which somebody has no standing any more. It returns nothing where there is none.
func (p *Project) depart(actor identity.Actor, now time.Time) []docstore.Fact {
	facts := slices.Concat(p.leadDeparts(actor, now), p.watcherDeparts(actor, now), p.repDeparts(actor, now))
	away := p.gone(actor, identity.ProposeProject)
	if p.Proposer.Account != actor.ID || away == !p.ProposerLeft.IsZero() {
		return facts
	}
	what := ProposerBack
	if p.ProposerLeft = (time.Time{}); away {
		what, p.ProposerLeft = ProposerLeft, now
	}
	p.note(Step{What: what, Actor: string(keeping.Account), At: now})
	return append(facts, p.told(what, keeping, "", now))
}

func (p *Project) leadDeparts(actor identity.Actor, now time.Time) []docstore.Fact {
	if p.LeadAccount() != actor.ID || !p.gone(actor, identity.ProposeProject) || p.take(MoveLeave, LeadLeft, p.Lead.By, "", now) != nil {
		return nil
	}
	fact := p.told(LeadLeft, keeping, "", now)
	p.vacate("", now)
	return []docstore.Fact{fact}
}

func (p *Project) watcherDeparts(actor identity.Actor, now time.Time) []docstore.Fact {
	i := slices.IndexFunc(p.Supervisors, func(x Supervisor) bool { return x.By.Account == actor.ID && x.LeftAt.IsZero() })
	if i < 0 || !p.gone(actor, identity.EndorseProject) || p.may(MoveSupervise) != nil {
		return nil
	}
	facts, err := p.supervisorGoes(i, keeping, now)
	if err != nil {
		return nil
	}
	return facts
}

func (p *Project) repDeparts(actor identity.Actor, now time.Time) []docstore.Fact {
	if p.Acceptance == nil || p.Stage != preset.Accepting && p.Stage != preset.Working || !p.gone(actor, identity.JudgeProject) {
		return nil
	}
	own := func(r Rep) bool { return r.By.Account == actor.ID }
	a := p.judging()
	offered := len(a.Volunteers)
	a.Volunteers = slices.DeleteFunc(a.Volunteers, own)
	var facts []docstore.Fact
	if len(a.Volunteers) < offered {
		facts = append(facts, p.judgingStep(VolunteerLeft, JudgingStep{Whose: actor.ID}, keeping, now))
	}
	i := slices.IndexFunc(a.Reps, func(r Rep) bool { return own(r) && r.Stands() })
	if i < 0 || p.take(MoveRep, RepEnded, keeping, "", now) != nil {
		return facts
	}
	a.Reps[i].EndedAt = now
	return append(facts, p.judgingStep(RepEnded, JudgingStep{Whose: actor.ID}, keeping, now))
}
