package apptest_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"regexp"
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/internal/apptest"
	"jushou/internal/docstore"
	"jushou/notify"
	"jushou/wechat/wxsim"
)

// picture is a photo as a phone would send it.
func picture(t *testing.T, shade uint8) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for x := range 640 {
		for y := range 480 {
			img.Set(x, y, color.RGBA{uint8(x / 3), uint8(y / 2), shade, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// last returns the newest message of a chat that is from the account and says something.
func last(t *testing.T, h *apptest.House, who string) wxsim.Message {
	t.Helper()
	chat := h.Sim.Chat(who)
	for i := len(chat) - 1; i >= 0; i-- {
		if chat[i].From == wxsim.FromAccount {
			return chat[i]
		}
	}
	t.Fatalf("%s has heard nothing from the account: %+v", who, chat)
	return wxsim.Message{}
}

var link = regexp.MustCompile(`href="([^"]+)"`)

// linkIn returns the path behind the link of a chat message.
func linkIn(t *testing.T, h *apptest.House, m wxsim.Message) string {
	t.Helper()
	address := m.URL
	if found := link.FindStringSubmatch(m.Text); found != nil {
		address = found[1]
	}
	path, ok := strings.CutPrefix(address, h.URL)
	if !ok {
		t.Fatalf("no link of ours in %+v", m)
	}
	return path
}

func scene(t *testing.T, h *apptest.House, building string) string {
	t.Helper()
	s, err := h.Scenes.SignScene("b", building)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// cards returns the template messages with a title that somebody got.
func cards(h *apptest.House, who, title string) []wxsim.Message {
	var found []wxsim.Message
	for _, m := range h.Sim.Chat(who) {
		if m.Title == title {
			found = append(found, m)
		}
	}
	return found
}

// about returns how many of the cards open an address that ends with the suffix.
func about(cards []wxsim.Message, suffix string) (n int) {
	for _, m := range cards {
		if strings.HasSuffix(m.URL, suffix) {
			n++
		}
	}
	return n
}

// Titles of template messages.
const (
	work   = "待办事项提醒"
	answer = "诉求回复通知"
	round  = "巡查提醒"
)

// topicOf returns the id of the topic whose page this is.
func topicOf(t *testing.T, path string) string {
	t.Helper()
	path, _, _ = strings.Cut(path, "?")
	id, ok := strings.CutPrefix(path, "/t/")
	if !ok {
		t.Fatalf("%s is not a topic's page", path)
	}
	return id
}

func topicID(id string) deliberation.TopicID { return deliberation.TopicID(id) }

// heard returns how many notices of a kind somebody got that also reached their WeChat.
func heard(t *testing.T, h *apptest.House, who, key string) (n int) {
	t.Helper()
	var after docstore.Cursor
	for {
		list, next, err := h.Notices.Inbox(t.Context(), h.Actor(who), after)
		if err != nil {
			t.Fatal(err)
		}
		for _, notice := range list {
			if notice.Key == key && len(notice.Delivery) == 1 && notice.Delivery[0].State == notify.Sent {
				n++
			}
		}
		if after = next; after == "" {
			return n
		}
	}
}
