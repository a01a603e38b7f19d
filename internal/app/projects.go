package app

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
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
		Ground: a.roomsBy(c), Screener: a.words, Calendar: a.days, Polls: projectPolls{a, a.pollsBy(c)}, Calls: calls{a}, Homes: homes{a, places}, Buildings: places, Accounts: spending{a},
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
		{Name: "project_rounds", Types: []string{projects.RoundPlanned, projects.SentBack, projects.CancelledBy}, Handle: a.Projects.FollowRound, Concurrency: 2},
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
