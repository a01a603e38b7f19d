// Package publiclog shows the public log to anybody, without an account: what it protects and what not, what was entered, how to
// check it, a checkpoint to put on the notice board; and serves its files as tlog-tiles lays them out, for programs.
package publiclog

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/eventlog/publiclog"
	"jushou/internal/identity"
)

// Services are what the pages need.
type Services struct {
	Log       *publiclog.Log
	Directory *community.Directory
	// BaseURL is the public address, for codes on paper.
	BaseURL string
	// Sees reports whether somebody may read the words that an entry has the hash of.
	Sees func(ctx context.Context, actor identity.Actor, e publiclog.Entry) (bool, error)
}

// Pages are the handlers.
type Pages struct{ Services }

// New returns the handlers.
func New(s Services) *Pages { return &Pages{s} }
