package catalogue

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/sheet"
)

// Column is a field of the table.
type Column string

// The columns. All but the class, the terms and the keywords are needed.
const (
	ColKey           Column = "key"            // 编号
	ColClass         Column = "class"          // 类别
	ColName          Column = "name"           // 事项
	ColDepartment    Column = "department"     // 部门
	ColDepartmentKey Column = "department_key" // 部门代码
	ColStandard      Column = "standard"       // 处置标准
	ColAccept        Column = "accept"         // 受理时限
	ColResolve       Column = "resolve"        // 办结时限
	ColKeywords      Column = "keywords"       // 关键词
)

// headings lists what each column is called; the first is what the template writes.
var headings = []struct {
	column Column
	names  []string
}{
	{ColKey, []string{"编号", "事项编号", "序号", "代码", "key"}},
	{ColClass, []string{"类别", "大类", "分类", "class"}},
	{ColName, []string{"事项", "事项名称", "任务", "任务名称", "name"}},
	{ColDepartmentKey, []string{"部门代码", "部门编码", "department_key"}},
	{ColDepartment, []string{"部门", "责任部门", "牵头部门", "主办部门", "department"}},
	{ColStandard, []string{"处置标准", "办理标准", "标准", "工作标准", "standard"}},
	{ColAccept, []string{"受理时限", "受理时限(工作日)", "受理(工作日)", "accept_days"}},
	{ColResolve, []string{"办结时限", "办结时限(工作日)", "办结(工作日)", "处置时限", "resolve_days"}},
	{ColKeywords, []string{"关键词", "关键字", "keywords"}},
}

// needed are the columns that a header must have.
var needed = []Column{ColKey, ColName, ColDepartmentKey, ColDepartment, ColStandard}

// Refusals of a whole file, besides those of package sheet.
var (
	// ErrNoHeader means that no row names the needed columns.
	ErrNoHeader = fault.New(fault.Invalid, "catalogue.no_header")
	// ErrNoItems means a header with nothing below it.
	ErrNoItems = fault.New(fault.Invalid, "catalogue.no_items")
	// ErrTooMany means more items or departments than Args["max"].
	ErrTooMany = fault.New(fault.TooLarge, "catalogue.too_many")
)

// Codes of the faults of a cell. The catalogue of words has a sentence for each.
const (
	CodeNoKey       = "catalogue.no_key"
	CodeBadKey      = "catalogue.bad_key"      // text
	CodeKeyTwice    = "catalogue.key_twice"    // text, row: numbered before in that row
	CodeNoName      = "catalogue.no_name"      //
	CodeTooLong     = "catalogue.too_long"     // max
	CodeNoDept      = "catalogue.no_dept"      // neither name nor code
	CodeBadDept     = "catalogue.bad_dept"     // text: no department code
	CodeDeptDiffers = "catalogue.dept_differs" // text, other, row: one code with two names, or one name with two codes
	CodeNoStandard  = "catalogue.no_standard"  //
	CodeBadDays     = "catalogue.bad_days"     // text, max
	CodeDaysOrder   = "catalogue.days_order"   // to settle takes less than to accept
	CodeManyWords   = "catalogue.many_words"   // max
)

// Fault is one complaint about one cell.
type Fault struct {
	Sheet  string     `json:"sheet,omitempty"` // the worksheet; "" for CSV
	Row    int        `json:"row"`             // as the spreadsheet counts, from 1
	Letter string     `json:"letter,omitempty"`
	Column Column     `json:"column,omitempty"`
	Code   string     `json:"code"`
	Args   fault.Args `json:"args,omitempty"`
}

