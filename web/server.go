package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"

	"jushou/web/activity"
	"jushou/web/affairs"
	"jushou/web/assisted"
	"jushou/web/bulletin"
	"jushou/web/console"
	"jushou/web/desk"
	"jushou/web/digest"
	"jushou/web/meeting"
	"jushou/web/moderation"
	"jushou/web/money"
	"jushou/web/neighbours"
	"jushou/web/page"
	"jushou/web/pagecache"
	"jushou/web/static"
	"jushou/web/view"
	"jushou/web/whistle"
	"jushou/web/words"
)

// Time bounds of a connection. A phone on slow 4G needs half a minute for a photo.
const (
	readTimeout  = 60 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 75 * time.Second
)

// headerRoom bounds a request's line and headers together, in bytes. WeChat's name for itself, our cookies and the address
// of a long form's page, escaped twice on the way to signing in, do not fit into fasthttp's own 4 KiB.
const headerRoom = 16 << 10

// defaultPageCache is the bound of shared fragments when Deps names none.
const defaultPageCache = 16 << 20

// Server is the HTTP server.
type Server struct {
	app     *fiber.App
	deps    Deps
	site    *page.Site
	unread  *unread
	policy  string // Content-Security-Policy
	assets  *static.Assets
	console *console.Console
	door    atomic.Pointer[door]
}

// New builds the server with all its routes. It does not listen yet.
func New(d Deps) (*Server, error) {
	catalogue, err := words.Load(words.Chinese)
	if err != nil {
		return nil, err
	}
	assets, err := static.Load()
	if errors.Is(err, static.ErrNotBuilt) {
		d.Log.Warn("pages have no styles", "error", err)
	} else if err != nil {
		return nil, err
	}
	if d.PageCache == 0 {
		d.PageCache = defaultPageCache
	}
	s := &Server{deps: d, assets: assets, console: console.New(d.Desk.Directory, counts(d)), unread: &unread{ask: d.Unread, log: d.Log}, policy: policy(d.FrameAncestors)}
	s.site = &page.Site{
		Frame:  view.Frame{Words: catalogue, Asset: assets.URL, Sandbox: d.Sandbox},
		Cache:  pagecache.New(d.PageCache),
		Secure: strings.HasPrefix(d.BaseURL, "https://"),
		Head:   d.Heads.Head,
		Report: s.report,
	}
	s.app = s.newApp()
	s.routes()
	return s, nil
}

// counts are the numbers beside the places of the console.
func counts(d Deps) map[string]console.Count {
	all := desk.Counts(d.Desk)
	maps.Copy(all, whistle.Counts(d.Whistle))
	maps.Copy(all, meeting.Counts(d.Meeting))
	maps.Copy(all, assisted.Counts(d.Assisted))
	maps.Copy(all, neighbours.Counts(d.Neighbours))
	maps.Copy(all, moderation.Counts(d.Moderation))
	maps.Copy(all, affairs.Counts(d.Affairs))
	maps.Copy(all, money.Counts(d.Money))
	maps.Copy(all, digest.Counts(d.Digest))
	maps.Copy(all, activity.Counts(d.Activity))
	maps.Copy(all, bulletin.Counts(d.Bulletin))
	return all
}

func (s *Server) newApp() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:        "jushou",
		CaseSensitive:  true, // the rules of an address begin with its first letters
		Immutable:      true, // strings of one request must never turn into another's
		ErrorHandler:   s.fail,
		BodyLimit:      storyBody, // the largest; limitBody lowers it by address
		ReadTimeout:    readTimeout,
		ReadBufferSize: headerRoom,
		WriteTimeout:   writeTimeout,
		IdleTimeout:    idleTimeout,

		DisableStartupMessage: true,
	})
	app.Server().HeaderReceived = s.limitBody
	return app
}

// routes lays the way of a request, then every area's addresses.
func (s *Server) routes() {
	if s.deps.First != nil {
		s.deps.First(s.app)
	}
	s.app.Use(s.begin, s.headers)
	s.app.Get(static.Prefix+"*", s.serveStatic)
	s.app.Use(compress.New(compress.Config{Level: compress.LevelBestSpeed})) // text only; photos stay as they are
	s.app.Use(s.identify, s.genuine, s.slowDown)
	s.openRoutes(s.app)
	s.publicLogRoutes(s.app)
	s.termRoutes(s.app)
	s.authRoutes(s.app)
	s.residentRoutes(s.app)
	s.neighbourRoutes(s.app)
	s.assistedRoutes(s.app)
	s.searchRoutes(s.app)
	s.deskRoutes(s.app)
	s.catalogueRoutes(s.app)
	s.moderationRoutes(s.app)
	s.bulletinRoutes(s.app)
	s.whistleRoutes(s.app)
	s.digestRoutes(s.app)
	s.hallRoutes(s.app)
	s.projectRoutes(s.app)
	s.activityRoutes(s.app)
	s.pollRoutes(s.app)
	s.ownerRoutes(s.app)
	s.meetingRoutes(s.app)
	s.phraseRoutes(s.app)
	s.affairsRoutes(s.app)
	s.moneyRoutes(s.app)
	s.wallRoutes(s.app)
	s.apiRoutes(s.app)
}

// App returns the fiber application, to which app adds /healthz, /wechat/callback and the simulator
// before Serve, and which tests call without a port.
func (s *Server) App() *fiber.App { return s.app }

// Serve answers on the listener until Shutdown.
func (s *Server) Serve(l net.Listener) error {
	d := newDoor(l)
	s.door.Store(d)
	if err := s.app.Listener(d); err != nil {
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	}
	return nil
}

// Shutdown stops accepting, lets running requests end until ctx does, and returns.
func (s *Server) Shutdown(ctx context.Context) error {
	if d := s.door.Load(); d != nil {
		d.hangUp()
	}
	if err := s.app.ShutdownWithContext(ctx); err != nil {
		return fmt.Errorf("shut the server down: %w", err)
	}
	return nil
}
