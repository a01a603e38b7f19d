package chat

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/web/upload"
	"jushou/wechat"
)

// Platform is what the chat calls of WeChat.
type Platform interface {
	SendText(ctx context.Context, openid, text string) error
	DownloadMedia(ctx context.Context, mediaID string, limit int64) (wechat.Media, error)
}

// Inbox holds the stored pushes.
type Inbox interface {
	Get(ctx context.Context, id string) (wechat.Received, error)
	Settle(ctx context.Context, id string) error
}

// People are the use cases of identity that a chat needs.
type People interface {
	SignInByWeChat(ctx context.Context, openid string) (identity.Actor, error)
	FollowedBy(ctx context.Context, openid string) (identity.Actor, error)
	Unfollowed(ctx context.Context, openid string) error
	ScanLogin(ctx context.Context, actor identity.Actor, nonce string) (identity.LoginTicket, error)
}

// Places names buildings for the welcome.
type Places interface {
	Building(ctx context.Context, id community.BuildingID) (community.Building, error)
}

// Topics are the use cases of deliberation that a chat needs.
type Topics interface {
	PostTopic(ctx context.Context, actor identity.Actor, cmd deliberation.PostTopic) (deliberation.Topic, error)
	EditTopic(ctx context.Context, actor identity.Actor, cmd deliberation.EditTopic) (deliberation.Topic, error)
	Topic(ctx context.Context, actor identity.Actor, id deliberation.TopicID) (deliberation.TopicView, error)
}

// Nodes tells what a community calls its boards.
type Nodes interface {
	Node(ctx context.Context, id community.ID) (community.Node, error)
}

// Drafts keep what belongs into a form until its author opens that; upload.Shelf implements it.
type Drafts interface {
	KeepDraft(ctx context.Context, who identity.AccountID, d upload.Draft) error
	AddToDraft(ctx context.Context, who identity.AccountID, photo deliberation.PhotoID) (bool, error)
}

// Say returns the sentence of a key with its arguments given as name, value, name, value.
type Say func(key string, args ...string) string

// Config is what New needs; every field is required.
type Config struct {
	Store    docstore.Store
	Clock    clock.Clock
	Platform Platform
	Inbox    Inbox
	People   People
	Places   Places
	Nodes    Nodes
	Topics   Topics
	Drafts   Drafts
	Photos   photo.Store
	Shrink   *photo.Processor
	Scenes   wechat.SceneSigner
	Say      Say
	// Refusal returns what a person reads about an error.
	Refusal func(error) string
	BaseURL string
	Log     *slog.Logger
}

// Service answers the chat.
type Service struct {
	Config
	conversations docstore.Table[Conversation]
}

// New returns a Service.
func New(c Config) *Service {
	return &Service{Config: c, conversations: conversations(c.Store)}
}

// Handle is the relay's handler for wechat.received: it works on the stored push and then erases what the
// person wrote from it, because the topic holds it now.
func (s *Service) Handle(ctx context.Context, e docstore.Event) error {
	r, err := s.Inbox.Get(ctx, e.Doc.ID)
	if errors.Is(err, docstore.ErrNotFound) || err == nil && r.Settled {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read push: %w", err)
	}
	if err := s.work(ctx, r); err != nil {
		return fmt.Errorf("answer %s %s: %w", r.Push.Type, r.Push.Event, err)
	}
	return s.Inbox.Settle(ctx, r.ID)
}

// work does what one push asks for.
func (s *Service) work(ctx context.Context, r wechat.Received) error {
	p := r.Push
	switch {
	case p.Kind == wechat.Event && p.Event == wechat.EventUnsubscribe:
		return s.People.Unfollowed(ctx, p.From)
	case p.Kind == wechat.Event && p.Event == wechat.EventSubscribe:
		actor, err := s.People.FollowedBy(ctx, p.From)
		if err != nil {
			return err
		}
		return s.scanned(ctx, r, actor, true)
	case p.Kind == wechat.Event && p.Event == wechat.EventScan:
		actor, err := s.People.SignInByWeChat(ctx, p.From)
		if err != nil {
			return err
		}
		return s.scanned(ctx, r, actor, false)
	case p.Kind == wechat.Event:
		return nil // menus open pages; receipts are notify's
	}
	actor, err := s.People.SignInByWeChat(ctx, p.From)
	if err != nil {
		return err
	}
	return s.message(ctx, r, actor)
}

