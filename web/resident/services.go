package resident

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/notify"
)

// Services are what residents' pages need.
type Services struct {
	Topics    *deliberation.Service
	People    *identity.Service
	Directory *community.Directory
	Places    community.Places
	Photos    photo.Store
	Shrink    *photo.Processor
	Uploads   Uploads
	Inbox     Inbox
	// Sandbox shows the way to the simulator on the front page.
	Sandbox bool
}

// Uploads remembers for a day who uploaded a photo that no topic has yet; coord implements it. What is
// forgotten costs the preview, not the photo.
type Uploads interface {
	Get(ctx context.Context, key string) (value string, ok bool, err error)
	Set(ctx context.Context, key, value string, ttl time.Duration) error
}

// Inbox is the list of notices to a person; *notify.Service implements it.
type Inbox interface {
	Inbox(ctx context.Context, actor identity.Actor, after docstore.Cursor) ([]notify.Notice, docstore.Cursor, error)
	MarkAllRead(ctx context.Context, actor identity.Actor) (int, error)
	MarkRead(ctx context.Context, actor identity.Actor, id notify.ID) (notify.Notice, error)
}

// Pages are the handlers of residents' pages.
type Pages struct{ Services }
