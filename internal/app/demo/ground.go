package demo

import (
	"context"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/identity"
)

const (
	buildingsPerCommunity = 8
	floors                = 6
	// roomsPerFloor gives 24 homes a building, of which the roster knows homesKnown.
	roomsPerFloor = 4
	homesKnown    = 7
)

// operator is who makes the district.
var operator = identity.System("demo")

// tenants writes the tree.
func (d *district) tenants(ctx context.Context) error {
	top, err := community.NewDistrict(districtID, districtName)
	if err != nil {
		return err
	}
	town, err := top.Below(townID, townName)
	if err != nil {
		return err
	}
	nodes := []community.Node{top, town}
	for _, p := range places {
		n, err := town.Below(community.ID(p.id), p.name)
		if err != nil {
			return err
		}
		nodes = append(nodes, n)
	}
	err = together(ctx, nodes, func(ctx context.Context, n community.Node) error {
		return d.places.SaveNode(ctx, n, operator.Ref(), d.start())
	})
	if err != nil {
		return err
	}
	return d.Directory.Refresh(ctx)
}

// buildings writes estates, buildings and grids: 99 grids over 30 communities, three or four each.
func (d *district) buildings(ctx context.Context) error {
	d.built = map[community.ID][]community.Building{}
	var all []community.Building
	for i, p := range places {
		in := community.ID(p.id)
		grids, err := d.grids(ctx, in, gridsOf(i))
		if err != nil {
			return err
		}
		estates, err := d.estates(ctx, in, i, p.estates)
		if err != nil {
			return err
		}
		for n := range buildingsPerCommunity {
			estate := estates[n*len(estates)/buildingsPerCommunity]
			id := community.BuildingID(fmt.Sprintf("%s-%d", p.id, n+1))
			b, err := community.NewBuilding(id, estate, grids[n*len(grids)/buildingsPerCommunity].ID, fmt.Sprintf("%d号楼", n+1))
			if err != nil {
				return err
			}
			b.Floors, b.Rooms = floors, floors*roomsPerFloor
			d.built[in] = append(d.built[in], b)
			all = append(all, b)
		}
	}
	return together(ctx, all, func(ctx context.Context, b community.Building) error {
		return put(ctx, d.places.Buildings, string(b.ID), b)
	})
}

// gridsOf spreads gridCount over the communities.
func gridsOf(i int) int {
	n := gridCount / len(places)
	if i < gridCount%len(places) {
		n++
	}
	return n
}

func (d *district) grids(ctx context.Context, in community.ID, n int) ([]community.Grid, error) {
	grids := make([]community.Grid, n)
	for i := range grids {
		kind := community.GridHomes
		if i == n-1 {
			kind = community.GridMixed
		}
		g, err := community.NewGrid(community.GridID(fmt.Sprintf("%s-g%d", in, i+1)), in, fmt.Sprintf("第%d微网格", i+1), kind)
		if err != nil {
			return nil, err
		}
		grids[i] = g
	}
	return grids, together(ctx, grids, func(ctx context.Context, g community.Grid) error {
		return put(ctx, d.places.Grids, string(g.ID), g)
	})
}

func (d *district) estates(ctx context.Context, in community.ID, i int, names []string) ([]community.Estate, error) {
	estates := make([]community.Estate, len(names))
	for n, name := range names {
		id := community.EstateID(fmt.Sprintf("%s-e%d", in, n+1))
		e, err := community.NewEstate(id, in, name, fmt.Sprintf("罗溪路%d弄", 100+20*i+4*n))
		if err != nil {
			return nil, err
		}
		estates[n] = e
	}
	return estates, together(ctx, estates, func(ctx context.Context, e community.Estate) error {
		return put(ctx, d.places.Estates, string(e.ID), e)
	})
}

// home is a household with the plain names and phones that the roster holds only sealed.
type home struct {
	identity.Household
	people []identity.Entry
}

// households writes the roster: seven known homes in each building, one to three people in each.
func (d *district) households(ctx context.Context) error {
	d.homes = map[community.ID][]home{}
	var all []home
	phone := 0
	for _, p := range places {
		in := community.ID(p.id)
		for _, b := range d.built[in] {
			for n := range homesKnown {
				h, err := d.household(b, n, &phone)
				if err != nil {
					return err
				}
				d.homes[in] = append(d.homes[in], h)
				all = append(all, h)
			}
		}
	}
	table := identity.Households(d.Store)
	return together(ctx, all, func(ctx context.Context, h home) error {
		return put(ctx, table, string(h.ID), h.Household)
	})
}

func (d *district) household(b community.Building, n int, phone *int) (home, error) {
	h, err := identity.NewHousehold(b, fmt.Sprintf("%d0%d", 1+n%floors, 1+n%roomsPerFloor))
	if err != nil {
		return home{}, err
	}
	known := home{}
	surname := string(surnames[d.chance.IntN(len(surnames))])
	relations := []identity.Relation{identity.RelationHead, identity.RelationFamily, identity.RelationFamily}
	for i := range 1 + d.chance.IntN(3) {
		*phone++
		e := identity.Entry{
			Name:     surname + givenNames[d.chance.IntN(len(givenNames))],
			Phone:    fmt.Sprintf("1390000%04d", *phone%10000),
			Relation: relations[i],
		}
		if i == 1 && d.chance.IntN(2) == 0 {
			e.Name = string(surnames[d.chance.IntN(len(surnames))]) + givenNames[d.chance.IntN(len(givenNames))]
		}
		listed, _, err := h.List(d.Box, e, "demo", d.start())
		if err != nil {
			return home{}, err
		}
		h = listed
		known.people = append(known.people, e)
	}
	known.Household = h
	return known, nil
}
