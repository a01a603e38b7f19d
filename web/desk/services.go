package desk

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/deliberation/catalogue"
	"jushou/deliberation/phrasebook"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/search"
	"jushou/web/upload"
	"jushou/wechat"
)

// Services are what the console's pages need.
type Services struct {
	Topics    *deliberation.Service
	Assisted  *assisted.Service
	Catalogue *catalogue.Service
	People    *identity.Service
	Roster    *roster.Service
	Directory *community.Directory
	Places    community.Places
	Phrases   *phrasebook.Service
	// Rounds tells when the next Round is.
	Rounds deliberation.Calendar
	Shelf  upload.Shelf
	Search search.Services
	// Memory keeps for a while what costs little when it is lost; coord implements it.
	Memory upload.Memory
	Codes  Codes
	Scenes wechat.SceneSigner
	// LabelScene names a code in the simulator's list of what a camera may see; nil outside the sandbox.
	LabelScene func(scene, label string)
}

// Codes makes QR codes that WeChat tells us about when they are scanned; *wechat.Client implements it.
type Codes interface {
	CreateQR(ctx context.Context, scene string, valid time.Duration) (wechat.QR, error)
}

// Pages are the handlers of the console's own pages.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell what waits for an answer and for a decision about who lives here.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{
		"queue": func(v *page.Visit, r console.Room) (int, error) {
			q, err := s.queueOf(v, r, "waiting", "", "")
			return q.Waiting, err
		},
		"residents": func(v *page.Visit, r console.Room) (int, error) {
			q, err := s.People.PendingQueue(v.Context(), r.Actor, r.Node.ID, "")
			return q.Count, err
		},
	}
}
