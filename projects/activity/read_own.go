package activity

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Mine is what somebody holds and goes to.
type Mine struct {
	Hosts []HostView // one a community
	Goes  []View     // what they signed up for, the latest wish first
	Holds []View     // what they hold, the latest first
}

// Mine returns what the actor holds and goes to.
func (s *Service) Mine(ctx context.Context, actor identity.Actor) (Mine, error) {
	var m Mine
	if err := identity.Can(actor, identity.KeepAccount, identity.Place{}); err != nil {
		return m, err
	}
	own := docstore.Query{Index: byPerson, Equal: []any{string(actor.ID)}, Desc: true, Limit: mineMost}
	hosts, _, err := s.hosts.Find(ctx, own)
	if err != nil {
		return m, err
	}
	for _, h := range hosts {
		m.Hosts = append(m.Hosts, s.hostView(actor, h))
		held, _, err := s.activities.Find(ctx, docstore.Query{Index: byHost, Equal: []any{string(h.ID)}, Desc: true, Limit: mineMost})
		if err != nil {
			return m, err
		}
		m.Holds = append(m.Holds, s.views(actor, held)...)
	}
	wishes, _, err := s.signups.Find(ctx, own)
	if err != nil {
		return m, err
	}
	ids := make([]string, 0, len(wishes))
	for _, x := range wishes {
		ids = append(ids, string(x.Activity))
	}
	found, err := s.activities.GetMany(ctx, ids)
	for _, id := range ids {
		if a, ok := found[id]; ok {
			if v := view(actor, a, s.Now()); v.Seat != nil {
				m.Goes = append(m.Goes, v)
			}
		}
	}
	return m, err
}

// Desk is what waits for staff in a community, the oldest first.
type Desk struct {
	Hosts      []HostView
	Activities []View
}

// Desk lists what waits for staff.
func (s *Service) Desk(ctx context.Context, actor identity.Actor, in community.ID) (Desk, error) {
	var d Desk
	if _, err := s.Community(ctx, actor, in, identity.TendActivities, ErrNotFound); err != nil {
		return d, err
	}
	q := docstore.Query{Index: byDesk, Equal: []any{string(in)}, Limit: deskMost}
	hosts, _, err := s.hosts.Find(ctx, q)
	if err != nil {
		return d, err
	}
	for _, h := range hosts {
		d.Hosts = append(d.Hosts, s.hostView(actor, h))
	}
	found, _, err := s.activities.Find(ctx, q)
	d.Activities = s.views(actor, found)
	return d, err
}

// DeskCount counts what waits for staff, up to a bound.
func (s *Service) DeskCount(ctx context.Context, actor identity.Actor, in community.ID) (int, error) {
	if _, err := s.Community(ctx, actor, in, identity.TendActivities, ErrNotFound); err != nil {
		return 0, err
	}
	q := docstore.Query{Index: byDesk, Equal: []any{string(in)}}
	n, err := s.hosts.Count(ctx, q, deskMost)
	if err != nil {
		return 0, err
	}
	m, err := s.activities.Count(ctx, q, deskMost)
	return n + m, err
}
