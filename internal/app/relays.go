package app

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/eventlog"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/internal/patrol"
	"jushou/notify"
	"jushou/wechat"
)

// relays are the followers of the feed. A name is for ever: the place in the feed is stored under it.
func (a *App) relays() []eventlog.Relay {
	return slices.Concat([]eventlog.Relay{
		{Name: "directory", Types: []string{community.EventNodeChanged}, Handle: a.Directory.Follow},
		{Name: "promise_history", Types: []string{community.EventPromisesChanged}, Handle: community.NewPlaces(a.Store).KeepPromises},
		{Name: "standings", Types: []string{"account."}, Handle: a.People.Follow, Concurrency: 4},
		{Name: "recheck", Types: []string{identity.EventHouseholdChanged}, Handle: a.People.Recheck, Concurrency: 4},
		{Name: "comments", Types: []string{deliberation.TopicCommented}, Handle: a.Topics.CountComments, Concurrency: 8},
		{Name: "links", Types: linkTypes(), Handle: a.Topics.FollowLinks, Concurrency: 4},
		{Name: "replies", Types: []string{deliberation.TopicCommented}, Handle: a.Topics.FollowReplies, Concurrency: 8},
		{Name: "merges", Types: []string{deliberation.TopicMerged}, Handle: a.Topics.FollowMerges, Concurrency: 2},
		{Name: "forget", Types: []string{identity.EventErased}, Handle: a.Topics.ForgetAuthor, Concurrency: 2, Timeout: 5 * time.Minute},
		{Name: "forget_neighbours", Types: []string{identity.EventErased}, Handle: a.Neighbours.Forget, Concurrency: 2, Timeout: 5 * time.Minute},
		{Name: "entries", Types: assisted.Followed(), Handle: a.Assisted.Follow, Concurrency: 4},
		{Name: "notices", Types: notify.Types(), Handle: a.Notices.Tell, Concurrency: 8, FromHead: true},
		{Name: "deliver", Types: []string{notify.EventMade}, Handle: a.deliver, Concurrency: 16, Lane: ownLane, FromHead: true},
		{Name: "bulletins", Types: bulletin.Followed(), Handle: a.Bulletins.Follow, Concurrency: 4, Lane: ownLane, Timeout: 10 * time.Minute, FromHead: true},
		{Name: "chat", Types: []string{wechat.FactReceived}, Handle: a.Chat.Handle, Concurrency: 8, Timeout: time.Minute},
		{Name: "roster", Types: []string{roster.EventConfirmed}, Handle: a.Roster.Follow, Concurrency: 2, Timeout: 30 * time.Minute},
	},
		a.hallRelays(),
		a.pollRelays(),
		a.projectRelays(),
		a.activityRelays(),
		a.moderationRelays(),
		a.affairRelays(),
		a.meetingRelays(),
		a.logRelays(),
	)
}

// ownLane lets every document's events go side by side: a notice does not wait for its neighbour's.
func ownLane(e docstore.Event) string { return e.Doc.ID }

func (a *App) deliver(ctx context.Context, e docstore.Event) error {
	return a.Notices.Deliver(ctx, notify.ID(e.Doc.ID))
}

// sweeps are what the patrol does by the clock. Deadlines are stored instants; a sweep records what has
// passed, so how often it runs bounds only how late a notice is.
func (a *App) sweeps() []patrol.Sweep {
	count := func(f func(context.Context) (int, error)) func(context.Context, patrol.Window) (int, error) {
		return func(ctx context.Context, _ patrol.Window) (int, error) { return f(ctx) }
	}
	return append(append(a.hallSweeps(), a.pollSweeps()...), []patrol.Sweep{
		a.affairSweep(),
		a.projectSweep(),
		a.activitySweep(),
		{Name: "digests", Spec: "@every 30s", Run: count(a.Digests.Watch)},
		a.meetingSweep(),
		a.logSweep(),
		{Name: "rounds", Spec: "*/10 * * * * *", Timeout: 5 * time.Minute, Run: count(a.Topics.HoldRounds)},
		{Name: "promises", Spec: "*/10 * * * * *", Timeout: 5 * time.Minute, Run: count(a.Topics.WatchPromises)},
		{Name: "whistles", Spec: "*/30 * * * * *", Run: count(a.Whistles.Supervise)},
		{Name: "neighbours", Spec: "*/20 * * * * *", Timeout: 2 * time.Minute, Run: count(a.Neighbours.Sweep)},
		{Name: "deliver_due", Spec: "*/5 * * * * *", Timeout: 2 * time.Minute, Run: count(a.Notices.DeliverDue)},
		{Name: "bulletin_reviews", Spec: "@every 1m", Run: count(a.Bulletins.SweepReviews)},
		{Name: "rosters", Spec: "@every 1m", Timeout: 30 * time.Minute, Run: count(a.Roster.SweepRosters)},
		{Name: "forget_logins", Spec: "41 3 * * *", Run: count(a.People.ForgetLogins)},
		{Name: "prune_pushes", Spec: "17 3 * * *", Run: count(func(ctx context.Context) (int, error) {
			return a.Inbox.Prune(ctx, docstore.MaxLimit)
		})},
	}...)
}
