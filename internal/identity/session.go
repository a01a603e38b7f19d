package identity

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity/seal"
	"jushou/internal/ids"
)

const (
	// SessionLife is how long a session lasts; Renew extends one that is used.
	SessionLife = 30 * 24 * time.Hour
	// renewAfter is the age from which a used session is renewed.
	renewAfter = 24 * time.Hour
)

var (
	// ErrSessionEnded means that a token is forged, expired, signed out, or its account is gone: sign in again.
	ErrSessionEnded = fault.New(fault.Unauthenticated, "identity.session_ended")
	// ErrBadCSRF means that a form did not come from a page of this session: load the page again.
	ErrBadCSRF = fault.New(fault.Denied, "identity.bad_csrf")
)

// Session is a signed-in browser.
type Session struct {
	ID      string
	Account AccountID
	Epoch   int
	Issued  time.Time // whole seconds
	Expires time.Time
	keys    []sessionKey
}

type sessionKey struct{ tokens, forms *signer }

// Sessions issues and opens session tokens. There is no session store: a token is signed, and the account
// document says which tokens no longer count (docs/decisions/0002-sessions.md).
type Sessions struct {
	service *Service
	keys    []sessionKey // the current one first
}

func newSessions(s *Service, current seal.Key, previous []seal.Key) *Sessions {
	out := &Sessions{service: s}
	for _, root := range append([]seal.Key{current}, previous...) {
		out.keys = append(out.keys, sessionKey{
			tokens: newSigner(root, "jushou/session/sign"), forms: newSigner(root, "jushou/session/csrf"),
		})
	}
	return out
}

// Issue starts a session of an account and returns its token for the cookie.
func (s *Sessions) Issue(ctx context.Context, id AccountID) (string, Session, error) {
	k, err := s.service.known(ctx, id)
	if err != nil {
		return "", Session{}, err
	}
	if k.account.IsErased() {
		return "", Session{}, ErrErased
	}
	now := s.service.clock.Now()
	return s.token(Session{ID: ids.New(now), Account: id, Epoch: k.account.Epoch}, now)
}

// Open returns whose session a token is, or ErrSessionEnded. It reads the store only when the account is
// not in the cache.
func (s *Sessions) Open(ctx context.Context, token string) (Actor, Session, error) {
	session, ok := s.parse(token)
	if !ok || !s.service.clock.Now().Before(session.Expires) {
		return Actor{}, Session{}, ErrSessionEnded
	}
	k, err := s.service.known(ctx, session.Account)
	switch {
	case isNotFound(err):
		return Actor{}, Session{}, ErrSessionEnded
	case err != nil:
		return Actor{}, Session{}, err
	case k.account.IsErased() || k.account.Epoch != session.Epoch || k.account.hasEnded(session.ID):
		return Actor{}, Session{}, ErrSessionEnded
	}
	return k.actor, session, nil
}

// Renew returns a longer-lived token for a session that is a day old, and whether there is one.
func (s *Sessions) Renew(session Session) (string, bool) {
	now := s.service.clock.Now()
	if now.Sub(session.Issued) < renewAfter {
		return "", false
	}
	token, _, err := s.token(session, now)
	return token, err == nil
}

// Revoke ends one session: signing out.
func (s *Sessions) Revoke(ctx context.Context, session Session) error {
	// A renewed token of the same session may live longer than this one.
	return s.end(ctx, session.Account, func(a Account, now time.Time) Account {
		return a.EndSession(session.ID, now.Add(SessionLife), now)
	})
}

// RevokeAll ends every session of the account: a lost phone.
func (s *Sessions) RevokeAll(ctx context.Context, id AccountID) error {
	return s.end(ctx, id, func(a Account, _ time.Time) Account { return a.EndAllSessions() })
}

func (s *Sessions) end(ctx context.Context, id AccountID, end func(Account, time.Time) Account) error {
	now := s.service.clock.Now()
	_, err := s.service.change(ctx, id, func(a Account) (Account, []docstore.Fact, error) {
		return end(a, now), []docstore.Fact{}, nil
	})
	return err
}

// token writes a session as "1.account.id.epoch.issued.expires.mac".
func (s *Sessions) token(session Session, now time.Time) (string, Session, error) {
	session.Issued = now.Truncate(time.Second)
	session.Expires = session.Issued.Add(SessionLife)
	session.keys = s.keys
	body := strings.Join([]string{
		"1", string(session.Account), session.ID, strconv.Itoa(session.Epoch),
		strconv.FormatInt(session.Issued.Unix(), 36), strconv.FormatInt(session.Expires.Unix(), 36),
	}, ".")
	return body + "." + s.keys[0].tokens.sign(body), session, nil
}

// maxToken is longer than any token of ours; what is longer is not hashed.
const maxToken = 300

func (s *Sessions) parse(token string) (Session, bool) {
	cut := strings.LastIndexByte(token, '.')
	if cut < 0 || len(token) > maxToken || !s.signed(token[:cut], token[cut+1:]) {
		return Session{}, false
	}
	var part [7]string
	rest := token[:cut]
	for i := range part {
		part[i], rest, _ = strings.Cut(rest, ".")
	}
	epoch, err1 := strconv.Atoi(part[3])
	issued, err2 := strconv.ParseInt(part[4], 36, 64)
	expires, err3 := strconv.ParseInt(part[5], 36, 64)
	return Session{
		Account: AccountID(part[1]), ID: part[2], Epoch: epoch,
		Issued: time.Unix(issued, 0), Expires: time.Unix(expires, 0), keys: s.keys,
	}, part[0] == "1" && part[6] == "" && rest == "" && err1 == nil && err2 == nil && err3 == nil
}

func (s *Sessions) signed(body, sum string) bool {
	for _, k := range s.keys {
		if k.tokens.signed(body, sum) {
			return true
		}
	}
	return false
}

// CSRF returns the token that the session's forms carry. It follows from the session's id, so it stays the
// same over renewals and needs no store.
func (s Session) CSRF() string {
	if len(s.keys) == 0 {
		return ""
	}
	return s.keys[0].forms.sign(s.ID)
}

// CheckCSRF returns nil if token is the session's, or ErrBadCSRF.
func (s Session) CheckCSRF(token string) error {
	for _, k := range s.keys {
		if k.forms.signed(s.ID, token) {
			return nil
		}
	}
	return ErrBadCSRF
}
