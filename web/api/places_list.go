package api

import "jushou/internal/community"

// Building is a building to choose when registering.
type Building struct {
	ID        community.BuildingID `json:"id"`
	Name      string               `json:"name"`
	Estate    community.EstateID   `json:"estate"`
	Entrances int                  `json:"entrances,omitempty" doc:"How many entrances rooms are numbered by; left out if by the building."`
}

// Places are a community's estates and buildings.
type Places struct {
	Estates   []Estate   `json:"estates"`
	Buildings []Building `json:"buildings"`
}

// Estate is an estate with a name.
type Estate struct {
	ID   community.EstateID `json:"id"`
	Name string             `json:"name"`
}

// listPlaces lists the estates and buildings of a community, which stand on their own doors.
func (a *Actions) listPlaces(c *Call) (Places, error) {
	node, err := a.community(c)
	if err != nil {
		return Places{}, err
	}
	estates, err := a.Places.EstatesIn(c.Context(), node.ID)
	if err != nil {
		return Places{}, err
	}
	buildings, err := a.Places.BuildingsIn(c.Context(), node.ID)
	if err != nil {
		return Places{}, err
	}
	return Places{
		Estates: each(estates, func(e community.Estate) Estate { return Estate{ID: e.ID, Name: e.Name} }),
		Buildings: each(buildings, func(b community.Building) Building {
			return Building{ID: b.ID, Name: b.Name, Estate: b.Estate, Entrances: b.Entrances}
		}),
	}, nil
}
