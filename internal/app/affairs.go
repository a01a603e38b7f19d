package app

import (
	"context"
	"time"

	"jushou/deliberation/disclosure"
	"jushou/internal/clock"
	"jushou/internal/eventlog"
	"jushou/internal/identity"
	"jushou/internal/patrol"
)

// affairsBy returns the use cases of what communities publish by a clock.
func (a *App) affairsBy(c clock.Clock) *disclosure.Service {
	return disclosure.New(disclosure.Deps{
		Ground: a.roomsBy(c), Communities: a.Directory, Calendar: a.days, Screener: a.words, Log: a.log,
	})
}

// affairRelays follow the feed for what communities publish.
func (a *App) affairRelays() []eventlog.Relay {
	return []eventlog.Relay{
		{Name: "affairs", Types: []string{disclosure.ItemEntered, disclosure.ItemPublished}, Handle: a.Affairs.FollowItems, Concurrency: 2},
		{Name: "affair_forget", Types: []string{identity.EventErased}, Handle: a.Affairs.ForgetAsker, Timeout: 5 * time.Minute},
	}
}

// affairSweep opens what has to be published and records what is late.
func (a *App) affairSweep() patrol.Sweep {
	return patrol.Sweep{Name: "affairs", Spec: "@every 1m", Timeout: 5 * time.Minute, Run: func(ctx context.Context, _ patrol.Window) (int, error) {
		return a.Affairs.Watch(ctx)
	}}
}
