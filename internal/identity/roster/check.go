package roster

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/sheet"
)

// Preview is what a file would put where.
type Preview struct {
	// Homes are the households of the file by id. They are complete only while Errors is 0.
	Homes  []Home
	Faults []Fault // errors first, each kind in the order of the file
	Errors int     // of Faults
	Rows   int     // rows with a person
}

// Home is one household of a file.
type Home struct {
	Building community.Building
	Room     string // as identity.RoomIn writes it
	Sheet    string // where the file names it first
	Row      int
	// People has one entry for each phone of a person, so that every one of them finds its owner.
	People []identity.Entry
}

// ID returns the household's document id.
func (h Home) ID() identity.HouseholdID {
	return identity.NewHouseholdID(h.Building.Community, h.Building.ID, h.Room)
}

// Names counts the people of the home by distinct names.
func (h Home) Names() int {
	seen := map[string]bool{}
	for _, e := range h.People {
		seen[e.Name] = true
	}
	return len(seen)
}

// Check turns the rows of a file into homes of a community and complains about the rest. It is pure.
func Check(s Sheet, b Buildings) Preview {
	c := checker{buildings: b, homes: map[identity.HouseholdID]*Home{}, met: newMet(), sites: map[[2]string]site{}}
	for i := range s.Pages {
		c.page = &s.Pages[i]
		c.checkPage()
	}
	p := Preview{Faults: c.faults, Rows: c.rows}
	for _, h := range c.homes {
		p.Homes = append(p.Homes, *h)
	}
	slices.SortFunc(p.Homes, func(x, y Home) int { return cmp.Compare(x.ID(), y.ID()) })
	sortFaults(p.Faults)
	for _, f := range p.Faults {
		if f.Severity == Blocks {
			p.Errors++
		}
	}
	return p
}

// checker walks through a file from top to bottom.
type checker struct {
	buildings Buildings
	homes     map[identity.HouseholdID]*Home
	met       met
	faults    []Fault
	rows      int

	sites map[[2]string]site // what Buildings answered before: a roster asks the same a thousand times

	page    *Page
	ours    bool   // the page is named after a building
	row     int    // from 1
	section string // a building that a title line inside the table named
	above   *line  // the row above, for what is left blank below it; nil behind an empty row
}

// line is one row's cells by column.
type line struct {
	cells map[Column]string
	bad   bool // its place was refused: rows that inherit it are not complained about again
}

func (l line) get(c Column) string { return strings.TrimSpace(l.cells[c]) }

func (c *checker) checkPage() {
	p := c.page
	c.row, c.section, c.above = p.Header, "", nil
	named, _ := c.buildings.find("", p.Name)
	c.ours = len(named) > 0
	if p.Header == 0 {
		if len(sheet.TrimRows(p.Cells)) > 0 {
			c.row = 0
			c.complain("", complaint{CodePageSkipped, Informs, nil})
		}
		return
	}
	for _, col := range []Column{Room, Name} {
		if second, ok := p.Twice[col]; ok && p.differ(p.Columns[col][0], second) {
			c.complain(col, complaint{CodeColumnTwice, Blocks, []any{"text", sheet.Fold(p.Cells[p.Header-1][second]), "letter", sheet.Letter(second)}})
		}
	}
	for _, h := range p.Ignored {
		c.complain("", complaint{CodeColumnIgnored, Informs, []any{"heading", h}})
	}
	for i := p.Header; i < len(p.Cells); i++ {
		c.row = i + 1
		c.checkRow(p.Cells[i])
	}
}

// differ reports whether a second column says anything that the first does not.
func (p *Page) differ(first, second int) bool {
	for _, row := range p.Cells[p.Header:] {
		if second < len(row) && sheet.Fold(row[second]) != "" && row[second] != row[first] {
			return true
		}
	}
	return false
}

func (c *checker) checkRow(cells []string) {
	l := c.line(cells)
	switch {
	case len(l.cells) == 0:
		c.above = nil
		return
	case c.title(cells, l), footer(cells, l), c.repeatsHeader(l):
		return
	}
	for col, text := range l.cells {
		if len([]rune(text)) > maxCell {
			c.complain(col, complaint{CodeLongCell, Blocks, []any{"max", maxCell}})
			return
		}
	}
	if l.get(Name) == "" {
		c.nobody(l)
		return
	}
	c.rows++
	c.inherit(&l)
	c.above = &l
	if l.bad {
		return
	}
	building, room, ok := c.place(l)
	l.bad = !ok
	c.list(l, building, room, ok)
}

