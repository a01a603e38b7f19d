package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/eventlog"
	"jushou/internal/identity"
	"jushou/internal/patrol"
	"jushou/projects"
	webproject "jushou/web/project"
)

// projectsBy returns the use cases of projects by a clock.
func (a *App) projectsBy(c clock.Clock) *projects.Service {
	places := community.NewPlaces(a.Store)
	return projects.New(projects.Deps{
		Ground: a.roomsBy(c), Screener: a.words, Calendar: a.days, Polls: projectPolls{a.pollsBy(c)}, Calls: calls{a}, Homes: homes{a, places}, Buildings: places, Accounts: spending{a},
		People: a.People,
	})
}

// projectServices are what their pages stand on.
func (a *App) projectServices() webproject.Services {
	return webproject.Services{Projects: a.Projects, Calls: a.Calls, Halls: a.Halls, Topics: a.Topics, Directory: a.Directory, Places: community.NewPlaces(a.Store), Shelf: a.shelf(), Ledger: a.Ledger, Activities: a.Activities}
}

// projectRelays follow the feed for projects.
func (a *App) projectRelays() []eventlog.Relay {
	return []eventlog.Relay{
		{Name: "project_counts", Types: []string{projects.Endorsed}, Handle: a.Projects.Count, Concurrency: 4},
		{Name: "project_polls", Types: []string{poll.PollPublished, poll.PollWithdrawn}, Handle: a.followPoll, Concurrency: 2},
		{Name: "project_news", Types: []string{projects.NewsPosted, projects.NewsShown}, Handle: a.Projects.FollowNews, Concurrency: 2},
		{Name: "project_variations", Types: []string{projects.VariationApproved}, Handle: a.Projects.FollowVariation},
		{Name: "project_established", Types: []string{projects.Established}, Handle: a.Projects.FollowEstablished},
		{Name: "project_standing", Types: projects.StandingChanges(), Handle: a.Projects.FollowStanding, Concurrency: 2, Timeout: time.Minute},
		{Name: "project_envelopes", Types: []string{projects.Archived, projects.ClosedCancelled}, Handle: a.Projects.GiveBack, Concurrency: 2},
		{Name: "project_imports", Types: []string{projects.FormerConfirmed}, Handle: a.Projects.FollowImport, Timeout: 5 * time.Minute},
		{Name: "project_forget", Types: []string{identity.EventErased}, Handle: a.Projects.Forget, Timeout: 5 * time.Minute},
	}
}

func (a *App) followPoll(ctx context.Context, e docstore.Event) error {
	data, err := deliberation.Decode[poll.About](e)
	if err != nil {
		return err
	}
	return a.Projects.FollowPoll(ctx, string(data.Poll), e.Type == poll.PollWithdrawn)
}

// projectSweep records what the stored instants of projects say.
func (a *App) projectSweep() patrol.Sweep {
	return patrol.Sweep{Name: "projects", Spec: "@every 30s", Timeout: 2 * time.Minute, Run: func(ctx context.Context, _ patrol.Window) (int, error) {
		return a.Projects.Keep(ctx)
	}}
}

// projectPolls lets projects read what polls decide.
type projectPolls struct{ polls *poll.Service }

// Named describes a poll to who links it. Only a household vote and a budget round decide: the others ask for opinions, or
// are a council's, whose decision is recorded with its minutes.
func (p projectPolls) Named(ctx context.Context, actor identity.Actor, id string) (projects.Ballot, error) {
	v, err := p.polls.Poll(ctx, actor, poll.ID(id))
	if err != nil {
		return projects.Ballot{}, err
	}
	return projects.Ballot{
		Community: v.Community, Options: len(v.Options), Budget: v.Label == poll.Ranking, Binding: v.Label == poll.HouseVote || v.Label == poll.Ranking,
		Decided: v.State.Public() || v.State == poll.Withdrawn,
	}, nil
}

// Verdict reads a published result.
func (p projectPolls) Verdict(ctx context.Context, id string) (projects.Verdict, error) {
	r, err := p.polls.Result(ctx, poll.ID(id))
	if errors.Is(err, poll.ErrNotFound) {
		return projects.Verdict{}, nil
	}
	if err != nil {
		return projects.Verdict{}, err
	}
	void := slices.Contains([]rule.Outcome{rule.Tied, rule.Short, rule.Empty}, r.Count.Outcome)
	return projects.Verdict{Settled: true, Void: void, Winners: r.Count.Winners}, nil
}

// homes counts households: every address of the roster, and every address where a verified resident lives.
type homes struct {
	app    *App
	places community.Places
}

// residentsAtOnce is how many residents are read at a time.
const residentsAtOnce = 500

// Homes implements projects.Homes.
func (h homes) Homes(ctx context.Context, in community.ID, buildings []community.BuildingID) (int, error) {
	all, err := h.places.BuildingsIn(ctx, in)
	if err != nil {
		return 0, err
	}
	wanted := func(b community.BuildingID) bool { return len(buildings) == 0 || slices.Contains(buildings, b) }
	known := map[identity.HouseholdID]bool{}
	table := identity.Households(h.app.Store)
	for _, b := range all {
		if !wanted(b.ID) {
			continue
		}
		listed, err := identity.HouseholdsIn(ctx, table, b)
		if err != nil {
			return 0, err
		}
		for _, x := range listed {
			known[x.ID] = true
		}
	}
	var after docstore.Cursor
	for {
		page, next, err := h.app.People.ResidentsAt(ctx, in, after, residentsAtOnce)
		if err != nil {
			return 0, err
		}
		for _, r := range page {
			if wanted(r.Building) {
				known[r.Household] = true
			}
		}
		if after = next; next == "" {
			return len(known), nil
		}
	}
}
