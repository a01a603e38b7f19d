package archtest

// room is a folder with everything below it, and the floor it stands on.
type room struct {
	path  string
	floor int
}

// plan is design.md section 3, "imports run strictly downward". A package belongs to the room with the
// longest path that holds it. It may import its own room and any room on a lower floor.
var plan = []room{
	{"internal/clock", 0}, {"internal/ids", 0}, {"internal/fault", 0}, {"internal/config", 0},
	{"internal/docstore", 1}, {"internal/coord", 1}, {"internal/photo", 1}, {"internal/sheet", 1}, {"internal/money", 1},
	{"internal/calendar", 2}, {"internal/community", 2}, {"wechat", 2}, {"internal/eventlog", 2}, {"internal/patrol", 2},
	{"internal/search", 2}, {"internal/eventlog/publiclog", 2}, {"internal/verify", 1}, {"internal/verify/tally", 0},
	{"internal/identity", 3}, {"internal/deadline", 3},
	// Rules of counting know no store, no person and no time: below everything but the refusals.
	{"deliberation/poll/budget", 0}, {"deliberation/poll/rule", 1}, {"deliberation/poll/recount", 2},
	{"deliberation/poll/pabulib", 4}, {"deliberation/catalogue", 4}, {"deliberation/redline", 4},
	{"deliberation", 5}, // with deliberation/room, on which the rooms of floor 6 stand
	{"deliberation/bulletin", 6},
	{"deliberation/covenant", 6},
	{"deliberation/digest", 6},
	{"deliberation/disclosure", 6},
	{"deliberation/hall", 6},
	{"deliberation/meeting", 6},
	{"deliberation/moderation", 6},
	{"deliberation/neighbourhood", 6},
	{"deliberation/phrasebook", 6}, {"deliberation/assisted", 6},
	{"deliberation/poll", 6},
	{"deliberation/whistle", 6},
	{"projects", 7},
	{"notify", 8},
	{"web", 9},
	{"internal/app", 10}, {"internal/apptest", 11},
	{"cmd", 12}, {"internal/archtest", 12},
}

// keep says in which rooms a library may be imported by code that ships. A library that is not named
// may be used anywhere above floor 0, which has the standard library only.
var keep = map[string][]string{
	"github.com/gofiber/fiber":      {"web", "internal/app", "cmd/jushou-bench"},
	"github.com/valyala/fasthttp":   {"web", "internal/app", "cmd"},
	"github.com/a-h/templ":          {"web"},
	"github.com/silenceper/wechat":  {"wechat"},
	"zombiezen.com/go/sqlite":       {"internal/docstore/sqlite", "internal/search", "cmd/jushou-bench"},
	"go.mongodb.org/mongo-driver":   {"internal/docstore/mongo"},
	"github.com/redis/go-redis":     {"internal/coord/redis"},
	"github.com/robfig/cron":        {"internal/patrol"},
	"github.com/xuri/excelize":      {"internal/sheet", "internal/identity/roster", "deliberation", "web"},
	"github.com/chromedp/chromedp":  {"internal/apptest", "web/viewtest/look"},
	"github.com/prometheus":         {"web", "internal/app"},
	"github.com/getkin/kin-openapi": {"web"},
	"github.com/alicebob/miniredis": {},
	"pgregory.net/rapid":            {"internal/docstore/docstoretest"},
	"github.com/skip2/go-qrcode":    {"wechat", "web"},
	"github.com/sergi/go-diff":      {"deliberation/redline"},
	"golang.org/x/mod":              {"internal/eventlog/publiclog", "internal/verify", "cmd/jushou-bench", "deliberation/poll", "internal/app"},
}

// timeless are the rooms whose code must take the time as an argument or from a clock.Clock.
var timeless = []string{"internal/calendar", "internal/deadline", "internal/community", "internal/identity", "deliberation", "projects", "notify"}
