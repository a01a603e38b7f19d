package roster

import (
	"slices"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/sheet"
)

// met remembers whom the file named already, and in which row.
type met struct {
	inHome  map[string]known // household and name
	byPhone map[string]known // phone
	person  map[string]known // name and phone
	crowded map[identity.HouseholdID]bool
}

type known struct {
	row   int
	name  string
	home  identity.HouseholdID
	phone string
}

func newMet() met {
	return met{map[string]known{}, map[string]known{}, map[string]known{}, map[identity.HouseholdID]bool{}}
}

// list reads the person of a row and puts them into their home. Without a place it only complains, so
// that all faults of a row are told at once.
func (c *checker) list(l line, building community.Building, room string, placed bool) {
	name, relation, keep, wrong := person(l.get(Name))
	for _, w := range wrong {
		c.complain(Name, w)
	}
	numbers, wrong := phones(l.get(Phone))
	for _, w := range wrong {
		c.complain(Phone, w)
	}
	if !placed || !keep || c.met.crowded[identity.NewHouseholdID(building.Community, building.ID, room)] {
		return
	}
	if text := l.get(Relation); text != "" || relation == "" {
		relation = relationOf(text)
	}
	if l.get(Relation) == "" && len(c.page.Columns[Name]) > 0 && relation == identity.RelationOther && c.namesHeads() {
		relation = identity.RelationHead
	}
	home := c.home(building, room)
	if len(numbers) == 0 {
		numbers = []string{""}
	}
	slices.Sort(numbers)
	for i, phone := range slices.Compact(numbers) {
		c.compare(home.ID(), name, phone, i == 0)
		e := identity.Entry{Name: name, Phone: phone, Relation: relation}
		if !slices.Contains(home.People, e) {
			home.People = append(home.People, e)
		}
	}
	if id := home.ID(); home.Names() > maxPeople || len(home.People) > 3*maxPeople {
		c.met.crowded[id] = true
		c.complain(Room, complaint{CodeCrowded, Blocks, []any{"text", room, "max", maxPeople}})
	}
}

// namesHeads reports whether the column of names is headed 户主: then everybody in it is one.
func (c *checker) namesHeads() bool {
	text := sheet.Fold(c.page.Cells[c.page.Header-1][c.page.Columns[Name][0]])
	return text == "户主" || text == "户主姓名"
}

func (c *checker) home(b community.Building, room string) *Home {
	id := identity.NewHouseholdID(b.Community, b.ID, room)
	if c.homes[id] == nil {
		c.homes[id] = &Home{Building: b, Room: room, Sheet: c.page.Name, Row: c.row}
	}
	return c.homes[id]
}

// compare looks for the same person and the same phone further up.
func (c *checker) compare(home identity.HouseholdID, name, phone string, first bool) {
	now := known{c.row, name, home, phone}
	here := string(home) + "\x00" + name
	if old, ok := c.met.inHome[here]; ok && old.row != c.row && first && (old.phone == phone || old.phone == "" || phone == "") {
		c.complain(Name, complaint{CodeDuplicate, Informs, []any{"text", name, "row", old.row}})
	} else if !ok {
		c.met.inHome[here] = now
	}
	if phone == "" {
		return
	}
	if old, ok := c.met.byPhone[phone]; ok && old.name != name {
		c.complain(Phone, complaint{CodeSharedPhone, Informs, []any{"text", phone, "row", old.row}})
	} else if !ok {
		c.met.byPhone[phone] = now
	}
	if old, ok := c.met.person[name+"\x00"+phone]; ok && old.home != home {
		c.complain(Name, complaint{CodeTwoHomes, Informs, []any{"text", name, "row", old.row}})
	} else if !ok {
		c.met.person[name+"\x00"+phone] = now
	}
}
