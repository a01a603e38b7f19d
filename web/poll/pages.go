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
	"jushou/projects"
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
	Rounds   Rounds
}

// Rounds knows the budget rounds of small projects; *projects.Service is one.
type Rounds interface {
	// RoundOf returns the round whose poll this is, empty for the poll of no round.
	RoundOf(ctx context.Context, poll string) (projects.RoundView, error)
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

// round returns the round whose projects are the options of a poll, empty where they are not projects.
func (p *Pages) round(v *page.Visit, x poll.Poll) (projects.RoundView, error) {
	if len(x.Options) == 0 || x.Options[0].Project == "" {
		return projects.RoundView{}, nil
	}
	return p.Rounds.RoundOf(v.Context(), string(x.ID))
}
