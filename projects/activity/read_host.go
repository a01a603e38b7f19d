package activity

import (
	"context"
	"errors"
	"slices"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// HostView is a host as one person may see them.
type HostView struct {
	Host
	// Mine is set for the host, Desk for who confirms hosts; Mate is the reader's own place in the team, nil for others.
	Mine, Desk, MayAsk bool
	Mate               *Mate
	Activities         []View // the latest first
}

// HostView returns a host with what they hold, as the actor may see them.
func (s *Service) HostView(ctx context.Context, actor identity.Actor, id HostID) (HostView, error) {
	h, err := s.hosts.Read(ctx, actor, string(id))
	if err != nil {
		return HostView{}, err
	}
	v := s.hostView(actor, h)
	found, _, err := s.activities.Find(ctx, docstore.Query{Index: byHost, Equal: []any{string(id)}, Desc: true, Limit: ListPage})
	found = slices.DeleteFunc(found, func(a Activity) bool { return s.activities.Knows(actor, a) != nil })
	v.Activities = s.views(actor, found)
	return v, err
}

func (s *Service) hostView(actor identity.Actor, h Host) HostView {
	v := HostView{Host: h, Mine: h.Is(actor.ID), Desk: tends(actor, h.Place())}
	if i := h.mate(actor.ID); i >= 0 {
		m := h.Mates[i]
		v.Mate = &m
	}
	v.MayAsk = h.Status == Confirmed && !v.Mine && v.Mate == nil && identity.Can(actor, identity.JoinActivity, h.Place()) == nil
	v.Mates = slices.DeleteFunc(slices.Clone(v.Mates), func(m Mate) bool { return !m.Agreed() && !v.Mine })
	for i := range v.Mates {
		v.Mates[i].By.Account = ""
	}
	if !v.Desk {
		v.Person = deliberation.Author{Name: v.Person.Name, Building: v.Person.Building, Title: v.Person.Title}
	}
	v.Token = ""
	return v
}

// Hosts is a stretch of hosts.
type Hosts struct {
	Items []HostView
	Next  docstore.Cursor
}

// Hosts lists a community's hosts, all or those who do one thing, whoever published an activity last first. Nothing ranks them.
func (s *Service) Hosts(ctx context.Context, actor identity.Actor, in community.ID, field Field, after docstore.Cursor) (Hosts, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNoHost); err != nil {
		return Hosts{}, err
	}
	q := docstore.Query{Index: byList, Equal: []any{string(in)}, Desc: true, Limit: ListPage, After: after}
	if slices.Contains(Fields(), field) {
		q.Index, q.Equal = byField, []any{string(in) + "/" + string(field)}
	}
	found, next, err := s.hosts.Find(ctx, q)
	h := Hosts{Next: next}
	for _, x := range found {
		h.Items = append(h.Items, s.hostView(actor, x))
	}
	return h, err
}

// HostHere returns what the actor is as a host of a community; nil for who never applied.
func (s *Service) HostHere(ctx context.Context, actor identity.Actor, in community.ID) (*HostView, error) {
	h, _, err := s.hosts.Get(ctx, string(HostOf(in, actor.ID)))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && !h.Is(actor.ID) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v := s.hostView(actor, h)
	return &v, nil
}
