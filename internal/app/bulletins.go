package app

import (
	"context"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	webbulletin "jushou/web/bulletin"
)

// bulletinsBy returns the use cases of notices by a clock, told to these residents.
func (a *App) bulletinsBy(c clock.Clock, topics *deliberation.Service, told bulletin.Residents) *bulletin.Service {
	return bulletin.New(bulletin.Deps{
		Store: a.Store, Clock: c, Directory: a.Directory, Places: community.NewPlaces(a.Store), Topics: topics,
		Residents: told, Offices: a.People, Messenger: messenger{a.Notices}, ReaderKey: a.cfg.Key("notice readers"),
	})
}

// bulletinsToNobody are those of the demo's past.
func (a *App) bulletinsToNobody(c clock.Clock) *bulletin.Service {
	return a.bulletinsBy(c, a.topicsBy(c), nobody{})
}

// nobody lives anywhere.
type nobody struct{}

// ResidentsAt implements bulletin.Residents.
func (nobody) ResidentsAt(context.Context, community.ID, docstore.Cursor, int) ([]identity.ResidentAt, docstore.Cursor, error) {
	return nil, "", nil
}

// bulletinServices are what the pages of official notices stand on.
func (a *App) bulletinServices() webbulletin.Services {
	return webbulletin.Services{Bulletins: a.Bulletins, Directory: a.Directory, Shelf: a.shelf()}
}
