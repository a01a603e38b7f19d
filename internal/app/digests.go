package app

import (
	"jushou/deliberation/digest"
	"jushou/internal/clock"
)

// digestsBy returns the use cases of what communities pass up to their town by a clock.
func (a *App) digestsBy(c clock.Clock) *digest.Service {
	return digest.New(digest.Deps{Store: a.Store, Clock: c, Directory: a.Directory, Topics: a.topicsBy(c), Calendar: a.days, Log: a.log})
}
