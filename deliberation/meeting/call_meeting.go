package meeting

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Whom says who is invited, as forms and the API name them.
type Whom struct {
	// Units are of those that Callable lists; Others the names of those without accounts.
	Units, Others []string
	// AuthorsOf are topics whose authors come as residents' representatives.
	AuthorsOf []deliberation.TopicID
}

// Call calls a meeting.
type Call struct {
	ID        ID // the form's token
	Community community.ID
	Kind      Kind
	Title     string
	Purpose   string
	StartsAt  time.Time
	Where     string
	Online    string
	Agenda    []Item
	Invite    Whom
	Seats     int
}

var errTopic = fault.New(fault.Invalid, "meeting.other_topic").On("agenda")

// CallMeeting calls those invited together. Sent twice it is one meeting.
func (s *Service) CallMeeting(ctx context.Context, actor identity.Actor, cmd Call) (View, error) {
	node, err := s.Community(ctx, actor, cmd.Community, identity.CallMeeting, ErrNotFound)
	if err != nil {
		return View{}, err
	}
	now := s.Now()
	m := Meeting{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Kind: cmd.Kind, State: Called, CalledAt: now, Seats: cmd.Seats,
		Title: deliberation.Line(cmd.Title), Purpose: deliberation.Clean(cmd.Purpose), StartsAt: cmd.StartsAt.UTC().Truncate(time.Minute),
		Where: deliberation.Line(cmd.Where), Online: deliberation.Line(cmd.Online),
	}
	for _, i := range cmd.Agenda {
		m.Agenda = append(m.Agenda, Item{Text: deliberation.Line(i.Text), Topic: i.Topic})
	}
	parties, faults := s.parties(ctx, actor, node, cmd.Invite)
	if faults == nil {
		faults = m.join(parties)
	}
	if err := deliberation.Joined(m.check(now), faults, s.own(ctx, actor, m), deliberation.CheckToken(string(cmd.ID))); err != nil {
		return View{}, err
	}
	if m.Caller, err = s.Topics.AuthorOf(ctx, actor, m.Place()); err != nil {
		return View{}, err
	}
	called := m.fact(EventCalled, handOf(actor, m.Place(), m.Caller), Guest{}, "", now)
	first, err := s.meetings.Add(ctx, string(m.ID), m, called)
	if err != nil {
		return View{}, err
	}
	if first.Caller.Account != actor.ID || first.Community != m.Community || first.Title != m.Title || first.Purpose != m.Purpose {
		return View{}, ErrTaken
	}
	return s.show(ctx, actor, first)
}

// own refuses topics of another community and those that residents do not read.
func (s *Service) own(ctx context.Context, actor identity.Actor, m Meeting) error {
	if len(m.Agenda) > MaxAgenda {
		return nil // told already
	}
	for _, id := range m.topics() {
		t, err := s.Topic(ctx, actor, m.Community, id, errTopic)
		if err := deliberation.Joined(err, fault.When(err == nil && !t.Status.Shown(), errTopic.With("topic", id))); err != nil {
			return err
		}
	}
	return nil
}

// parties names those invited, and refuses what nobody here has.
func (s *Service) parties(ctx context.Context, actor identity.Actor, node community.Node, whom Whom) ([]Party, error) {
	if len(whom.Units)+len(whom.Others)+len(whom.AuthorsOf) > 2*MaxGuests {
		return nil, errMany.With("max", MaxGuests)
	}
	known, err := s.Callable(ctx, node)
	if err != nil {
		return nil, err
	}
	var all []Party
	for _, key := range whom.Units {
		i := slices.IndexFunc(known, func(p Party) bool { return p.Key() == key })
		if i < 0 {
			return nil, errUnknown.With("guest", key)
		}
		all = append(all, known[i])
	}
	for _, name := range whom.Others {
		if name = deliberation.Line(name); name != "" {
			if err := within("guests", name, MaxName); err != nil {
				return nil, err
			}
			all = append(all, Party{Name: name})
		}
	}
	for _, id := range whom.AuthorsOf {
		t, err := s.Topic(ctx, actor, node.ID, id, errTopic)
		if err != nil {
			return nil, err
		}
		author := Party{Account: t.Author.Account, Name: t.Author.Name}
		if !slices.ContainsFunc(all, author.same) { // one may have written several of them
			all = append(all, author)
		}
	}
	return all, nil
}

// Key names an organisation that has accounts in forms and in the API: its board, or "role:" and its role.
func (p Party) Key() string {
	if p.Role != "" {
		return "role:" + string(p.Role)
	}
	return p.Board
}

// branchName is what a community's party branch is called; its board has a name of its own.
const branchName = "党支部"

// Callable returns the organisations with accounts that may be invited at a community, or given something to do: the
// partners that own one of its boards, its party branch, the town and the town's departments.
func (s *Service) Callable(ctx context.Context, node community.Node) ([]Party, error) {
	departments, err := s.Departments.Departments(ctx, node.Parent)
	if err != nil {
		return nil, err
	}
	town, err := s.Directory.Node(ctx, node.Parent)
	if err != nil {
		return nil, err
	}
	var all []Party
	for _, b := range deliberation.BoardsIn(node.Settings) {
		switch b.Owner {
		case identity.RolePartner:
			all = append(all, Party{Board: string(b.Key), Name: b.Name})
		case identity.RoleBranch:
			if !slices.ContainsFunc(all, func(p Party) bool { return p.Role == identity.RoleBranch }) {
				all = append(all, Party{Role: identity.RoleBranch, Name: branchName})
			}
		}
	}
	all = append(all, Party{Role: identity.RoleTown, Name: town.Name})
	for _, d := range departments {
		all = append(all, Party{Board: identity.DepartmentBoard(d.Key), Name: d.Name})
	}
	return all, nil
}
