package owners_test

import (
	"strings"
	"testing"

	"jushou/deliberation/poll/owners"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/docstore"
)

const lawful = `1号楼,,101,住宅,88.52,登记,2016-05-20,已售,林桂兰,13900010001,
1号楼,,102,住宅,70 m²,实测,,已售,王建国、李芳,"13900010002、13900010003",
2号楼,1,301,住宅,100.5,合同,,已售,王建国,13900010002,
2号楼,2,301,商铺,40.00,登记,,已售,罗店置业有限公司,,
2号楼,2,302,住宅,90,登记,,未售,,,
2号楼,2,303,住宅,90,登记,,未售,,,
地下车库,,B1-7,车位,12.60,登记,,已售,林桂兰,13900010001,
`

// TestHeadsOfARegister: units of one owner are one voice, co-owners are another, and the developer's unsold units are one.
func TestHeadsOfARegister(t *testing.T) {
	t.Parallel()
	g := setup(t)
	v := g.registered(lawful)
	if v.Units != 7 || v.Heads != 5 || v.Area != 49162 || v.ParkingArea != 1260 || v.Developer != 2 || v.Sources[community.AreaContract] != 1 {
		t.Errorf("figures %+v", v.Figures)
	}
	all, version, err := g.Snapshot(t.Context(), "c1", owners.Area{})
	roomtest.Must(t, err)
	if version != v.N || len(all) != 5 {
		t.Fatalf("version %d with %d heads", version, len(all))
	}
	units := map[string]int{}
	for _, h := range all {
		units[strings.Join(h.Names, " ")] = len(h.Units)
	}
	for who, n := range map[string]int{"林**": 2, "王** 李*": 1, "王**": 1, "罗店置业有限公司": 1, "": 2} {
		if units[who] != n {
			t.Errorf("%q has %d units, want %d (all: %v)", who, units[who], n, units)
		}
	}
	for name, c := range map[string]struct {
		area  owners.Area
		heads int
	}{
		"a building":  {owners.Area{Building: "b2"}, 3},
		"a stairwell": {owners.Area{Building: "b2", Entrance: "1"}, 1},
		"an estate":   {owners.Area{Estate: "e"}, 5},
		"nowhere":     {owners.Area{Building: "b9"}, 0},
	} {
		found, _, err := g.Snapshot(t.Context(), "c1", c.area)
		if err != nil || len(found) != c.heads {
			t.Errorf("%s has %d heads, want %d: %v", name, len(found), c.heads, err)
		}
	}
}

// TestARegisterWithFaultsIsNotKept and every fault is told with its row.
func TestARegisterWithFaultsIsNotKept(t *testing.T) {
	t.Parallel()
	g := setup(t)
	for _, c := range []struct{ name, rows, want string }{
		{"no building", "9号楼,,101,,80,登记,,,林桂兰,,\n", "no_building without_phone"},
		{"no room", "1号楼,,,,80,登记,,,林桂兰,13900010001,\n", "bad_room"},
		{"a unit twice", "1号楼,,101,,80,登记,,,林桂兰,13900010001,\n１号楼,,０101室,,80,登记,,,林桂兰,13900010001,\n", "unit_twice"},
		{"a space twice", "车库,,7,车位,12,登记,,,林桂兰,13900010001,\n车库,,7,车位,12,登记,,,林桂兰,13900010001,\n", "unit_twice"},
		{"no area", "1号楼,,101,,,登记,,,林桂兰,13900010001,\n", "no_area"},
		{"zero area", "1号楼,,101,,0.00,登记,,,林桂兰,13900010001,\n", "zero_area"},
		{"three places", "1号楼,,101,,80.125,登记,,,林桂兰,13900010001,\n", "bad_area"},
		{"negative", "1号楼,,101,,-80,登记,,,林桂兰,13900010001,\n", "bad_area"},
		{"a field", "1号楼,,101,,800000,登记,,,林桂兰,13900010001,\n", "large_area"},
		{"from nowhere", "1号楼,,101,,80,听说,,,林桂兰,13900010001,\n", "bad_source"},
		{"a bad day", "1号楼,,101,,80,登记,2016-13-40,,林桂兰,13900010001,\n", "bad_date"},
		{"an unknown use", "1号楼,,101,城堡,80,登记,,,林桂兰,13900010001,\n", "bad_use"},
		{"maybe sold", "1号楼,,101,,80,登记,,也许,林桂兰,13900010001,\n", "bad_sold"},
		{"nobody", "1号楼,,101,,80,登记,,,,,\n", "no_owner"},
		{"no name", "1号楼,,101,,80,登记,,,12345,,\n", "bad_name"},
		{"no number", "1号楼,,101,,80,登记,,,林桂兰,1390001,\n", "bad_phone"},
		{"too many numbers", "1号楼,,101,,80,登记,,,林桂兰,\"13900010001、13900010002\",\n", "many_phones"},
		{"an owner twice", "1号楼,,101,,80,登记,,,\"林桂兰、林桂兰\",\"13900010001、13900010001\",\n", "owner_twice"},
		{"all at once", "9号楼,,101,,0,听说,,,,,\n", "no_building zero_area bad_source no_owner"},
	} {
		r, err := g.read(c.rows)
		roomtest.Refused(t, err, "owners.has_faults")
		if codes(r.Faults) != c.want || r.Faults[0].Row < 2 {
			t.Errorf("%s: %s in row %d, want %s", c.name, codes(r.Faults), r.Faults[0].Row, c.want)
		}
	}
	for rows, want := range map[string]string{"": "owners.no_units", "合计,,,,900,,,,,,\n": "owners.no_units"} {
		_, err := g.read(rows)
		roomtest.Refused(t, err, want)
	}
	_, err := g.ReadRegister(t.Context(), g.chen, owners.Import{Community: "c1", Token: g.Token(), Data: []byte("姓名,手机\n林桂兰,1\n")})
	roomtest.Refused(t, err, "owners.no_header")
	_, err = g.ReadRegister(t.Context(), g.elsewhere, owners.Import{Community: "c1", Token: g.Token(), Data: []byte(header + lawful)})
	roomtest.Refused(t, err, "identity.denied")
	b, err := g.Book(t.Context(), g.chen, "c1")
	if err != nil || len(b.Versions) != 0 || b.Current != 0 {
		t.Errorf("kept %+v, %v", b, err)
	}
	if _, _, err := g.Snapshot(t.Context(), "c1", owners.Area{}); err == nil {
		t.Error("a roll was taken from nothing")
	}
}

