package app

import (
	"slices"

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
	"jushou/internal/app/demo"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/eventlog"
	"jushou/internal/eventlog/publiclog"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/internal/patrol"
	"jushou/notify"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/projects/call"
	"jushou/projects/ledger"
	"jushou/web/chat"
	"jushou/wechat"
)

// Schema is every kind of document an installation stores.
func Schema() docstore.Schema {
	return slices.Concat(
		eventlog.Schema(),
		patrol.Schema(),
		community.Collections(),
		identity.Collections(),
		roster.Collections(),
		wechat.Collections(),
		deliberation.Collections(),
		catalogue.Collections(),
		whistle.Collections(),
		notify.Collections(),
		chat.Collections(),
		bulletin.Collections(),
		hall.Collections(),
		poll.Collections(),
		projects.Collections(),
		activity.Collections(),
		call.Collections(),
		owners.Collections(),
		covenant.Collections(),
		meeting.Collections(),
		moderation.Collections(),
		neighbourhood.Collections(),
		assisted.Collections(),
		phrasebook.Collections(),
		disclosure.Collections(),
		ledger.Collections(),
		digest.Collections(),
		publiclog.Collections(),
		demo.Collections(),
		markCollections(),
	)
}
