package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Polls reads what a poll decided; internal/app joins it with deliberation/poll.
type Polls interface {
	// Named returns a poll that may decide about projects of its community. Whoever may not read it gets a fault of kind NotFound.
	Named(ctx context.Context, actor identity.Actor, poll string) (Ballot, error)
	// Verdict returns what a poll decided; one that is not settled while no result is published.
	Verdict(ctx context.Context, poll string) (Verdict, error)
	// Phase returns how far a poll has come, PollMissing for one that is not there.
	Phase(ctx context.Context, poll string) (PollPhase, error)
	// CheckRound refuses a budget round that could not be drafted by the actor, with the faults of its poll.
	CheckRound(ctx context.Context, actor identity.Actor, r Round) error
	// DraftRound drafts the poll of a budget round under the round's id in the name of who planned it, or brings a draft up to
	// date; once more changes nothing, and neither does it once the poll is listed.
	DraftRound(ctx context.Context, r Round) error
}

// Ballot is what this package knows of a poll before it decides.
type Ballot struct {
	Community community.ID
	// Options is how many it has; a vote of yes or no has its yes at 0.
	Options int
	// Budget says that it spends a sum on several options, and Binding that it is more than a question for opinions.
	Budget, Binding bool
	// Decided says that its result is out, or that it was given up.
	Decided bool
}

// Calls reads calls for proposals; internal/app joins it with projects/call.
type Calls interface {
	// Rules returns how projects of a community's call are carried, and whether it takes proposals at an instant. For a call that the actor may not know
	// of, or another community's, the error is a fault of kind NotFound.
	Rules(ctx context.Context, actor identity.Actor, in community.ID, call string, at time.Time) (rules preset.Key, open bool, err error)
}

// Homes counts households; internal/app joins it with the roster.
type Homes interface {
	// Homes returns how many households there are in the buildings, or in the whole community where none is named.
	Homes(ctx context.Context, in community.ID, buildings []community.BuildingID) (int, error)
}

// Buildings names buildings; community.Places implements it.
type Buildings interface {
	BuildingsIn(ctx context.Context, c community.ID) ([]community.Building, error)
}

// Accounts is what the projects ask of the accounts; internal/app joins it with projects/ledger.
type Accounts interface {
	// Spent returns what the accounts hold for a project, all funds together; nothing for one that has no money yet.
	Spent(ctx context.Context, project ID) (Spent, error)
	// Books returns what the accounts of a project's community and town hold for it, and what stands against closing them.
	Books(ctx context.Context, id ID, path []community.ID) (Books, error)
}

// Spent is what was done with a project's money.
type Spent struct {
	Allotted  money.Fen // left there, promised or paid
	Committed money.Fen // promised, paid or not
	Paid      money.Fen // less refunds
}

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	Screener  deliberation.Screener
	Calendar  *calendar.Calendar
	Polls     Polls
	Calls     Calls
	Homes     Homes
	Buildings Buildings
	Accounts  Accounts
	People    People
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	projects     room.Room[Project]
	endorsements docstore.Table[Endorsement]
	envelopes    docstore.Table[Envelope]
	shelves      docstore.Table[Shelf]
	news         docstore.Table[News]
	followings   docstore.Table[Following]
	ratings      docstore.Table[Rating]
	imports      docstore.Table[Import]
	drafts       docstore.Table[ImportDraft]
	rounds       room.Room[Round]
	roundYears   docstore.Table[RoundYear]
}

// New returns a Service.
func New(d Deps) *Service {
	return &Service{
		Deps: d, projects: room.Open(d.Ground, ProjectKind, projectFields, ErrNotFound, shown),
		endorsements: endorsementTable(d.Store), envelopes: envelopeTable(d.Store), shelves: shelfTable(d.Store),
		news: newsTable(d.Store), followings: followingTable(d.Store), ratings: ratingTable(d.Store),
		imports: importTable(d.Store), drafts: draftTable(d.Store),
		rounds: room.Open(d.Ground, RoundKind, roundFields, errRoundNone, shownRound), roundYears: roundYearTable(d.Store),
	}
}

// The platform's own hands, as events and histories name them.
var (
	keeping    = deliberation.Author{Account: identity.AccountID(identity.System("projects").Ref())}
	counting   = deliberation.Author{Account: identity.AccountID(identity.System("counting").Ref())}
	polling    = deliberation.Author{Account: identity.AccountID(identity.System("polls").Ref())}
	forgetting = identity.System("forgetting")
)

// ErrNotFound means that there is no such project, or none that the actor may know of.
var ErrNotFound = fault.New(fault.NotFound, "project.not_found")

// shown reports whether somebody who reads the community knows of a project. What is not submitted yet, and what the word
// list found something in, is for its proposers and the desk.
func shown(actor identity.Actor, p Project) bool {
	if p.Public() || p.Interested(actor.ID) || actor.System {
		return true
	}
	return identity.Can(actor, identity.CheckProject, p.Place()) == nil
}

// change is a step of a project.
type change = func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error)

// step changes a project in the name of somebody who may do the verb.
func (s *Service) step(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb, change change) (Project, error) {
	return s.projects.Step(ctx, actor, string(id), verb, change)
}

// explained is step with a reason that must be there.
func (s *Service) explained(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb, reason string,
	change func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error),
) (Project, error) {
	reason, err := written.Reason(reason, MaxReason)
	if err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, id, verb, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return change(p, reason, by, now)
	})
}

// stepOfLead changes a project as its lead, or as the desk does for it.
func (s *Service) stepOfLead(ctx context.Context, actor identity.Actor, id ID, change change) (Project, error) {
	desk := func(p Project) bool { return identity.Can(actor, identity.CheckProject, p.Place()) == nil }
	return s.step(ctx, actor, id, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if !desk(*p) {
			if err := p.leads(by); err != nil {
				return nil, err
			}
		}
		return change(p, by, now)
	})
}

// handDue is when a need without a hand is listed, zero where the preset does not list it.
func (s *Service) handDue(p Project, now time.Time) time.Time {
	if p.Preset.HandDays == 0 {
		return time.Time{}
	}
	return s.Calendar.DateAt(now).AddDays(p.Preset.HandDays).At(calendar.EndOfDay, s.Calendar.Zone()).UTC()
}

// screen returns what the word list finds. The desk is not screened.
func (s *Service) screen(actor identity.Actor, p identity.Place, words ...string) []string {
	if identity.Can(actor, identity.CheckProject, p) == nil {
		return nil
	}
	var hits []string
	for _, w := range words {
		hits = append(hits, s.Screener.Screen(w)...)
	}
	return hits
}
