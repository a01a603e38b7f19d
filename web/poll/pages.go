// Package poll holds the pages of 表决: residents vote, keep receipts and read results; the desk drafts, publishes rolls and watches
// turnout; anybody may check a published result.
package poll

import (
	"context"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
)

// Services are what the pages need.
type Services struct {
	Polls     *poll.Service
	Owners    *owners.Service
	Topics    *deliberation.Service
	Directory *community.Directory
	Places    community.Places
	Shelf     upload.Shelf
	// Verifier is the public key of receipts.
	Verifier string
	Log      Log
}

// Log knows where an event of the feed was entered in the public log; *publiclog.Log is one.
type Log interface {
	IndexOf(ctx context.Context, seq int64) (int64, error)
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// holds returns the room of the address if the visitor holds polls there.
func (p *Pages) holds(v *page.Visit) (console.Room, error) {
	r, err := p.Community(v)
	if err == nil && !r.May(identity.HoldPoll) {
		err = identity.ErrDenied
	}
	return r, err
}
