package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/deliberation/meeting"
	"jushou/deliberation/poll"
	"jushou/deliberation/whistle"
	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/eventlog"
	"jushou/internal/identity"
	"jushou/internal/patrol"
	"jushou/notify"
	"jushou/projects"
	"jushou/projects/activity"
	webhall "jushou/web/hall"
)

// hallsBy returns the use cases of deliberations and covenants by a clock.
func (a *App) hallsBy(c clock.Clock) (*hall.Service, *covenant.Service) {
	ground := a.roomsBy(c)
	return hall.New(hall.Deps{Ground: ground, Screener: a.words}), covenant.New(covenant.Deps{Ground: ground, Screener: a.words})
}

// hallServices are what their pages stand on.
func (a *App) hallServices() webhall.Services {
	return webhall.Services{
		Halls: a.Halls, Covenants: a.Covenants, Projects: a.Projects, Topics: a.Topics, People: a.People, Directory: a.Directory, Zone: a.days.Zone(),
	}
}

// circle names those who took part in something.
func (a *App) circle(ctx context.Context, circle, id string) ([]identity.AccountID, error) {
	switch circle {
	case notify.CircleFollowers:
		return a.Projects.Followers(ctx, projects.ID(id))
	case notify.CircleHall:
		return a.Halls.Participants(ctx, hall.SessionID(id))
	case notify.CircleCovenant:
		return a.Covenants.Participants(ctx, covenant.ID(id))
	case notify.CircleDigest:
		return a.Digests.Participants(ctx, id)
	case notify.CirclePoll:
		return a.Polls.Voters(ctx, poll.ID(id))
	case notify.CirclePollWaiting:
		return a.Polls.Waiting(ctx, poll.ID(id))
	case notify.CircleWhistle:
		return a.Whistles.Concerned(ctx, whistle.ID(id))
	case notify.CircleActivity:
		return a.Activities.Attending(ctx, activity.ID(id))
	case notify.CircleSeated:
		return a.Activities.Seated(ctx, activity.ID(id))
	case notify.CircleProject:
		return a.concernedBy(ctx, projects.ID(id))
	case notify.CircleRaters:
		return a.Projects.Raters(ctx, projects.ID(id))
	case notify.CircleMeeting:
		return a.Meetings.Concerned(ctx, meeting.ID(id))
	}
	return nil, nil
}

// hallRelays follow the feed for deliberations and covenants.
func (a *App) hallRelays() []eventlog.Relay {
	return []eventlog.Relay{
		{Name: "hall_counts", Types: []string{hall.Supported, hall.QuestionJoined}, Handle: a.Halls.Count, Concurrency: 4},
		{Name: "hall_forget", Types: []string{identity.EventErased}, Handle: a.forgetInHalls, Timeout: 5 * time.Minute},
	}
}

func (a *App) forgetInHalls(ctx context.Context, e docstore.Event) error {
	return errors.Join(a.Halls.ForgetAuthor(ctx, e), a.Covenants.ForgetAuthor(ctx, e))
}

// linkTypes are the events that topics follow into what grew out of them.
func linkTypes() []string {
	return slices.Concat(hall.Links(), covenant.Links(), poll.Links(), projects.Links(), assisted.Links(), meeting.Links(), []string{"whistle.", "digest."})
}

// hallSweeps record what the stored instants of deliberations and covenants say.
func (a *App) hallSweeps() []patrol.Sweep {
	keep := func(ctx context.Context, _ patrol.Window) (int, error) {
		n, err := a.Halls.Keep(ctx)
		m, err2 := a.Covenants.Keep(ctx)
		return n + m, deliberation.Joined(err, err2)
	}
	return []patrol.Sweep{{Name: "halls", Spec: "@every 30s", Run: keep}}
}
