package identity_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

func TestASessionOpensAsItsActor(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	token, issued, err := w.Sessions().Issue(t.Context(), w.staff.ID)
	w.must(err)
	actor, s, err := w.Sessions().Open(t.Context(), token)
	if err != nil || actor.ID != w.staff.ID || actor.Name != "李干部" || s.ID != issued.ID {
		t.Fatalf("%+v, %+v, %v", actor, s, err)
	}
	// Another process with the same key, which has never heard of the session, opens it as well.
	if _, _, err := w.replica().Sessions().Open(t.Context(), token); err != nil {
		t.Errorf("replica: %v", err)
	}
	w.clock.Advance(-time.Hour) // a clock that jumps back ends nobody's session
	if _, _, err := w.Sessions().Open(t.Context(), token); err != nil {
		t.Errorf("after a jump back: %v", err)
	}
	w.clock.Advance(time.Hour + identity.SessionLife)
	if _, _, err := w.Sessions().Open(t.Context(), token); !errors.Is(err, identity.ErrSessionEnded) {
		t.Errorf("after its life: %v", err)
	}
}

func TestForgedTokensAreRefused(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	token, _, err := w.Sessions().Issue(t.Context(), w.staff.ID)
	w.must(err)
	part := strings.Split(token, ".")
	if len(part) != 7 {
		t.Fatalf("token %q", token)
	}
	forge := func(i int, value string) string {
		p := append([]string(nil), part...)
		p[i] = value
		return strings.Join(p, ".")
	}
	forged := []string{
		"", ".", "1", strings.Repeat("a", 5000), token + "x", token[:len(token)-1], forge(0, "2"), forge(1, string(w.admin.ID)),
		forge(2, "other"), forge(3, "1"), forge(5, "zzzzzzz"), forge(6, ""), strings.ToUpper(token),
	}
	for _, f := range forged {
		if _, _, err := w.Sessions().Open(t.Context(), f); !errors.Is(err, identity.ErrSessionEnded) {
			t.Errorf("Open(%.30q) = %v", f, err)
		}
	}
}

func TestSigningOutEndsOneSessionAndRevokeAllEndsAll(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx, sessions := t.Context(), w.Sessions()
	phone, phoneSession, err := sessions.Issue(ctx, w.staff.ID)
	w.must(err)
	desk, _, err := sessions.Issue(ctx, w.staff.ID)
	w.must(err)
	w.must(sessions.Revoke(ctx, phoneSession))
	w.must(sessions.Revoke(ctx, phoneSession))
	if _, _, err := sessions.Open(ctx, phone); !errors.Is(err, identity.ErrSessionEnded) {
		t.Errorf("signed out and still in: %v", err)
	}
	if _, _, err := sessions.Open(ctx, desk); err != nil {
		t.Errorf("the other session ended too: %v", err)
	}
	w.must(sessions.RevokeAll(ctx, w.staff.ID))
	if _, _, err := sessions.Open(ctx, desk); !errors.Is(err, identity.ErrSessionEnded) {
		t.Errorf("after RevokeAll: %v", err)
	}
	fresh, _, err := sessions.Issue(ctx, w.staff.ID)
	w.must(err)
	if _, _, err := sessions.Open(ctx, fresh); err != nil {
		t.Errorf("a new session after RevokeAll: %v", err)
	}
}

func TestTheListOfEndedSessionsStaysShort(t *testing.T) {
	t.Parallel()
	a := identity.Account{ID: "a"}
	for range 30 {
		a = a.EndSession(time.Now().String()+"x", noon.Add(time.Hour), noon)
	}
	if len(a.Ended) > 20 || a.Epoch == 0 {
		t.Errorf("%d kept, epoch %d", len(a.Ended), a.Epoch)
	}
	b := identity.Account{ID: "b"}.EndSession("old", noon.Add(time.Hour), noon)
	b = b.EndSession("new", noon.Add(days(2)), noon.Add(days(1)))
	if len(b.Ended) != 1 || b.Ended[0].ID != "new" {
		t.Errorf("expired ones are kept: %+v", b.Ended)
	}
}

