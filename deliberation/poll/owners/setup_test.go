package owners_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// ground is a community of two buildings whose register is kept.
type ground struct {
	*owners.Service
	*roomtest.Ground
	chen, zhang, elsewhere, lin identity.Actor
}

// people are residents by telephone number.
type people struct{ box *seal.Box }

var numbers = map[identity.AccountID]string{"lin": "13900010001", "wang": "13900010002"}

func (p people) ResidentByPhone(_ context.Context, _ identity.Actor, _ community.ID, phone string) (identity.AccountID, error) {
	for id, number := range numbers {
		if number == phone {
			return id, nil
		}
	}
	return "", nil
}

func (p people) Names(_ context.Context, ids []identity.AccountID) (map[identity.AccountID]identity.PublicName, error) {
	return map[identity.AccountID]identity.PublicName{}, nil
}

func (p people) PhoneMark(phone string) (string, error) { return p.box.Hash("phone", phone), nil }

func (p people) MarksOf(_ context.Context, id identity.AccountID) ([]string, error) {
	return p.box.Hashes("phone", numbers[id]), nil
}

func setup(t *testing.T) *ground {
	t.Helper()
	g := &ground{Ground: roomtest.Open(t, time.Date(2026, 11, 2, 2, 0, 0, 0, time.UTC), slices.Concat(owners.Collections(), identity.Collections()))}
	for id, entrances := range map[community.BuildingID]int{"b1": 0, "b2": 2} {
		b := community.Building{ID: id, Community: "c1", Estate: "e", Name: string(id[1]) + "号楼", Entrances: entrances}
		_, err := g.Places.Buildings.Put(t.Context(), string(id), docstore.Any, b)
		roomtest.Must(t, err)
	}
	box, err := seal.New(seal.International{}, seal.Key{1, 2, 3})
	roomtest.Must(t, err)
	g.Service = owners.New(owners.Deps{Ground: g.Room(), People: people{box}, Places: g.Places, Box: box})
	works := func(id string, role identity.Role, c community.ID) identity.Actor {
		return identity.Actor{ID: identity.AccountID(id), Name: id, Masked: id, Grants: []identity.Grant{{Role: role, Node: c, Title: "居委"}}}
	}
	g.chen, g.zhang, g.elsewhere = works("chen", identity.RoleStaff, "c1"), works("zhang", identity.RoleSecretary, "c1"), works("qian", identity.RoleStaff, "c2")
	g.lin = identity.Actor{ID: "lin", Name: "林**", Masked: "林**", Memberships: []identity.Membership{{
		Community: "c1", Building: "b1", Household: identity.NewHouseholdID("c1", "b1", "101"), Status: identity.MemberVerified,
	}}}
	return g
}

const header = "楼栋,单元,室号,用途,面积,面积来源,登记日期,出售情况,业主,手机,证件后四位\n"

func (g *ground) read(rows string) (owners.Reading, error) {
	return g.ReadRegister(g.T.Context(), g.chen, owners.Import{Community: "c1", Token: g.Token(), Name: "业主.csv", Data: []byte(header + rows)})
}

// registered brings a register that counts.
func (g *ground) registered(rows string) owners.Version {
	g.T.Helper()
	r, err := g.read(rows)
	if err != nil {
		g.T.Fatalf("%v: %+v", err, r.Faults)
	}
	_, err = g.DecideRegister(g.T.Context(), g.zhang, "c1", r.Version.N, true)
	roomtest.Must(g.T, err)
	return r.Version
}

// record is a lawful basis.
func (g *ground) record() owners.Record {
	return owners.Record{
		ID: owners.BasisID(g.Token()), Community: "c1", Rule: "业主大会议事规则", Clause: "第十八条：可以采用网上投票", AdoptedAt: g.In(-1000 * time.Hour),
		Photos: []deliberation.PhotoID{deliberation.PhotoID(g.Token())}, Silence: "第二十条：逾期不交视为同意多数", Ways: []string{"上门", "挂号信"}, Warning: "2024 版",
	}
}

func codes(all []owners.Fault) string {
	var said []string
	for _, f := range all {
		said = append(said, strings.TrimPrefix(f.Code, "owners."))
	}
	return strings.Join(said, " ")
}
