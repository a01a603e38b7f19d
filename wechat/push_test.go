package wechat

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func mustPush(t *testing.T, inner string) Push {
	t.Helper()
	p, err := parsePush(testAppID, []byte(inner))
	if err != nil {
		t.Fatalf("%v\n%s", err, inner)
	}
	return p
}

func pushOf(fields string) string {
	return "<xml><ToUserName>gh_1</ToUserName><FromUserName>oA</FromUserName><CreateTime>1610969440</CreateTime>" + fields + "</xml>"
}

func event(name, fields string) string {
	return pushOf("<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[" + name + "]]></Event>" + fields)
}

func TestMessagesKeepTheirFields(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fields string
		want   Push
	}{
		{"<MsgType>text</MsgType><Content><![CDATA[路灯坏了 & <b>]]></Content><MsgId>1</MsgId><bizmsgmenuid>agree</bizmsgmenuid>",
			Push{Type: TypeText, Content: "路灯坏了 & <b>", MsgID: "1", MenuID: "agree"}},
		{"<MsgType>image</MsgType><PicUrl>http://p</PicUrl><MediaId>m</MediaId><MsgId>99999999999999999999999</MsgId>",
			Push{Type: TypeImage, PicURL: "http://p", MediaID: "m", MsgID: "99999999999999999999999"}},
		{"<MsgType>voice</MsgType><MediaId>m</MediaId><Format>amr</Format><MediaId16K>n</MediaId16K><MsgId>2</MsgId>",
			Push{Type: TypeVoice, MediaID: "m", Format: "amr", MsgID: "2"}},
		{"<MsgType>shortvideo</MsgType><MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId><MsgId>3</MsgId>",
			Push{Type: TypeShortVideo, MediaID: "m", ThumbMediaID: "t", MsgID: "3"}},
		{"<MsgType>location</MsgType><Location_X>31.40</Location_X><Location_Y>121.3</Location_Y><Scale>x</Scale><Label>罗店</Label><MsgId>4</MsgId>",
			Push{Type: TypeLocation, MsgID: "4", Location: Location{Latitude: 31.40, Longitude: 121.3, Label: "罗店"}}},
		{"<MsgType>link</MsgType><Title>a</Title><Description>b</Description><Url>c</Url><MsgId>5</MsgId>",
			Push{Type: TypeLink, MsgID: "5", Link: Link{"a", "b", "c"}}},
		{"<MsgType>hologram</MsgType><MsgId>6</MsgId><Depth>3</Depth>", Push{Type: "hologram", MsgID: "6"}},
	} {
		got := mustPush(t, pushOf(c.fields))
		want := c.want
		want.AppID, want.Kind, want.To, want.From, want.Created, want.XML = testAppID, Message, "gh_1", "oA", 1610969440, got.XML
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n got %+v\nwant %+v", c.fields, got, want)
		}
	}
}