// Parse reads a table. It returns the list and everything that is wrong with it; a list with faults is not to be
// used. An error means that the file cannot be read as such a table at all. The same bytes give the same answer.
func Parse(data []byte) (departments []Department, items []Item, faults []Fault, err error) {
	pages, err := sheet.Read(data)
	if err != nil {
		return nil, nil, nil, err
	}
	p := parser{codes: map[string]named{}, names: map[string]named{}, keys: map[string]int{}}
	found := false
	for _, page := range pages {
		if top, columns := header(page.Cells); top >= 0 {
			found = true
			p.page, p.columns = page, columns
			for i := top + 1; i < len(page.Cells); i++ {
				p.row = i + 1
				p.read(page.Cells[i])
			}
		}
	}
	switch {
	case !found:
		return nil, nil, nil, ErrNoHeader
	case len(p.items) == 0 && len(p.faults) == 0:
		return nil, nil, nil, ErrNoItems
	case len(p.items) > MaxItems:
		return nil, nil, nil, ErrTooMany.With("max", MaxItems).With("what", "items")
	case len(p.departments) > MaxDepartments:
		return nil, nil, nil, ErrTooMany.With("max", MaxDepartments).With("what", "departments")
	}
	return p.departments, p.items, p.faults, nil
}

// headerWithin is how far down a header may stand, in rows: below a title.
const headerWithin = 10

// header finds the row that names the needed columns; -1 if there is none.
func header(cells [][]string) (int, map[Column]int) {
	for i := range min(len(cells), headerWithin) {
		columns := map[Column]int{}
		for x, cell := range cells[i] {
			text := strings.NewReplacer(" ", "", "（", "(", "）", ")", "*", "").Replace(plain(cell))
			for _, h := range headings {
				if _, taken := columns[h.column]; !taken && slices.Contains(h.names, text) {
					columns[h.column] = x
				}
			}
		}
		if !slices.ContainsFunc(needed, func(c Column) bool { _, ok := columns[c]; return !ok }) {
			return i, columns
		}
	}
	return -1, nil
}

// named remembers what a department's code or name stood beside, and in which row.
type named struct {
	other string
	row   int
}

// parser walks through a file from top to bottom.
type parser struct {
	page    sheet.Page
	columns map[Column]int
	row     int

	departments []Department
	items       []Item
	faults      []Fault
	codes       map[string]named // department code to name
	names       map[string]named // department name to code
	keys        map[string]int   // item key to row
}

func (p *parser) complain(c Column, code string, args ...any) {
	f := Fault{Sheet: p.page.Name, Row: p.row, Column: c, Code: code}
	if x, ok := p.columns[c]; ok {
		f.Letter = sheet.Letter(x)
	}
	refusal := fault.New(fault.Invalid, code)
	for i := 0; i+1 < len(args); i += 2 {
		refusal = refusal.With(args[i].(string), args[i+1])
	}
	f.Args = refusal.Args
	p.faults = append(p.faults, f)
}

// read takes one row; an empty one is passed over.
func (p *parser) read(cells []string) {
	get := func(c Column) string {
		if x, ok := p.columns[c]; ok && x < len(cells) {
			return sheet.Fold(cells[x])
		}
		return ""
	}
	blank := true
	for _, h := range headings {
		blank = blank && get(h.column) == ""
	}
	if blank {
		return
	}
	i := Item{Key: p.key(get(ColKey)), Class: p.text(ColClass, get(ColClass), MaxName, ""), Name: p.text(ColName, get(ColName), MaxName, CodeNoName)}
	i.Department = p.department(get(ColDepartmentKey), get(ColDepartment))
	i.Standard = p.text(ColStandard, get(ColStandard), MaxStandard, CodeNoStandard)
	i.AcceptDays, i.ResolveDays = p.days(ColAccept, get(ColAccept)), p.days(ColResolve, get(ColResolve))
	if i.AcceptDays > 0 && i.ResolveDays > 0 && i.ResolveDays < i.AcceptDays {
		p.complain(ColResolve, CodeDaysOrder)
	}
	i.Keywords = p.keywords(get(ColKeywords))
	p.items = append(p.items, i)
}

