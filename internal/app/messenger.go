package app

import (
	"context"

	"jushou/deliberation/bulletin"
	"jushou/internal/fault"
	"jushou/notify"
)

// messenger lets bulletins reach people through package notify, which stands above them.
type messenger struct{ notices *notify.Service }

// Tell implements bulletin.Messenger.
func (m messenger) Tell(ctx context.Context, msg bulletin.Message) error {
	draft := notify.Draft{
		Community: msg.Community, Key: notify.KeyBulletin, Pace: notify.PaceMany, Link: "/t/" + string(msg.Bulletin.Topic()),
		Args: fault.Args{"title": msg.Title, "from": msg.From},
	}
	if msg.Urgency == bulletin.Urgent {
		draft.Key, draft.Pace = notify.KeyBulletinUrgent, notify.PaceUrgent
	}
	return m.notices.TellCrowd(ctx, notify.Telling{Run: string(msg.Bulletin), At: msg.At, Draft: draft, People: msg.People})
}

// Told implements bulletin.Messenger.
func (m messenger) Told(ctx context.Context, id bulletin.ID) (bulletin.Told, error) {
	t, err := m.notices.Told(ctx, string(id))
	return bulletin.Told(t), err
}
