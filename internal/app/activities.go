package app

import (
	"context"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/eventlog"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/patrol"
	"jushou/projects"
	"jushou/projects/activity"
	webactivity "jushou/web/activity"
)

// activitiesBy returns the use cases of hosts and activities by a clock.
func (a *App) activitiesBy(c clock.Clock) *activity.Service {
	return activity.New(activity.Deps{
		Ground: a.roomsBy(c), Screener: a.words, Calendar: a.days, Projects: projectPlaces{a.projectsBy(c)}, Buildings: community.NewPlaces(a.Store), Below: a.Directory,
	})
}

// activityServices are what their pages stand on.
func (a *App) activityServices() webactivity.Services {
	return webactivity.Services{
		Activities: a.Activities, Projects: a.Projects, Directory: a.Directory, Places: community.NewPlaces(a.Store), Shelf: a.shelf(), BaseURL: a.cfg.BaseURL,
	}
}

// activityRelays follow the feed for activities.
func (a *App) activityRelays() []eventlog.Relay {
	return []eventlog.Relay{{Name: "activities", Types: activity.Followed(), Handle: a.Activities.Follow, Concurrency: 4, Timeout: 5 * time.Minute}}
}

// activitySweep records what the stored instants of activities say.
func (a *App) activitySweep() patrol.Sweep {
	return patrol.Sweep{Name: "activities", Spec: "@every 30s", Timeout: 2 * time.Minute, Run: func(ctx context.Context, _ patrol.Window) (int, error) {
		return a.Activities.Keep(ctx)
	}}
}

// projectPlaces lets activities name projects.
type projectPlaces struct{ projects *projects.Service }

// Community implements activity.Projects.
func (p projectPlaces) Community(ctx context.Context, actor identity.Actor, project string) (community.ID, error) {
	x, err := p.projects.Project(ctx, actor, projects.ID(project))
	if fault.CodeOf(err) == "store.bad_key" || err == nil && !x.Public() {
		err = projects.ErrNotFound
	}
	return x.Community, err
}
