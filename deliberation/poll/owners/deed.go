package owners

import (
	"fmt"
	"slices"
	"time"

	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// Use is what a unit is for.
type Use string

// The uses. Parking is a registered space, which can be a 专有部分 of its own (法释〔2020〕17号 Art. 2).
const (
	Residential Use = "residential"
	Shop        Use = "shop"
	Office      Use = "office"
	Parking     Use = "parking"
	OtherUse    Use = "other"
)

// Owner is one who owns a unit, alone or with others.
type Owner struct {
	// Key is the keyed hash of who it is: of name and number, or of name and the end of a certificate's number. The same person has the same
	// key in every unit; without either, a person is another one in each unit.
	Key  string      `json:"key"`
	Name seal.Sealed `json:"name"`
	// Masked is how the name is shown; a company's in full.
	Masked    string      `json:"masked"`
	Phone     seal.Sealed `json:"phone,omitempty"`
	PhoneHash string      `json:"phone_hash,omitempty"` // as identity keeps it
}

// Deed is one unit with its owners in one version of the register.
type Deed struct {
	Community community.ID         `json:"community"`
	Version   int                  `json:"version"`
	Unit      string               `json:"unit"` // once in a version
	Estate    community.EstateID   `json:"estate,omitempty"`
	Building  community.BuildingID `json:"building,omitempty"` // none for a space in a garage of the whole estate
	Entrance  string               `json:"entrance,omitempty"`
	Room      string               `json:"room"`  // as identity writes it, or the space
	Place     string               `json:"place"` // 3号楼 501
	Use       Use                  `json:"use"`
	Area      int64                `json:"area"` // 0.01 m²
	// Source is where the area comes from: the register, else the survey, else the contract (法释〔2020〕17号 Art. 8).
	Source    community.AreaSource `json:"source"`
	AreaDate  time.Time            `json:"area_date,omitzero"`
	Developer bool                 `json:"developer,omitempty"` // not sold, or sold and not delivered
	Owners    []Owner              `json:"owners,omitempty"`
	Row       int                  `json:"row"` // of the file
}

// deedID is the document key. Units of one version lie together, in the order of their places.
func deedID(c community.ID, version int, unit string) string {
	return fmt.Sprintf("%s/%06d/%s", c, version, unit)
}

func (d Deed) id() string { return deedID(d.Community, d.Version, d.Unit) }

// place binds what is sealed to the deed.
func (d Deed) place(field string, owner int) string {
	return fmt.Sprintf("%s/%s#%s%d", DeedKind, d.id(), field, owner)
}

// rule returns the deed as the counting reads it.
func (d Deed) rule() rule.Deed {
	r := rule.Deed{Unit: rule.Unit{Key: d.Unit, Area: d.Area, Parking: d.Use == Parking}, Developer: d.Developer}
	for _, o := range d.Owners {
		r.Owners = append(r.Owners, o.Key)
	}
	return r
}

// Names lists the owners as they are shown.
func (d Deed) Names() []string {
	var names []string
	for _, o := range d.Owners {
		names = append(names, o.Masked)
	}
	return names
}

// Area is whose joint decision it is: everything, one estate, one building, or one stairwell of it.
type Area struct {
	Estate   community.EstateID
	Building community.BuildingID
	Entrance string
}

// has reports whether a unit belongs to it.
func (a Area) has(d Deed) bool {
	return (a.Estate == "" || d.Estate == a.Estate) && (a.Building == "" || d.Building == a.Building) && (a.Entrance == "" || d.Entrance == a.Entrance)
}

// Head is one voice of a joint decision with everything it votes with.
type Head struct {
	// Key is its owners' keys, sorted, with "+" between; "developer" for the developer's.
	Key    string
	Owners []string // their keys
	Names  []string
	Units  []rule.Unit
	Places []string
	// Building is that of the first unit.
	Building community.BuildingID
}

// heads makes the voices of a decision: rule.Assemble says which units are one.
func heads(deeds []Deed) ([]Head, error) {
	all := make([]rule.Deed, len(deeds))
	byUnit := map[string]Deed{}
	for i, d := range deeds {
		all[i], byUnit[d.Unit] = d.rule(), d
	}
	roll, err := rule.Assemble(all)
	if err != nil {
		return nil, err
	}
	var found []Head
	for _, v := range roll {
		first := byUnit[v.Units[0].Key]
		h := Head{Key: v.Key, Units: v.Units, Building: first.Building}
		for _, o := range first.Owners {
			if !first.Developer && !slices.Contains(h.Owners, o.Key) {
				h.Owners, h.Names = append(h.Owners, o.Key), append(h.Names, o.Masked)
			}
		}
		for _, u := range v.Units {
			h.Places = append(h.Places, byUnit[u.Key].Place)
		}
		found = append(found, h)
	}
	return found, nil
}

// mask is how an owner is shown: what people are called is nobody's business here, what a company is called is public.
func mask(name string, company bool) string {
	if company {
		return name
	}
	return identity.Mask(name)
}
