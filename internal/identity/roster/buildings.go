package roster

import (
	"regexp"
	"slices"
	"strings"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/sheet"
)

// Buildings is what a community has, for looking up what a roster calls it.
type Buildings struct {
	estates []community.Estate
	byKey   map[string][]community.Building
}

// NewBuildings indexes a community's estates and buildings.
func NewBuildings(estates []community.Estate, buildings []community.Building) Buildings {
	b := Buildings{estates: slices.Clone(estates), byKey: map[string][]community.Building{}}
	// The longest name first, so that 罗和苑二期 is not taken for 罗和苑.
	slices.SortStableFunc(b.estates, func(x, y community.Estate) int { return len(y.Name) - len(x.Name) })
	for _, one := range buildings {
		key, _ := b.key(one.Name)
		b.byKey[key] = append(b.byKey[key], one)
	}
	return b
}

// bare is a building without its word, with an entrance perhaps: 3, A, 3-2.
var bare = regexp.MustCompile(`^[0-9A-Za-z]+(?:[-—–−‐_/][0-9A-Za-z]+)?$`)

// key is the number or name by which a text calls a building, and an entrance behind it: "罗和苑03号楼2单元"
// is "3" and "2". It asks identity about the first room of that building, so that both read buildings alike.
func (b Buildings) key(text string) (key, entrance string) {
	_, text = b.cutEstate(plainNumber(sheet.Fold(text)))
	text = strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	room := text + "1室"
	if bare.MatchString(text) {
		room = text + "-1"
	}
	if r, err := identity.ParseRoom(room); err == nil && r.Building != "" {
		return r.Building, r.Entrance
	}
	return text, ""
}

// cutNamed returns a building with a name instead of a number that stands in front of the text, 东楼101,
// and what stands behind it.
func (b Buildings) cutNamed(text string) (key, room string, ok bool) {
	for name := range b.byKey { // the longest, so that 东楼北 is not 东楼
		rest, found := strings.CutPrefix(text, name)
		if found && rest != "" && len(name) > len(key) && !bare.MatchString(name) {
			key, room, ok = name, rest, true
		}
	}
	return key, room, ok
}

// cutEstate returns the estate that stands in the text, by its name or its lane, and the text behind it.
func (b Buildings) cutEstate(text string) (community.EstateID, string) {
	for _, e := range b.estates {
		address := sheet.Fold(e.Address)
		for _, name := range []string{address, sheet.Fold(e.Name), laneNumber.FindString(address)} {
			if name == "" {
				continue
			}
			if i := strings.Index(text, name); i >= 0 {
				return e.ID, strings.TrimSpace(text[i+len(name):])
			}
		}
	}
	return "", text
}

// laneNumber is how people shorten an address: 1234弄 of 罗和路1234弄.
var laneNumber = regexp.MustCompile(`[0-9]+弄`)

// estateLike are the words behind which identity.ParseRoom looks for the building.
var estateLike = regexp.MustCompile(`^.*(?:弄|小区|花园|新村|苑)`)

// foreign returns the estate that a text names and we do not have, or "". Without this 桂花苑3号楼 of the
// street next door would become our own 3号楼.
func (b Buildings) foreign(text string) string {
	if id, _ := b.cutEstate(text); id != "" || len(b.estates) == 0 {
		return ""
	}
	return estateLike.FindString(text)
}

// Estate returns the estate that a cell of the column 小区 names; ok is false if it names none of ours.
func (b Buildings) Estate(text string) (id community.EstateID, ok bool) {
	text = sheet.Fold(text)
	if text == "" {
		return "", true
	}
	if id, _ := b.cutEstate(text); id != "" {
		return id, true
	}
	for _, e := range b.estates {
		if strings.Contains(sheet.Fold(e.Name), text) || e.Address != "" && strings.Contains(sheet.Fold(e.Address), text) {
			return e.ID, true
		}
	}
	return "", false
}

// Only is the one estate that there is, or none; ok is false where there are several.
func (b Buildings) Only() (id community.EstateID, ok bool) {
	if len(b.estates) == 1 {
		return b.estates[0].ID, true
	}
	return "", len(b.estates) == 0
}

// find returns the buildings that a text may mean, in one estate if that is known.
func (b Buildings) find(estate community.EstateID, text string) (found []community.Building, entrance string) {
	if named, _ := b.cutEstate(sheet.Fold(text)); estate == "" {
		estate = named
	}
	key, entrance := b.key(text)
	for _, one := range b.byKey[key] {
		if estate == "" || one.Estate == estate {
			found = append(found, one)
		}
	}
	return found, entrance
}

// Locate returns the buildings that texts in the columns of estate and building may mean, and an entrance behind the building. An estate
// that is not ours has none.
func (b Buildings) Locate(estate, building string) (found []community.Building, entrance string) {
	id, known := b.Estate(estate)
	if !known || building == "" || b.foreign(building) != "" {
		return nil, ""
	}
	return b.find(id, building)
}

// estateNames lists where the buildings stand, for the question "which one".
func (b Buildings) estateNames(buildings []community.Building) string {
	var names []string
	for _, e := range b.estates {
		if slices.ContainsFunc(buildings, func(one community.Building) bool { return one.Estate == e.ID }) {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, "、")
}
