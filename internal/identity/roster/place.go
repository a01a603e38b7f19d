package roster

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/sheet"
)

// place finds the building and the room of a row, or complains.
func (c *checker) place(l line) (community.Building, string, bool) {
	w := c.whereabouts(l)
	if w.room == "" {
		c.complain(w.roomColumn, complaint{CodeNoRoom, Blocks, nil})
		return community.Building{}, "", false
	}
	building, entrance, ok := c.building(w)
	if !ok {
		return building, "", false
	}
	if w.entrance == "" {
		w.entrance = entrance
	}
	room, ok := c.room(building, w)
	return building, room, ok
}

// whereabouts are the texts that say where a row's person lives, and in which columns they stood.
type whereabouts struct {
	estate, building, entrance, room string
	buildingColumn, roomColumn       Column
}

// whereabouts takes them from columns of their own or, where those are blank, out of the address, the room
// ("3-501"), the title above the rows, or the name of the worksheet.
func (c *checker) whereabouts(l line) whereabouts {
	text := func(col Column) string { return plainNumber(sheet.Fold(l.get(col))) }
	w := whereabouts{
		estate: text(Estate), building: text(Building), entrance: text(Entrance), room: text(Room),
		buildingColumn: Building, roomColumn: Room,
	}
	if address := text(Address); address != "" && (w.building == "" || w.room == "") {
		w.split(c.buildings, address)
	}
	if w.building == "" && w.room != "" {
		w.buildingColumn = Room
		_, rest := c.buildings.cutEstate(w.room)
		if r, err := identity.ParseRoom(rest); err == nil && r.Building != "" {
			w.building = r.Building
			w.estate = firstOf(w.estate, strings.TrimSuffix(w.room, rest))
		}
	}
	if w.building == "" {
		w.building = c.section
	}
	if w.building == "" && c.ours {
		w.building = c.page.Name
	}
	for _, text := range []string{w.building, w.room} {
		w.estate = firstOf(w.estate, c.buildings.foreign(text))
	}
	return w
}

// split fills the blanks from an address in one cell: 罗和苑3号楼501室.
func (w *whereabouts) split(b Buildings, address string) {
	_, rest := b.cutEstate(address)
	w.estate = firstOf(w.estate, strings.TrimSpace(strings.TrimSuffix(address, rest)))
	w.estate = firstOf(w.estate, b.foreign(address))
	if key, room, ok := b.cutNamed(rest); ok && w.building == "" {
		w.building, w.buildingColumn, rest = key, Address, room
	}
	r, err := identity.ParseRoom(rest)
	switch {
	case err == nil && w.room == "":
		w.roomColumn, w.room = Address, r.Number
		w.entrance = firstOf(w.entrance, r.Entrance)
	case w.room == "":
		w.roomColumn, w.room = Address, rest
	}
	if w.building != "" {
		return
	}
	w.buildingColumn, w.building = Address, r.Building
	if err != nil { // an address as far as the building
		var entrance string
		w.building, entrance = b.key(rest)
		w.entrance = firstOf(w.entrance, entrance)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// site is an answer of Buildings.
type site struct {
	known    bool // the estate, or none was named
	found    []community.Building
	entrance string
}

func (c *checker) site(estate, building string) site {
	ask := [2]string{estate, building}
	s, ok := c.sites[ask]
	if !ok {
		var id community.EstateID
		if id, s.known = c.buildings.Estate(estate); s.known && building != "" {
			s.found, s.entrance = c.buildings.find(id, building)
		}
		c.sites[ask] = s
	}
	return s
}

// building looks up the one building that the texts name.
func (c *checker) building(w whereabouts) (community.Building, string, bool) {
	s := c.site(w.estate, w.building)
	switch {
	case !s.known:
		column := w.buildingColumn
		if len(c.page.Columns[Estate]) > 0 {
			column = Estate
		}
		c.complain(column, complaint{CodeUnknownEstate, Blocks, []any{"text", sheet.Shorten(w.estate, 30)}})
		return community.Building{}, "", false
	case w.building == "":
		c.complain(w.buildingColumn, complaint{CodeNoBuilding, Blocks, nil})
		return community.Building{}, "", false
	}
	switch len(s.found) {
	case 1:
		return s.found[0], s.entrance, true
	case 0:
		c.complain(w.buildingColumn, complaint{CodeUnknownBuild, Blocks, []any{"text", sheet.Shorten(strings.TrimSpace(w.estate+w.building), 30)}})
	default:
		c.complain(w.buildingColumn, complaint{CodeManyBuildings, Blocks, []any{"text", w.building, "estates", c.buildings.estateNames(s.found)}})
	}
	return community.Building{}, "", false
}

var (
	entranceWord = regexp.MustCompile(`单元|门|梯`)
	month        = regexp.MustCompile(`(?i)^(?:[0-9]{1,2}-)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:-[0-9]{1,2})?$|^[0-9]{1,2}月[0-9]{1,2}日$|^(?:19|20)[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}`)
	serial       = regexp.MustCompile(`^[34567][0-9]{4}$`)
)

// room writes the room in one form.
func (c *checker) room(b community.Building, w whereabouts) (string, bool) {
	_, text := c.buildings.cutEstate(w.room)
	if month.MatchString(text) || serial.MatchString(text) {
		c.complain(w.roomColumn, complaint{CodeUnlikelySerial, Blocks, []any{"text", text}})
		return "", false
	}
	if r, err := identity.ParseRoom(text); err == nil && w.entrance != "" && r.Entrance == "" && r.Building == "" {
		front := w.entrance
		if !entranceWord.MatchString(front) {
			front += "单元"
		}
		text = front + text
	}
	room, err := identity.RoomIn(b.Name, b.Entrances, text)
	switch {
	case errors.Is(err, identity.ErrOtherBuilding):
		c.complain(w.roomColumn, complaint{CodeOtherBuilding, Blocks, []any{"text", sheet.Shorten(w.room, 30), "building", b.Name}})
		return "", false
	case err != nil:
		c.complain(w.roomColumn, complaint{CodeBadRoom, Blocks, []any{"text", sheet.Shorten(w.room, 30), "cause", fault.CodeOf(err)}})
		return "", false
	}
	c.roof(b, room, w)
	return room, true
}

// roof doubts a room whose floor the building does not have: 1801 in a house of six floors.
func (c *checker) roof(b community.Building, room string, w whereabouts) {
	number := room[strings.LastIndex(room, "-")+1:]
	n, err := strconv.Atoi(number)
	if err == nil && b.Floors > 0 && len(number) >= 3 && len(number) <= 4 && n/100 > b.Floors {
		c.complain(w.roomColumn, complaint{CodeAboveRoof, Informs, []any{"text", room, "floors", b.Floors}})
	}
}