// TestDoubtfulOwnersAreTold: one name with two numbers is two people, and so is one without.
func TestDoubtfulOwnersAreTold(t *testing.T) {
	t.Parallel()
	g := setup(t)
	r, err := g.read(`1号楼,,101,,80,登记,,,陈伟,13900010001,
1号楼,,102,,80,登记,,,陈伟,13900010002,
1号楼,,103,,80,登记,,,陈伟,,
1号楼,,104,,80,登记,,,刘洋,,3456
1号楼,,105,,80,登记,,,刘洋,13900010005,3456
1号楼,,106,,80,登记,,未售,刘洋,,
`)
	roomtest.Must(t, err)
	if got := codes(r.Faults); got != "two_numbers without_phone same_name developers_name" {
		t.Errorf("told %s", got)
	}
	if r.Version.Heads != 5 { // three Chen Wei, one Liu Yang with two units, the developer
		t.Errorf("%d heads", r.Version.Heads)
	}
}

// TestVersionsOfARegister: a file counts when somebody confirms it, once, and an older one does not come back.
func TestVersionsOfARegister(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	cmd := owners.Import{Community: "c1", Token: g.Token(), Name: `C:\表\业主.csv`, Data: []byte(header + lawful)}
	first, err := g.ReadRegister(ctx, g.chen, cmd)
	roomtest.Must(t, err)
	again, err := g.ReadRegister(ctx, g.chen, cmd) // a double tap
	roomtest.Must(t, err)
	if again.Version.N != first.Version.N || first.Version.File != "业主.csv" {
		t.Errorf("read twice as %+v", again.Version)
	}
	second, err := g.read(lawful)
	roomtest.Must(t, err)
	_, err = g.DecideRegister(ctx, g.chen, "c1", second.Version.N, true)
	roomtest.Must(t, err)
	_, err = g.DecideRegister(ctx, g.chen, "c1", first.Version.N, true)
	roomtest.Refused(t, err, "owners.version_decided")
	_, err = g.DecideRegister(ctx, g.chen, "c1", 9, true)
	roomtest.Refused(t, err, "owners.no_version")
	_, err = g.DecideRegister(ctx, g.lin, "c1", second.Version.N, true)
	roomtest.Refused(t, err, "identity.denied")
	page, _, err := g.Deeds(ctx, g.chen, "c1", second.Version.N, "")
	roomtest.Must(t, err)
	if len(page) != 7 || page[0].Place != "1号楼 101" || page[0].Names()[0] != "林**" {
		t.Errorf("the register begins with %+v", page[0])
	}
	for _, e := range g.Events() {
		for _, secret := range []string{"林桂兰", "13900010001", "王建国"} {
			if strings.Contains(string(e.Data), secret) {
				t.Errorf("%s tells %s", e.Type, secret)
			}
		}
	}
	doc, err := g.Store.Get(ctx, docstore.Key{Kind: owners.DeedKind, ID: "c1/000001/b1.101"})
	roomtest.Must(t, err)
	if body := string(doc.Body); strings.Contains(body, "林桂兰") || strings.Contains(body, "13900010001") {
		t.Errorf("stored in the clear: %s", body)
	}
}
