package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// LoginState is where a desk login stands: open → scanned → confirmed → used.
type LoginState string

// States of a login ticket. docs/identity.md draws them.
const (
	LoginOpen      LoginState = "open"      // the desk shows the code
	LoginScanned   LoginState = "scanned"   // somebody's phone asks "sign in there?"
	LoginConfirmed LoginState = "confirmed" // they said yes
	LoginUsed      LoginState = "used"      // the desk has its session; never again
)

// LoginLife is how long a code on a desk's screen is good for.
const LoginLife = 5 * time.Minute

var (
	// ErrLoginGone means that the code is unknown, too old or used: show a new one.
	ErrLoginGone = fault.New(fault.TooLate, "identity.login_gone")
	// ErrLoginWaiting means that nobody has confirmed yet: ask again.
	ErrLoginWaiting = fault.New(fault.Conflict, "identity.login_waiting")
	// ErrLoginOther means that another person scanned the code first.
	ErrLoginOther = fault.New(fault.Denied, "identity.login_other")
)

// LoginTicket is one code on one desk's screen. The code itself is public, for anybody who looks at the
// screen; so the desk also keeps a secret in its cookie, and only that browser can take the session.
type LoginTicket struct {
	Nonce   string     `json:"nonce"`
	Secret  string     `json:"secret"` // SHA-256 of the browser's secret
	State   LoginState `json:"state"`
	Account AccountID  `json:"account,omitempty"`
	Device  string     `json:"device"` // what the phone shows: "Chrome, Windows"
	Expires time.Time  `json:"expires"`
}

// Scan notes whose phone scanned the code. Scanning again is scanning once.
func (t LoginTicket) Scan(by AccountID, now time.Time) (LoginTicket, error) {
	switch {
	case !now.Before(t.Expires), t.State == LoginUsed:
		return t, ErrLoginGone
	case t.Account != "" && t.Account != by:
		return t, ErrLoginOther
	case t.State == LoginOpen:
		t.State, t.Account = LoginScanned, by
	}
	return t, nil
}

// Confirm is the scanning person's yes.
func (t LoginTicket) Confirm(by AccountID, now time.Time) (LoginTicket, error) {
	switch {
	case !now.Before(t.Expires), t.State == LoginUsed, t.State == LoginOpen:
		return t, ErrLoginGone
	case t.Account != by:
		return t, ErrLoginOther
	}
	t.State = LoginConfirmed
	return t, nil
}

// Use takes the login, once, for the browser that knows the secret.
func (t LoginTicket) Use(secret string, now time.Time) (LoginTicket, error) {
	switch {
	case subtle.ConstantTimeCompare([]byte(t.Secret), []byte(digest(secret))) != 1:
		return t, ErrLoginGone
	case !now.Before(t.Expires), t.State == LoginUsed:
		return t, ErrLoginGone
	case t.State != LoginConfirmed:
		return t, ErrLoginWaiting
	}
	t.State = LoginUsed
	return t, nil
}

func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// OpenLogin makes a code for a desk's screen and the secret for its cookie.
func (s *Service) OpenLogin(ctx context.Context, device string) (t LoginTicket, secret string, err error) {
	secret = rand.Text()
	t = LoginTicket{
		Nonce: rand.Text(), Secret: digest(secret), State: LoginOpen,
		Device: shorten(clean(device), 60), Expires: s.clock.Now().Add(LoginLife),
	}
	_, err = s.logins.Put(ctx, t.Nonce, docstore.Absent, t)
	return t, secret, err
}

// ScanLogin is a signed-in phone opening the code's address; the page then asks to confirm for t.Device.
func (s *Service) ScanLogin(ctx context.Context, actor Actor, nonce string) (LoginTicket, error) {
	return s.advance(ctx, actor, nonce, LoginTicket.Scan)
}

// ConfirmLogin is the person's yes.
func (s *Service) ConfirmLogin(ctx context.Context, actor Actor, nonce string) (LoginTicket, error) {
	return s.advance(ctx, actor, nonce, LoginTicket.Confirm)
}

func (s *Service) advance(ctx context.Context, actor Actor, nonce string, step func(LoginTicket, AccountID, time.Time) (LoginTicket, error)) (LoginTicket, error) {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return LoginTicket{}, err
	}
	return s.turn(ctx, nonce, func(t LoginTicket) (LoginTicket, error) { return step(t, actor.ID, s.clock.Now()) })
}

// UseLogin is the desk asking whether it is signed in: the new session's token, or ErrLoginWaiting until
// the person confirms, or ErrLoginGone.
func (s *Service) UseLogin(ctx context.Context, nonce, secret string) (string, Session, error) {
	t, err := s.turn(ctx, nonce, func(t LoginTicket) (LoginTicket, error) { return t.Use(secret, s.clock.Now()) })
	if err != nil {
		return "", Session{}, err
	}
	return s.sessions.Issue(ctx, t.Account)
}

func (s *Service) turn(ctx context.Context, nonce string, step func(LoginTicket) (LoginTicket, error)) (LoginTicket, error) {
	if nonce == "" || len(nonce) > 40 {
		return LoginTicket{}, ErrLoginGone
	}
	t, err := s.logins.Update(ctx, nonce, func(t *LoginTicket) ([]docstore.Fact, error) {
		next, err := step(*t)
		if err == nil && next == *t {
			err = docstore.ErrUnchanged
		}
		*t = next
		return nil, err
	})
	if isNotFound(err) {
		return t, ErrLoginGone
	}
	return t, err
}

// ForgetLogins removes codes that are a day past their life and returns how many; package patrol calls it.
func (s *Service) ForgetLogins(ctx context.Context) (int, error) {
	old, _, err := s.logins.Find(ctx, docstore.Query{
		Index: "by_expiry", To: s.clock.Now().Add(-24 * time.Hour).UnixMilli(), Limit: 500,
	})
	if err != nil {
		return 0, err
	}
	for i, t := range old {
		if err := s.logins.Delete(ctx, t.Nonce, docstore.Any, t); err != nil && !isNotFound(err) {
			return i, err
		}
	}
	return len(old), nil
}

// shorten cuts a text to n runes.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
