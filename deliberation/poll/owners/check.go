package owners

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/internal/identity/seal"
	"jushou/internal/sheet"
)

// Bounds of a register.
const (
	// maxUnitArea is 10 hectares in 0.01 m²: more than any unit.
	maxUnitArea = 10_000_000
	// maxCoOwners is how many may own a unit together.
	maxCoOwners = 20
	// maxCompany is the longest name of a company, in runes.
	maxCompany = 60
	// maxSpace is the longest name of a parking space, in runes.
	maxSpace = 30
)

// checker turns rows into deeds and complains about the rest.
type checker struct {
	community community.ID
	version   int
	buildings roster.Buildings
	box       *seal.Box
	mark      func(phone string) (string, error)

	deeds  []Deed
	faults []Fault
	units  map[string]row
	named  map[string]known // by name
}

// known is where a name stood first, and with what.
type known struct {
	row int
	key string
}

func (c *checker) complain(r row, informs bool, code string, args ...any) {
	f := Fault{Sheet: r.sheet, Row: r.n, Code: code, Informs: informs}
	for i := 0; i+1 < len(args); i += 2 {
		if f.Args == nil {
			f.Args = fault.Args{}
		}
		f.Args[fmt.Sprint(args[i])] = fmt.Sprint(args[i+1])
	}
	c.faults = append(c.faults, f)
}

// check reads every row, so that all faults are told at once.
func (c *checker) check(rows []row) error {
	c.units, c.named = map[string]row{}, map[string]known{}
	for _, r := range rows {
		d := Deed{Community: c.community, Version: c.version, Row: r.n}
		c.use(r, &d)
		c.sold(r, &d)
		c.where(r, &d)
		c.area(r, &d)
		c.source(r, &d)
		if err := c.owners(r, &d); err != nil {
			return err
		}
		c.once(r, d)
		c.deeds = append(c.deeds, d)
	}
	sortFaults(c.faults)
	if errorsIn(c.faults) > 0 {
		c.deeds = nil
	}
	return nil
}

// once refuses a unit that is there already.
func (c *checker) once(r row, d Deed) {
	if d.Unit == "" {
		return
	}
	if first, twice := c.units[d.Unit]; twice {
		c.complain(r, false, CodeUnitTwice, "text", d.Place, "first", first.n)
		return
	}
	c.units[d.Unit] = r
}

func (c *checker) use(r row, d *Deed) {
	switch text := r.cells[colUse]; {
	case text == "" || strings.Contains(text, "住宅") || text == "住":
		d.Use = Residential
	case strings.Contains(text, "车"):
		d.Use = Parking
	case strings.Contains(text, "商") || strings.Contains(text, "铺") || strings.Contains(text, "店"):
		d.Use = Shop
	case strings.Contains(text, "办公"):
		d.Use = Office
	case strings.Contains(text, "其他") || strings.Contains(text, "其它") || strings.Contains(text, "仓"):
		d.Use = OtherUse
	default:
		c.complain(r, false, CodeBadUse, "text", sheet.Shorten(text, 20))
	}
}

// sold reads whether the developer still has the unit: not sold, or sold and not delivered.
func (c *checker) sold(r row, d *Deed) {
	switch text := r.cells[colSold]; {
	case text == "" || slices.Contains([]string{"已售", "已交付", "是", "已售已交付"}, text):
	case slices.Contains([]string{"未售", "未出售", "未交付", "已售未交付", "否", "待售"}, text):
		d.Developer = true
	default:
		c.complain(r, false, CodeBadSold, "text", sheet.Shorten(text, 20))
	}
}

