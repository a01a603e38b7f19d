package resident

import (
	"context"

	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/notify"
	"jushou/web/page"
	"jushou/web/search"
	"jushou/web/upload"
)

// Services are what residents' pages need.
type Services struct {
	Topics    *deliberation.Service
	People    *identity.Service
	Directory *community.Directory
	Places    community.Places
	Shelf     upload.Shelf
	Inbox     Inbox
	// Search tells somebody who is about to post what is there already.
	Search search.Services
	// Below returns what stands below a topic besides its comments, nil for nothing; it may be nil itself.
	Below func(v *page.Visit, t deliberation.TopicView) (templ.Component, error)
	// Sandbox shows the way to the simulator on the front page.
	Sandbox bool
}

// Inbox is the list of notices to a person; *notify.Service implements it.
type Inbox interface {
	Inbox(ctx context.Context, actor identity.Actor, after docstore.Cursor) ([]notify.Notice, docstore.Cursor, error)
	MarkAllRead(ctx context.Context, actor identity.Actor) (int, error)
	MarkRead(ctx context.Context, actor identity.Actor, id notify.ID) (notify.Notice, error)
}

// Pages are the handlers of residents' pages.
type Pages struct{ Services }
