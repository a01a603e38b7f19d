package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/clock"
	"jushou/internal/identity"
	"jushou/web/activity"
	"jushou/web/affairs"
	"jushou/web/api"
	"jushou/web/assisted"
	"jushou/web/auth"
	"jushou/web/bulletin"
	"jushou/web/catalogue"
	"jushou/web/desk"
	"jushou/web/digest"
	"jushou/web/hall"
	"jushou/web/meeting"
	"jushou/web/moderation"
	"jushou/web/money"
	"jushou/web/neighbours"
	"jushou/web/open"
	"jushou/web/owners"
	"jushou/web/poll"
	"jushou/web/project"
	"jushou/web/publiclog"
	"jushou/web/resident"
	"jushou/web/wall"
	"jushou/web/whistle"
)

// Deps are what the server needs. Fields without a comment are required.
type Deps struct {
	Clock    clock.Clock
	Log      *slog.Logger
	Sessions *identity.Sessions
	Limits   Limiter
	Heads    Heads
	// BaseURL is the public address without a final slash, for example "https://jushou.example".
	BaseURL string
	// Sandbox shows the banner of the demo installation and lets FrameAncestors embed the pages.
	Sandbox bool
	// FrameAncestors are the origins that may show our pages in a frame besides our own: the phone
	// frames of the simulator.
	FrameAncestors []string
	// Count is told each failed request by status and code; nil counts nothing.
	Count func(status int, code string)
	// PageCache bounds the shared fragments, in bytes; 0 means 16 MiB.
	PageCache int
	// Unread counts somebody's unread notices; nil shows no count.
	Unread func(ctx context.Context, actor identity.Actor) (int, error)

	// First lays the addresses that are not pages: health, WeChat's webhook, the simulator. They come before
	// sessions and the check of forms. Nil lays none.
	First func(fiber.Router)

	Moderation moderation.Services

	// What each area needs is stated in its package.
	Resident  resident.Services
	Desk      desk.Services
	Affairs   affairs.Services
	Money     money.Services
	Wall      wall.Services
	Catalogue catalogue.Services
	Bulletin  bulletin.Services
	Whistle   whistle.Services
	Digest    digest.Services
	Hall      hall.Services
	Project   project.Services
	Activity  activity.Services
	Poll      poll.Services
	Owners    owners.Services
	Meeting   meeting.Services
	Open      open.Services
	PublicLog publiclog.Services
	Auth      auth.Services
	API       api.Services

	Neighbours neighbours.Services
	Assisted   assisted.Services
}

// Limiter is the part of coord.Coord that slows hammering down.
type Limiter interface {
	Limit(ctx context.Context, key string, burst int, window time.Duration) (ok bool, retryAfter time.Duration, err error)
}

// Heads is the part of docstore.Store that tells whether a community changed.
type Heads interface {
	Head(ctx context.Context, scope string) (int64, error)
}