// where finds the building and the room. A space in a garage has none of either, and is called as the file calls it.
func (c *checker) where(r row, d *Deed) {
	found, entrance := c.buildings.Locate(r.cells[colEstate], r.cells[colBuilding])
	text := strings.TrimSpace(r.cells[colBuilding] + " " + r.cells[colRoom])
	switch {
	case d.Use == Parking && len(found) == 0 && r.cells[colRoom] != "" && len([]rune(text)) <= maxSpace:
		c.estate(r, d)
		d.Unit, d.Room, d.Place = "space."+strings.ToUpper(strings.ReplaceAll(text, " ", ".")), r.cells[colRoom], text
		return
	case len(found) == 0:
		c.complain(r, false, CodeNoBuilding, "text", sheet.Shorten(r.cells[colBuilding], 20))
		return
	case len(found) > 1:
		c.complain(r, false, CodeWhichBuilding, "text", sheet.Shorten(r.cells[colBuilding], 20))
		return
	}
	b, number := found[0], r.cells[colRoom]
	if e := strings.TrimSuffix(firstOf(r.cells[colEntrance], entrance), "单元"); e != "" && b.Entrances > 0 && number != "" {
		number = e + "-" + number
	}
	room, err := identity.RoomIn(b.Name, b.Entrances, number)
	if err != nil {
		c.complain(r, false, CodeBadRoom, "text", sheet.Shorten(r.cells[colRoom], 20))
		return
	}
	d.Estate, d.Building, d.Room = b.Estate, b.ID, room
	d.Unit, d.Place = string(b.ID)+"."+room, b.Name+" "+room
	if front, _, ok := strings.Cut(room, "-"); ok {
		d.Entrance = front
	}
}

// estate finds the estate of a space that stands in no building. Without one it would be in the decision of no estate, so where there are
// several the file has to name it.
func (c *checker) estate(r row, d *Deed) {
	id, known := c.buildings.Estate(r.cells[colEstate])
	if known && id == "" {
		id, known = c.buildings.Only()
	}
	if !known {
		c.complain(r, false, CodeNoEstate, "text", sheet.Shorten(r.cells[colEstate], 20))
	}
	d.Estate = id
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

var decimal = regexp.MustCompile(`^([0-9]{1,7})(?:\.([0-9]{1,2})0*)?$`)

// area reads square metres with at most two places into 0.01 m²: a float would lose what an exact two thirds hangs on.
func (c *checker) area(r row, d *Deed) {
	text := strings.ReplaceAll(r.cells[colArea], ",", "")
	for _, unit := range []string{"平方米", "㎡", "m²", "m2", "平米"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, unit))
	}
	if r.cells[colArea] == "" {
		c.complain(r, false, CodeNoArea)
		return
	}
	m := decimal.FindStringSubmatch(text)
	if m == nil {
		c.complain(r, false, CodeBadArea, "text", sheet.Shorten(r.cells[colArea], 20))
		return
	}
	n, err := strconv.ParseInt(m[1]+(m[2] + "00")[:2], 10, 64)
	switch {
	case err != nil || n > maxUnitArea:
		c.complain(r, false, CodeLargeArea, "text", sheet.Shorten(text, 20))
	case n == 0:
		c.complain(r, false, CodeZeroArea)
	}
	d.Area = n
}

// source reads where the area comes from, and of which day.
func (c *checker) source(r row, d *Deed) {
	switch text := r.cells[colSource]; {
	case strings.Contains(text, "登记") || strings.Contains(text, "产证") || strings.Contains(text, "不动产"):
		d.Source = community.AreaRegistered
	case strings.Contains(text, "实测") || strings.Contains(text, "测绘"):
		d.Source = community.AreaSurveyed
	case strings.Contains(text, "合同"):
		d.Source = community.AreaContract
	default:
		c.complain(r, false, CodeBadSource, "text", sheet.Shorten(text, 20))
	}
	if text := r.cells[colDate]; text != "" {
		at, err := time.Parse("2006-1-2", strings.NewReplacer("/", "-", ".", "-", "年", "-", "月", "-", "日", "").Replace(text))
		if err != nil {
			c.complain(r, false, CodeBadDate, "text", sheet.Shorten(text, 20))
		}
		d.AreaDate = at
	}
}

var (
	parted  = regexp.MustCompile(`[、,;/\s]+`)
	company = regexp.MustCompile(`公司|中心|银行|学校|医院|合作社|委员会|集团|(?:局|厂|所|会|社|院)$`)
)

