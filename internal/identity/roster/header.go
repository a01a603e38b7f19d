package roster

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jushou/internal/sheet"
)

// Column is a field of a roster.
type Column string

// The columns a roster may have. It needs Name, and Room or Address.
const (
	Estate   Column = "estate"   // 小区
	Building Column = "building" // 楼栋
	Entrance Column = "entrance" // 单元
	Room     Column = "room"     // 室号
	Address  Column = "address"  // 地址, all of the above in one
	Name     Column = "name"     // 姓名
	Phone    Column = "phone"    // 手机
	Relation Column = "relation" // 与户主关系
	Note     Column = "note"     // 备注: known, and left where it is
)

// headings lists what each column is called. A heading further left wins when a table has several:
// 姓名 is the person of the row, 户主姓名 beside it is the person of the home.
var headings = map[Column][]string{
	Estate:   {"小区名称", "小区", "所属小区", "所在小区", "居住小区", "住宅小区", "小区名", "estate"},
	Building: {"楼栋", "楼号", "幢", "栋", "号楼", "楼栋号", "楼幢", "楼幢号", "幢号", "栋号", "楼", "楼宇", "楼座", "座", "门牌号楼", "门号", "building"},
	Entrance: {"单元", "单元号", "门洞", "梯号", "entrance"},
	Room:     {"室号", "房号", "室", "房间号", "房间", "户号", "门牌", "门牌号", "室户号", "单元室", "房屋号", "房室号", "房室", "室号门牌", "门室", "room"},
	Address:  {"地址", "住址", "居住地址", "家庭住址", "家庭地址", "现住址", "现居住地址", "现住地址", "详细地址", "房屋地址", "居住地", "房屋坐落", "address"},
	Name:     {"姓名", "居民姓名", "住户姓名", "成员姓名", "人员姓名", "业主姓名", "户主姓名", "户主", "住户", "居民", "业主", "名字", "name"},
	Phone:    {"手机", "手机号码", "手机号", "联系电话", "电话", "电话号码", "联系方式", "联系手机", "移动电话", "本人电话", "户主电话", "联系号码", "phone", "mobile"},
	Relation: {"与户主关系", "户主关系", "关系", "家庭关系", "与业主关系", "和户主关系", "人员类别", "居住类型", "relation"},
	Note:     {"备注", "说明", "备注说明", "note"},
}

// keywords catch the headings that nobody could list: 手机号码(必填, 11位), 现居住房间号. In this order.
var keywords = []struct {
	word string
	col  Column
}{
	{"关系", Relation}, {"手机", Phone}, {"电话", Phone}, {"姓名", Name}, {"小区", Estate},
	{"楼栋", Building}, {"楼号", Building}, {"幢号", Building}, {"栋号", Building}, {"单元号", Entrance},
	{"室号", Room}, {"房号", Room}, {"房间", Room}, {"门牌", Room}, {"住址", Address}, {"地址", Address}, {"备注", Note},
}

// elsewhere marks headings about another person or place than the home's.
var elsewhere = []string{"紧急", "监护", "网格", "楼组长", "楼道长", "工作", "单位", "户籍", "曾用", "房东", "志愿", "负责", "登记人", "填表", "身份证"}

var (
	bracketed = regexp.MustCompile(`[((【\[][^))】\]]*[))】\]]`)
	noise     = regexp.MustCompile(`[\s*:：、,。./＊★#]+`)
	counted   = regexp.MustCompile(`[0-9一二三]+$`)
)

// headerWithin is how far down a header may stand, in rows.
const headerWithin = 30

// findHeader looks for the row that names the columns and remembers what it says.
func (p *Page) findHeader() {
	for i := range min(len(p.Cells), headerWithin) {
		columns, twice, ignored := readHeader(p.Cells[i])
		if !sufficient(columns) {
			continue
		}
		p.Header, p.Columns, p.Twice, p.Ignored = i+1, columns, twice, ignored
		// A header of two rows repeats 姓名 by a merged cell and says 楼栋, 室号 below 住址.
		if i+1 < len(p.Cells) {
			if below, twice, ignored := readHeader(p.Cells[i+1]); sufficient(below) {
				p.Header, p.Columns, p.Twice, p.Ignored = i+2, below, twice, ignored
			}
		}
		return
	}
}

func sufficient(columns map[Column][]int) bool {
	return len(columns[Name]) > 0 && len(columns[Room])+len(columns[Address]) > 0
}

// readHeader matches a row's cells with the headings.
func readHeader(row []string) (columns map[Column][]int, twice map[Column]int, ignored []string) {
	columns, twice = map[Column][]int{}, map[Column]int{}
	rank := map[Column]int{}
	var lost []int // known headings that another one beat
	for x, cell := range row {
		col, r, ok := heading(cell)
		old := columns[col]
		switch {
		case !ok && sheet.Fold(cell) != "":
			lost = append(lost, x)
		case !ok:
		case col == Phone:
			columns[col] = append(old, x)
		case len(old) == 0:
			columns[col], rank[col] = []int{x}, r
		case r < rank[col]:
			columns[col], rank[col] = []int{x}, r
			lost = append(lost, old[0])
		case r > rank[col]:
			lost = append(lost, x)
		case col == Name || col == Room:
			twice[col] = x
		}
	}
	for _, x := range lost {
		switch {
		case len(columns[Building]) == 0 && strings.Contains(row[x], "门牌"): // 门牌 beside 室号 is the house
			columns[Building] = []int{x}
		case x > 0 && row[x] == row[x-1]: // one heading merged over several columns
		default:
			ignored = append(ignored, sheet.Shorten(sheet.Fold(row[x]), 20))
		}
	}
	return columns, twice, ignored
}

// heading returns the column that a cell names, and how well: 0 is best.
func heading(cell string) (Column, int, bool) {
	text := noise.ReplaceAllString(bracketed.ReplaceAllString(strings.ToLower(sheet.Fold(cell)), ""), "")
	if text == "" || utf8.RuneCountInString(text) > 12 {
		return "", 0, false
	}
	for _, word := range elsewhere {
		if strings.Contains(text, word) {
			return "", 0, false
		}
	}
	for _, t := range []string{text, counted.ReplaceAllString(text, "")} {
		for col, names := range headings {
			if i := slices.Index(names, t); i >= 0 {
				return col, i, true
			}
		}
	}
	for i, k := range keywords {
		if strings.Contains(text, k.word) {
			return k.col, 100 + i, true
		}
	}
	return "", 0, false
}
