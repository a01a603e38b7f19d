package app

import (
	"jushou/deliberation/moderation"
	"jushou/internal/clock"
	"jushou/internal/eventlog"
	webmoderation "jushou/web/moderation"
)

// moderationBy returns the use cases of moderation by a clock.
func (a *App) moderationBy(c clock.Clock) *moderation.Service {
	return moderation.New(moderation.Deps{
		Store: a.Store, Clock: c, Rooms: moderation.Rooms(a.topicsBy(c)), Holders: a.People, Directory: a.Directory,
	})
}

// reportsElsewhere are the rooms with reports of their own, which the moderators' queue leads to.
func (a *App) reportsElsewhere() []webmoderation.Elsewhere {
	return []webmoderation.Elsewhere{{Key: "neighbours", Path: "/neighbours", Count: a.Neighbours.DeskCount}}
}

// moderationRelays follow the feed for cases.
func (a *App) moderationRelays() []eventlog.Relay {
	return []eventlog.Relay{{Name: "moderation", Types: moderation.Types(), Handle: a.Moderation.Follow, Concurrency: 4, Lane: ownLane}}
}