func (p *parser) key(text string) string {
	key := strings.ToUpper(text)
	switch before, twice := p.keys[key]; {
	case key == "":
		p.complain(ColKey, CodeNoKey)
	case !itemKey.MatchString(key):
		p.complain(ColKey, CodeBadKey, "text", sheet.Shorten(text, 20))
	case twice:
		p.complain(ColKey, CodeKeyTwice, "text", key, "row", before)
	default:
		p.keys[key] = p.row
	}
	return key
}

// text checks a cell's bound, and that it is there if empty names a code.
func (p *parser) text(c Column, text string, most int, empty string) string {
	switch {
	case text == "" && empty != "":
		p.complain(c, empty)
	case utf8.RuneCountInString(text) > most:
		p.complain(c, CodeTooLong, "max", most)
	}
	return text
}

// department reads code and name. Either may be left out where the table has paired them further up.
func (p *parser) department(code, name string) string {
	code = strings.ToLower(code)
	if code == "" {
		code = p.names[name].other
	}
	if name == "" {
		name = p.codes[code].other
	}
	switch {
	case code == "" || name == "":
		p.complain(ColDepartmentKey, CodeNoDept)
		return code
	case !identity.ValidDepartment(code):
		p.complain(ColDepartmentKey, CodeBadDept, "text", sheet.Shorten(code, 20))
		return code
	case utf8.RuneCountInString(name) > MaxName:
		p.complain(ColDepartment, CodeTooLong, "max", MaxName)
		return code
	}
	if old, known := p.codes[code]; known && old.other != name {
		p.complain(ColDepartment, CodeDeptDiffers, "text", name, "other", old.other, "row", old.row)
		return code
	}
	if old, known := p.names[name]; known && old.other != code {
		p.complain(ColDepartmentKey, CodeDeptDiffers, "text", code, "other", old.other, "row", old.row)
		return code
	}
	if _, known := p.codes[code]; !known {
		p.departments = append(p.departments, Department{Key: code, Name: name})
		p.codes[code], p.names[name] = named{name, p.row}, named{code, p.row}
	}
	return code
}

// days reads a term: a whole number of working days, with or without the words behind it.
func (p *parser) days(c Column, text string) int {
	number := text
	for _, unit := range []string{"个工作日", "工作日", "天", "日", ".0"} {
		number = strings.TrimSpace(strings.TrimSuffix(number, unit))
	}
	if number == "" {
		return 0
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > MaxDays {
		p.complain(c, CodeBadDays, "text", sheet.Shorten(text, 20), "max", MaxDays)
		return 0
	}
	return n
}

// keywords parts a cell at commas, semicolons, spaces and the Chinese list comma.
func (p *parser) keywords(text string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",，、;；/ ", r) }) {
		if utf8.RuneCountInString(w) > MaxKeyword {
			p.complain(ColKeywords, CodeTooLong, "max", MaxKeyword)
			return nil
		}
		if !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if len(words) > MaxKeywords {
		p.complain(ColKeywords, CodeManyWords, "max", MaxKeywords)
	}
	return words
}

// Template returns a workbook with the headings that Parse understands best and one example.
func Template() ([]byte, error) {
	names := make([]string, len(headings))
	for i, h := range headings {
		names[i] = h.names[0]
	}
	return sheet.Template("任务清单", names, []string{
		"LH-01", "绿化", "行道树倒伏、断枝", "greening", "绿化市容管理所", "2 小时内到场设警示，1 个工作日内清理", "1", "1", "树倒、断枝、倒伏",
	})
}

// Table writes a list as Parse reads it: the way to take a town's list out, change it and bring it back.
func (c Catalogue) Table() ([]byte, error) {
	names := make([]string, len(headings))
	for i, h := range headings {
		names[i] = h.names[0]
	}
	rows := make([][]string, len(c.Items))
	for i, item := range c.Items {
		d, _ := c.Department(item.Department)
		rows[i] = []string{
			item.Key, item.Class, item.Name, d.Key, d.Name, item.Standard, days(item.AcceptDays), days(item.ResolveDays), strings.Join(item.Keywords, "、"),
		}
	}
	return sheet.Template("任务清单", names, rows...)
}

func days(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
