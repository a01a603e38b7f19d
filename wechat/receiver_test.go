package wechat

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/fault"
)

const (
	testAppID = "wx2c2769f8efd9abc2"
	testToken = "spamtest"
)

var pushTime = time.Unix(1409735669, 0)

func newReceiver(t testing.TB, change func(*ReceiverConfig)) *Receiver {
	t.Helper()
	cfg := ReceiverConfig{AppID: testAppID, Token: testToken, Mode: Safe, AESKey: keyAL, Clock: clock.Standing(pushTime)}
	if change != nil {
		change(&cfg)
	}
	r, err := NewReceiver(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func inMode(m Mode) func(*ReceiverConfig) { return func(cfg *ReceiverConfig) { cfg.Mode = m } }

// plainQuery is the query of a push at pushTime in 明文模式.
func plainQuery() Query {
	stamp := strconv.FormatInt(pushTime.Unix(), 10)
	return Query{Timestamp: stamp, Nonce: "n1", Signature: Sign(testToken, stamp, "n1")}
}

// sealed returns the query and body of an encrypted push at pushTime.
func sealed(t testing.TB, key, inner string) (Query, []byte) {
	t.Helper()
	q := plainQuery()
	q.EncryptType = "aes"
	encrypted := mustCipher(t, key, testAppID).Encrypt([]byte(inner))
	q.MsgSignature = Sign(testToken, q.Timestamp, q.Nonce, encrypted)
	return q, envelopeOf(encrypted)
}

func envelopeOf(encrypted string) []byte {
	return []byte("<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[" + encrypted + "]]></Encrypt></xml>")
}

func textPush(content string) string {
	return "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName>" +
		"<CreateTime>1409735668</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>" + content +
		"</Content><MsgId>6054768590064713728</MsgId></xml>"
}

func TestTheOfficialPushOpensInSafeMode(t *testing.T) {
	t.Parallel()
	q := Query{
		Timestamp: "1409735669", Nonce: "1320562132", EncryptType: "aes",
		Signature:    "16120ec1b8dbb870f510d87ce6bc2463eae6ca1a",
		MsgSignature: "5d197aaffba7e9b25a30732f161a50dee96bd5fa",
	}
	p, err := newReceiver(t, nil).Open(q, envelopeOf(vectorC))
	if err != nil {
		t.Fatal(err)
	}
	if p.Kind != Message || p.Type != TypeText || p.Content != "abcdteT" || p.MsgID != "6054768590064713728" || p.Created != 1409735668 {
		t.Fatalf("got %+v", p)
	}
}

func TestTheOfficialThirdPartyPushOpens(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, func(cfg *ReceiverConfig) {
		cfg.AppID, cfg.Token, cfg.AESKey, cfg.Clock = "wx134c8103faa5a59e", "AAAAA", key43A, clock.Standing(time.Unix(1715943329, 0))
	})
	q := Query{Timestamp: "1715943329", Nonce: "1590219412", EncryptType: "aes", MsgSignature: "6c12a4205838198b8fa631b3220723bb07f1015c"}
	p, err := r.Open(q, envelopeOf(vectorE))
	if err != nil || p.Kind != Event || p.Event != "debug_demo" || !bytes.Contains(p.XML, []byte("hello world")) {
		t.Fatalf("got %+v, %v", p, err)
	}
}

func TestAddressVerification(t *testing.T) {
	t.Parallel()
	official := Query{
		Signature: "f464b24fc39322e44b38aa78f5edd27bd1441696", Timestamp: "1714036504", Nonce: "1514711492", EchoStr: "4375120948345356249",
	}
	r := newReceiver(t, func(cfg *ReceiverConfig) { cfg.Token, cfg.Clock = "AAAAA", clock.Standing(time.Unix(1714036504, 0)) })
	if echo, err := r.Verify(official); err != nil || echo != official.EchoStr {
		t.Fatalf("S1: %q, %v", echo, err)
	}
	for _, c := range []struct {
		name  string
		spoil func(*Query)
		want  error
	}{
		{"echo with a bad signature", func(q *Query) { q.Signature = strings.Repeat("0", 40) }, ErrSignature},
		{"no signature", func(q *Query) { q.Signature = "" }, ErrSignature},
		{"upper-case signature", func(q *Query) { q.Signature = strings.ToUpper(q.Signature) }, ErrSignature},
		{"another nonce", func(q *Query) { q.Nonce = "1" }, ErrSignature},
		{"no echo", func(q *Query) { q.EchoStr = "" }, ErrTooLarge},
		{"a page for an echo", func(q *Query) { q.EchoStr = strings.Repeat("<p>", 200) }, ErrTooLarge},
		{"a header for an echo", func(q *Query) { q.EchoStr = "1\r\nSet-Cookie: a=b" }, ErrXML},
	} {
		q := official
		c.spoil(&q)
		if echo, err := r.Verify(q); !errors.Is(err, c.want) || echo != "" {
			t.Errorf("%s: %q, %v", c.name, echo, err)
		}
	}
}

func TestSafeModeFailsClosed(t *testing.T) {
	t.Parallel()
	good, body := sealed(t, keyAL, textPush("hi"))
	plaintext := []byte(textPush("forged"))
	with := func(change func(*Query)) Query { q := good; change(&q); return q }
	for _, c := range []struct {
		name string
		q    Query
		body []byte
		want error
	}{
		{"plaintext with a valid signature", plainQuery(), plaintext, ErrPlaintext},
		{"plaintext that claims to be encrypted", good, plaintext, ErrPlaintext},
		{"aes without Encrypt", good, []byte("<xml><ToUserName>gh_1</ToUserName></xml>"), ErrPlaintext},
		{"empty Encrypt", good, envelopeOf(""), ErrPlaintext},
		{"encrypted body without encrypt_type", with(func(q *Query) { q.EncryptType = "" }), body, ErrPlaintext},
		{"encrypt_type raw", with(func(q *Query) { q.EncryptType = "raw" }), body, ErrPlaintext},
		{"no msg_signature", with(func(q *Query) { q.MsgSignature = "" }), body, ErrSignature},
		{"signature in place of msg_signature", with(func(q *Query) { q.MsgSignature = q.Signature }), body, ErrSignature},
		{"upper-case msg_signature", with(func(q *Query) { q.MsgSignature = strings.ToUpper(q.MsgSignature) }), body, ErrSignature},
		{"swapped timestamp and nonce keep the signature but not the time",
			with(func(q *Query) { q.Timestamp, q.Nonce = q.Nonce, q.Timestamp }), body, ErrStale},
		{"wrong signature beside a right msg_signature", with(func(q *Query) { q.Signature = strings.Repeat("0", 40) }), body, ErrSignature},
		{"another cipher under the signature", good, envelopeOf(vectorD), ErrSignature},
		{"empty body", good, nil, ErrXML},
		{"not xml", good, []byte(`{"Encrypt":"x"}`), ErrXML},
		{"DOCTYPE in the envelope", good, append([]byte(`<!DOCTYPE xml [<!ENTITY a "b">]>`), body...), ErrXML},
		{"lower-case doctype", good, append([]byte(`<!doctype xml>`), body...), ErrXML},
		{"a megabyte", good, append(bytes.Repeat([]byte(" "), 1<<20), body...), ErrTooLarge},
		{"one byte too many", good, append(bytes.Repeat([]byte(" "), MaxPushBytes+1-len(body)), body...), ErrTooLarge},
	} {
		p, err := newReceiver(t, nil).Open(c.q, c.body)
		if !errors.Is(err, c.want) || p.Content != "" || p.From != "" {
			t.Errorf("%s: %+v, %v", c.name, p, err)
		}
	}
	if p, err := newReceiver(t, nil).Open(good, body); err != nil || p.Content != "hi" {
		t.Fatalf("the good one: %+v, %v", p, err)
	}
}

func TestASignedCipherOfAnotherAccountIsRefused(t *testing.T) {
	t.Parallel()
	q := plainQuery()
	q.EncryptType = "aes"
	encrypted := mustCipher(t, keyAL, "wx0000000000000000").Encrypt([]byte(textPush("hi")))
	q.MsgSignature = Sign(testToken, q.Timestamp, q.Nonce, encrypted)
	if _, err := newReceiver(t, nil).Open(q, envelopeOf(encrypted)); !errors.Is(err, ErrCipher) {
		t.Fatal(err)
	}
}

func TestInnerDocumentsWithADirectiveAreRefusedAndTypedOnesAreText(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, nil)
	q, body := sealed(t, keyAL, `<!DOCTYPE xml [<!ENTITY a "b">]>`+textPush("&a;"))
	if _, err := r.Open(q, body); !errors.Is(err, ErrXML) {
		t.Errorf("directive: %v", err)
	}
	q, body = sealed(t, keyAL, textPush("<![CDATA[<!DOCTYPE html> 怎么写]]>"))
	if p, err := r.Open(q, body); err != nil || p.Content != "<!DOCTYPE html> 怎么写" {
		t.Errorf("typed: %q, %v", p.Content, err)
	}
}

func TestStalePushesAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		at    string
		fresh bool
	}{
		{"now", "1409735669", true},
		{"ten minutes old", "1409735069", true},
		{"a second more", "1409735068", false},
		{"ten minutes ahead", "1409736269", true},
		{"a second more ahead", "1409736270", false},
		{"the first second", "1", false},
		{"negative", "-1409735669", false},
		{"no number", "now", false},
		{"none", "", false},
		{"beyond 64 bits", "99999999999999999999", false},
		{"the largest", "9223372036854775807", false},
		{"the smallest", "-9223372036854775808", false},
	} {
		q := Query{Timestamp: c.at, Nonce: "n", Signature: Sign(testToken, c.at, "n"), EchoStr: "1"}
		for _, mode := range []Mode{Plain, Safe} {
			_, err := newReceiver(t, inMode(mode)).Verify(q)
			if c.fresh != (err == nil) || err != nil && !errors.Is(err, ErrStale) {
				t.Errorf("%s in %s: %v", c.name, mode, err)
			}
		}
		encrypted := mustCipher(t, keyAL, testAppID).Encrypt([]byte(textPush("hi")))
		q.EncryptType, q.MsgSignature = "aes", Sign(testToken, c.at, "n", encrypted)
		_, err := newReceiver(t, nil).Open(q, envelopeOf(encrypted))
		if c.fresh != (err == nil) || err != nil && !errors.Is(err, ErrStale) {
			t.Errorf("push %s: %v", c.name, err)
		}
		_, err = newReceiver(t, inMode(Plain)).Open(q, []byte(textPush("hi")))
		if c.fresh != (err == nil) || err != nil && !errors.Is(err, ErrStale) {
			t.Errorf("plain push %s: %v", c.name, err)
		}
	}
}

