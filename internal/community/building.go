package community

import "strings"

// Building is a 楼栋: an entrance door with a number, where a QR code hangs.
type Building struct {
	ID        BuildingID `json:"id"`
	Community ID         `json:"community"`
	Estate    EstateID   `json:"estate"`
	Grid      GridID     `json:"grid,omitempty"`
	Name      string     `json:"name"` // 3号楼
	// Floors and Rooms are known for some buildings only; 0 means unknown.
	Floors int `json:"floors,omitempty"`
	Rooms  int `json:"rooms,omitempty"`
	// Entrances counts 单元 inside the building. 0 means that rooms are numbered for the whole building,
	// as in most of Shanghai, where each entrance has a 号 of its own.
	Entrances int `json:"entrances,omitempty"`
}

// NewBuilding returns a building of an estate.
func NewBuilding(id BuildingID, e Estate, grid GridID, name string) (Building, error) {
	b := Building{ID: id, Community: e.Community, Estate: e.ID, Grid: grid, Name: strings.TrimSpace(name)}
	if grid != "" && !ValidID(string(grid)) {
		return b, errBadID.With("id", grid)
	}
	return b, check(b.Name, string(id), string(e.ID), string(e.Community))
}

// Number is the first run of digits in the building's name, by which 2号楼 sorts before 10号楼; 0 without one.
func (b Building) Number() int64 {
	n, seen := int64(0), false
	for _, r := range b.Name {
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		if r < '0' || r > '9' {
			if seen {
				break
			}
			continue
		}
		seen = true
		if n = n*10 + int64(r-'0'); n > 1_000_000 {
			break
		}
	}
	return n
}