// owners reads who owns the unit. Several in one cell own it together and are one voice.
func (c *checker) owners(r row, d *Deed) error {
	names, phones := split(r.cells[colOwner]), split(r.cells[colPhone])
	switch {
	case d.Developer && len(names) > 0:
		c.complain(r, true, CodeDevelopersOwn)
		return nil
	case d.Developer:
		return nil
	case len(names) == 0:
		c.complain(r, false, CodeNoOwner)
	case len(names) > maxCoOwners:
		c.complain(r, false, CodeManyOwners, "max", maxCoOwners)
		return nil
	case len(phones) > len(names):
		c.complain(r, false, CodeManyPhones)
	}
	certificates := split(r.cells[colCertificate])
	for i, typed := range names {
		o, ok, err := c.owner(r, *d, i, typed, at(phones, i), at(certificates, i))
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if slices.ContainsFunc(d.Owners, func(x Owner) bool { return x.Key == o.Key }) {
			c.complain(r, false, CodeOwnerTwice, "text", sheet.Shorten(typed, 20))
			continue
		}
		d.Owners = append(d.Owners, o)
	}
	return nil
}

func split(text string) []string {
	return slices.DeleteFunc(parted.Split(text, -1), func(s string) bool { return s == "" })
}

func at(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}

// owner reads one of them.
func (c *checker) owner(r row, d Deed, i int, typed, phone, certificate string) (Owner, bool, error) {
	firm := company.MatchString(typed)
	name, err := identity.ParseName(typed)
	if firm && len([]rune(typed)) <= maxCompany {
		name, err = typed, nil
	}
	if err != nil {
		c.complain(r, false, CodeBadName, "text", sheet.Shorten(typed, 20))
		return Owner{}, false, nil
	}
	if phone != "" {
		if phone, err = identity.ParsePhone(phone); err != nil {
			c.complain(r, false, CodeBadPhone, "text", sheet.Shorten(r.cells[colPhone], 30))
			return Owner{}, false, nil
		}
	}
	o := Owner{Name: c.box.Seal(d.place("name", i), name), Masked: mask(name, firm), Phone: c.box.Seal(d.place("phone", i), phone)}
	if phone != "" {
		if o.PhoneHash, err = c.mark(phone); err != nil {
			return o, false, err
		}
	}
	o.Key = c.key(r, d, name, phone, certificate, firm)
	return o, true, nil
}

// key says who an owner is. A company is its name; a person is name and the end of a certificate's number where it is given, else name
// and telephone number; who has neither is somebody else in each unit, and the file's sender is told.
func (c *checker) key(r row, d Deed, name, phone, certificate string, firm bool) string {
	who := name + "\x00" + firstOf(certificate, phone)
	switch {
	case firm:
		who = name
	case certificate == "" && phone == "":
		who += d.Unit
		c.complain(r, true, CodeWithoutPhone, "text", identity.Mask(name))
	}
	key := c.box.Hash("owner", who)
	first, seen := c.named[name]
	switch {
	case !seen:
		c.named[name] = known{r.n, key}
	case first.key != key && phone == "" && certificate == "":
		c.complain(r, true, CodeSameName, "text", identity.Mask(name), "first", first.row)
	case first.key != key:
		c.complain(r, true, CodeTwoPhones, "text", identity.Mask(name), "first", first.row)
	}
	return key
}

// figures adds a version up.
func figures(deeds []Deed) (Figures, error) {
	f := Figures{Units: len(deeds), Sources: map[community.AreaSource]int{}, Uses: map[Use]int{}}
	for _, d := range deeds {
		f.Area += d.Area
		f.Sources[d.Source]++
		f.Uses[d.Use]++
		if d.Use == Parking {
			f.ParkingArea += d.Area
		}
		if d.Developer {
			f.Developer++
		}
	}
	found, err := heads(deeds)
	f.Heads = len(found)
	return f, err
}
