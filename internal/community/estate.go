package community

import (
	"strings"
	"unicode/utf8"

	"jushou/internal/fault"
)

// EstateID identifies an estate; BuildingID a building; GridID a micro-grid. They follow the rules of ID,
// because buildings' ids stand in join codes and in households' ids.
type (
	EstateID   string
	BuildingID string
	GridID     string
)

// Estate is a 小区: buildings with one property manager and one owners' assembly.
type Estate struct {
	ID        EstateID `json:"id"`
	Community ID       `json:"community"`
	Name      string   `json:"name"`
	Address   string   `json:"address,omitempty"` // 罗和路1234弄
}

// maxName is the longest name of a place, in runes.
const maxName = 40

var (
	errBadID   = fault.New(fault.Invalid, "community.bad_id")
	errBadName = fault.New(fault.Invalid, "community.bad_name").On("name").With("max", maxName)
)

// NewEstate returns an estate of a community.
func NewEstate(id EstateID, in ID, name, address string) (Estate, error) {
	e := Estate{ID: id, Community: in, Name: strings.TrimSpace(name), Address: strings.TrimSpace(address)}
	return e, check(e.Name, string(id), string(in))
}

// check refuses a bad name or a bad id.
func check(name string, ids ...string) error {
	for _, id := range ids {
		if !ValidID(id) {
			return errBadID.With("id", id)
		}
	}
	if name == "" || utf8.RuneCountInString(name) > maxName {
		return errBadName
	}
	return nil
}

// ValidID reports whether s may identify a place: lower-case letters, digits and hyphens, at most 24.
func ValidID(s string) bool {
	if s == "" || len(s) > 24 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
