package identity_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

const home = identity.HouseholdID("ld-01.b3.501")

func TestTwentySignInsAtOnceMakeOneAccount(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	var wg sync.WaitGroup
	got := make([]identity.AccountID, 20)
	for i := range got {
		wg.Go(func() {
			a, err := w.SignInByWeChat(t.Context(), "o-wang")
			if err != nil {
				t.Error(err)
			}
			got[i] = a.ID
		})
	}
	wg.Wait()
	slices.Sort(got)
	if one := slices.Compact(got); len(one) != 1 || one[0] == "" {
		t.Fatalf("accounts %v", one)
	}
	if types := w.events(got[0]); !slices.Equal(types, []string{identity.EventCreated}) {
		t.Errorf("events %v", types)
	}
}

func TestACrashBetweenBindingAndAccountHeals(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	key := docstore.Key{Kind: identity.KindBinding, ID: w.box.Hash("openid", "o-crash")}
	_, err := w.store.Put(t.Context(), docstore.Write{Key: key, Body: []byte(`{"account":"acc-1","at":"2026-11-21T12:00:00Z"}`)})
	w.must(err)
	if a := w.person("o-crash"); a.ID != "acc-1" {
		t.Errorf("account %q, want the bound one", a.ID)
	}
}

func TestTheRosterVerifiesAtOnce(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.resident("o-wang", "王小芳", "13800138000")
	if !a.Resides("ld-01") || a.Name != "王**" || a.Memberships[0].DecidedBy != "roster" {
		t.Fatalf("actor %+v", a)
	}
	if types := w.events(a.ID); !slices.Equal(types, []string{identity.EventCreated, identity.EventVerified}) {
		t.Errorf("events %v", types)
	}
}

func TestWithoutAMatchStaffDecide(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.list("b3", "501", "王小芳", "13800138000")
	a := w.registered("o-li", "王小芳", "13900139000") // the name, another phone
	if a.Resides("ld-01") {
		t.Fatal("a name alone was enough")
	}
	q, err := w.PendingQueue(t.Context(), w.staff, "ld-01", "")
	w.must(err)
	i := slices.IndexFunc(q.Waiting, func(x identity.Waiting) bool { return x.Account == a.ID })
	if q.Count != 2 || i < 0 {
		t.Fatalf("queue %+v", q)
	}
	got := q.Waiting[i]
	if got.Name != "王小芳" || got.Phone != "139****9000" || got.Room != "501" || !got.NameListed || got.PhoneListed || got.Listed != 1 {
		t.Errorf("line %+v", got)
	}
	if _, err := w.PendingQueue(t.Context(), w.staff02, "ld-01", ""); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("another community's staff saw the queue: %v", err)
	}
	if err := w.VerifyResident(t.Context(), w.staff02, a.ID, home); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("another community's staff verified: %v", err)
	}
	w.must(w.VerifyResident(t.Context(), w.staff, a.ID, home))
	w.must(w.VerifyResident(t.Context(), w.staff, a.ID, home)) // a double tap
	if !w.actor(a.ID).Resides("ld-01") {
		t.Error("not a resident after being verified")
	}
	if types := w.events(a.ID); !slices.Equal(types, []string{identity.EventCreated, identity.EventPending, identity.EventVerified}) {
		t.Errorf("events %v", types)
	}
	if err := w.RejectResident(t.Context(), w.staff, a.ID, home, "材料不符"); !errors.Is(err, identity.ErrNotPending) {
		t.Errorf("rejected after verified: %v", err)
	}
}

func TestNobodyVerifiesThemselves(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if err := w.VerifyResident(t.Context(), w.staff, w.staff.ID, home); !errors.Is(err, identity.ErrOwnAffair) {
		t.Errorf("err %v", err)
	}
}

