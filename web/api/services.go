package api

import (
	"context"

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
	"jushou/deliberation/whistle"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/notify"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/projects/ledger"
	"jushou/web/search"
	"jushou/web/upload"
)

// Services are what the API's actions need.
type Services struct {
	Topics     *deliberation.Service
	Catalogue  *catalogue.Service
	Bulletins  *bulletin.Service
	Halls      *hall.Service
	Polls      *poll.Service
	Owners     *owners.Service
	Covenants  *covenant.Service
	Affairs    *disclosure.Service
	Projects   *projects.Service
	Activities *activity.Service
	Ledger     *ledger.Service
	Whistles   *whistle.Service
	Digests    *digest.Service
	Meetings   *meeting.Service
	Phrases    *phrasebook.Service
	Moderation *moderation.Service
	Neighbours *neighbourhood.Service
	People     *identity.Service
	Roster     *roster.Service
	Directory  *community.Directory
	Places     community.Places
	Shelf      upload.Shelf
	Inbox      Inbox
	Search     search.Services
	Assisted   *assisted.Service
	PublicLog  *publiclog.Log
	BaseURL    string // the public address, for codes on paper
	// Memory keeps for a day what a repeated request is compared with. What is forgotten costs a plainer
	// refusal, never a second effect.
	Memory upload.Memory
}

// Inbox is the list of notices to a person; *notify.Service implements it.
type Inbox interface {
	Inbox(ctx context.Context, actor identity.Actor, after docstore.Cursor) ([]notify.Notice, docstore.Cursor, error)
	MarkAllRead(ctx context.Context, actor identity.Actor) (int, error)
	MarkRead(ctx context.Context, actor identity.Actor, id notify.ID) (notify.Notice, error)
}

// Actions are the API's handlers.
type Actions struct{ Services }
