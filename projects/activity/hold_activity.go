package activity

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// HoldActivity is an activity as its form gives it.
type HoldActivity struct {
	ID        ID // the form's token
	Community community.ID
	Plan
}

// HoldActivity announces an activity, or gives it to the desk: a host's first one, and every one that uses a public room or public
// money, is confirmed before anybody sees it. The same form again returns what it made.
func (s *Service) HoldActivity(ctx context.Context, actor identity.Actor, cmd HoldActivity) (Activity, error) {
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.HostActivity, ErrNotFound)
	if err != nil {
		return Activity{}, err
	}
	h, _, err := s.hosts.Get(ctx, string(HostOf(node.ID, actor.ID)))
	if fault.KindOf(err) == fault.NotFound || err == nil && h.Status != Confirmed {
		return Activity{}, errNotHost
	}
	if err != nil {
		return Activity{}, err
	}
	now := s.Now()
	p, err := s.plan(ctx, actor, node.ID, identity.At(node), cmd.Plan, now)
	if err := deliberation.Joined(deliberation.CheckToken(string(cmd.ID)), err); err != nil {
		return Activity{}, err
	}
	a := Activity{ID: cmd.ID, Community: node.ID, Path: node.Path, Host: h.ID, By: by, Field: h.Field, Plan: p, Status: Waits, Revision: 1, CreatedAt: now}
	var facts []docstore.Fact
	if h.Proven && !p.Room && !p.Money {
		facts = a.publish(by, now)
	} else {
		a.note(EventSubmitted, by, "", now)
		facts = []docstore.Fact{a.told(EventSubmitted, by, "", now)}
	}
	first, err := s.activities.Add(ctx, string(a.ID), a, facts...)
	if err == nil && (first.By.Account != by.Account || first.Title != a.Title || first.Community != a.Community) {
		return Activity{}, errTaken
	}
	return first, err
}

// plan cleans a plan, names its buildings, and checks what it refers to.
func (s *Service) plan(ctx context.Context, actor identity.Actor, in community.ID, at identity.Place, p Plan, now time.Time) (Plan, error) {
	p, err := p.clean(now)
	if err := deliberation.Joined(err, noNumber("what", p.What), s.screened(actor, at, "what", p.Title, p.What, p.Where, p.For.Words)); err != nil {
		return p, err
	}
	if p.For.Names, err = s.buildings(ctx, in, p.For.Buildings); err != nil {
		return p, err
	}
	return p, s.within(ctx, actor, in, p.Project)
}

// ChangeActivity is a plan written anew.
type ChangeActivity struct {
	ID   ID
	Seen int // the revision that the form showed
	Plan
}

// ChangeActivity changes an activity as its host. What was returned is given to the desk again.
func (s *Service) ChangeActivity(ctx context.Context, actor identity.Actor, cmd ChangeActivity) (Activity, error) {
	a, err := s.activities.May(ctx, actor, string(cmd.ID), identity.HostActivity)
	if err != nil {
		return a, err
	}
	if !a.Led(actor.ID) {
		return Activity{}, errNotYours
	}
	p, err := s.plan(ctx, actor, a.Community, a.Place(), cmd.Plan, s.Now())
	if err != nil {
		return Activity{}, err
	}
	return s.lead(ctx, actor, cmd.ID, func(a *Activity, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return a.Change(p, cmd.Seen, by, now)
	})
}

// ConfirmActivity publishes what waited for the desk. From then on the host's activities need that for a reason only.
func (s *Service) ConfirmActivity(ctx context.Context, actor identity.Actor, id ID) (Activity, error) {
	return s.activities.Step(ctx, actor, string(id), identity.TendActivities, (*Activity).Confirm)
}

// ReturnActivity gives it back to its host, and says why.
func (s *Service) ReturnActivity(ctx context.Context, actor identity.Actor, id ID, reason string) (Activity, error) {
	reason, err := written.Reason(reason, MaxReason)
	if err != nil {
		return Activity{}, err
	}
	return s.activities.Step(ctx, actor, string(id), identity.TendActivities, func(a *Activity, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return a.Return(reason, by, now)
	})
}

// CancelActivity calls an activity off, as its host or as the desk. Everybody who signed up is told why.
func (s *Service) CancelActivity(ctx context.Context, actor identity.Actor, id ID, reason string) (Activity, error) {
	reason, err := written.Reason(reason, MaxReason)
	if err != nil {
		return Activity{}, err
	}
	return s.leadOrTend(ctx, actor, id, func(a *Activity, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return a.Cancel(reason, by, now)
	})
}

// SayToAll tells everybody who signed up something, for its host.
func (s *Service) SayToAll(ctx context.Context, actor identity.Actor, id ID, words string) (Activity, error) {
	words, err := written.Line("text", words, MaxWords)
	if err := deliberation.Joined(err, noNumber("text", words)); err != nil {
		return Activity{}, err
	}
	return s.lead(ctx, actor, id, func(a *Activity, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if err := s.screened(actor, a.Place(), "text", words); err != nil {
			return nil, err
		}
		return a.Say(words, by, now)
	})
}

// NoteTurnout is how many came.
type NoteTurnout struct {
	ID ID
	// Came is by the place of a seat in the roster; a seat that is not in it came with nobody.
	Came    map[int]int
	WalkIns int
}

// NoteTurnout writes down who came, as the host or as the desk. No-shows are told to nobody else.
func (s *Service) NoteTurnout(ctx context.Context, actor identity.Actor, cmd NoteTurnout) (Activity, error) {
	return s.leadOrTend(ctx, actor, cmd.ID, func(a *Activity, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return a.Note(cmd.Came, cmd.WalkIns, by, now)
	})
}

// TellRecap is the host's recap.
func (s *Service) TellRecap(ctx context.Context, actor identity.Actor, id ID, words string, photos []deliberation.PhotoID) (Activity, error) {
	words, err := written.Text("text", words, MaxRecap)
	if err := deliberation.Joined(err, deliberation.CheckPhotos(photos), noNumber("text", words)); err != nil {
		return Activity{}, err
	}
	return s.lead(ctx, actor, id, func(a *Activity, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if err := s.screened(actor, a.Place(), "text", words); err != nil {
			return nil, err
		}
		return a.Tell(words, photos, by, now)
	})
}
