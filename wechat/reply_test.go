package wechat

import (
	"strings"
	"testing"
)

func TestRepliesAreReadBackByTheSameRules(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	q, body := sealed(t, keyAL, textPush("hi"))
	p, err := r.Open(q, body)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"已收到", "a]]>b]]>]]>", "<a href=\"https://x.cn/?a=1&b=2\">看看</a>", "第一行\n第二行", "坏\x00字\x1b", strings.Repeat("字", 5000)} {
		root, err := parseXML(r.ReplyText(q, p, text))
		if err != nil {
			t.Fatal(err)
		}
		encrypted, stamp := root.field("Encrypt"), root.field("TimeStamp")
		if root.field("MsgSignature") != Sign(testToken, stamp, root.field("Nonce"), encrypted) || root.field("Nonce") != q.Nonce {
			t.Fatalf("%q: the envelope is not signed", text)
		}
		inner, err := mustCipher(t, keyAL, testAppID).Decrypt(encrypted)
		if err != nil {
			t.Fatal(err)
		}
		reply, err := parseXML(inner)
		if err != nil {
			t.Fatal(err)
		}
		want := strings.NewReplacer("\x00", "", "\x1b", "").Replace(text)
		got := reply.field("Content")
		if len(want) <= maxReplyBytes && got != want || len(got) > maxReplyBytes || strings.ContainsRune(got, '\uFFFD') {
			t.Errorf("%.20q came back as %.20q (%d bytes)", want, got, len(got))
		}
		if reply.field("ToUserName") != "oA" || reply.field("FromUserName") != "gh_1" || reply.field("CreateTime") != "1409735669" || reply.field("MsgType") != "text" {
			t.Errorf("addressed wrongly: %s", inner)
		}
	}
}

func TestSilenceAndUnanswerableEventsAreSuccess(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	q, body := sealed(t, keyAL, textPush("hi"))
	p, err := r.Open(q, body)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(r.ReplyText(q, p, "")); got != "success" {
		t.Errorf("silence: %q", got)
	}
	for _, event := range []string{EventUnsubscribe, EventView, EventTemplateSent, EventGrantAsked, "new_event_of_2031"} {
		p.Kind, p.Event = Event, event
		if got := string(r.ReplyText(q, p, "text")); got != "success" {
			t.Errorf("%s: %q", event, got)
		}
	}
	for _, event := range []string{EventSubscribe, EventScan, EventClick} {
		p.Kind, p.Event = Event, event
		if got := string(r.ReplyText(q, p, "text")); !strings.Contains(got, "<Encrypt>") {
			t.Errorf("%s: %q", event, got)
		}
	}
}

func TestAPlainPushIsAnsweredPlainly(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, inMode(Plain))
	p, err := r.Open(plainQuery(), []byte(textPush("hi")))
	if err != nil {
		t.Fatal(err)
	}
	if root, err := parseXML(r.ReplyText(plainQuery(), p, "好")); err != nil || root.field("Content") != "好" {
		t.Fatalf("%+v, %v", root, err)
	}
}
