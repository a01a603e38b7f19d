package app

import (
	"context"
	"net/url"
	"runtime"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/photo"
	"jushou/web"
	"jushou/web/affairs"
	"jushou/web/api"
	webassisted "jushou/web/assisted"
	"jushou/web/auth"
	webcatalogue "jushou/web/catalogue"
	"jushou/web/desk"
	webdigest "jushou/web/digest"
	webmeeting "jushou/web/meeting"
	webmoderation "jushou/web/moderation"
	webmoney "jushou/web/money"
	"jushou/web/neighbours"
	"jushou/web/open"
	webowners "jushou/web/owners"
	"jushou/web/resident"
	"jushou/web/upload"
	"jushou/web/wall"
	webwhistle "jushou/web/whistle"
)

// surface builds the web server and gives it the addresses that are not pages.
func (a *App) surface(context.Context) error {
	places := community.NewPlaces(a.Store)
	verify, err := verifications(a.cfg.DataDir)
	if err != nil {
		return err
	}
	server, err := web.New(web.Deps{
		Clock: a.Clock, Log: a.log, Sessions: a.People.Sessions(), Limits: a.coord, Heads: a.Store,
		BaseURL: a.cfg.BaseURL, Sandbox: a.cfg.Sandbox, FrameAncestors: a.ancestors(), Count: a.meters.request, First: func(r fiber.Router) { a.first(r, verify) },
		Unread: a.Notices.Unread,

		Resident:   a.residentServices(places),
		Auth:       auth.Services{WeChat: a.client, People: a.People, BaseURL: a.cfg.BaseURL},
		Catalogue:  webcatalogue.Services{Catalogue: a.Catalogue},
		Bulletin:   a.bulletinServices(),
		Neighbours: neighbours.Services{Neighbours: a.Neighbours, Directory: a.Directory, Places: places, Shelf: a.shelf()},
		Whistle:    webwhistle.Services{Whistles: a.Whistles, Topics: a.Topics, Directory: a.Directory},
		Digest:     webdigest.Services{Digests: a.Digests, Directory: a.Directory},
		Hall:       a.hallServices(),
		Poll:       a.pollServices(),
		Project:    a.projectServices(),
		Activity:   a.activityServices(),
		Owners:     webowners.Services{Owners: a.Owners, Directory: a.Directory, Places: places, Shelf: a.shelf()},
		Assisted:   webassisted.Services{Assisted: a.Assisted, Topics: a.Topics, Shelf: a.shelf(), BaseURL: a.cfg.BaseURL},
		Meeting:    webmeeting.Services{Meetings: a.Meetings, Topics: a.Topics, Directory: a.Directory},
		Moderation: webmoderation.Services{Topics: a.Topics, Moderation: a.Moderation, Directory: a.Directory, Shelf: a.shelf(), Elsewhere: a.reportsElsewhere()},
		Affairs:    affairs.Services{Affairs: a.Affairs, Directory: a.Directory, Shelf: a.shelf()},
		Wall:       wall.Services{Projects: a.Projects, Ledger: a.Ledger, Directory: a.Directory, Shelf: a.shelf(), BaseURL: a.cfg.BaseURL},
		Money:      webmoney.Services{Ledger: a.Ledger, Directory: a.Directory, Shelf: a.shelf()},
		Desk:       a.deskServices(places),
		Open:       a.openServices(),
		PublicLog:  a.logServices(),
		API:        a.apiServices(places),
	})
	if err != nil {
		return err
	}
	a.server = server
	return nil
}

// residentServices are what residents' pages stand on.
func (a *App) residentServices(places community.Places) resident.Services {
	return resident.Services{
		Topics:    a.Topics,
		People:    a.People,
		Directory: a.Directory,
		Places:    places,
		Shelf:     a.shelf(),
		Inbox:     a.Notices,
		Below:     a.bulletinServices().Below,
		Sandbox:   a.cfg.Sandbox,
		Search:    a.searchServices(),
	}
}

// apiServices are what the JSON API stands on.
func (a *App) apiServices(places community.Places) api.Services {
	return api.Services{
		Assisted: a.Assisted,
		BaseURL:  a.cfg.BaseURL,
		Affairs:  a.Affairs,
		Projects: a.Projects, Activities: a.Activities,
		Ledger:    a.Ledger,
		Topics:    a.Topics,
		Phrases:   a.Phrases,
		Catalogue: a.Catalogue,
		Halls:     a.Halls, Covenants: a.Covenants,
		Polls: a.Polls, Owners: a.Owners,
		People:     a.People,
		Roster:     a.Roster,
		Directory:  a.Directory,
		Places:     places,
		Shelf:      a.shelf(),
		Inbox:      a.Notices,
		Memory:     a.coord,
		Search:     a.searchServices(),
		Whistles:   a.Whistles,
		Digests:    a.Digests,
		Meetings:   a.Meetings,
		Moderation: a.Moderation,
		Neighbours: a.Neighbours,
		Bulletins:  a.Bulletins,
		PublicLog:  a.PublicLog,
	}
}

// deskServices are what the staff console stands on.
func (a *App) deskServices(places community.Places) desk.Services {
	s := desk.Services{
		Topics:    a.Topics,
		Phrases:   a.Phrases,
		Catalogue: a.Catalogue,
		Assisted:  a.Assisted,
		People:    a.People,
		Roster:    a.Roster,
		Directory: a.Directory,
		Places:    places,
		Rounds:    deliberation.NewRoundCalendar(a.days),
		Shelf:     a.shelf(),
		Memory:    a.coord,
		Codes:     a.client,
		Scenes:    a.Scenes,
		Search:    a.searchServices(),
	}
	if a.Sim != nil {
		s.LabelScene = a.Sim.LabelScene
	}
	return s
}

// openServices are what the public pages stand on.
func (a *App) openServices() open.Services {
	return open.Services{Topics: a.Topics, Directory: a.Directory, Calendar: a.days, ConsentVersion: resident.ConsentVersion}
}

// first lays the addresses that are not pages.
func (a *App) first(r fiber.Router, verify map[string]string) {
	r.Use(a.crowd.pass)
	r.Use(recover.New()) // pages have a guard of their own, which tells the visitor more
	if a.Sim != nil {
		a.mountSim(r)
	}
	for name, text := range verify {
		r.Get("/"+name, func(c *fiber.Ctx) error { return c.Type("txt", "utf-8").SendString(text) })
	}
	r.Get("/healthz", healthy)
	r.Get("/readyz", a.ready)
	r.Get(callbackPath, a.verify)
	r.Post(callbackPath, a.receive)
}

func (a *App) ancestors() []string {
	if !a.cfg.Sandbox {
		return nil
	}
	return phoneOrigins(a.cfg)
}

// shelf is where uploads lie until something names them.
func (a *App) shelf() upload.Shelf {
	return upload.Shelf{Store: a.Photos, Shrink: a.shrink(), Memory: a.coord}
}

// shrink returns the one processor of photos: decoding is what needs memory, so all uploads share its slots.
func (a *App) shrink() *photo.Processor {
	if a.shrinker == nil {
		a.shrinker = photo.NewProcessor(max(1, runtime.NumCPU()))
	}
	return a.shrinker
}

func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
