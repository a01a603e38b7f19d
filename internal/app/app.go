package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/valyala/fasthttp"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/deliberation/bulletin"
	"jushou/deliberation/catalogue"
	"jushou/deliberation/covenant"
	"jushou/deliberation/digest"
	"jushou/deliberation/disclosure"
	"jushou/deliberation/hall"
	"jushou/deliberation/meeting"
	"jushou/deliberation/moderation"
	"jushou/deliberation/neighbourhood"
	"jushou/deliberation/phrasebook"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/room"
	"jushou/deliberation/whistle"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/config"
	"jushou/internal/coord"
	"jushou/internal/docstore"
	"jushou/internal/eventlog"
	"jushou/internal/eventlog/publiclog"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/internal/identity/seal"
	"jushou/internal/patrol"
	"jushou/internal/photo"
	"jushou/internal/search"
	"jushou/notify"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/projects/call"
	"jushou/projects/ledger"
	"jushou/web"
	"jushou/web/chat"
	"jushou/web/words"
	"jushou/wechat"
	"jushou/wechat/wxsim"
)

// App is one running installation, or one replica of it. The exported parts are for tests and commands.
type App struct {
	Clock      clock.Clock
	Store      docstore.Store
	Directory  *community.Directory
	People     *identity.Service
	Roster     *roster.Service
	Topics     *deliberation.Service
	Index      *search.Index
	Phrases    *phrasebook.Service
	Catalogue  *catalogue.Service
	Affairs    *disclosure.Service
	Ledger     *ledger.Service
	Halls      *hall.Service
	Covenants  *covenant.Service
	Polls      *poll.Service
	Projects   *projects.Service
	Activities *activity.Service
	Calls      *call.Service
	Owners     *owners.Service
	Whistles   *whistle.Service
	Digests    *digest.Service
	Meetings   *meeting.Service
	Notices    *notify.Service
	Bulletins  *bulletin.Service
	Chat       *chat.Service
	Inbox      *wechat.Inbox
	Photos     photo.Store
	Scenes     wechat.SceneSigner

	Moderation *moderation.Service

	// PublicLog is the record of public acts that anybody can check.
	PublicLog *publiclog.Log

	// Assisted is what staff enter for somebody offline.
	Assisted *assisted.Service

	// Neighbours is 左邻右舍 and the tree of wishes.
	Neighbours *neighbourhood.Service
	// Sim and Virtual are nil outside the sandbox.
	Sim     *wxsim.Sim
	Virtual *clock.Virtual

	cfg      config.Config
	log      *slog.Logger
	progress func(done, total int, what string)
	room     int64 // of the embedded store in bytes, 0 is unbounded
	replicas []string
	wrap     func(docstore.Store) docstore.Store
	coord    coord.Coord
	box      *seal.Box
	promises promiser
	days     *calendar.Calendar
	words    *deliberation.WordList
	client   *wechat.Client
	receiver *wechat.Receiver
	meters   *meters
	server   *web.Server
	shrinker *photo.Processor
	crowd    crowd
	feed     *eventlog.Runner
	patrol   *patrol.Runner

	closers closers
	stop    context.CancelFunc
	served  chan error
}

// Options change how an App is put together. The zero value is right for production.
type Options struct {
	Log *slog.Logger
	// Virtual is the sandbox's clock; nil makes one that follows the machine's.
	Virtual *clock.Virtual
	// Progress, if set, is told how far making the demo district is.
	Progress func(done, total int, what string)
	// NoDemo leaves a sandbox empty.
	NoDemo bool
	// StoreBytes bounds the embedded store; 0 means that the disk does.
	StoreBytes int64
	// Replicas are the origins of further processes of this installation, which the simulator's pushes
	// reach when they come at once.
	Replicas []string
	// Wrap, if set, returns the store to use in place of the opened one: a failing or a counting one.
	Wrap func(docstore.Store) docstore.Store
}

// New puts the parts together and starts nothing. On error everything that was opened is closed.
func New(ctx context.Context, cfg config.Config, o Options) (*App, error) {
	a := &App{Clock: clock.System{}, cfg: cfg, log: o.Log, progress: o.Progress, room: o.StoreBytes, replicas: o.Replicas, wrap: o.Wrap, meters: newMeters()}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if cfg.Sandbox {
		if a.Virtual = o.Virtual; a.Virtual == nil {
			a.Virtual = clock.Ahead(clock.System{})
		}
		a.Clock = a.Virtual
	}
	if err := a.build(ctx, o); err != nil {
		return nil, errors.Join(err, a.closers.close())
	}
	return a, nil
}

// build opens and joins the parts from the lowest floor up.
func (a *App) build(ctx context.Context, o Options) error {
	for _, step := range []func(context.Context) error{a.ground, a.domain, a.openSearch, a.platform, a.surface} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if a.Sim != nil && !o.NoDemo {
		if err := a.seed(ctx, a.Virtual); err != nil {
			return err
		}
	}
	return a.workers()
}

