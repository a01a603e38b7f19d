package identity_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

func claim(room string, known bool) identity.Claim {
	return identity.Claim{
		Name: "王小芳", Phone: "13800138000", Community: "ld-01", Building: "b3", Known: known,
		Household: identity.NewHouseholdID("ld-01", "b3", room),
		Consents:  []identity.Consent{{Purpose: identity.PurposeService, Version: "1"}},
	}
}

// TestTheMembershipMachine tries every act in every state: an act either moves along a drawn arrow or
// changes nothing.
func TestTheMembershipMachine(t *testing.T) {
	t.Parallel()
	box := newBox(t)
	h := identity.NewHouseholdID("ld-01", "b3", "501")
	type result struct {
		to  identity.MemberStatus
		err error
	}
	acts := []struct {
		name string
		do   func(identity.Account) (identity.Account, []docstore.Fact, error)
	}{
		{"claim", func(a identity.Account) (identity.Account, []docstore.Fact, error) {
			return a.Register(box, claim("501", false), noon)
		}},
		{"claim with match", func(a identity.Account) (identity.Account, []docstore.Fact, error) {
			return a.Register(box, claim("501", true), noon)
		}},
		{"verify", func(a identity.Account) (identity.Account, []docstore.Fact, error) { return a.Verify(h, "staff", noon) }},
		{"reject", func(a identity.Account) (identity.Account, []docstore.Fact, error) {
			return a.Reject(h, "staff", "门牌不符", noon)
		}},
		{"leave", func(a identity.Account) (identity.Account, []docstore.Fact, error) { return a.Leave(h, noon) }},
	}
	p, v, r, l := identity.MemberPending, identity.MemberVerified, identity.MemberRejected, identity.MemberLeft
	for from, want := range map[identity.MemberStatus][]result{
		"": {{p, nil}, {v, nil}, {"", identity.ErrNotPending}, {"", identity.ErrNotPending}, {"", identity.ErrNoHome}},
		p:  {{p, nil}, {v, nil}, {v, nil}, {r, nil}, {l, nil}},
		v:  {{v, nil}, {v, nil}, {v, nil}, {v, identity.ErrNotPending}, {l, nil}},
		r:  {{p, nil}, {v, nil}, {r, identity.ErrNotPending}, {r, identity.ErrNotPending}, {r, identity.ErrNoHome}},
		l:  {{p, nil}, {v, nil}, {l, identity.ErrNotPending}, {l, identity.ErrNotPending}, {l, nil}},
	} {
		for i, act := range acts {
			a := identity.Account{ID: "a"}
			if from != "" {
				a.Memberships = []identity.Membership{{Community: "ld-01", Building: "b3", Household: h, Status: from}}
			}
			if from == v {
				a.Name = box.Seal("account/a#name", "王小芳")
			}
			got, facts, err := act.do(a)
			var status identity.MemberStatus
			if len(got.Memberships) > 0 {
				status = got.Memberships[0].Status
			}
			if status != want[i].to || !errors.Is(err, want[i].err) {
				t.Errorf("%s in state %q: %q, %v; want %q, %v", act.name, from, status, err, want[i].to, want[i].err)
			}
			if moved := status != from; moved && len(facts) == 0 {
				t.Errorf("%s moved %q to %q and told nobody", act.name, from, status)
			}
		}
	}
}

func TestWhateverPeopleDoAnAccountStaysPossible(t *testing.T) {
	t.Parallel()
	box := newBox(t)
	rapid.Check(t, func(rt *rapid.T) {
		a := identity.Account{ID: "a"}
		rooms := []string{"101", "102", "201", "202", "301", "302", "401", "402", "501"}
		for range rapid.IntRange(1, 60).Draw(rt, "acts") {
			room := rapid.SampledFrom(rooms).Draw(rt, "room")
			h := identity.NewHouseholdID("ld-01", "b3", room)
			before := slices.Clone(a.Memberships)
			old := a
			var err error
			switch rapid.IntRange(0, 6).Draw(rt, "act") {
			case 0:
				a, _, err = a.Register(box, claim(room, false), noon)
			case 1:
				a, _, err = a.Register(box, claim(room, true), noon)
			case 2:
				a, _, err = a.Verify(h, "staff", noon)
			case 3:
				a, _, err = a.Reject(h, "staff", "不符合", noon)
			case 4:
				a, _, err = a.Leave(h, noon)
			case 5:
				to := rapid.SampledFrom(rooms).Draw(rt, "to")
				a, _, err = a.Move(box, h, claim(to, rapid.Bool().Draw(rt, "known")), noon)
			case 6:
				a, _, err = a.Consent(identity.PurposeNotices, rapid.StringMatching("[a-z]{1,3}").Draw(rt, "version"), noon)
			}
			if !slices.Equal(old.Memberships, before) {
				rt.Fatal("a transition changed the account it was given")
			}
			if err != nil && !slices.Equal(a.Memberships, before) {
				rt.Fatal("a refused act changed something")
			}
			checkAccount(rt, a)
		}
	})
}

