package chat

import (
	"context"
	"errors"
	"net/url"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/wechat"
)

// Kinds of QR scenes that we sign.
const (
	SceneBuilding = "b" // the code on a building's door: id is the building
	SceneLogin    = "l" // a desk that wants to be signed in: id is the ticket's nonce
)

// scanned answers a scan, and the following that came with it: a building's code leads to
// registration with the address filled in, a desk's code to a confirmation. Whoever only follows is
// welcomed with one link.
func (s *Service) scanned(ctx context.Context, r wechat.Received, actor identity.Actor, followed bool) error {
	kind, id, ours := s.Scenes.ParseScene(r.Push.Scene)
	switch {
	case ours && kind == SceneLogin:
		return s.login(ctx, r, actor, id)
	case ours && kind == SceneBuilding:
		return s.building(ctx, r, actor, community.BuildingID(id))
	case followed:
		return s.reply(ctx, r, actor, s.Say("chat.welcome", "link", s.BaseURL+"/welcome"))
	}
	return s.reply(ctx, r, actor, s.Say("chat.unknown_code", "link", s.BaseURL+"/welcome"))
}

func (s *Service) building(ctx context.Context, r wechat.Received, actor identity.Actor, id community.BuildingID) error {
	b, err := s.Places.Building(ctx, id)
	if errors.Is(err, docstore.ErrNotFound) {
		return s.reply(ctx, r, actor, s.Say("chat.unknown_code", "link", s.BaseURL+"/welcome"))
	}
	if err != nil {
		return err
	}
	for _, m := range actor.Memberships {
		if m.Status == identity.MemberVerified && m.Community == b.Community {
			return s.reply(ctx, r, actor, s.Say("chat.welcome_back", "building", b.Name, "link", s.BaseURL+"/c/"+string(b.Community)))
		}
	}
	link := s.BaseURL + "/welcome?building=" + url.QueryEscape(string(b.ID))
	return s.reply(ctx, r, actor, s.Say("chat.welcome_building", "building", b.Name, "link", link))
}

func (s *Service) login(ctx context.Context, r wechat.Received, actor identity.Actor, nonce string) error {
	_, err := s.People.ScanLogin(ctx, actor, nonce)
	if refused(err) {
		return s.reply(ctx, r, actor, s.Say("chat.login_over"))
	}
	if err != nil {
		return err
	}
	return s.reply(ctx, r, actor, s.Say("chat.login_confirm", "link", s.BaseURL+"/auth/confirm/"+url.PathEscape(nonce)))
}