func TestEventsKeepTheirFields(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, fields string
		want         Push
	}{
		{EventSubscribe, "", Push{}},
		{EventSubscribe, "<EventKey><![CDATA[]]></EventKey>", Push{}},
		{EventSubscribe, "<EventKey><![CDATA[qrscene_b|1|ff]]></EventKey><Ticket>t</Ticket>", Push{EventKey: "qrscene_b|1|ff", Scene: "b|1|ff", Ticket: "t"}},
		{EventSubscribe, "<EventKey>last_trade_no_4200</EventKey>", Push{EventKey: "last_trade_no_4200"}},
		{EventScan, "<EventKey>b|1|ff</EventKey><Ticket>t</Ticket>", Push{EventKey: "b|1|ff", Scene: "b|1|ff", Ticket: "t"}},
		{EventClick, "<EventKey>MY</EventKey>", Push{EventKey: "MY"}},
		{EventView, "<EventKey>https://a/b?c=d</EventKey><MenuId>12</MenuId>", Push{EventKey: "https://a/b?c=d", MenuItem: "12"}},
		{EventLocation, "<Latitude>31.4</Latitude><Longitude>121.3</Longitude><Precision>9.5</Precision>", Push{Location: Location{Latitude: 31.4, Longitude: 121.3, Precision: 9.5}}},
		{EventTemplateSent, "<MsgID>200163836</MsgID><Status>success</Status>", Push{Delivery: Delivery{"200163836", "success"}}},
		{EventTemplateSent, "<MsgID>1</MsgID><Status><![CDATA[failed:user block]]></Status>", Push{Delivery: Delivery{"1", "failed:user block"}}},
		{EventTemplateSent, "<MsgID>1</MsgID><Status><![CDATA[failed: system failed]]></Status>", Push{Delivery: Delivery{"1", "failed: system failed"}}},
		{EventUnsubscribe, "", Push{}},
		{"an_event_of_2031", "<Anything><Deep>1</Deep></Anything>", Push{}},
	} {
		got := mustPush(t, event(c.name, c.fields))
		want := c.want
		want.AppID, want.Kind, want.Type, want.Event, want.To, want.From, want.Created, want.XML = testAppID, Event, "event", c.name, "gh_1", "oA", 1610969440, got.XML
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s %s\n got %+v\nwant %+v", c.name, c.fields, got, want)
		}
	}
	if d := (Delivery{Status: "failed: user block"}); !d.Blocked() || d.OK() {
		t.Error("a block is a block with any spaces")
	}
}

func TestEveryListElementSurvives(t *testing.T) {
	t.Parallel()
	asked := mustPush(t, event(EventGrantAsked, `<SubscribeMsgPopupEvent>
 <List><TemplateId><![CDATA[T1]]></TemplateId><SubscribeStatusString><![CDATA[accept]]></SubscribeStatusString><PopupScene>1</PopupScene></List>
 <List><TemplateId><![CDATA[T2]]></TemplateId><SubscribeStatusString><![CDATA[reject]]></SubscribeStatusString><PopupScene>1</PopupScene></List>
</SubscribeMsgPopupEvent>`))
	if want := []Grant{{TemplateID: "T1", Status: "accept", PopupScene: "1"}, {TemplateID: "T2", Status: "reject", PopupScene: "1"}}; !reflect.DeepEqual(asked.Grants, want) {
		t.Errorf("asked: %+v", asked.Grants)
	}
	changed := mustPush(t, event(EventGrantChanged, `<SubscribeMsgChangeEvent><List><TemplateId>T</TemplateId><SubscribeStatusString>reject</SubscribeStatusString></List></SubscribeMsgChangeEvent>`))
	if want := []Grant{{TemplateID: "T", Status: "reject"}}; !reflect.DeepEqual(changed.Grants, want) {
		t.Errorf("changed: %+v", changed.Grants)
	}
	sent := mustPush(t, event(EventSubscribeSent, `<SubscribeMsgSentEvent><List><TemplateId>T</TemplateId><MsgID>1700827132819554304</MsgID><ErrorCode>43101</ErrorCode><ErrorStatus>refused</ErrorStatus></List></SubscribeMsgSentEvent>`))
	if want := []Grant{{TemplateID: "T", MsgID: "1700827132819554304", ErrorCode: 43101, ErrorStatus: "refused"}}; !reflect.DeepEqual(sent.Grants, want) {
		t.Errorf("sent: %+v", sent.Grants)
	}
}

