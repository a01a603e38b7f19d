package community

import (
	"time"

	"jushou/internal/fault"
)

// AreaSource says where a unit's area comes from, in the order in which the law prefers them
// (最高人民法院建筑物区分所有权解释 Art. 8).
type AreaSource string

// The sources of an area.
const (
	AreaRegistered AreaSource = "registered" // 不动产登记簿
	AreaSurveyed   AreaSource = "surveyed"   // 实测
	AreaContract   AreaSource = "contract"   // 买卖合同
)

// Unit is a 专有部分: a registered property, the basis of owners' votes.
type Unit struct {
	ID        string     `json:"id"` // building.room
	Community ID         `json:"community"`
	Estate    EstateID   `json:"estate"`
	Building  BuildingID `json:"building"`
	Room      string     `json:"room"` // as identity normalises it
	// Area is in 0.01 m², so that areas add up exactly.
	Area       int64      `json:"area"`
	AreaSource AreaSource `json:"area_source"`
	AreaDate   time.Time  `json:"area_date"`
}

// maxArea is 10 hectares in 0.01 m²: more than any unit, less than any sum that overflows.
const maxArea = 10_000_000

var errBadArea = fault.New(fault.Invalid, "community.bad_area").On("area").With("max", maxArea)

// NewUnit returns the unit at a room of a building.
func NewUnit(b Building, room string, area int64, source AreaSource, date time.Time) (Unit, error) {
	u := Unit{
		ID: string(b.ID) + "." + room, Community: b.Community, Estate: b.Estate, Building: b.ID,
		Room: room, Area: area, AreaSource: source, AreaDate: date,
	}
	switch {
	case room == "":
		return u, errBadName.On("room")
	case area <= 0 || area > maxArea:
		return u, errBadArea
	case source != AreaRegistered && source != AreaSurveyed && source != AreaContract:
		return u, errBadArea.On("area_source")
	}
	return u, nil
}