// ground opens what everything stands on.
func (a *App) ground(ctx context.Context) (err error) {
	if a.Store, err = openStore(ctx, a.cfg, a.room); err != nil {
		return err
	}
	a.closers.add(a.Store.Close)
	if a.wrap != nil {
		a.Store = a.wrap(a.Store)
	}
	if err := a.reindex(ctx); err != nil {
		return err
	}
	if a.coord, err = openCoord(a.cfg); err != nil {
		return err
	}
	a.closers.add(a.coord.Close)
	if a.days, err = calendar.China(); err != nil {
		return fmt.Errorf("read the calendar: %w", err)
	}
	photos, err := a.openPhotos()
	if err != nil {
		return err
	}
	a.Photos = photos
	a.closers.add(photos.Close)
	if a.words, err = wordList(a.cfg.DataDir); err != nil {
		return err
	}
	if a.box, err = seal.New(seal.International{}, a.cfg.Key("personal fields")); err != nil {
		return err
	}
	a.promises, err = newPromiser(a.cfg.Key("ballot promises"), hostOf(a.cfg.BaseURL))
	return err
}

// domain builds the rooms that know what a community is.
func (a *App) domain(context.Context) error {
	a.Directory = community.NewDirectory(a.Store, clock.System{})
	a.People = identity.New(identity.Config{
		Store: a.Store, Directory: a.Directory, Box: a.box, Clock: a.Clock, Real: clock.System{}, SessionKey: a.cfg.Key("sessions"),
		Alone: a.cfg.MongoURI == "",
	})
	a.Roster = roster.New(roster.Config{Store: a.Store, Directory: a.Directory, Box: a.box, Clock: a.Clock})
	a.Topics = a.topicsBy(a.Clock)
	a.Phrases = phrasebook.New(a.Store, a.Clock, a.Directory)
	a.Catalogue = catalogue.New(a.Store, a.Directory, a.Clock)
	a.Affairs = a.affairsBy(a.Clock)
	a.Ledger = a.ledgersBy(a.Clock)
	a.Halls, a.Covenants = a.hallsBy(a.Clock)
	a.Owners, a.Polls = a.votesBy(a.Clock)
	a.Projects = a.projectsBy(a.Clock)
	a.Activities = a.activitiesBy(a.Clock)
	a.Calls = a.callsBy(a.Clock)
	a.Moderation = a.moderationBy(a.Clock)
	a.Whistles = a.whistlesBy(a.Clock)
	a.Digests = a.digestsBy(a.Clock)
	a.Meetings = a.meetingsBy(a.Clock)
	a.Neighbours = a.neighboursBy(a.Clock)
	a.Assisted = a.assistedBy(a.Clock)
	return a.openLog()
}

// topicsBy returns the use cases of deliberation by a clock.
func (a *App) topicsBy(c clock.Clock) *deliberation.Service {
	return deliberation.New(deliberation.Deps{
		Store: a.Store, Clock: c, Directory: a.Directory, Buildings: community.NewPlaces(a.Store),
		Calendar: deliberation.NewRoundCalendar(a.days), Screener: a.words, Settings: a.People, Log: a.log,
		Catalogue: errands{catalogue.New(a.Store, a.Directory, c)},
	})
}

// roomsBy is what the rooms beside the topics stand on, by a clock.
func (a *App) roomsBy(c clock.Clock) room.Ground {
	return room.Ground{Store: a.Store, Clock: c, Directory: a.Directory, Topics: a.topicsBy(c)}
}

// whistlesBy returns the use cases of whistles by a clock.
func (a *App) whistlesBy(c clock.Clock) *whistle.Service {
	return whistle.New(whistle.Deps{Ground: a.roomsBy(c), Departments: a.Catalogue, Calendar: a.days})
}

