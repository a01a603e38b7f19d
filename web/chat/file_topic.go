package chat

import (
	"context"
	"crypto/sha256"
	"strings"
	"time"
	"unicode/utf8"

	"jushou/deliberation"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/upload"
	"jushou/wechat"
)

// fewestRunes is the shortest text that is taken for a post: "灯坏了" is one, "你好" is not.
const fewestRunes = 3

// greetings open a conversation and say nothing yet. They get the help instead of becoming a public post.
var greetings = [...]string{
	"你好", "您好", "你好啊", "在吗", "在么", "有人吗", "谢谢", "谢谢您", "谢谢你", "好的", "收到", "知道了", "早上好", "下午好", "晚上好",
	"帮助", "help", "hi", "hello", "测试", "哈哈", "嗯嗯", "没事了",
}

// isPost reports whether a chat text says something that somebody should answer.
func isPost(text string) bool {
	text = strings.ToLower(strings.Trim(text, " \t\r\n。，！？.,!?~～…、"))
	if utf8.RuneCountInString(text) < fewestRunes {
		return false
	}
	for _, g := range greetings {
		if text == g {
			return false
		}
	}
	return true
}

// text files a topic from a chat text, or helps.
func (s *Service) text(ctx context.Context, r wechat.Received, actor identity.Actor, home identity.Membership) error {
	if !isPost(r.Push.Content) {
		return s.reply(ctx, r, actor, s.Say("chat.help", "link", s.BaseURL+"/c/"+string(home.Community)))
	}
	now := s.Clock.Now()
	talk, err := s.recall(ctx, actor.ID)
	if err != nil {
		return err
	}
	var photos []deliberation.PhotoID
	for _, p := range talk.waiting(now) {
		photos = append(photos, p.ID)
	}
	if talk.answered(r.ID) {
		return nil // what it was is kept, and its photos are no longer known to wait
	}
	said, theirs, err := s.forNeighbours(ctx, home.Community, r.Push.Content)
	if err != nil {
		return err
	}
	if theirs {
		form := "/c/" + string(home.Community) + "/neighbours/post"
		return s.lead(ctx, r, actor, form, upload.Draft{Text: said, Photos: photos}, s.Say("chat.neighbours", "link", s.BaseURL+form+"?"+upload.FromDraft))
	}
	topic, err := s.Topics.PostTopic(ctx, actor, deliberation.PostTopic{
		ID: topicID(r), Community: home.Community, Board: deliberation.BoardNearby,
		Body: r.Push.Content, Photos: photos, Via: deliberation.ViaChat,
	})
	if refused(err) {
		form := "/c/" + string(home.Community) + "/post"
		text := s.Say("chat.refused", "why", s.Refusal(err), "link", s.BaseURL+form+"?"+upload.FromDraft)
		return s.lead(ctx, r, actor, form, upload.Draft{Text: r.Push.Content, Photos: photos}, text)
	}
	if err != nil {
		return err
	}
	err = s.remember(ctx, actor.ID, func(c *Conversation) bool {
		c.filed(topic.ID, now)
		return true
	})
	if err != nil {
		return err
	}
	return s.reply(ctx, r, actor, s.filed(topic, len(photos)))
}

// filed is the reply that shows what was filed and how to correct it.
func (s *Service) filed(t deliberation.Topic, photos int) string {
	link := s.BaseURL + "/t/" + string(t.ID)
	if t.Status == deliberation.Held {
		return s.Say("chat.filed_held", "title", t.Title, "link", link)
	}
	key := "chat.filed"
	if photos > 0 {
		key = "chat.filed_with_photos"
	}
	due := ""
	if t.Clock != nil && !t.Clock.DueAt.IsZero() {
		due = s.Say("chat.due", "when", t.Clock.DueAt.In(zone).Format("1月2日 15:04"))
	}
	return s.Say(key, "title", t.Title, "due", due, "link", link)
}

// zone is where residents are. The chat has no page around it that could say otherwise.
var zone = time.FixedZone("CST", 8*60*60)

// topicID derives the topic's id from the push: the same push, however often it comes, is the same
// topic. It keeps the shape of internal/ids: time, then chance, which here is the push's hash.
func topicID(r wechat.Received) deliberation.TopicID {
	sum := sha256.Sum256([]byte("chat topic " + r.ID))
	return deliberation.TopicID(ids.Derive(r.ReceivedAt, sum))
}

// refused reports whether an error is the person's to mend; anything else is tried again by the relay.
func refused(err error) bool {
	if err == nil {
		return false
	}
	switch fault.KindOf(err) {
	case fault.Internal, fault.Unavailable:
		return false
	}
	return true
}
