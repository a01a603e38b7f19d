package chat

import (
	"context"
	"strings"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/upload"
	"jushou/wechat"
)

// opening and closing are what people put around the name of a board in front of what they say: 【左邻右舍】, #左邻右舍, 左邻右舍：.
const (
	opening = "【[「《#＃ \t"
	closing = "】]」》#＃：: 　\t\n"
)

// forNeighbours reports whether a text names the board of 左邻右舍 in front, by the catalogue's name or the community's own,
// and returns what it says besides. A text that merely begins with the word ("左邻右舍都说灯坏了") is for the committee.
func (s *Service) forNeighbours(ctx context.Context, home community.ID, text string) (said string, theirs bool, err error) {
	node, err := s.Nodes.Node(ctx, home)
	if err != nil {
		return "", false, err
	}
	for _, b := range deliberation.BoardsIn(node.Settings) {
		if !b.OwnRoom() {
			continue
		}
		names := []string{b.Name}
		if shipped, err := deliberation.BoardOf(b.Key); err == nil {
			names = append(names, shipped.Name)
		}
		for _, name := range names {
			if said, theirs = named(text, name); theirs {
				return said, true, nil
			}
		}
	}
	return "", false, nil
}

// named returns what a text says after the name that stands in front.
func named(text, name string) (said string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimSpace(text), opening), name)
	if !ok || rest != "" && !strings.ContainsAny(closing, string([]rune(rest)[:1])) {
		return "", false
	}
	return strings.TrimSpace(strings.TrimLeft(rest, closing)), true
}

// lead keeps what somebody sent for the form it belongs into, and answers with the way there.
func (s *Service) lead(ctx context.Context, r wechat.Received, actor identity.Actor, form string, d upload.Draft, text string) error {
	if err := s.Drafts.KeepDraft(ctx, actor.ID, d); err != nil {
		return err
	}
	now := s.Clock.Now()
	return s.replyAnd(ctx, r, actor, text, func(c *Conversation) { c.drafted(form, now) })
}

// addToForm puts a photo to the text that waits at a form, and reports whether there is one.
func (s *Service) addToForm(ctx context.Context, r wechat.Received, actor identity.Actor, talk Conversation, id deliberation.PhotoID) (bool, error) {
	form := talk.form(s.Clock.Now())
	if form == "" || talk.answered(r.ID) {
		return form != "", nil
	}
	kept, err := s.Drafts.AddToDraft(ctx, actor.ID, id)
	if err != nil || !kept {
		return false, err
	}
	return true, s.reply(ctx, r, actor, s.Say("chat.photo_drafted", "link", s.BaseURL+form+"?"+upload.FromDraft))
}
