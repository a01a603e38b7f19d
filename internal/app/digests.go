package app

import (
	"jushou/deliberation/digest"
	"jushou/internal/clock"
)

// digestsBy returns the use cases of what communities pass up to their town by a clock.
func (a *App) digestsBy(c clock.Clock) *digest.Service {
	return digest.New(digest.Deps{Ground: a.roomsBy(c), Periods: a.topicsBy(c), Calendar: a.days, Log: a.log})
}