func TestWhatRealMessagesContain(t *testing.T) {
	t.Parallel()
	text := func(content string) string {
		return pushOf("<MsgType>text</MsgType><Content>" + content + "</Content>")
	}
	if p := mustPush(t, text("a\x00b\x0b\x1fc\uFFFEd")); p.Content != "abcd" {
		t.Errorf("control characters: %q", p.Content)
	}
	if p := mustPush(t, `<?xml version="1.0" encoding="GBK"?>`+text("路灯")); p.Content != "路灯" {
		t.Errorf("GBK declared over UTF-8: %q", p.Content)
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(`<?xml version="1.0" encoding="gb2312"?>` + text("路灯坏了"))
	if err != nil {
		t.Fatal(err)
	}
	if p := mustPush(t, gbk); p.Content != "路灯坏了" {
		t.Errorf("real GBK: %q", p.Content)
	}
	if p := mustPush(t, strings.Replace(text("x"), "1610969440", "yesterday", 1)); p.Content != "x" || p.Created != 0 || !p.CreatedAt().IsZero() {
		t.Errorf("a date that is no number: %+v", p)
	}
	// A field inside another element is not the message's own.
	if p := mustPush(t, pushOf("<MsgType>text</MsgType><Extra><Content>fake</Content></Extra><Content>real</Content>")); p.Content != "real" {
		t.Errorf("nested: %q", p.Content)
	}
}

func TestDocumentsThatAreNotPushesAreRefused(t *testing.T) {
	t.Parallel()
	for name, inner := range map[string]string{
		"no type":          pushOf(""),
		"two roots":        pushOf("<MsgType>text</MsgType>") + pushOf("<MsgType>text</MsgType>"),
		"no root":          "   ",
		"unclosed":         "<xml><MsgType>text</MsgType>",
		"latin-1":          pushOf("<MsgType>text</MsgType><Content>\xe9</Content>"),
		"declared latin-1": `<?xml version="1.0" encoding="iso-8859-1"?>` + pushOf("<MsgType>text</MsgType><Content>\xe9</Content>"),
		"too deep":         pushOf(strings.Repeat("<a>", 20) + strings.Repeat("</a>", 20)),
		"too many":         pushOf("<MsgType>text</MsgType>" + strings.Repeat("<a/>", 3000)),
		"entity":           pushOf("<MsgType>text</MsgType><Content>&xxe;</Content>"),
	} {
		if p, err := parsePush(testAppID, []byte(inner)); err == nil {
			t.Errorf("%s: accepted as %+v", name, p)
		}
	}
}

func TestDedupeKeys(t *testing.T) {
	t.Parallel()
	text := func(id, content string) string {
		return pushOf("<MsgType>text</MsgType><Content>" + content + "</Content><MsgId>" + id + "</MsgId>")
	}
	distinct := []string{
		text("1", "hi"),
		text("2", "hi"),
		pushOf("<MsgType>text</MsgType><Content>no id</Content>"),
		pushOf("<MsgType>text</MsgType><Content>no id either</Content>"),
		event(EventClick, "<EventKey>A</EventKey>"),
		event(EventClick, "<EventKey>B</EventKey>"),
		event(EventScan, "<EventKey>A</EventKey><Ticket>1</Ticket>"),
		event(EventScan, "<EventKey>A</EventKey><Ticket>2</Ticket>"),
		event(EventTemplateSent, "<MsgID>1</MsgID><Status>success</Status>"),
		event(EventTemplateSent, "<MsgID>2</MsgID><Status>success</Status>"),
		event(EventGrantAsked, "<SubscribeMsgPopupEvent><List><TemplateId>1</TemplateId></List></SubscribeMsgPopupEvent>"),
		event(EventGrantAsked, "<SubscribeMsgPopupEvent><List><TemplateId>2</TemplateId></List></SubscribeMsgPopupEvent>"),
	}
	seen := map[string]string{}
	for _, inner := range distinct {
		key := mustPush(t, inner).DedupeKey()
		if other, twice := seen[key]; twice {
			t.Errorf("one key for\n%s\n%s", other, inner)
		}
		seen[key] = inner
		if again := mustPush(t, inner).DedupeKey(); again != key {
			t.Errorf("a retry of %s has another key", inner)
		}
	}
	other, err := parsePush("wxOther", []byte(text("1", "hi")))
	if err != nil || other.DedupeKey() == mustPush(t, text("1", "hi")).DedupeKey() {
		t.Error("two accounts share a key")
	}
}
