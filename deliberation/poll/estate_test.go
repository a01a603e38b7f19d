package poll_test

import (
	"slices"
	"testing"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// TestADecisionIsOfOneEstate: where a community has several, the owners of one are one meeting, and its spaces belong to it though they
// stand in no building.
func TestADecisionIsOfOneEstate(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	for id, name := range map[community.EstateID]string{"e": "东苑", "w": "西苑"} {
		_, err := g.deps.Places.Estates.Put(ctx, string(id), docstore.Any, community.Estate{ID: id, Community: "c1", Name: name})
		must(t, err)
	}
	b := community.Building{ID: "b9", Community: "c1", Estate: "w", Name: "9号楼"}
	_, err := g.deps.Places.Buildings.Put(ctx, "b9", docstore.Any, b)
	must(t, err)
	const head = "小区,楼栋,室号,用途,面积,面积来源,业主,手机\n"
	_, err = g.register.ReadRegister(ctx, g.staff, g.file(head+",地下车库,B1-1,车位,40.00,登记,甲甲,13900000000\n"))
	code(t, err, "owners.has_faults") // of which estate?
	r, err := g.register.ReadRegister(ctx, g.staff, g.file(head+
		",1号楼,101,住宅,60.00,登记,甲甲,13900000000\n东苑,地下车库,B1-1,车位,40.00,登记,甲甲,13900000000\n西苑,9号楼,101,住宅,80.00,登记,乙乙,13900000001\n"))
	must(t, err)
	_, err = g.register.DecideRegister(ctx, g.staff, "c1", r.Version.N, true)
	must(t, err)

	for name, change := range map[string]func(*poll.Draft){
		"of no estate":              func(*poll.Draft) {},
		"of one elsewhere":          func(d *poll.Draft) { d.Estate = "other" },
		"a building of another one": func(d *poll.Draft) { d.Estate, d.Buildings = "e", []community.BuildingID{"b9"} },
	} {
		d := g.joint()
		if change(&d); len(d.Buildings) > 0 {
			d.Rule.Owners.Scope = rule.ScopeBuilding
		}
		if _, err := g.DraftPoll(ctx, g.staff, d); err == nil {
			t.Errorf("a decision %s is drafted", name)
		} else {
			code(t, err, "poll.owners_estate")
		}
	}
	d := g.joint()
	d.Estate = "e"
	p := g.opened(d)
	if p.Roll.Voters != 1 || p.Roll.Area != 10000 || !slices.Equal(p.Scope.Names, []string{"东苑"}) {
		t.Errorf("the roll is %+v of %v", p.Roll, p.Scope.Names)
	}
	lines, _, err := g.RollLines(ctx, g.staff, p.ID, "1幢101室", "")
	must(t, err)
	if len(lines) != 1 || len(lines[0].Places) != 2 {
		t.Errorf("at 1-101 there are %+v", lines)
	}
	for _, none := range []string{"01", "9-101"} {
		if lines, _, err := g.RollLines(ctx, g.staff, p.ID, none, ""); err != nil || len(lines) > 0 {
			t.Errorf("at %s there are %+v, %v", none, lines, err)
		}
	}
}

// TestThePropertyCompanyIsNoProxy of owners; a guardian its staff may be.
func TestThePropertyCompanyIsNoProxy(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	g.people.all[3].Grants = []identity.Grant{{Role: identity.RolePartner, Node: "c1", Board: "property", Title: "物业经理"}}
	g.bring(six)
	d := g.joint()
	d.Mandates = 1
	p := g.opened(d)
	v, err := g.Poll(ctx, g.p(1), p.ID)
	must(t, err)
	m := poll.Mandate{Poll: p.ID, Voter: v.Seats[0].Voter, Kind: poll.ByMandate, Phone: "p3", Photo: g.photo()}
	code(t, g.RecordMandate(ctx, g.staff, m), "poll.property_proxy")
	m.Kind = poll.AsGuardian
	must(t, g.RecordMandate(ctx, g.staff, m))
}
