package owners_test

import (
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// TestALegalBasis is recorded, and holds once a second person has confirmed it.
func TestALegalBasis(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	b, err := g.RecordBasis(ctx, g.chen, g.record())
	roomtest.Must(t, err)
	if b.Holds() {
		t.Error("it holds before anybody has compared it")
	}
	_, err = g.ConfirmBasis(ctx, g.chen, b.ID)
	roomtest.Refused(t, err, "basis.second_person")
	_, err = g.ConfirmBasis(ctx, g.elsewhere, b.ID)
	roomtest.Refused(t, err, "basis.not_found")
	_, err = g.ConfirmBasis(ctx, g.lin, b.ID)
	roomtest.Refused(t, err, "identity.denied")
	b, err = g.ConfirmBasis(ctx, g.zhang, b.ID)
	roomtest.Must(t, err)
	if _, err = g.ConfirmBasis(ctx, g.zhang, b.ID); err != nil || !b.Holds() {
		t.Errorf("confirmed %+v, %v", b, err)
	}
	_, err = g.RevokeBasis(ctx, g.chen, b.ID, " ")
	roomtest.Refused(t, err, "basis.reason")
	b, err = g.RevokeBasis(ctx, g.chen, b.ID, "议事规则改了")
	roomtest.Must(t, err)
	if b.Holds() {
		t.Error("it holds after it was revoked")
	}
	_, err = g.ConfirmBasis(ctx, g.zhang, b.ID)
	roomtest.Refused(t, err, "basis.revoked")
	all, err := g.Bases(ctx, g.lin, "c1")
	if err != nil || len(all) != 1 {
		t.Errorf("listed %v, %v", all, err)
	}
}

// TestBasesThatAreRefused and why.
func TestBasesThatAreRefused(t *testing.T) {
	t.Parallel()
	g := setup(t)
	for want, change := range map[string]func(*owners.Record){
		"basis.rule":    func(r *owners.Record) { r.Rule = " " },
		"basis.clause":  func(r *owners.Record) { r.Clause = "" },
		"basis.adopted": func(r *owners.Record) { r.AdoptedAt = g.In(time.Hour) },
		"basis.photo":   func(r *owners.Record) { r.Photos = nil },
		"basis.silence": func(r *owners.Record) { r.Warning = "" },
		"basis.ways":    func(r *owners.Record) { r.Ways = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} },
		"topic.bad_photo": func(r *owners.Record) {
			r.Photos = []deliberation.PhotoID{"x"}
		},
		"topic.bad_token": func(r *owners.Record) { r.ID = "x" },
	} {
		r := g.record()
		change(&r)
		_, err := g.RecordBasis(t.Context(), g.chen, r)
		found := false
		for _, f := range fault.All(err) {
			found = found || f.Code == want
		}
		if !found {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestAccountsOfOwners are found by number, or by a document that somebody compared; an owner is one account.
func TestAccountsOfOwners(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	_, err := g.Claim(ctx, g.lin, "c1")
	roomtest.Refused(t, err, "owners.none_found")
	g.registered(lawful)
	for range 2 {
		mine, err := g.Claim(ctx, g.lin, "c1")
		roomtest.Must(t, err)
		if len(mine) != 2 {
			t.Errorf("she owns %d units", len(mine))
		}
	}
	show := owners.Show{Community: "c1", Building: "b1", Room: "102", Owner: 2, Phone: "13900010002", Photo: deliberation.PhotoID(g.Token())}
	_, err = g.BindOwner(ctx, g.chen, show)
	roomtest.Must(t, err)
	for want, change := range map[string]func(*owners.Show){
		"owners.photo_needed":  func(s *owners.Show) { s.Photo = "" },
		"owners.which_owner":   func(s *owners.Show) { s.Owner = 0 },
		"owners.no_person":     func(s *owners.Show) { s.Phone = "13900010009" },
		"owners.no_such_owner": func(s *owners.Show) { s.Room = "909" },
		"owners.bound_already": func(s *owners.Show) { s.Phone = "13900010001" },
	} {
		s := show
		change(&s)
		_, err := g.BindOwner(ctx, g.chen, s)
		roomtest.Refused(t, err, want)
	}
	_, err = g.BindOwner(ctx, g.lin, show)
	roomtest.Refused(t, err, "identity.denied")
	roomtest.Must(t, g.Forget(ctx, docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "lin"}}))
	mine, err := g.Mine(ctx, g.lin, "c1")
	if err != nil || len(mine) != 0 {
		t.Errorf("a deleted account owns %v, %v", mine, err)
	}
}
