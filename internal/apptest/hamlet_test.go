package apptest_test

import (
	"context"
	"testing"

	"jushou/deliberation"
	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// hamlet makes the smallest place in which the story happens: one community with one building, Wang who lives
// there, and Chen on duty. It is for stores on which the demo district takes minutes.
func hamlet(t *testing.T, h *apptest.House) {
	t.Helper()
	ctx, operator := t.Context(), identity.System("test")
	consents := []identity.Consent{{Purpose: identity.PurposeService, Version: demo.ConsentVersion}, {Purpose: identity.PurposeNotices, Version: demo.ConsentVersion}}
	home := tenants(t, h, "demo", "luoxi", string(demo.HomeCommunity))
	places := community.NewPlaces(h.Store)
	estate, err := community.NewEstate("hexiang-e1", home.ID, "荷香苑", "罗溪路100弄")
	done(t, err)
	grid, err := community.NewGrid("hexiang-g1", home.ID, "第1微网格", community.GridHomes)
	done(t, err)
	building, err := community.NewBuilding("hexiang-5", estate, grid.ID, "5号楼")
	done(t, err)
	building.Floors, building.Rooms = 6, 24
	put(ctx, t, places.Estates, string(estate.ID), estate)
	put(ctx, t, places.Grids, string(grid.ID), grid)
	put(ctx, t, places.Buildings, string(building.ID), building)

	wang := enrol(t, h, "wang")
	m, err := h.People.RegisterResident(ctx, wang, identity.RegisterResident{
		Name: h.Phone("wang").Who.Name(), Phone: h.Phone("wang").Who.Phone(), Community: home.ID, Building: building.ID, Room: "302",
		Consents: consents,
	})
	done(t, err)
	done(t, h.People.VerifyResident(ctx, operator, wang.ID, m.Household))

	chen := enrol(t, h, "chen")
	who := h.Phone("chen").Who
	done(t, h.People.Introduce(ctx, chen, identity.Introduce{Name: who.Name(), Phone: who.Phone(), Consents: consents}))
	done(t, h.People.GrantRole(ctx, operator, chen.ID, identity.Grant{Role: identity.RoleStaff, Node: home.ID, Title: "居委干部"}))
	_, err = h.Topics.SetDuty(ctx, operatorAt(t, h, home.ID), deliberation.SetDuty{Roster: deliberation.DutyRoster{
		Community: home.ID, People: []deliberation.DutyPerson{{Account: chen.ID, Name: who.Name(), Title: "居委干部"}},
	}})
	done(t, err)
}

// tenants writes district, town and community and returns the community.
func tenants(t *testing.T, h *apptest.House, district, town, id string) community.Node {
	t.Helper()
	top, err := community.NewDistrict(community.ID(district), "示范区")
	done(t, err)
	middle, err := top.Below(community.ID(town), "罗溪镇")
	done(t, err)
	home, err := middle.Below(community.ID(id), "荷香居民区")
	done(t, err)
	for _, n := range []community.Node{top, middle, home} {
		done(t, community.NewPlaces(h.Store).SaveNode(t.Context(), n, "test", h.Clock.Now()))
	}
	done(t, h.Directory.Refresh(t.Context()))
	return home
}

// enrol makes the account of a persona who follows.
func enrol(t *testing.T, h *apptest.House, persona string) identity.Actor {
	t.Helper()
	actor, err := h.People.FollowedBy(t.Context(), h.Phone(persona).Who.OpenID)
	done(t, err)
	return actor
}

// operatorAt returns the district's administrator.
func operatorAt(t *testing.T, h *apptest.House, home community.ID) identity.Actor {
	t.Helper()
	admin := enrol(t, h, "admin")
	done(t, h.People.GrantRole(t.Context(), identity.System("test"), admin.ID, identity.Grant{Role: identity.RoleAdmin, Node: "demo", Title: "区社建办"}))
	admin, err := h.People.Actor(t.Context(), admin.ID)
	done(t, err)
	return admin
}

func put[T any](ctx context.Context, t *testing.T, table docstore.Table[T], id string, value T) {
	t.Helper()
	_, err := table.Put(ctx, id, docstore.Any, value)
	done(t, err)
}

func done(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
