package whistle

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Call calls units together.
type Call struct {
	ID        ID // the form's token
	Community community.ID
	Form      Form
	Urgent    bool
	Title     string
	Reason    string
	MeetAt    time.Time
	Where     string
	Topics    []deliberation.TopicID
	// Boards are the desks and boards of the units called; Others the names of those without accounts.
	Boards []string
	Others []string
}

var (
	errForm     = fault.New(fault.Invalid, "whistle.bad_form").On("form")
	errTitle    = fault.New(fault.Invalid, "whistle.title_needed").On("title")
	errTitleLen = fault.New(fault.Invalid, "whistle.title_too_long").On("title")
	errWhy      = fault.New(fault.Invalid, "whistle.why_needed").On("reason")
	errWhyLen   = fault.New(fault.Invalid, "whistle.why_too_long").On("reason")
	errPlace    = fault.New(fault.Invalid, "whistle.where_needed").On("where")
	errPlaceLen = fault.New(fault.Invalid, "whistle.where_too_long").On("where")
	errMeet     = fault.New(fault.Invalid, "whistle.meet_when").On("meet_at")
	errFew      = fault.New(fault.Invalid, "whistle.units_needed").On("units")
	errMany     = fault.New(fault.Invalid, "whistle.too_many_units").On("units")
	errUnknown  = fault.New(fault.Invalid, "whistle.unknown_unit").On("units")
	errTopics   = fault.New(fault.Invalid, "whistle.too_many_topics").On("topics")
	errTopic    = fault.New(fault.Invalid, "whistle.other_topic").On("topics")
	errTownOnly = fault.New(fault.NotFound, "whistle.no_community")
)

// longestAhead is how far ahead units may be called, in days.
const longestAhead = 92

// CallUnits calls. Each unit's instant is fixed now. Sent twice it is one whistle.
func (s *Service) CallUnits(ctx context.Context, actor identity.Actor, cmd Call) (View, error) {
	node, err := s.Community(ctx, actor, cmd.Community, identity.CallWhistle, errTownOnly)
	if err != nil {
		return View{}, err
	}
	now := s.Now()
	w := Whistle{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Form: cmd.Form, Urgent: cmd.Urgent, Status: Open, CalledAt: now, Topics: cmd.Topics,
		Title: deliberation.Line(cmd.Title), Reason: deliberation.Clean(cmd.Reason), Where: deliberation.Line(cmd.Where), MeetAt: cmd.MeetAt.UTC(),
	}
	units, faults := s.units(ctx, node, cmd)
	if err := deliberation.Joined(w.check(now), faults, s.own(ctx, actor, w), deliberation.CheckToken(string(cmd.ID))); err != nil {
		return View{}, err
	}
	due, err := s.due(cmd.Urgent, now)
	if err != nil {
		return View{}, err
	}
	for i := range units {
		units[i].Reply, units[i].AskedAt, units[i].DueAt = Asked, now, due
	}
	w.Units = units
	if w.Caller, err = s.Topics.AuthorOf(ctx, actor, w.Place()); err != nil {
		return View{}, err
	}
	called := w.fact(EventCalled, hand{actor: actor, who: w.Caller}, Unit{}, "", now)
	first, err := s.whistles.Add(ctx, string(w.ID), w, called)
	if err != nil {
		return View{}, err
	}
	if first.Caller.Account != actor.ID || first.Community != w.Community || first.Title != w.Title || first.Reason != w.Reason {
		return View{}, ErrTaken
	}
	return s.view(actor, first), nil
}

// check looks at everything that needs no store, and tells all faults at once.
func (w Whistle) check(now time.Time) error {
	return deliberation.Joined(
		fault.When(w.Form != FormCall && w.Form != FormInvite, errForm),
		fault.When(w.Title == "", errTitle), deliberation.Within(w.Title, MaxTitle, errTitleLen),
		fault.When(w.Reason == "", errWhy), deliberation.Within(w.Reason, MaxReason, errWhyLen),
		fault.When(w.Where == "", errPlace), deliberation.Within(w.Where, MaxPlace, errPlaceLen),
		fault.When(w.MeetAt.Before(now) || w.MeetAt.After(now.AddDate(0, 0, longestAhead)), errMeet.With("days", longestAhead)),
		fault.When(len(w.Topics) > MaxTopics, errTopics.With("max", MaxTopics)),
	)
}

// own refuses topics of another community and those the caller may not read.
func (s *Service) own(ctx context.Context, actor identity.Actor, w Whistle) error {
	if len(w.Topics) > MaxTopics {
		return nil // told already
	}
	for i, id := range w.Topics {
		_, err := s.Topic(ctx, actor, w.Community, id, errTopic)
		if err := deliberation.Joined(err, fault.When(slices.Contains(w.Topics[:i], id), errTopic.With("topic", id))); err != nil {
			return err
		}
	}
	return nil
}

// units names the units called, and refuses boards that nobody here has.
func (s *Service) units(ctx context.Context, node community.Node, cmd Call) ([]Unit, error) {
	known, err := s.Callable(ctx, node)
	if err != nil {
		return nil, err
	}
	var units []Unit
	for _, board := range cmd.Boards {
		i := slices.IndexFunc(known, func(u Unit) bool { return u.Board == board })
		if i < 0 || slices.ContainsFunc(units, func(u Unit) bool { return u.Board == board }) {
			return nil, errUnknown.With("unit", board)
		}
		units = append(units, known[i])
	}
	for _, name := range cmd.Others {
		if name = deliberation.Line(name); name != "" {
			if err := deliberation.Within(name, MaxTitle, errTitleLen.On("units")); err != nil {
				return nil, err
			}
			units = append(units, Unit{Name: name})
		}
	}
	return units, deliberation.Joined(fault.When(len(units) == 0, errFew), fault.When(len(units) > MaxUnits, errMany.With("max", MaxUnits)))
}

// Callable returns the units with accounts that may be called at a community: the town's departments and the partners
// that own one of its boards.
func (s *Service) Callable(ctx context.Context, node community.Node) ([]Unit, error) {
	departments, err := s.Departments.Departments(ctx, node.Parent)
	if err != nil {
		return nil, err
	}
	var units []Unit
	for _, b := range deliberation.BoardsIn(node.Settings) {
		if b.Owner == identity.RolePartner {
			units = append(units, Unit{Board: string(b.Key), Name: b.Name})
		}
	}
	for _, d := range departments {
		units = append(units, Unit{Board: identity.DepartmentBoard(d.Key), Name: d.Name})
	}
	return units, nil
}