func TestTheYear2038IsNoBarrier(t *testing.T) {
	t.Parallel()
	at := time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)
	stamp := strconv.FormatInt(at.Unix(), 10)
	r := newReceiver(t, func(cfg *ReceiverConfig) { cfg.Clock = clock.Standing(at) })
	if _, err := r.Verify(Query{Timestamp: stamp, Nonce: "n", Signature: Sign(testToken, stamp, "n"), EchoStr: "1"}); err != nil {
		t.Fatal(err)
	}
}

func TestModesAndWhatTheConsoleSends(t *testing.T) {
	t.Parallel()
	sealedQuery, sealedBody := sealed(t, keyAL, textPush("real"))
	both := []byte(strings.Replace(string(sealedBody), "<xml>",
		"<xml><FromUserName>oA</FromUserName><MsgType>text</MsgType><Content>copy</Content>", 1))
	for _, c := range []struct {
		name    string
		mode    Mode
		q       Query
		body    []byte
		content string
		err     error
	}{
		{"plain in plain", Plain, plainQuery(), []byte(textPush("open")), "open", nil},
		{"both copies in plain", Plain, sealedQuery, both, "copy", nil},
		{"only encrypted in plain", Plain, sealedQuery, sealedBody, "", ErrEncrypted},
		{"forged plain in plain", Plain, Query{Timestamp: "1409735669", Nonce: "n", Signature: "x"}, []byte(textPush("x")), "", ErrSignature},
		{"both copies in compat: the signed one counts", Compat, sealedQuery, both, "real", nil},
		{"only encrypted in compat", Compat, sealedQuery, sealedBody, "real", nil},
		{"only plain in compat", Compat, plainQuery(), []byte(textPush("x")), "", ErrPlaintext},
		{"both copies in safe", Safe, sealedQuery, both, "real", nil},
		{"only plain in safe", Safe, plainQuery(), []byte(textPush("x")), "", ErrPlaintext},
	} {
		p, err := newReceiver(t, inMode(c.mode)).Open(c.q, c.body)
		if !errors.Is(err, c.err) || p.Content != c.content {
			t.Errorf("%s: %q, %v", c.name, p.Content, err)
		}
	}
}

