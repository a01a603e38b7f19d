package app

import (
	"context"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/eventlog/publiclog"
	"jushou/internal/identity"
	"jushou/projects/call"
	"jushou/projects/preset"
)

// callsBy returns the use cases of calls for proposals by a clock.
func (a *App) callsBy(c clock.Clock) *call.Service {
	return call.New(a.roomsBy(c), a.Projects)
}

// calls lets projects read what they answer.
type calls struct{ app *App }

// Rules implements projects.Calls.
func (x calls) Rules(ctx context.Context, actor identity.Actor, in community.ID, id string, at time.Time) (preset.Key, bool, error) {
	c, err := x.app.Calls.Call(ctx, actor, call.ID(id))
	if err == nil && c.Community != in {
		err = call.ErrNotFound
	}
	return c.Preset, c.State(at) == call.Open, err
}

// callActs are the steps of calls.
func callActs() []publiclog.Act {
	var acts []publiclog.Act
	for _, event := range []string{call.Published, call.Extended, call.TakenBack} {
		acts = append(acts, publiclog.Act{Event: event, Of: "call", Ref: "call", Facts: []string{"preset", "money", "closes_at"}, Words: []string{"subject", "reason"}})
	}
	return acts
}
