package api

import (
	"jushou/internal/community"
	"jushou/notify"
)

// Notice is something the caller was told.
type Notice struct {
	ID        notify.ID    `json:"id"`
	Community community.ID `json:"community,omitempty"`
	Key       string       `json:"key" doc:"Names the sentence."`
	Text      string       `json:"text"`
	Link      string       `json:"link" doc:"The page that answers it."`
	At        Instant      `json:"at"`
	ReadAt    Instant      `json:"read_at,omitzero"`
}

// listInbox lists what the caller was told, newest first.
func (a *Actions) listInbox(c *Call) (Page[Notice], error) {
	found, next, err := a.Inbox.Inbox(c.Context(), c.Actor, c.after())
	if err != nil {
		return Page[Notice]{}, err
	}
	return pageOf(found, next, func(n notify.Notice) Notice { return showNotice(c, n) }), nil
}

func showNotice(c *Call, n notify.Notice) Notice {
	return Notice{
		ID: n.ID, Community: n.Community, Key: n.Key, Text: c.Tell(n.Key, n.Args), Link: n.Link, At: instant(n.At), ReadAt: instant(n.ReadAt),
	}
}