func TestRenewalKeepsTheSessionAndItsForms(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	_, s, err := w.Sessions().Issue(t.Context(), w.staff.ID)
	w.must(err)
	if _, ok := w.Sessions().Renew(s); ok {
		t.Error("renewed a fresh session")
	}
	w.clock.Advance(days(20))
	token, ok := w.Sessions().Renew(s)
	if !ok {
		t.Fatal("not renewed after 20 days")
	}
	w.clock.Advance(days(20))
	_, again, err := w.Sessions().Open(t.Context(), token)
	w.must(err)
	if again.ID != s.ID {
		t.Error("a renewed session has another id")
	}
	w.must(again.CheckCSRF(s.CSRF()))
	// Signing out by the old cookie ends the renewed one, too.
	w.must(w.Sessions().Revoke(t.Context(), s))
	if _, _, err := w.Sessions().Open(t.Context(), token); !errors.Is(err, identity.ErrSessionEnded) {
		t.Errorf("the renewed token lives on: %v", err)
	}
}

func TestFormsOfAnotherSessionAreRefused(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	_, mine, err := w.Sessions().Issue(t.Context(), w.staff.ID)
	w.must(err)
	_, other, err := w.Sessions().Issue(t.Context(), w.staff.ID)
	w.must(err)
	w.must(mine.CheckCSRF(mine.CSRF()))
	for _, bad := range []string{"", other.CSRF(), mine.CSRF() + "x", mine.ID} {
		if err := mine.CheckCSRF(bad); !errors.Is(err, identity.ErrBadCSRF) {
			t.Errorf("CheckCSRF(%q) = %v", bad, err)
		}
	}
	if (identity.Session{}).CSRF() != "" || (identity.Session{}).CheckCSRF("") == nil {
		t.Error("no session has a valid form token")
	}
}

func TestSigningKeysChangeWithoutSigningPeopleOut(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	token, s, err := w.Sessions().Issue(t.Context(), w.staff.ID)
	w.must(err)
	next := func(previous ...seal.Key) *identity.Sessions {
		return identity.New(identity.Config{
			Store: w.store, Directory: w.dir, Box: w.box, Clock: w.clock, Real: w.real,
			SessionKey: seal.Key{10}, PreviousSessionKeys: previous,
		}).Sessions()
	}
	_, opened, err := next(sessionKey).Open(t.Context(), token)
	w.must(err)
	w.must(opened.CheckCSRF(s.CSRF()))
	if _, _, err := next().Open(t.Context(), token); !errors.Is(err, identity.ErrSessionEnded) {
		t.Errorf("opened without the key: %v", err)
	}
}

// counting counts the reads of documents.
type counting struct {
	docstore.Store
	reads atomic.Int64
}

func (c *counting) Get(ctx context.Context, key docstore.Key) (docstore.Doc, error) {
	c.reads.Add(1)
	return c.Store.Get(ctx, key)
}

