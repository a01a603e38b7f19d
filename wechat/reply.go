package wechat

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Success is the answer that accepts a push and shows the person nothing. It is sent as it is in every
// mode, never encrypted.
const Success = "success"

// maxReplyBytes is the platform's bound on the text of a passive reply, in bytes of UTF-8.
const maxReplyBytes = 2048

// ReplyText encodes the answer to a push: the body of the HTTP response, which must be complete within five
// seconds. An empty text is Success. A push that came encrypted is answered encrypted, under our current key.
// Events without a person to answer (unsubscribe, VIEW, receipts) want Success, and get it whatever text says.
func (r *Receiver) ReplyText(q Query, p Push, text string) []byte {
	if text == "" || !p.Answerable() {
		return []byte(Success)
	}
	now := strconv.FormatInt(r.cfg.Clock.Now().Unix(), 10)
	inner := fmt.Sprintf("<xml><ToUserName>%s</ToUserName><FromUserName>%s</FromUserName><CreateTime>%s</CreateTime>"+
		"<MsgType><![CDATA[text]]></MsgType><Content>%s</Content></xml>",
		cdata(p.From), cdata(p.To), now, cdata(clip(text, maxReplyBytes)))
	if !p.encrypted || len(r.ciphers) == 0 {
		return []byte(inner)
	}
	return r.envelope(now, q.Nonce, r.ciphers[0].Encrypt([]byte(inner)))
}

func (r *Receiver) envelope(timestamp, nonce, encrypted string) []byte {
	return fmt.Appendf(nil, "<xml><Encrypt>%s</Encrypt><MsgSignature>%s</MsgSignature><TimeStamp>%s</TimeStamp><Nonce>%s</Nonce></xml>",
		cdata(encrypted), cdata(Sign(r.cfg.Token, timestamp, nonce, encrypted)), timestamp, cdata(nonce))
}

// Answerable reports whether the platform shows a passive reply to this push to the person.
func (p Push) Answerable() bool {
	if p.From == "" || p.To == "" {
		return false
	}
	if p.Kind == Message {
		return true
	}
	switch p.Event {
	case EventSubscribe, EventScan, EventClick, "scancode_waitmsg":
		return true
	}
	return false
}

// clip shortens text to at most limit bytes without cutting a character, and shows that it did.
func clip(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	const more = "…"
	cut := limit - len(more)
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return strings.TrimRight(text[:cut], " \n") + more
}
