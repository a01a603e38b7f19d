package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// healthy answers that the process is alive. It asks nobody, so a slow store does not get us killed.
func healthy(c *fiber.Ctx) error { return c.SendString("ok") }

// ready answers whether requests can be served: the store can be read and written, and every sweep
// succeeded lately. A coordinator that is away is said but not fatal.
func (a *App) ready(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
	defer cancel()
	report, ok := a.Ready(ctx)
	if !ok {
		c.Status(fiber.StatusServiceUnavailable)
	}
	return c.JSON(report)
}

// Readiness is one line per part: "ok" or what is wrong.
type Readiness map[string]string

// Ready asks every part.
func (a *App) Ready(ctx context.Context) (Readiness, bool) {
	report, ok := Readiness{"store": "ok", "coordinator": "ok", "sweeps": "ok", "calendar": "ok"}, true
	if err := a.Store.Ping(ctx); err != nil {
		report["store"], ok = "does not answer", false
	}
	if err := a.coord.Ping(ctx); err != nil {
		report["coordinator"] = "does not answer; one process works on its own"
	}
	if a.days.ExpiresWithin(a.Clock.Now(), calendarNotice) {
		report["calendar"] = "ends on " + a.days.ValidThrough().String() + "; bring its data up to date"
	}
	report["relays"] = a.relaysReady(ctx)
	report["search"] = a.searchReady(ctx)
	list, err := a.patrol.Status(ctx)
	if err != nil {
		report["sweeps"], ok = "status cannot be read", false
		return report, ok
	}
	for _, s := range list {
		if s.Late {
			report["sweeps"], ok = s.Name+" has not succeeded since "+s.LastSuccess.Format(time.RFC3339), false
		}
	}
	return report, ok
}

// relaysReady says how many events wait for another try and how many were given up, by relay. Neither keeps
// requests from being served, but a dead letter is somebody who was not told.
func (a *App) relaysReady(ctx context.Context) string {
	list, err := a.feed.Status(ctx)
	if err != nil {
		return "status cannot be read"
	}
	var said []string
	for _, s := range list {
		if s.Waiting > 0 || s.Dead > 0 {
			said = append(said, fmt.Sprintf("%s: %d wait for another try, %d given up", s.Name, s.Waiting, s.Dead))
		}
	}
	if len(said) == 0 {
		return "ok"
	}
	return strings.Join(said, "; ")
}
