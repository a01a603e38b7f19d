package app

import (
	"jushou/deliberation/neighbourhood"
	"jushou/internal/clock"
	"jushou/internal/community"
)

// neighboursBy returns the use cases of 左邻右舍 and 希望树 by a clock.
func (a *App) neighboursBy(c clock.Clock) *neighbourhood.Service {
	return neighbourhood.New(neighbourhood.Deps{
		Store: a.Store, Clock: c, Directory: a.Directory, Buildings: community.NewPlaces(a.Store), Authors: a.Topics, People: a.People,
		Screener: a.words, Box: a.box,
	})
}
