package app

import (
	"jushou/deliberation/assisted"
	"jushou/internal/clock"
)

// assistedBy returns the use cases of entries for somebody offline by a clock.
func (a *App) assistedBy(c clock.Clock) *assisted.Service {
	return assisted.New(a.Store, c, a.topicsBy(c), a.People, a.days.Zone())
}