func TestARejectionNeedsAReasonAndLetsThePersonAskAgain(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.registered("o-li", "李强", "13900139000")
	for _, reason := range []string{"", " \u200b", strings.Repeat("长", 201)} {
		if err := w.RejectResident(t.Context(), w.staff, a.ID, home, reason); !errors.Is(err, identity.ErrReason) {
			t.Errorf("reason %.8q: %v", reason, err)
		}
	}
	w.must(w.RejectResident(t.Context(), w.staff, a.ID, home, "门牌号好像写错了,请再看一下"))
	m := w.actor(a.ID).Memberships[0]
	if m.Status != identity.MemberRejected || !strings.Contains(m.Reason, "门牌") {
		t.Errorf("membership %+v", m)
	}
	again := form("李强", "13900139000")
	again.Room = "502"
	got, err := w.RegisterResident(t.Context(), a, again)
	if err != nil || got.Status != identity.MemberPending || got.Household != "ld-01.b3.502" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestEveryFaultOfTheFormAtOnce(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	bad := identity.RegisterResident{Name: "王", Phone: "12345", Community: "ld-01", Building: "b3", Room: "五楼靠东那家人"}
	_, err := w.RegisterResident(t.Context(), w.person("o-x"), bad)
	var fields []string
	for _, f := range fault.All(err) {
		fields = append(fields, f.Field)
	}
	if !slices.Equal(fields, []string{"name", "phone", "room", "consents"}) {
		t.Errorf("fields %v in %v", fields, err)
	}
	for name, change := range map[string]func(*identity.RegisterResident){
		"a building of another community": func(r *identity.RegisterResident) { r.Building = "b7" },
		"an unknown building":             func(r *identity.RegisterResident) { r.Building = "b99" },
		"no building":                     func(r *identity.RegisterResident) { r.Building = "" },
	} {
		f := form("王小芳", "13800138000")
		change(&f)
		if _, err := w.RegisterResident(t.Context(), w.person("o-x"), f); fault.CodeOf(err) != "identity.no_building" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.RegisterResident(t.Context(), identity.Actor{}, form("王小芳", "13800138000")); !errors.Is(err, identity.ErrSignIn) {
		t.Errorf("the public registered: %v", err)
	}
}

func TestOnePhoneOneAccount(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	first := w.registered("o-1", "王小芳", "13800138000")
	second := w.person("o-2")
	if _, err := w.RegisterResident(t.Context(), second, form("李强", "138 0013 8000")); !errors.Is(err, identity.ErrPhoneTaken) {
		t.Fatalf("err %v", err)
	}
	// The first changes to another phone, and the number is free.
	_, err := w.RegisterResident(t.Context(), first, form("王小芳", "13800138001"))
	w.must(err)
	_, err = w.RegisterResident(t.Context(), second, form("李强", "13800138000"))
	w.must(err)
	// A refusal after the claim gives the number back.
	w.must(w.VerifyResident(t.Context(), w.staff, first.ID, home))
	if _, err := w.RegisterResident(t.Context(), first, form("王小小", "13800138009")); !errors.Is(err, identity.ErrNameDiffers) {
		t.Fatalf("a verified person took another name: %v", err)
	}
	_, err = w.RegisterResident(t.Context(), w.person("o-3"), form("赵一", "13800138009"))
	w.must(err)
}

func TestTwentyWhoWantOnePhone(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	var wg sync.WaitGroup
	errs := make([]error, 20)
	for i := range errs {
		a := w.person("o-race-" + string(rune('a'+i)))
		wg.Go(func() { _, errs[i] = w.RegisterResident(t.Context(), a, form("王小芳", "13800138000")) })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, identity.ErrPhoneTaken):
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d accounts have the phone", won)
	}
}

func TestAnAbandonedPhoneClaimIsTakenOverInTime(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	other := w.person("o-crashed")
	body, err := json.Marshal(map[string]any{"account": other.ID, "at": noon})
	w.must(err)
	key := docstore.Key{Kind: identity.KindPhone, ID: w.box.Hash("phone", "13800138000")}
	_, err = w.store.Put(t.Context(), docstore.Write{Key: key, Body: body})
	w.must(err)
	a := w.person("o-1")
	if _, err := w.RegisterResident(t.Context(), a, form("王小芳", "13800138000")); !errors.Is(err, identity.ErrPhoneTaken) {
		t.Fatalf("a claim of this moment was taken over: %v", err)
	}
	w.clock.Advance(11 * time.Minute)
	_, err = w.RegisterResident(t.Context(), a, form("王小芳", "13800138000"))
	w.must(err)
}

func TestMovingHouse(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.resident("o-wang", "王小芳", "13800138000")
	to := form("王小芳", "13800138000")
	to.Community, to.Building, to.Room = "ld-02", "b7", "7-1201"
	if _, err := w.MoveHouse(t.Context(), a, "ld-01.b3.999", to); !errors.Is(err, identity.ErrNoHome) {
		t.Errorf("moved out of a home one never had: %v", err)
	}
	m, err := w.MoveHouse(t.Context(), a, home, to)
	w.must(err)
	if m.Status != identity.MemberPending || m.Household != "ld-02.b7.1201" {
		t.Errorf("membership %+v", m)
	}
	if a = w.actor(a.ID); a.Resides("ld-01") || a.Resides("ld-02") {
		t.Error("still a resident of the old home, or already of the new")
	}
	w.must(w.VerifyResident(t.Context(), w.staff02, a.ID, m.Household))
	if !w.actor(a.ID).Resides("ld-02") {
		t.Error("not a resident of the new home")
	}
	w.must(w.LeaveCommunity(t.Context(), a, m.Household))
	w.must(w.LeaveCommunity(t.Context(), a, m.Household))
	if w.actor(a.ID).Resides("ld-02") {
		t.Error("still there after leaving")
	}
}

func TestFollowingAndUnfollowing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a, err := w.FollowedBy(t.Context(), "o-wang")
	w.must(err)
	_, err = w.FollowedBy(t.Context(), "o-wang") // WeChat's retry
	w.must(err)
	w.must(w.ConsentTo(t.Context(), a, identity.PurposeNotices, "2026-11"))
	c, err := w.Contacts(t.Context(), []identity.AccountID{a.ID, "nobody"})
	if err != nil || len(c) != 1 || c[a.ID] != (identity.Contact{OpenID: "o-wang", Following: true, Notices: true}) {
		t.Errorf("contacts %+v, %v", c, err)
	}
	w.must(w.Unfollowed(t.Context(), "o-wang"))
	w.must(w.Unfollowed(t.Context(), "o-never-seen"))
	w.must(w.WithdrawConsent(t.Context(), a, identity.PurposeNotices))
	if c, err = w.Contacts(t.Context(), []identity.AccountID{a.ID}); err != nil || c[a.ID].Following || c[a.ID].Notices {
		t.Errorf("contacts %+v, %v", c, err)
	}
	want := []string{identity.EventCreated, identity.EventFollowed, identity.EventConsented, identity.EventUnfollowed, identity.EventWithdrew}
	if types := w.events(a.ID); !slices.Equal(types, want) {
		t.Errorf("events %v", types)
	}
}