func TestThePreviousKeyStillOpens(t *testing.T) {
	t.Parallel()
	const previous = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
	rotated := newReceiver(t, func(cfg *ReceiverConfig) { cfg.PreviousAESKey = previous })
	for _, key := range []string{keyAL, previous} {
		q, body := sealed(t, key, textPush("hi"))
		if p, err := rotated.Open(q, body); err != nil || p.Content != "hi" {
			t.Errorf("key %s: %v", key[:4], err)
		}
	}
	q, body := sealed(t, previous, textPush("hi"))
	if _, err := newReceiver(t, nil).Open(q, body); !errors.Is(err, ErrCipher) {
		t.Errorf("a key nobody configured: %v", err)
	}
	q, body = sealed(t, key43A, textPush("hi"))
	if _, err := rotated.Open(q, body); !errors.Is(err, ErrCipher) {
		t.Errorf("a third key: %v", err)
	}
}

func TestAReceiverIsNotMadeFromABadConfiguration(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*ReceiverConfig){
		"no token":           func(c *ReceiverConfig) { c.Token = "" },
		"no appid":           func(c *ReceiverConfig) { c.AppID = "" },
		"no clock":           func(c *ReceiverConfig) { c.Clock = nil },
		"no mode":            func(c *ReceiverConfig) { c.Mode = "" },
		"unknown mode":       func(c *ReceiverConfig) { c.Mode = "SAFE" },
		"safe without key":   func(c *ReceiverConfig) { c.AESKey = "" },
		"compat without key": func(c *ReceiverConfig) { c.Mode, c.AESKey = Compat, "" },
		"bad previous key":   func(c *ReceiverConfig) { c.PreviousAESKey = keyAL + "=" },
	} {
		cfg := ReceiverConfig{AppID: testAppID, Token: testToken, Mode: Safe, AESKey: keyAL, Clock: clock.System{}}
		spoil(&cfg)
		_, err := NewReceiver(cfg)
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), keyAL) {
			t.Errorf("%s: the error tells the key: %v", name, err)
		}
	}
}

func TestAPushDoesNotShareMemoryWithTheRequest(t *testing.T) {
	t.Parallel()
	body := []byte(textPush("hi"))
	p, err := newReceiver(t, inMode(Plain)).Open(plainQuery(), body)
	if err != nil {
		t.Fatal(err)
	}
	key := p.DedupeKey()
	clear(body)
	if p.Content != "hi" || p.DedupeKey() != key {
		t.Fatal("the push changed with the request's buffer")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(textPush("hi"), "aes")
	f.Add("<xml><MsgType>event</MsgType><Event>SCAN</Event></xml>", "")
	f.Add("<xml>"+strings.Repeat("<a>", 50), "aes")
	f.Add(`<?xml version="1.0" encoding="gbk"?><xml><MsgType>`+"\xc4\xe3</MsgType></xml>", "raw")
	f.Fuzz(func(t *testing.T, inner, encryptType string) {
		q, body := sealed(t, keyAL, inner)
		if p, err := newReceiver(t, nil).Open(q, body); err == nil {
			if p.Type == "" || p.DedupeKey() == "" || fmt.Sprint(p) == "" {
				t.Fatalf("accepted nothing: %+v", p)
			}
		} else if fault.KindOf(err) == fault.Internal {
			t.Fatalf("unclassified: %v", err)
		}
		// Unsigned input never opens, whatever it claims to be.
		for _, mode := range []Mode{Plain, Compat, Safe} {
			forged := Query{Timestamp: q.Timestamp, Nonce: q.Nonce, EncryptType: encryptType, Signature: "x", MsgSignature: inner}
			if _, err := newReceiver(t, inMode(mode)).Open(forged, []byte(inner)); err == nil {
				t.Fatalf("opened unsigned in %s", mode)
			}
		}
	})
}
