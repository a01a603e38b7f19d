package owners

import (
	"slices"
	"strings"

	"jushou/internal/sheet"
)

// column is a field of a register.
type column int

const (
	colEstate column = iota
	colBuilding
	colEntrance
	colRoom
	colUse
	colArea
	colSource
	colDate
	colSold
	colOwner
	colPhone
	colCertificate
	columns
)

// headings lists what each column is called.
func headings() [columns][]string {
	return [columns][]string{
		colEstate:      {"小区", "小区名称", "所属小区"},
		colBuilding:    {"楼栋", "楼号", "幢", "幢号", "栋号", "号楼", "楼"},
		colEntrance:    {"单元", "单元号", "门洞"},
		colRoom:        {"室号", "房号", "室", "房间号", "车位号", "部位", "室号或车位号"},
		colUse:         {"用途", "类型", "房屋类型", "房屋用途", "性质"},
		colArea:        {"面积", "建筑面积", "专有部分面积", "产权面积", "登记面积"},
		colSource:      {"面积来源", "来源", "面积依据"},
		colDate:        {"面积日期", "登记日期", "日期"},
		colSold:        {"是否出售", "出售情况", "销售状态", "已售"},
		colOwner:       {"业主", "业主姓名", "产权人", "权利人", "房屋所有权人", "姓名"},
		colPhone:       {"手机", "手机号", "手机号码", "联系电话", "电话"},
		colCertificate: {"证件后四位", "证件号后四位", "身份证后四位", "证件末四位"},
	}
}

// Header is the first row of the template.
func Header() []string {
	names := headings()
	var all []string
	for _, c := range []column{colEstate, colBuilding, colEntrance, colRoom, colUse, colArea, colSource, colDate, colSold, colOwner, colPhone, colCertificate} {
		all = append(all, names[c][0])
	}
	return all
}

// Template is an empty workbook with the headings and one example.
func Template() ([]byte, error) {
	return sheet.Template("业主名册", Header(),
		[]string{"", "3号楼", "", "501", "住宅", "88.52", "登记", "2016-05-20", "已售", "王建国、李桂芳", "13900001111、13900002222", ""},
		[]string{"", "地下车库", "", "B1-023", "车位", "12.60", "登记", "2016-05-20", "已售", "王建国", "13900001111", ""},
		[]string{"", "7号楼", "", "102", "商铺", "140.00", "合同", "", "未售", "", "", ""})
}

// row is one line of a file under the header.
type row struct {
	sheet string
	n     int // as the spreadsheet counts
	cells [columns]string
}

// within is how far down the header may stand.
const within = 20

// parse finds the tables of a file and returns their rows.
func parse(data []byte) ([]row, error) {
	pages, err := sheet.Read(data)
	if err != nil {
		return nil, err
	}
	var all []row
	found := false
	for _, p := range pages {
		at, places, ok := header(p.Cells)
		if !ok {
			continue
		}
		found = true
		for i := at + 1; i < len(p.Cells); i++ {
			if r := (row{sheet: p.Name, n: i + 1}); r.read(p.Cells[i], places) {
				all = append(all, r)
			}
		}
	}
	switch {
	case !found:
		return nil, ErrNoHeader
	case len(all) == 0:
		return nil, ErrNoUnits
	}
	return all, nil
}

// header looks for the row that names the columns.
func header(cells [][]string) (at int, places [columns]int, ok bool) {
	names := headings()
	for at = range min(len(cells), within) {
		for c := range places {
			places[c] = slices.IndexFunc(cells[at], func(text string) bool { return slices.Contains(names[c], plain(text)) })
		}
		if places[colRoom] >= 0 && places[colArea] >= 0 && places[colOwner] >= 0 {
			return at, places, true
		}
	}
	return 0, places, false
}

// plain is a heading without what people put around it: 面积（㎡）, *业主.
func plain(text string) string {
	text = strings.ReplaceAll(sheet.Fold(text), " ", "")
	if i := strings.IndexAny(text, "(（["); i > 0 {
		text = text[:i]
	}
	return strings.Trim(text, "*:：")
}

// read takes the cells of a line; false for an empty one and for a total at the foot.
func (r *row) read(cells []string, places [columns]int) bool {
	said := false
	for c, at := range places {
		if at >= 0 && at < len(cells) {
			r.cells[c] = sheet.Fold(cells[at])
			said = said || r.cells[c] != ""
		}
	}
	if len(cells) > 0 && slices.Contains([]string{"合计", "总计", "小计"}, plain(cells[0])) {
		return false
	}
	return said
}