func TestTheSameFormTwiceIsOnce(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	a := w.registered("o-li", "李强", "13900139000")
	w.clock.Advance(time.Hour)
	m, err := w.RegisterResident(t.Context(), a, form("李 强", "+8613900139000"))
	if err != nil || m.Status != identity.MemberPending || !m.Since.Equal(noon) {
		t.Errorf("%+v, %v", m, err)
	}
	if types := w.events(a.ID); !slices.Equal(types, []string{identity.EventCreated, identity.EventPending}) {
		t.Errorf("events %v", types)
	}
	// A corrected name keeps the place in the queue and is no new claim.
	m, err = w.RegisterResident(t.Context(), a, form("李小强", "13900139000"))
	if err != nil || !m.Since.Equal(noon) {
		t.Errorf("%+v, %v", m, err)
	}
	if types := w.events(a.ID); !slices.Equal(types[2:], []string{identity.EventChanged}) {
		t.Errorf("events %v", types)
	}
	if w.actor(a.ID).Masked != "李**" {
		t.Errorf("masked %q", w.actor(a.ID).Masked)
	}
}

func TestAnImportedRosterVerifiesWhoWaits(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	waiting := w.registered("o-li", "李强", "13900139000")
	other := w.registered("o-zhao", "赵一", "13900139001")
	w.list("b3", "501", "李强", "13900139000")
	all, err := w.store.Events(t.Context(), 0, docstore.MaxLimit)
	w.must(err)
	for range 2 { // the feed comes at least once
		for _, e := range all {
			w.must(w.Recheck(t.Context(), e))
		}
	}
	if !w.actor(waiting.ID).Resides("ld-01") {
		t.Error("the roster knows the person, and the claim still waits")
	}
	if w.actor(other.ID).Resides("ld-01") {
		t.Error("somebody whom the roster does not know was verified")
	}
	if types := w.events(waiting.ID); !slices.Equal(types, []string{identity.EventCreated, identity.EventPending, identity.EventVerified}) {
		t.Errorf("events %v", types)
	}
}
