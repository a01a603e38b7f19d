package identity_test

import (
	"errors"
	"strings"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

func TestSeeingAPersonIsWrittenDownAndShownToThem(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.resident("o-wang", "王小芳", "13800138000")
	p, err := w.SeePerson(t.Context(), w.staff, "ld-01", a.ID, "上门核对漏水")
	if err != nil || p.Name != "王小芳" || p.Phone != "13800138000" || len(p.Homes) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	looks, _, err := w.LooksAtMe(t.Context(), a, "")
	if err != nil || len(looks) != 1 || looks[0].Who != w.staff.ID || looks[0].Why != "上门核对漏水" || !looks[0].At.Equal(noon) {
		t.Errorf("looks %+v, %v", looks, err)
	}
	for name, c := range map[string]struct {
		actor identity.Actor
		why   string
		want  error
	}{
		"without a reason":       {w.staff, "", identity.ErrReason},
		"a neighbour":            {a, "好奇", identity.ErrDenied},
		"staff from elsewhere":   {w.staff02, "好奇", identity.ErrDenied},
		"the district's admin":   {w.admin, "好奇", identity.ErrDenied},
		"somebody without name":  {identity.Actor{}, "好奇", identity.ErrSignIn},
		"the platform by itself": {identity.System("sweep"), "好奇", identity.ErrDenied},
	} {
		if p, err := w.SeePerson(t.Context(), c.actor, "ld-01", a.ID, c.why); !errors.Is(err, c.want) || p.Phone != "" {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
	if _, err := w.SeePerson(t.Context(), w.staff02, "ld-02", a.ID, "看看"); !errors.Is(err, identity.ErrNotHere) {
		t.Errorf("staff saw a person of another community through their own: %v", err)
	}
}

func TestExportHoldsEverythingAndDeletionLeavesNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.resident("o-wang", "王小芳", "13800138000")
	_, err := w.SeePerson(t.Context(), w.staff, "ld-01", a.ID, "核对")
	w.must(err)
	d, err := w.ExportMyData(t.Context(), a)
	if err != nil || d.Name != "王小芳" || d.Phone != "13800138000" || d.OpenID != "o-wang" || len(d.Memberships) != 1 || len(d.Consents) != 1 || len(d.Looks) != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	token, _, err := w.Sessions().Issue(t.Context(), a.ID)
	w.must(err)
	w.must(w.DeleteAccount(t.Context(), a))
	w.must(w.DeleteAccount(t.Context(), a))
	doc, err := w.store.Get(t.Context(), docstore.Key{Kind: identity.KindAccount, ID: string(a.ID)})
	w.must(err)
	for _, trace := range []string{"王", "b3", "501", "phone", "openid", "a1."} {
		if strings.Contains(string(doc.Body), trace) {
			t.Errorf("%q is left in %s", trace, doc.Body)
		}
	}
	if _, _, err := w.Sessions().Open(t.Context(), token); !errors.Is(err, identity.ErrSessionEnded) {
		t.Errorf("the session outlived the account: %v", err)
	}
	names, err := w.Names(t.Context(), []identity.AccountID{a.ID})
	if err != nil || names[a.ID].Masked != identity.ErasedName {
		t.Errorf("names %v, %v", names, err)
	}
	// The same WeChat and the same phone begin anew.
	if b := w.registered("o-wang", "王小芳", "13800138000"); b.ID == a.ID {
		t.Error("the deleted account came back")
	}
	if types := w.events(a.ID); types[len(types)-1] != identity.EventErased {
		t.Errorf("events %v", types)
	}
}

func TestABindingThatOutlivedItsAccountBeginsAnew(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.resident("o-wang", "王小芳", "13800138000")
	key := docstore.Key{Kind: identity.KindBinding, ID: w.box.Hash("openid", "o-wang")}
	binding, err := w.store.Get(t.Context(), key)
	w.must(err)
	w.must(w.DeleteAccount(t.Context(), a))
	_, err = w.store.Put(t.Context(), docstore.Write{Key: key, Body: binding.Body}) // the crash before freeing it
	w.must(err)
	if b := w.person("o-wang"); b.ID == a.ID || b.ID == "" {
		t.Errorf("account %q", b.ID)
	}
}

func TestEventsAndStoreShowNoPersonalData(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.resident("o-wang-secret", "王小芳", "13800138000")
	_, err := w.SeePerson(t.Context(), w.staff, "ld-01", a.ID, "核对")
	w.must(err)
	all, err := w.store.Events(t.Context(), 0, docstore.MaxLimit)
	w.must(err)
	if len(all) == 0 {
		t.Fatal("no events were read")
	}
	for _, e := range all {
		for _, secret := range []string{"小芳", "13800138000", "o-wang-secret", "501"} {
			if strings.Contains(string(e.Data), secret) {
				t.Errorf("event %s tells %q: %s", e.Type, secret, e.Data)
			}
		}
	}
	for _, key := range []docstore.Key{{Kind: identity.KindAccount, ID: string(a.ID)}, {Kind: identity.KindHousehold, ID: string(home)}} {
		doc, err := w.store.Get(t.Context(), key)
		w.must(err)
		for _, secret := range []string{"小芳", "13800138000", "o-wang-secret"} {
			if strings.Contains(string(doc.Body), secret) {
				t.Errorf("%s shows %q", key.Kind, secret)
			}
		}
	}
}

func TestFieldKeysChangeAndEverybodyIsStillThemselves(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.resident("o-wang", "王小芳", "13800138000")
	box, err := seal.New(seal.International{}, seal.Key{2}, seal.Key{1})
	w.must(err)
	later := identity.New(identity.Config{
		Store: w.store, Directory: w.dir, Box: box, Clock: w.clock, Real: w.real, SessionKey: sessionKey,
	})
	same, err := later.SignInByWeChat(t.Context(), "o-wang")
	if err != nil || same.ID != a.ID {
		t.Fatalf("%q, %v; want %q", same.ID, err, a.ID)
	}
	other, err := later.SignInByWeChat(t.Context(), "o-other")
	w.must(err)
	if _, err := later.RegisterResident(t.Context(), other, form("李强", "13800138000")); !errors.Is(err, identity.ErrPhoneTaken) {
		t.Errorf("the number is free under the new key: %v", err)
	}
	if m, err := later.RegisterResident(t.Context(), same, form("王小芳", "13800138000")); err != nil || m.Status != identity.MemberVerified {
		t.Errorf("%+v, %v", m, err)
	}
	w.must(later.DeleteAccount(t.Context(), same))
	again, err := later.SignInByWeChat(t.Context(), "o-wang")
	if err != nil || again.ID == a.ID {
		t.Errorf("%q, %v", again.ID, err)
	}
	if _, err := later.RegisterResident(t.Context(), other, form("李强", "13800138000")); err != nil {
		t.Errorf("the number was not freed: %v", err)
	}
}