func checkAccount(rt *rapid.T, a identity.Account) {
	live, pending := 0, 0
	homes := map[identity.HouseholdID]bool{}
	for _, m := range a.Memberships {
		if homes[m.Household] {
			rt.Fatalf("two memberships of %s", m.Household)
		}
		homes[m.Household] = true
		switch m.Status {
		case identity.MemberPending:
			pending++
			live++
		case identity.MemberVerified:
			live++
		}
	}
	if pending > 1 || live > identity.MaxHomes || len(a.Memberships) > 12 || len(a.Consents) > 31 {
		rt.Fatalf("%d pending, %d live, %d kept, %d consents", pending, live, len(a.Memberships), len(a.Consents))
	}
}

func TestTheSixthHomeIsRefused(t *testing.T) {
	t.Parallel()
	box := newBox(t)
	a := identity.Account{ID: "a"}
	for _, room := range []string{"101", "102", "103", "104", "105"} {
		var err error
		if a, _, err = a.Register(box, claim(room, true), noon); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := a.Register(box, claim("106", true), noon); !errors.Is(err, identity.ErrTooManyHomes) {
		t.Errorf("err %v", err)
	}
	if moved, _, err := a.Move(box, "ld-01.b3.101", claim("106", true), noon); err != nil || len(moved.Memberships) != 6 {
		t.Errorf("moving with five homes: %v", err)
	}
}

func TestAnotherClaimWithdrawsThePendingOne(t *testing.T) {
	t.Parallel()
	box := newBox(t)
	a, _, err := identity.Account{ID: "a"}.Register(box, claim("501", false), noon)
	if err != nil {
		t.Fatal(err)
	}
	a, facts, err := a.Register(box, claim("502", false), noon)
	if err != nil || a.Memberships[0].Status != identity.MemberLeft || a.Memberships[1].Status != identity.MemberPending {
		t.Errorf("%+v, %v", a.Memberships, err)
	}
	if len(facts) != 2 || facts[0].Type != identity.EventLeft || facts[1].Type != identity.EventPending {
		t.Errorf("facts %+v", facts)
	}
}

func TestConsentsAreKeptAsHistory(t *testing.T) {
	t.Parallel()
	a := identity.Account{ID: "a"}
	a, _, err := a.Consent(identity.PurposeService, "1", noon)
	if err != nil {
		t.Fatal(err)
	}
	if same, facts, _ := a.Consent(identity.PurposeService, "1", noon); facts != nil || len(same.Consents) != 1 {
		t.Error("the same consent twice is two")
	}
	a, _, _ = a.Consent(identity.PurposeService, "2", noon.Add(days(1)))
	if len(a.Consents) != 2 || a.Consents[0].Withdrawn.IsZero() || !a.Consented(identity.PurposeService) {
		t.Errorf("consents %+v", a.Consents)
	}
	for _, bad := range []struct {
		purpose identity.Purpose
		version string
	}{{"marketing", "1"}, {identity.PurposeNotices, ""}, {"", "1"}} {
		if _, _, err := a.Consent(bad.purpose, bad.version, noon); !errors.Is(err, identity.ErrBadConsent) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	living := a
	living.Memberships = []identity.Membership{{Community: "ld-01", Household: "h", Status: identity.MemberVerified}}
	if _, _, err := living.Withdraw(identity.PurposeService, noon); !errors.Is(err, identity.ErrWithdrawService) {
		t.Errorf("withdrew what the membership rests on: %v", err)
	}
	a, _, err = a.Withdraw(identity.PurposeService, noon)
	if err != nil || a.Consented(identity.PurposeService) {
		t.Errorf("withdraw: %v", err)
	}
}

func TestGrants(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		grant identity.Grant
		want  error
	}{
		{"staff", identity.Grant{Role: identity.RoleStaff, Node: "ld-01"}, nil},
		{"partner with a board", identity.Grant{Role: identity.RolePartner, Node: "ld-01", Board: "property"}, nil},
		{"partner without a board", identity.Grant{Role: identity.RolePartner, Node: "ld-01"}, identity.ErrBadGrant},
		{"staff with a board", identity.Grant{Role: identity.RoleStaff, Node: "ld-01", Board: "property"}, identity.ErrBadGrant},
		{"unknown role", identity.Grant{Role: "king", Node: "ld-01"}, identity.ErrBadGrant},
		{"resident is no role to give", identity.Grant{Role: "resident", Node: "ld-01"}, identity.ErrBadGrant},
		{"nowhere", identity.Grant{Role: identity.RoleStaff}, identity.ErrBadGrant},
		{"a title too long", identity.Grant{Role: identity.RoleStaff, Node: "ld-01", Title: "非常非常非常非常非常非常非常非常非常非常长"}, identity.ErrBadGrant},
	} {
		_, _, err := identity.Account{ID: "a"}.Grant(c.grant, "admin", noon)
		if !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	a := identity.Account{ID: "a"}
	for i := range 20 {
		var err error
		if a, _, err = a.Grant(identity.Grant{Role: identity.RoleStaff, Node: community.ID("n" + string(rune('a'+i)))}, "admin", noon); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := a.Grant(identity.Grant{Role: identity.RoleStaff, Node: "one-more"}, "admin", noon); !errors.Is(err, identity.ErrBadGrant) {
		t.Errorf("21 roles: %v", err)
	}
}
