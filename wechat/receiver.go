package wechat

import (
	"fmt"
	"strconv"
	"time"
	"unicode"

	"jushou/internal/clock"
	"jushou/internal/fault"
)

// Mode is the account's message mode as set in WeChat's console (消息加解密方式).
type Mode string

// The modes. In Compat and Safe every push must carry an encrypted copy, and only that copy is read.
const (
	Plain  Mode = "plain"  // 明文模式
	Compat Mode = "compat" // 兼容模式
	Safe   Mode = "safe"   // 安全模式
)

const (
	// MaxPushBytes is the largest push body that is read.
	MaxPushBytes = 64 << 10
	// Freshness is how far the signed timestamp of a push may be from our clock, either way. The platform
	// retries within some 20 seconds; a triple found in an old access log must not work.
	Freshness = 10 * time.Minute
	// maxEcho bounds the echostr that is reflected. The platform's has some 20 digits.
	maxEcho = 256
)

// Refusals of a Receiver, next to ErrSignature, ErrCipher and ErrXML. All of them are answered with a 4xx
// status and no detail.
var (
	// ErrStale means that the timestamp is not a number or further than Freshness from our clock. If every
	// push is refused with it, our clock is wrong.
	ErrStale = fault.New(fault.Unauthenticated, "wechat.stale")
	// ErrPlaintext means that a push without an encrypted copy came to an account in Compat or Safe mode.
	ErrPlaintext = fault.New(fault.Denied, "wechat.plaintext_refused")
	// ErrEncrypted means that only an encrypted copy came while we are configured for Plain: the console
	// was switched before our configuration.
	ErrEncrypted = fault.New(fault.Invalid, "wechat.encrypted_unexpected")
	// ErrTooLarge means that the body exceeds MaxPushBytes.
	ErrTooLarge = fault.New(fault.TooLarge, "wechat.push_too_large")

	errMode  = fault.New(fault.Invalid, "wechat.bad_mode")
	errToken = fault.New(fault.Invalid, "wechat.bad_token")
)

// ReceiverConfig says who we are to the platform.
type ReceiverConfig struct {
	AppID string
	Token string // the webhook token of the console
	Mode  Mode
	// AESKey is the EncodingAESKey; needed in Compat and Safe.
	AESKey string
	// PreviousAESKey is also accepted, for the days after the key was changed; "" for none.
	PreviousAESKey string
	Clock          clock.Clock
}

// Receiver checks and opens what the platform sends to the webhook. It is safe for concurrent use.
//
// It stores nothing. The platform sends a push up to four times, possibly to two replicas at once, so the
// caller keeps Push.DedupeKey as a document key (Inbox does) and acts only for the one who wrote it first.
// That is also what stops a replay inside the Freshness window: an encrypted replay carries the same body
// and so the same key. In Plain mode the signature does not cover the body, and whoever learns one
// fresh triple can forge messages: use it for local trials only.
type Receiver struct {
	cfg     ReceiverConfig
	ciphers []*Cipher // newest first; empty in Plain
}

// NewReceiver checks the configuration. Its errors name the setting at fault, never the secret.
func NewReceiver(cfg ReceiverConfig) (*Receiver, error) {
	if cfg.Token == "" || cfg.AppID == "" || cfg.Clock == nil {
		return nil, errToken.With("setting", "token, app id and clock must be set")
	}
	r := &Receiver{cfg: cfg}
	switch cfg.Mode {
	case Plain:
		return r, nil
	case Compat, Safe:
	default:
		return nil, errMode.With("mode", cfg.Mode)
	}
	keys := []string{cfg.AESKey}
	if cfg.PreviousAESKey != "" {
		keys = append(keys, cfg.PreviousAESKey)
	}
	for i, key := range keys {
		c, err := NewCipher(key, cfg.AppID)
		if err != nil {
			return nil, fmt.Errorf("wechat: aes key %d of %d: %w", i+1, len(keys), err)
		}
		r.ciphers = append(r.ciphers, c)
	}
	return r, nil
}

// Query is the query string of a webhook request.
type Query struct {
	Signature    string
	MsgSignature string
	Timestamp    string
	Nonce        string
	EchoStr      string
	EncryptType  string
}

