package whistle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
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
	node, err := s.Directory.Node(ctx, cmd.Community)
	if err != nil {
		return View{}, fmt.Errorf("find community %q: %w", cmd.Community, err)
	}
	if node.Level != community.LevelCommunity {
		return View{}, errTownOnly
	}
	if err := identity.Can(actor, identity.CallWhistle, identity.At(node)); err != nil {
		return View{}, err
	}
	now := s.now()
	w := Whistle{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Form: cmd.Form, Urgent: cmd.Urgent, Status: Open, CalledAt: now, Topics: cmd.Topics,
		Title: line(cmd.Title), Reason: deliberation.Clean(cmd.Reason), Where: line(cmd.Where), MeetAt: cmd.MeetAt.UTC(),
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
	h, err := s.hand(ctx, actor, w.Place())
	if err != nil {
		return View{}, err
	}
	w.Caller = deliberation.Author{Account: actor.ID, Name: h.name, Title: h.title}
	called := w.fact(EventCalled, h, Unit{}, "", now)
	_, err = s.whistles.Put(ctx, string(w.ID), docstore.Absent, w, called)
	if errors.Is(err, docstore.ErrConflict) {
		return s.there(ctx, actor, w)
	}
	return s.view(actor, w), err
}

// there returns the whistle that the same form made before.
func (s *Service) there(ctx context.Context, actor identity.Actor, w Whistle) (View, error) {
	old, _, err := s.whistles.Get(ctx, string(w.ID))
	if err != nil {
		return View{}, err
	}
	if old.Caller.Account != actor.ID || old.Community != w.Community || old.Title != w.Title || old.Reason != w.Reason {
		return View{}, ErrTaken
	}
	return s.view(actor, old), nil
}

// line makes one line of a text.
func line(s string) string { return strings.Join(strings.Fields(deliberation.Clean(s)), " ") }

func when(bad bool, refusal *fault.Error) error {
	if bad {
		return refusal
	}
	return nil
}

// check looks at everything that needs no store, and tells all faults at once.
func (w Whistle) check(now time.Time) error {
	return deliberation.Joined(
		when(w.Form != FormCall && w.Form != FormInvite, errForm),
		when(w.Title == "", errTitle), deliberation.Within(w.Title, MaxTitle, errTitleLen),
		when(w.Reason == "", errWhy), deliberation.Within(w.Reason, MaxReason, errWhyLen),
		when(w.Where == "", errPlace), deliberation.Within(w.Where, MaxPlace, errPlaceLen),
		when(w.MeetAt.Before(now) || w.MeetAt.After(now.AddDate(0, 0, longestAhead)), errMeet.With("days", longestAhead)),
		when(len(w.Topics) > MaxTopics, errTopics.With("max", MaxTopics)),
	)
}

// own refuses topics of another community and those the caller may not read.
func (s *Service) own(ctx context.Context, actor identity.Actor, w Whistle) error {
	if len(w.Topics) > MaxTopics {
		return nil // told already
	}
	for i, id := range w.Topics {
		t, err := s.Topics.Topic(ctx, actor, id)
		if err != nil && !errors.Is(err, deliberation.ErrNotFound) {
			return err
		}
		if err != nil || t.Community != w.Community || slices.Contains(w.Topics[:i], id) {
			return errTopic.With("topic", id)
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
		if name = line(name); name != "" {
			if err := deliberation.Within(name, MaxTitle, errTitleLen.On("units")); err != nil {
				return nil, err
			}
			units = append(units, Unit{Name: name})
		}
	}
	return units, deliberation.Joined(when(len(units) == 0, errFew), when(len(units) > MaxUnits, errMany.With("max", MaxUnits)))
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
