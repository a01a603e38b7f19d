package wxsim

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxReply is more than any valid passive reply.
const maxReply = 64 << 10

// Delivery is what became of one push.
type Delivery struct {
	// Verdict is accepted (success or an empty body), replied (a valid passive reply), invalid (an answer
	// that the platform does not understand), failed (no answer after all retries), refused (a forged push
	// that the app turned away), held (waits to be overtaken) or local (no webhook is configured).
	Verdict  string    `json:"verdict"`
	Attempts []Attempt `json:"attempts"`
	Reply    *Message  `json:"reply,omitempty"`
	Reason   string    `json:"reason,omitempty"`
}

// Attempt is one request of a push.
type Attempt struct {
	Status int    `json:"status"` // 0: no answer
	Body   string `json:"body"`
	Error  string `json:"error,omitempty"`
	TookMS int64  `json:"took_ms"`
}

// event is one push before it is wrapped: the inner XML and what the platform knows about it.
type event struct {
	openID string
	name   string // text, image, subscribe, CLICK, …: for the log
	inner  []byte
	fields [][2]string // kept so that faults can build a variation
	silent bool        // a failure does not show in the chat
	forged string      // set by a fault that WeChat itself would never send
}

// stamp is what makes one request of a push fresh.
type stamp struct{ timestamp, nonce, signature string }

// heldPush waits for the next one to overtake it.
type heldPush struct{ ev event }

// push delivers ev to the app and applies the answer to the chat. It returns when the verdict is known.
func (s *Sim) push(ev event) Delivery {
	if len(s.opt.Callbacks) == 0 {
		return Delivery{Verdict: "local"}
	}
	s.mu.Lock()
	s.counts.Pushes++
	f := s.takePushFault(ev)
	held := s.held
	s.held = nil
	s.mu.Unlock()
	d := s.pushWith(ev, f)
	if held != nil && d.Verdict != "held" {
		s.deliver(held.ev, s.opt.Callbacks[0])
	}
	return d
}

// deliver sends ev to one replica, again after each time-out, and judges the answer.
func (s *Sim) deliver(ev event, to string) Delivery {
	d := Delivery{Verdict: "failed"}
	tries := 1 + s.opt.PushRetries
	if ev.forged != "" {
		tries = 1
	}
	for i := 1; i <= tries; i++ {
		if i > 1 && !s.pause(s.opt.RetryEvery) {
			return d
		}
		at, answer := s.attempt(ev, to)
		d.Attempts = append(d.Attempts, at)
		s.judge(&d, ev, at, answer)
		s.enter(Entry{Kind: "push", Method: http.MethodPost, Path: ev.name, Body: redactBody(ev.inner), OpenID: ev.openID, Attempt: i,
			Status: at.Status, TookMS: at.TookMS, Result: d.Verdict + s.because(d), Fault: ev.forged})
		if d.Verdict != "failed" {
			break
		}
	}
	s.conclude(ev, d)
	return d
}

// pause waits on the machine's clock and reports whether the simulator is still open.
func (s *Sim) pause(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.open.Done():
		return false
	}
}

func (s *Sim) because(d Delivery) string {
	if d.Reason == "" {
		return ""
	}
	return "：" + d.Reason
}

// judge sets the verdict of the newest attempt.
func (s *Sim) judge(d *Delivery, ev event, at Attempt, answer []byte) {
	d.Reason = ""
	switch {
	case ev.forged != "" && (at.Status == 0 || at.Status >= 400):
		d.Verdict = "refused"
	case at.Status != http.StatusOK:
		d.Verdict, d.Reason = "failed", at.Error
		if at.Error == "" {
			d.Reason = fmt.Sprintf("HTTP %d", at.Status)
		}
	case len(answer) == 0 || string(answer) == "success":
		d.Verdict = "accepted"
	default:
		m, err := s.readReply(answer, ev.openID)
		if err != nil {
			d.Verdict, d.Reason = "invalid", err.Error()
			return
		}
		d.Verdict, d.Reply = "replied", &m
	}
}