// QueryFrom fills a Query from a lookup such as url.Values.Get. The caller passes strings it may keep.
func QueryFrom(get func(name string) string) Query {
	return Query{
		Signature: get("signature"), MsgSignature: get("msg_signature"), Timestamp: get("timestamp"),
		Nonce: get("nonce"), EchoStr: get("echostr"), EncryptType: get("encrypt_type"),
	}
}

// Verify answers the platform's GET when the address is registered. It returns the echostr, to be sent
// back alone as text/plain with status 200: no newline, no quotes. echostr is not encrypted in any mode.
func (r *Receiver) Verify(q Query) (string, error) {
	if !signedBy(q.Signature, r.cfg.Token, q.Timestamp, q.Nonce) {
		return "", ErrSignature.With("on", "echostr")
	}
	if err := r.fresh(q.Timestamp); err != nil {
		return "", err
	}
	if q.EchoStr == "" || len(q.EchoStr) > maxEcho {
		return "", ErrTooLarge.With("max", maxEcho).With("on", "echostr")
	}
	for _, c := range q.EchoStr {
		if unicode.IsControl(c) {
			return "", ErrXML.With("on", "echostr")
		}
	}
	return q.EchoStr, nil
}

// Open checks and reads one POST. The signature is checked before anything is decrypted, and the mode is
// ours, never the request's to choose. Unknown message types and events are returned like known ones.
// The Push does not share memory with body.
func (r *Receiver) Open(q Query, body []byte) (Push, error) {
	if len(body) > MaxPushBytes {
		return Push{}, ErrTooLarge.With("max", MaxPushBytes).With("bytes", len(body))
	}
	if r.cfg.Mode == Plain {
		return r.openPlain(q, body)
	}
	return r.openEncrypted(q, body)
}

func (r *Receiver) openPlain(q Query, body []byte) (Push, error) {
	if !signedBy(q.Signature, r.cfg.Token, q.Timestamp, q.Nonce) {
		return Push{}, ErrSignature.With("mode", r.cfg.Mode)
	}
	if err := r.fresh(q.Timestamp); err != nil {
		return Push{}, err
	}
	root, err := parseXML(body)
	if err != nil {
		return Push{}, err
	}
	// A console already in 兼容 sends both copies; one in 安全 sends only what we cannot read.
	if root.child("Encrypt") != nil && root.child("MsgType") == nil {
		return Push{}, ErrEncrypted
	}
	return parsePush(r.cfg.AppID, append([]byte(nil), body...))
}

func (r *Receiver) openEncrypted(q Query, body []byte) (Push, error) {
	if q.EncryptType != "aes" {
		return Push{}, ErrPlaintext.With("encrypt_type", len(q.EncryptType))
	}
	root, err := parseXML(body)
	if err != nil {
		return Push{}, err
	}
	encrypted := root.field("Encrypt")
	if encrypted == "" {
		return Push{}, ErrPlaintext.With("missing", "Encrypt")
	}
	if !signedBy(q.MsgSignature, r.cfg.Token, q.Timestamp, q.Nonce, encrypted) {
		return Push{}, ErrSignature.With("mode", r.cfg.Mode)
	}
	// The plain signature proves nothing here, and the platform sends it all the same: a wrong one is a
	// sign of tampering.
	if q.Signature != "" && !signedBy(q.Signature, r.cfg.Token, q.Timestamp, q.Nonce) {
		return Push{}, ErrSignature.With("mode", r.cfg.Mode).With("on", "signature")
	}
	if err := r.fresh(q.Timestamp); err != nil {
		return Push{}, err
	}
	inner, err := r.decrypt(encrypted)
	if err != nil {
		return Push{}, err
	}
	p, err := parsePush(r.cfg.AppID, inner)
	p.encrypted = true
	return p, err
}

// decrypt tries the current key and then the previous one; the current key's error is the one told.
func (r *Receiver) decrypt(encrypted string) ([]byte, error) {
	var first error
	for _, c := range r.ciphers {
		inner, err := c.Decrypt(encrypted)
		if err == nil {
			return inner, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

func (r *Receiver) fresh(timestamp string) error {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return ErrStale.Because(err)
	}
	// Compared in seconds, because a far-away timestamp overflows a time.Duration.
	now, limit := r.cfg.Clock.Now().Unix(), int64(Freshness/time.Second)
	if seconds < now-limit || seconds > now+limit {
		return ErrStale.With("behind_seconds", now-seconds)
	}
	return nil
}
