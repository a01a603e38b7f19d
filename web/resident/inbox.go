package resident

import (
	"net/url"
	"time"

	"jushou/internal/docstore"
	"jushou/notify"
	"jushou/web/page"
	"jushou/web/view"
)

// noticeView is one notice in the inbox.
type noticeView struct {
	ID, Text string
	At       time.Time
	Unread   bool
}

// inboxView is a page of the inbox.
type inboxView struct {
	Notices []noticeView
	Unread  bool
	Pager   view.Pager
}

// ShowInbox lists what the visitor was told, newest first.
func (p *Pages) ShowInbox(v *page.Visit) error {
	after := v.Query("after")
	found, next, err := p.Inbox.Inbox(v.Context(), v.Actor, docstore.Cursor(after))
	if err != nil {
		return err
	}
	shown := inboxView{Pager: view.Pager{Total: -1, Shown: len(found), Order: "order.newest", Step: notify.PageSize, Later: after != "", First: "/me/inbox"}}
	if next != "" {
		shown.Pager.Next = "/me/inbox?after=" + url.QueryEscape(string(next))
	}
	for _, n := range found {
		unread := n.ReadAt.IsZero()
		shown.Unread = shown.Unread || unread
		shown.Notices = append(shown.Notices, noticeView{ID: string(n.ID), Text: v.Tell(n.Key, n.Args), At: n.At, Unread: unread})
	}
	return v.Show(InboxPage(shown))
}

// OpenNotice marks a notice as read and goes to what it is about. It is a GET, because it only moves on.
func (p *Pages) OpenNotice(v *page.Visit) error {
	n, err := p.Inbox.MarkRead(v.Context(), v.Actor, notify.ID(v.Param("notice")))
	if err != nil {
		return err
	}
	v.Refresh() // the dot on the tab
	return v.Go(n.Link)
}

// ReadAll marks every notice as read.
func (p *Pages) ReadAll(v *page.Visit) error {
	if _, err := p.Inbox.MarkAllRead(v.Context(), v.Actor); err != nil {
		return err
	}
	return v.Go("/me/inbox")
}