func TestARequestUsuallyCostsNoReadForItsActor(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	store := &counting{Store: w.store}
	s := identity.New(identity.Config{Store: store, Directory: w.dir, Box: w.box, Clock: w.clock, Real: w.real, SessionKey: sessionKey})
	token, _, err := s.Sessions().Issue(t.Context(), w.staff.ID)
	w.must(err)
	before := store.reads.Load()
	for range 100 {
		if _, _, err := s.Sessions().Open(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if n := store.reads.Load() - before; n != 0 {
		t.Errorf("%d reads for 100 requests", n)
	}
	w.real.Advance(2 * time.Second)
	if _, _, err := s.Sessions().Open(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	if n := store.reads.Load() - before; n != 1 {
		t.Errorf("%d reads after two seconds, want 1", n)
	}
}

func TestARevokedRoleEndsAtOnceHereAndInTwoSecondsElsewhere(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	other := w.replica()
	node, err := w.dir.Node(t.Context(), "ld-01")
	w.must(err)
	place := identity.At(node)
	allowed := func(s *identity.Service) bool {
		a, err := s.Actor(t.Context(), w.staff.ID)
		w.must(err)
		return identity.Can(a, identity.AnswerTopic, place) == nil
	}
	if !allowed(w.Service) || !allowed(other) {
		t.Fatal("staff cannot answer to begin with")
	}
	w.must(w.RevokeRole(t.Context(), w.admin, w.staff.ID, identity.Grant{Role: identity.RoleStaff, Node: "ld-01"}))
	if allowed(w.Service) {
		t.Error("still allowed in the process that took the role")
	}
	w.real.Advance(2 * time.Second)
	if allowed(other) {
		t.Error("still allowed elsewhere after two seconds")
	}
	// With the event feed it does not even take that long.
	w.must(w.GrantRole(t.Context(), w.admin, w.staff.ID, identity.Grant{Role: identity.RoleStaff, Node: "ld-01"}))
	w.relay(other)
	if !allowed(other) {
		t.Error("the feed did not refresh the other process")
	}
}

func TestDeskLoginByPhone(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ctx := t.Context()
	ticket, secret, err := w.OpenLogin(ctx, "Chrome, Windows")
	w.must(err)
	waiting := func(want error) {
		t.Helper()
		if _, _, err := w.UseLogin(ctx, ticket.Nonce, secret); !errors.Is(err, want) {
			t.Errorf("UseLogin = %v, want %v", err, want)
		}
	}
	waiting(identity.ErrLoginWaiting)
	if _, err := w.ConfirmLogin(ctx, w.staff, ticket.Nonce); !errors.Is(err, identity.ErrLoginGone) {
		t.Errorf("confirmed before it was scanned: %v", err)
	}
	shown, err := w.ScanLogin(ctx, w.staff, ticket.Nonce)
	if err != nil || shown.Device != "Chrome, Windows" {
		t.Fatalf("%+v, %v", shown, err)
	}
	waiting(identity.ErrLoginWaiting)
	if _, err := w.ScanLogin(ctx, w.staff02, ticket.Nonce); !errors.Is(err, identity.ErrLoginOther) {
		t.Errorf("a second phone scanned it: %v", err)
	}
	if _, err := w.ConfirmLogin(ctx, w.staff02, ticket.Nonce); !errors.Is(err, identity.ErrLoginOther) {
		t.Errorf("a second phone confirmed it: %v", err)
	}
	_, err = w.ConfirmLogin(ctx, w.staff, ticket.Nonce)
	w.must(err)
	if _, _, err := w.UseLogin(ctx, ticket.Nonce, "another browser"); !errors.Is(err, identity.ErrLoginGone) {
		t.Errorf("another browser took the session: %v", err)
	}
	token, s, err := w.UseLogin(ctx, ticket.Nonce, secret)
	if err != nil || token == "" || s.Account != w.staff.ID {
		t.Fatalf("%q, %+v, %v", token, s, err)
	}
	waiting(identity.ErrLoginGone)
	if _, _, err := w.UseLogin(ctx, "unknown", secret); !errors.Is(err, identity.ErrLoginGone) {
		t.Errorf("unknown: %v", err)
	}
}

func TestALoginCodeLivesFiveMinutes(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ticket, secret, err := w.OpenLogin(t.Context(), "")
	w.must(err)
	_, err = w.ScanLogin(t.Context(), w.staff, ticket.Nonce)
	w.must(err)
	w.clock.Advance(identity.LoginLife)
	if _, err := w.ConfirmLogin(t.Context(), w.staff, ticket.Nonce); !errors.Is(err, identity.ErrLoginGone) {
		t.Errorf("confirmed an old code: %v", err)
	}
	if _, _, err := w.UseLogin(t.Context(), ticket.Nonce, secret); !errors.Is(err, identity.ErrLoginGone) {
		t.Errorf("used an old code: %v", err)
	}
	if n, err := w.ForgetLogins(t.Context()); n != 0 || err != nil {
		t.Errorf("forgot %d on the same day, %v", n, err)
	}
	w.clock.Advance(days(2))
	if n, err := w.ForgetLogins(t.Context()); n != 1 || err != nil {
		t.Errorf("forgot %d, %v", n, err)
	}
}