// line picks the known columns out of a row. The note is left where it is.
func (c *checker) line(cells []string) line {
	l := line{cells: map[Column]string{}}
	for col, at := range c.page.Columns {
		if col == Note {
			continue
		}
		var texts []string
		for _, x := range at {
			if x < len(cells) && sheet.Fold(cells[x]) != "" {
				texts = append(texts, cells[x])
			}
		}
		if len(texts) > 0 {
			l.cells[col] = strings.Join(texts, "\n")
		}
	}
	return l
}

// title recognises a line above a part of the table: one text merged over it, or alone in its row, which is
// what CSV makes of that. "3号楼" names the building of the rows below; anything else that was merged is
// a heading.
func (c *checker) title(cells []string, l line) bool {
	text, n := "", 0
	for _, cell := range cells {
		switch {
		case sheet.Fold(cell) == "":
			continue
		case n > 0 && cell != text:
			return false
		}
		text, n = cell, n+1
	}
	merged, alone := n >= 3, n == 1 && l.get(Name) == "" && strings.Map(onlyDigits, sheet.Fold(text)) != sheet.Fold(text)
	if !merged && !alone {
		return false
	}
	found, _ := c.buildings.find("", text)
	if len(found) > 0 {
		c.section, c.above = text, nil
	}
	return merged || len(found) > 0
}

var footing = regexp.MustCompile(`^(?:合计|总计|小计|共计|总数|总户数|总人数|制表|填表|填报|审核|经办|负责人|说明:|注:|备注:|以下空白|共[0-9 ]+[户人])`)

// footer recognises totals and signatures.
func footer(cells []string, l line) bool {
	for _, cell := range cells {
		if text := sheet.Fold(cell); text != "" {
			if footing.MatchString(text) {
				return true
			}
			break
		}
	}
	return footing.MatchString(sheet.Fold(l.get(Name)))
}

// repeatsHeader recognises the header that is printed again on every page.
func (c *checker) repeatsHeader(l line) bool {
	col, _, ok := heading(l.get(Name))
	if !ok || col != Name {
		return false
	}
	place := l.get(Room) + l.get(Address)
	col, _, ok = heading(place)
	return ok && (col == Room || col == Address)
}

// nobody handles a row without a name.
func (c *checker) nobody(l line) {
	switch {
	case l.get(Phone) != "" && !nothing.MatchString(strings.ToLower(sheet.Fold(l.get(Phone)))):
		c.complain(Name, complaint{CodeNoName, Blocks, nil})
	case l.get(Room) != "" || l.get(Address) != "":
		c.complain(Name, complaint{CodeVacant, Informs, nil})
		c.above = nil
	}
}

// inherit fills in what the row above says and this one leaves blank, which is what merged cells become
// in CSV: the building alone, or the building and the room. It says so.
func (c *checker) inherit(l *line) {
	if l.get(Address) != "" || l.get(Building) != "" {
		return
	}
	sameRoom := l.get(Room) == ""
	if c.above == nil {
		return
	}
	take := []Column{Estate, Building, Entrance}
	if sameRoom {
		take = append(take, Room, Address)
	}
	var said []string
	for _, col := range take {
		if text := c.above.get(col); text != "" && l.get(col) == "" {
			l.cells[col] = text
			said = append(said, sheet.Fold(text))
		}
	}
	l.bad = c.above.bad && sameRoom
	if len(said) > 0 && !l.bad {
		col := Building
		if len(c.page.Columns[col]) == 0 {
			col = Room
		}
		c.complain(col, complaint{CodeInherited, Informs, []any{"text", strings.Join(said, " ")}})
	}
}

// complain notes a fault of the present row.
func (c *checker) complain(col Column, what complaint) {
	f := Fault{Sheet: c.page.Name, Row: c.row, Column: col, Code: what.code, Severity: what.severity}
	if at := c.page.Columns[col]; len(at) > 0 {
		f.Letter = sheet.Letter(at[0])
	}
	for i := 0; i+1 < len(what.args); i += 2 {
		if f.Args == nil {
			f.Args = map[string]string{}
		}
		f.Args[fmt.Sprint(what.args[i])] = fmt.Sprint(what.args[i+1])
	}
	c.faults = append(c.faults, f)
}
