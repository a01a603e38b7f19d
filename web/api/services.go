package api

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/internal/photo"
	"jushou/notify"
)

// Services are what the API's actions need.
type Services struct {
	Topics    *deliberation.Service
	People    *identity.Service
	Roster    *roster.Service
	Directory *community.Directory
	Places    community.Places
	Photos    photo.Store
	Shrink    *photo.Processor
	Inbox     Inbox
	Memory    Memory
}

// Inbox is the list of notices to a person; *notify.Service implements it.
type Inbox interface {
	Inbox(ctx context.Context, actor identity.Actor, after docstore.Cursor) ([]notify.Notice, docstore.Cursor, error)
	MarkAllRead(ctx context.Context, actor identity.Actor) (int, error)
	MarkRead(ctx context.Context, actor identity.Actor, id notify.ID) (notify.Notice, error)
}

// Memory keeps for a day what a repeated request is compared with, and who uploaded a photo; coord implements it.
// What is forgotten costs a plainer refusal or a preview, never a second effect.
type Memory interface {
	Get(ctx context.Context, key string) (value string, ok bool, err error)
	Set(ctx context.Context, key, value string, ttl time.Duration) error
}

// Actions are the API's handlers.
type Actions struct{ Services }
