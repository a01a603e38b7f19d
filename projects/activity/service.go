package activity

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Projects names projects; internal/app joins it with package projects.
type Projects interface {
	// Community returns where a project is that the community knows of and the actor may read; a fault of kind NotFound for any other.
	Community(ctx context.Context, actor identity.Actor, project string) (community.ID, error)
}

// Buildings names buildings; community.Places implements it.
type Buildings interface {
	BuildingsIn(ctx context.Context, c community.ID) ([]community.Building, error)
}

// Below lists the communities of a town; *community.Directory implements it.
type Below interface {
	Communities(ctx context.Context, node community.ID) ([]community.Node, error)
}

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	Screener  deliberation.Screener
	Calendar  *calendar.Calendar
	Projects  Projects
	Buildings Buildings
	Below     Below
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	hosts      room.Room[Host]
	activities room.Room[Activity]
	signups    docstore.Table[Signup]
	questions  docstore.Table[Asking]
	figures    docstore.Table[Figures]
}

// Refusals of what does not exist, or is not for the reader to know of.
var (
	ErrNotFound = fault.New(fault.NotFound, "activity.not_found")
	ErrNoHost   = fault.New(fault.NotFound, "activity.host_not_found")
	errTaken    = fault.New(fault.Conflict, "activity.token_taken")
)

// New returns a Service.
func New(d Deps) *Service {
	return &Service{
		Deps:       d,
		hosts:      room.Open(d.Ground, HostKind, hostFields, ErrNoHost, hostShown),
		activities: room.Open(d.Ground, ActivityKind, activityFields, ErrNotFound, shown),
		signups: docstore.Table[Signup]{Store: d.Store, Kind: SignupKind, Fields: signupFields,
			Scope: func(x Signup) string { return string(x.Community) }},
		questions: docstore.Table[Asking]{Store: d.Store, Kind: QuestionKind, Fields: questionFields,
			Scope: func(x Asking) string { return string(x.Community) }},
		figures: docstore.Table[Figures]{Store: d.Store, Kind: FiguresKind, Scope: func(x Figures) string { return string(x.Community) }},
	}
}

// tends reports whether somebody is of the desk that confirms hosts and activities.
func tends(actor identity.Actor, p identity.Place) bool {
	return actor.System || identity.Can(actor, identity.TendActivities, p) == nil
}

// hostShown reports whether somebody who reads the community knows of a host: an application is for its applicant and the desk.
func hostShown(actor identity.Actor, h Host) bool {
	return h.Status == Confirmed || h.Status == Ended && !h.DecidedAt.IsZero() || h.Is(actor.ID) || tends(actor, h.Place())
}

// shown reports whether somebody who reads the community knows of an activity. What was published stays readable.
func shown(actor identity.Actor, a Activity) bool {
	return !a.PublishedAt.IsZero() || a.Led(actor.ID) || tends(actor, a.Place())
}

// change is a step of an activity.
type change = func(a *Activity, by deliberation.Author, now time.Time) ([]docstore.Fact, error)

// lead changes an activity as its host.
func (s *Service) lead(ctx context.Context, actor identity.Actor, id ID, change change) (Activity, error) {
	return s.activities.Step(ctx, actor, string(id), identity.HostActivity, func(a *Activity, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if !a.Led(by.Account) {
			return nil, errNotYours
		}
		return change(a, by, now)
	})
}

// leadOrTend changes an activity as its host or as the desk.
func (s *Service) leadOrTend(ctx context.Context, actor identity.Actor, id ID, change change) (Activity, error) {
	a, err := s.activities.Read(ctx, actor, string(id))
	if err != nil {
		return a, err
	}
	if !tends(actor, a.Place()) {
		return s.lead(ctx, actor, id, change)
	}
	return s.activities.Step(ctx, actor, string(id), identity.TendActivities, change)
}

// buildings names those of a plan, which must be the community's.
func (s *Service) buildings(ctx context.Context, in community.ID, wanted []community.BuildingID) ([]string, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	all, err := s.Buildings.BuildingsIn(ctx, in)
	if err != nil {
		return nil, err
	}
	names := make(map[community.BuildingID]string, len(all))
	for _, b := range all {
		names[b.ID] = b.Name
	}
	var named []string
	for _, id := range wanted {
		name, ok := names[id]
		if !ok {
			return nil, errBuildings.With("building", id)
		}
		named = append(named, name)
	}
	return named, nil
}

// within refuses a project that is not the community's, or that the actor may not know of.
func (s *Service) within(ctx context.Context, actor identity.Actor, in community.ID, project string) error {
	if project == "" {
		return nil
	}
	where, err := s.Projects.Community(ctx, actor, project)
	if fault.KindOf(err) == fault.NotFound {
		return errProject
	}
	return errors.Join(err, fault.When(err == nil && where != in, errProject))
}

// screened refuses words that the word list knows, where nobody looks before others read them. The desk is not screened.
func (s *Service) screened(actor identity.Actor, p identity.Place, field string, words ...string) error {
	if tends(actor, p) {
		return nil
	}
	for _, w := range words {
		if len(s.Screener.Screen(w)) > 0 {
			return errWords.On(field)
		}
	}
	return nil
}
