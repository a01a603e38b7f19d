package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity/seal"
)

// KindHousehold is the kind of household documents.
const KindHousehold docstore.Kind = "household"

// EventHouseholdChanged says that a household's roster changed.
const EventHouseholdChanged = "household.changed"

// HouseholdID is the address: community.building.room, the room as RoomIn writes it. One address is one
// document, so a roster read twice changes nothing.
type HouseholdID string

// NewHouseholdID joins an address.
func NewHouseholdID(c community.ID, b community.BuildingID, room string) HouseholdID {
	return HouseholdID(string(c) + "." + string(b) + "." + room)
}

// Community returns the community of the address.
func (id HouseholdID) Community() community.ID {
	c, _, _ := strings.Cut(string(id), ".")
	return community.ID(c)
}

// Room returns the room of the address.
func (id HouseholdID) Room() string {
	_, rest, _ := strings.Cut(string(id), ".")
	_, room, _ := strings.Cut(rest, ".")
	return room
}

// Relation is what a person on the roster is to the household.
type Relation string

// The relations a roster tells apart.
const (
	RelationHead   Relation = "head"   // 户主
	RelationFamily Relation = "family" // 家庭成员
	RelationTenant Relation = "tenant" // 租户
	RelationOther  Relation = "other"  // 未说明
)

// Listed is one person on a household's roster.
type Listed struct {
	Name      seal.Sealed `json:"name"`
	PhoneHash string      `json:"phone_hash,omitempty"`
	Relation  Relation    `json:"relation"`
	Source    string      `json:"source"` // import id, or account id of the member of staff
	Since     time.Time   `json:"since"`
}

// Household is who lives at an address as far as the committee's roster knows. The roster is what a new
// resident's name and phone are compared with; it is not a list of accounts.
type Household struct {
	ID        HouseholdID          `json:"id"`
	Community community.ID         `json:"community"`
	Building  community.BuildingID `json:"building"`
	Room      string               `json:"room"`
	People    []Listed             `json:"people,omitempty"`
}

// Entry is one person of a roster in plain text, as typed or imported.
type Entry struct {
	Name     string
	Phone    string // "" when the roster has none
	Relation Relation
}

// maxListed is the most people one address may have; a longer list is a mistaken import.
const maxListed = 40

// ErrHouseholdFull means that an address has more people on its roster than any home.
var ErrHouseholdFull = fault.New(fault.Invalid, "identity.household_full").On("room").With("max", maxListed)

// NewHousehold returns the empty household at a room of a building. room is canonical, as RoomIn returns it.
func NewHousehold(b community.Building, room string) (Household, error) {
	if room == "" || strings.Contains(room, ".") || strings.ContainsAny(room, " \t\n") {
		return Household{}, ErrBadRoom
	}
	return Household{
		ID: NewHouseholdID(b.Community, b.ID, room), Community: b.Community, Building: b.ID, Room: room,
	}, nil
}

// List puts a person on the roster, or completes the line that is there already: same name and phone,
// or same name where one of the two has no phone. It reports whether anything changed, so that an import
// that is repeated writes nothing. The receiver is left as it was.
func (h Household) List(box *seal.Box, e Entry, source string, now time.Time) (Household, bool, error) {
	name, err := ParseName(e.Name)
	if err != nil {
		return h, false, err
	}
	hashes := []string{""}
	if e.Phone != "" {
		phone, err := ParsePhone(e.Phone)
		if err != nil {
			return h, false, err
		}
		hashes = box.Hashes(purposePhone, phone)
	}
	if e.Relation == "" {
		e.Relation = RelationOther
	}
	at, err := h.find(box, name, hashes)
	if err != nil {
		return h, false, err
	}
	line := Listed{Name: box.Seal(h.place(), name), PhoneHash: hashes[0], Relation: e.Relation, Source: source, Since: now}
	if at < 0 {
		if len(h.People) >= maxListed {
			return h, false, ErrHouseholdFull.With("household", h.ID)
		}
		h.People = append(slices.Clone(h.People), line)
		return h, true, nil
	}
	old := h.People[at]
	line.Name, line.Source, line.Since = old.Name, old.Source, old.Since
	if line.PhoneHash == "" {
		line.PhoneHash = old.PhoneHash
	}
	if line.Relation == RelationOther {
		line.Relation = old.Relation
	}
	if line == old {
		return h, false, nil
	}
	h.People = slices.Clone(h.People)
	h.People[at] = line
	return h, true, nil
}

// find returns the line of a name whose phone is one of the hashes or unknown on either side, or -1.
func (h Household) find(box *seal.Box, name string, hashes []string) (int, error) {
	loose := -1
	for i, p := range h.People {
		known, err := box.Open(h.place(), p.Name)
		if err != nil {
			return -1, err
		}
		if known != name {
			continue
		}
		if p.PhoneHash != "" && slices.Contains(hashes, p.PhoneHash) {
			return i, nil
		}
		if p.PhoneHash == "" || hashes[0] == "" {
			loose = i
		}
	}
	return loose, nil
}

// Knows reports whether the roster has this name with this phone, both in the form that ParseName and
// ParsePhone return. A name alone, or a phone alone, is no match: staff decide those.
func (h Household) Knows(box *seal.Box, name, phone string) (bool, error) {
	hashes := box.Hashes(purposePhone, phone)
	for _, p := range h.People {
		if p.PhoneHash == "" || !slices.Contains(hashes, p.PhoneHash) {
			continue
		}
		known, err := box.Open(h.place(), p.Name)
		if err != nil {
			return false, err
		}
		if known == name {
			return true, nil
		}
	}
	return false, nil
}

// Names returns the names on the roster in plain text, for staff who may see them.
func (h Household) Names(box *seal.Box) ([]string, error) {
	names := make([]string, len(h.People))
	for i, p := range h.People {
		var err error
		if names[i], err = box.Open(h.place(), p.Name); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// Changed is the fact that goes with a write of the household. It names the building, not the door.
func (h Household) Changed(by string, now time.Time) docstore.Fact {
	return docstore.Fact{Type: EventHouseholdChanged, Actor: by, At: now, Data: map[string]any{
		"community": h.Community, "building": h.Building, "people": len(h.People),
	}}
}

// place binds sealed names to the household.
func (h Household) place() string { return string(KindHousehold) + "/" + string(h.ID) + "#name" }

// Households returns the table of households.
func Households(store docstore.Store) docstore.Table[Household] {
	return docstore.Table[Household]{
		Store: store, Kind: KindHousehold,
		Fields: func(h Household) docstore.Fields {
			return docstore.Fields{"community": string(h.Community), "building": string(h.Building)}
		},
		Scope: func(h Household) string { return string(h.Community) },
	}
}

// HouseholdsIn lists the households of a building that have a document.
func HouseholdsIn(ctx context.Context, t docstore.Table[Household], b community.Building) ([]Household, error) {
	var all []Household
	q := docstore.Query{Index: "by_building", Equal: []any{string(b.Community), string(b.ID)}}
	err := t.Each(ctx, q, func(h Household) error {
		all = append(all, h)
		return nil
	})
	return all, err
}
