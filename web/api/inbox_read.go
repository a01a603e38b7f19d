package api

import (
	"jushou/internal/identity"
	"jushou/notify"
)

// readNotice marks one notice as read.
func (a *Actions) readNotice(c *Call) (Notice, error) {
	if c.Actor.ID == "" {
		return Notice{}, identity.ErrSignIn
	}
	n, err := a.Inbox.MarkRead(c.Context(), c.Actor, notify.ID(c.Param("notice")))
	if err != nil {
		return Notice{}, err
	}
	return showNotice(c, n), nil
}