// platform joins WeChat, or the simulator in its place, and what speaks through it.
func (a *App) platform(context.Context) (err error) {
	w := a.cfg.WeChat
	if a.cfg.Sandbox {
		if err := a.openSim(a.Virtual); err != nil {
			return err
		}
		a.closers.add(a.Sim.Close)
	}
	a.receiver, err = wechat.NewReceiver(wechat.ReceiverConfig{
		AppID: w.AppID, Token: w.Token, Mode: wechat.Mode(w.Mode), AESKey: w.AESKey, Clock: a.Clock,
	})
	if err != nil {
		return err
	}
	a.client, err = wechat.New(wechat.Config{
		AppID: w.AppID, Secret: w.AppSecret, APIBase: w.APIBase, OpenBase: w.OpenBase, MPBase: w.MPBase,
		Sandbox: a.cfg.Sandbox, PageHosts: []string{hostOf(a.cfg.BaseURL)}, Cache: a.coord, Clock: a.Clock, Observe: a.meters.call,
	})
	if err != nil {
		return err
	}
	catalogue, err := words.Load(words.Chinese)
	if err != nil {
		return err
	}
	scenes := a.cfg.Key("qr scenes")
	a.Scenes = wechat.NewSceneSigner(scenes[:])
	a.Inbox = wechat.NewInbox(a.Store, a.Clock, 0)
	speech := copywriter{catalogue, a.days.Zone()}
	a.Notices = notify.New(notify.Config{
		Store: a.Store, Clock: a.Clock, People: people{a.Topics, a.People}, BaseURL: a.cfg.BaseURL, Log: a.log,
		Channels: []notify.Channel{notify.NewWeChat(a.client, contacts{a.People}, speech, a.Clock, a.days.Zone())},
		Circle:   a.circle,
		Stopped:  func(ctx context.Context, run string) (bool, error) { return a.Bulletins.Stopped(ctx, run) },
	})
	a.Bulletins = a.bulletinsBy(a.Clock, a.Topics, a.People)
	a.Chat = chat.New(chat.Config{
		Store: a.Store, Clock: a.Clock, Platform: a.client, Inbox: a.Inbox, People: a.People, Places: community.NewPlaces(a.Store),
		Nodes: a.Directory, Topics: a.Topics, Drafts: a.shelf(), Photos: a.Photos, Shrink: a.shrink(), Scenes: a.Scenes, Say: catalogue.T, Refusal: speech.Refusal,
		BaseURL: a.cfg.BaseURL, Log: a.log,
	})
	return nil
}

// workers builds the relays and sweeps.
func (a *App) workers() (err error) {
	a.feed, err = eventlog.New(eventlog.Options{Store: a.Store, Coord: a.coord, Clock: a.Clock, Log: a.log, Observe: a.meters.relay, Busy: a.crowd.busy}, a.relays()...)
	if err != nil {
		return err
	}
	a.patrol, err = patrol.New(patrol.Options{Store: a.Store, Coord: a.coord, Clock: a.Clock, Log: a.log, Observe: a.meters.sweep}, a.sweeps()...)
	return err
}

// Start listens and begins to work. It returns when requests are being answered.
func (a *App) Start(ctx context.Context) error {
	listener, err := net.Listen("tcp", a.cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", a.cfg.Addr, err)
	}
	ctx, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	if a.cfg.AdminAddr != "" {
		admin, err := net.Listen("tcp", a.cfg.AdminAddr)
		if err != nil {
			return errors.Join(fmt.Errorf("listen on %s: %w", a.cfg.AdminAddr, err), listener.Close())
		}
		go func() {
			if err := a.meters.serve(ctx, admin); err != nil {
				a.log.Error("admin address", slog.Any("err", err))
			}
		}()
	}
	a.served = make(chan error, 1)
	go func() { a.served <- a.server.Serve(listener) }()
	if err := a.feed.Start(ctx); err != nil {
		return err
	}
	if err := a.patrol.Start(ctx); err != nil {
		return err
	}
	a.Index.Start(ctx)
	if a.Sim != nil {
		return a.PublishMenu(ctx)
	}
	return nil
}

// Served receives the server's end: nil after Stop, an error if it broke.
func (a *App) Served() <-chan error { return a.served }

// drainFor bounds how long Stop waits for requests in progress.
const drainFor = 10 * time.Second

// Stop ends in the reverse order: no new requests, those in progress finish, relays and sweeps finish what they
// hold, and the store closes last. Stopping what was not started only closes the parts.
func (a *App) Stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainFor)
	defer cancel()
	var err error
	if a.stop != nil {
		err = a.server.Shutdown(ctx)
		a.patrol.Stop()
		a.feed.Stop()
		a.Index.Stop()
		a.stop()
	}
	return errors.Join(err, a.closers.close())
}

// Handler answers a request without a port, for tests and measurements.
func (a *App) Handler() fasthttp.RequestHandler { return a.server.App().Handler() }

// Drain works the feed until nothing is left, and makes what it tells of findable; for tests.
func (a *App) Drain(ctx context.Context) error {
	if err := a.feed.Drain(ctx); err != nil {
		return err
	}
	return a.Index.CatchUp(ctx)
}

// Sweep runs one sweep now, for tests and commands.
func (a *App) Sweep(ctx context.Context, name string) error {
	_, err := a.patrol.RunNow(ctx, name)
	return err
}

// SweepAll runs every sweep once now, those in hand to their end first; for tests.
func (a *App) SweepAll(ctx context.Context) error {
	for _, s := range a.sweeps() {
		if err := a.Sweep(ctx, s.Name); err != nil {
			return fmt.Errorf("sweep %s: %w", s.Name, err)
		}
	}
	return nil
}

// Sign returns a session token of an account, for tests and commands.
func (a *App) Sign(ctx context.Context, id identity.AccountID) (string, error) {
	token, _, err := a.People.Sessions().Issue(ctx, id)
	return token, err
}