// message answers what a person sent.
func (s *Service) message(ctx context.Context, r wechat.Received, actor identity.Actor) error {
	home, ok := homeOf(actor)
	if !ok {
		return s.reply(ctx, r, actor, s.stranger(actor))
	}
	switch r.Push.Type {
	case wechat.TypeText:
		return s.text(ctx, r, actor, home)
	case wechat.TypeImage:
		return s.photo(ctx, r, actor)
	}
	return s.reply(ctx, r, actor, s.Say("chat.text_or_photo", "link", s.BaseURL+"/c/"+string(home.Community)+"/post"))
}

// homeOf returns where the person lives now: the latest verified membership.
func homeOf(a identity.Actor) (identity.Membership, bool) {
	var home identity.Membership
	found := false
	for _, m := range a.Memberships {
		if m.Status == identity.MemberVerified && (!found || m.Since.After(home.Since)) {
			home, found = m, true
		}
	}
	return home, found
}

// stranger is what somebody reads who may not post yet: what to do next, by where they stand.
func (s *Service) stranger(a identity.Actor) string {
	for _, m := range a.Memberships {
		if m.Status == identity.MemberPending {
			return s.Say("chat.pending", "link", s.BaseURL+"/me")
		}
	}
	if len(a.Grants) > 0 {
		return s.Say("chat.staff", "link", s.BaseURL+"/desk")
	}
	return s.Say("chat.register_first", "link", s.BaseURL+"/welcome")
}

// reply sends one answer to a push, once. The push is marked before it is answered: a crash between the two
// costs one reply, which the person sees missing on a page a tap away; the other order could repeat
// the reply for every retry of a platform that took it but failed to say so.
func (s *Service) reply(ctx context.Context, r wechat.Received, actor identity.Actor, text string) error {
	return s.replyAnd(ctx, r, actor, text, func(*Conversation) {})
}

// replyAnd is reply with something to remember in the same write as the mark.
func (s *Service) replyAnd(ctx context.Context, r wechat.Received, actor identity.Actor, text string, also func(*Conversation)) error {
	first, err := s.mark(ctx, actor.ID, r.ID, also)
	if err != nil || !first {
		return err
	}
	err = s.Platform.SendText(ctx, r.Push.From, text)
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	s.Log.WarnContext(ctx, "chat reply not sent", "push", r.ID, "action", wechat.PolicyOf(err).Action, "err", err)
	return nil
}

// mark records that a push is being answered and reports whether it was not before.
func (s *Service) mark(ctx context.Context, id identity.AccountID, push string, also func(*Conversation)) (first bool, err error) {
	err = s.remember(ctx, id, func(c *Conversation) bool {
		if first = c.replied(push); first {
			also(c)
		}
		return first
	})
	return first, err
}

// remember changes the conversation, making it when there is none. change reports whether there is
// anything to write and may run several times.
func (s *Service) remember(ctx context.Context, id identity.AccountID, change func(*Conversation) bool) error {
	_, err := s.conversations.Update(ctx, string(id), func(c *Conversation) ([]docstore.Fact, error) {
		if !change(c) {
			return nil, docstore.ErrUnchanged
		}
		return nil, nil
	})
	if !errors.Is(err, docstore.ErrNotFound) {
		return err
	}
	fresh := Conversation{Account: id}
	if !change(&fresh) {
		return nil
	}
	_, err = s.conversations.Put(ctx, string(id), docstore.Absent, fresh)
	if errors.Is(err, docstore.ErrConflict) {
		return s.remember(ctx, id, change)
	}
	return err
}

// recall returns the conversation, empty when there is none.
func (s *Service) recall(ctx context.Context, id identity.AccountID) (Conversation, error) {
	c, _, err := s.conversations.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Conversation{Account: id}, nil
	}
	return c, err
}