// conclude shows the passive reply or the fault text to the person.
func (s *Sim) conclude(ev event, d Delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.find(ev.openID)
	if p == nil || ev.forged != "" {
		return
	}
	switch {
	case d.Verdict == "replied" && !ev.silent:
		s.counts.Passive++
		s.say(p, *d.Reply)
	case d.Verdict == "failed" || d.Verdict == "invalid":
		s.counts.Failed++
		if !ev.silent {
			s.say(p, Message{From: FromSystem, Kind: "note", Via: "passive", Text: FaultText})
		}
	}
}

// attempt makes one request: the same inner XML every time, a fresh timestamp and nonce around it.
func (s *Sim) attempt(ev event, to string) (Attempt, []byte) {
	body, query := s.wrap(ev)
	ctx, cancel := context.WithTimeout(s.open, s.opt.PushTimeout)
	defer cancel()
	began := time.Now()
	status, answer, err := s.post(ctx, to+"?"+query.Encode(), body)
	s.mu.Lock()
	s.counts.Attempts++
	s.mu.Unlock()
	at := Attempt{Status: status, Body: strings.ToValidUTF8(string(answer), ""), TookMS: time.Since(began).Milliseconds()}
	if err != nil {
		at.Status, at.Error = 0, "没有按时得到回应"
		s.opt.Log.Info("push", "event", ev.name, "to", to, "err", err)
	}
	return at, answer
}

func (s *Sim) post(ctx context.Context, to string, body []byte) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return 0, nil, fmt.Errorf("push: %w", err)
	}
	req.Header.Set("Content-Type", "text/xml")
	req.Header.Set("User-Agent", "Mozilla/4.0")
	res, err := s.client.Do(req)
	if err != nil {
		return 0, nil, fmt.Errorf("push: %w", err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxReply))
	if err != nil {
		return 0, nil, fmt.Errorf("push: read answer: %w", err)
	}
	return res.StatusCode, answer, nil
}

// wrap signs and, by the account's mode, encrypts the push.
func (s *Sim) wrap(ev event) ([]byte, url.Values) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh := s.stampFor(ev)
	q := url.Values{"signature": {fresh.signature}, "timestamp": {fresh.timestamp}, "nonce": {fresh.nonce}, "openid": {ev.openID}}
	mode := s.opt.Account.Mode
	if mode == Plain || ev.forged == "plaintext" {
		return ev.inner, q
	}
	seal := s.crypt
	if ev.forged == "wrongAppid" {
		other := *s.crypt
		other.appID = "wx0000000000000000"
		seal = &other
	}
	var random [16]byte
	copy(random[:], s.randomText(16))
	sealed := seal.seal(random, ev.inner)
	q.Set("encrypt_type", "aes")
	q.Set("msg_signature", sign(s.opt.Account.Token, fresh.timestamp, fresh.nonce, sealed))
	if ev.forged == "badMsgSignature" {
		q.Set("msg_signature", strings.Repeat("0", 40))
	}
	outer := "<xml><ToUserName><![CDATA[" + s.opt.Account.GhID + "]]></ToUserName><Encrypt><![CDATA[" + sealed + "]]></Encrypt></xml>"
	if mode == Compat {
		outer = strings.TrimSuffix(string(ev.inner), "</xml>") + "<Encrypt><![CDATA[" + sealed + "]]></Encrypt></xml>"
	}
	return []byte(outer), q
}

// stampFor makes timestamp, nonce and signature, or the wrong ones that a fault asks for.
func (s *Sim) stampFor(ev event) stamp {
	if ev.forged == "replay" && s.lastPush != nil {
		return *s.lastPush
	}
	at := s.clock.Now()
	if ev.forged == "stale" {
		at = at.Add(-time.Hour)
	}
	fresh := stamp{timestamp: strconv.FormatInt(at.Unix(), 10), nonce: strconv.Itoa(100_000_000 + s.rng.IntN(900_000_000))}
	fresh.signature = sign(s.opt.Account.Token, fresh.timestamp, fresh.nonce)
	if ev.forged == "badSignature" {
		fresh.signature = strings.Repeat("f", 40)
	}
	if ev.forged == "" {
		s.lastPush = &fresh
	}
	return fresh
}
