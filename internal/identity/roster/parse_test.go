package roster_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"jushou/internal/fault"
	"jushou/internal/identity/roster"
	"jushou/internal/sheet"
)

var plain = [][]string{
	{"姓名", "楼栋", "室号", "手机"},
	{"王小芳", "3号楼", "501", "13800138000"},
	{"李强", "5号楼", "302", ""},
}

func TestEncodingsAndDelimiters(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"姓名", "小区", "楼栋", "室号", "手机"}, {"王小芳", "罗和苑", "3号楼", "501", "13800138000"}, {"㐀䶮", "罗和苑", "5号楼", "302", ""}}
	utf8 := asCSV(rows)
	units := utf16.Encode([]rune("\uFEFF" + string(bytes.ReplaceAll(utf8, []byte(","), []byte("\t")))))
	var little []byte
	for _, u := range units {
		little = append(little, byte(u), byte(u>>8))
	}
	files := map[string][]byte{
		"UTF-8":         utf8,
		"UTF-8 marked":  append([]byte("\xEF\xBB\xBF"), utf8...),
		"GB18030":       asGB18030(t, utf8),
		"UTF-16 tabs":   little,
		"semicolons":    bytes.ReplaceAll(utf8, []byte(","), []byte(";")),
		"old Mac lines": bytes.ReplaceAll(utf8, []byte("\n"), []byte("\r\n")),
	}
	for name, data := range files {
		same(t, name, people(check(t, data)), []string{"lhy-3 501 王小芳 13800138000 other", "lhy-5 302 㐀䶮  other"})
	}
}

func TestHeadersAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, header := range [][]string{
		{"姓名", "楼栋", "室号", "手机"},
		{" 姓 名 * ", "楼　号", "房号\n（必填）", "联系电话（手机）"},
		{"户主姓名", "幢", "门牌", "手机号码1"},
		{"住户姓名:", "栋", "单元室", "电话"},
		{"★居民姓名", "号楼", "现居住房间号", "联系方式"},
		{"Name", "Building", "Room", "Phone"},
	} {
		rows := append([][]string{header}, plain[1:2]...)
		p := roster.Check(parse(t, asCSV(rows)), buildings())
		if len(p.Homes) != 0 || len(p.Faults) != 1 || p.Faults[0].Code != roster.CodeManyBuildings {
			t.Errorf("%q: %v %v", header, people(p), complaints(p)) // 3号楼 is in two estates: all columns were found
		}
	}
}

func TestTitlesAboveTheHeader(t *testing.T) {
	t.Parallel()
	data := asXLSX(t, page{name: "花名册", merged: []string{"A1:F1", "A2:C2", "A3:A4", "B3:D3", "E3:E4", "F3:F4"}, rows: [][]any{
		{"罗和居民区住户姓名电话登记表"},
		{"填报单位：罗和居委", nil, nil, "2026年11月"},
		{"姓名", "住址", nil, nil, "联系电话", "身份证号"},
		{nil, "小区", "楼栋", "室号"},
		{"王小芳", "罗和苑", "3号楼", 501, 13800138000, "310000000000000000"},
	}})
	s := parse(t, data)
	if s.Pages[0].Header != 4 {
		t.Errorf("header in row %d", s.Pages[0].Header)
	}
	p := roster.Check(s, buildings())
	same(t, "people", people(p), []string{"lhy-3 501 王小芳 13800138000 other"})
	same(t, "faults", complaints(p), []string{"4 roster.column_ignored"})
	if p.Faults[0].Args["heading"] != "身份证号" {
		t.Errorf("args %v", p.Faults[0].Args)
	}
}

func TestMergedCellsBelongToEveryRow(t *testing.T) {
	t.Parallel()
	p := check(t, asXLSX(t, page{name: "一", merged: []string{"A2:A5", "B2:B4", "D2:D3"}, rows: [][]any{
		{"楼栋", "室号", "姓名", "手机"},
		{"罗和苑3号楼", "501室", "王小芳", "13800138000"},
		{nil, nil, "王大"},
		{nil, nil, "王二"},
		{nil, "502", "赵六"},
		{"罗和苑5号楼", 101, "钱七"},
	}}))
	same(t, "people", people(p), []string{
		"lhy-3 501 王小芳 13800138000 other", "lhy-3 501 王大 13800138000 other", "lhy-3 501 王二  other",
		"lhy-3 502 赵六  other", "lhy-5 101 钱七  other",
	})
	same(t, "faults", complaints(p), []string{"3D roster.shared_phone"})
}

func TestEveryWorksheetThatIsShownIsRead(t *testing.T) {
	t.Parallel()
	p := check(t, asXLSX(t,
		page{name: "A座", rows: [][]any{{"室号", "姓名"}, {"101", "王小芳"}}},
		page{name: "说明", rows: [][]any{{"请勿修改"}}},
		page{name: "东楼", rows: [][]any{{"室号", "姓名"}, {"102", "李强"}}},
		page{name: "选项", hidden: true, rows: [][]any{{"室号", "姓名"}, {"103", "藏起来"}}},
		page{name: "空"},
	))
	same(t, "people", people(p), []string{"mlh-a 101 王小芳  other", "mlh-e 102 李强  other"})
	same(t, "faults", complaints(p), []string{"0 roster.page_skipped"})
	if p.Faults[0].Sheet != "说明" {
		t.Errorf("sheet %q", p.Faults[0].Sheet)
	}
}

func TestRowNumbersAreTheSpreadsheets(t *testing.T) {
	t.Parallel()
	text := "\r\n登记表\r\n\r\n姓名,楼栋,\"室号\n(必填)\"\r\n\"王小\n芳\",罗和苑3号楼,501\r\n\r\n李强,罗和苑9号楼,302\r\n"
	same(t, "csv", complaints(check(t, []byte(text))), []string{"7B roster.unknown_building"})
	p := check(t, asXLSX(t, page{name: "一", rows: [][]any{{}, {"登记表"}, {}, {nil, "姓名", "楼栋", "室号"}, {nil, "王小芳", "罗和苑3号楼", "501"}, {}, {nil, "李强", "罗和苑9号楼", "302"}}}))
	same(t, "xlsx", complaints(p), []string{"7C roster.unknown_building"})
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	wide := make([]string, sheet.MaxColumns+1)
	for i := range wide {
		wide[i] = "x"
	}
	long := append([][]string{}, plain...)
	for range sheet.MaxRows {
		long = append(long, []string{"王小芳", "3号楼", "501"})
	}
	far := excelize.NewFile()
	defer far.Close()
	if err := errors.Join(far.SetCellStr("Sheet1", "A1", "姓名"), far.SetCellStr("Sheet1", "B1", "室号"), far.SetCellStr("Sheet1", "XFD2", "x")); err != nil {
		t.Fatal(err)
	}
	var farther bytes.Buffer
	if err := far.Write(&farther); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, roster.ErrNoHeader},
		{"no header", []byte("王小芳,3号楼,501\n"), roster.ErrNoHeader},
		{"a name only", []byte("姓名,手机\n王小芳,13800138000\n"), roster.ErrNoHeader},
		{"a picture", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), sheet.ErrNotATable},
		{"a page called .xls", []byte("<html><table><tr><td>姓名"), sheet.ErrNotATable},
		{"an old workbook", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1........"), sheet.ErrOldExcel},
		{"half a workbook", asXLSX(t, page{name: "一"})[:900], sheet.ErrDamaged},
		{"a zip of something", zipped(t, "hello.txt", 10), sheet.ErrDamaged},
		{"a zip bomb", zipped(t, "xl/worksheets/sheet1.xml", 200<<20), sheet.ErrTooLarge},
		{"11 MB", make([]byte, 11<<20), sheet.ErrTooLarge},
		{"many rows", asCSV(long), sheet.ErrTooManyRows},
		{"many columns", asCSV([][]string{plain[0], wide}), sheet.ErrTooManyColumns},
		{"a cell in the last column", farther.Bytes(), sheet.ErrTooManyColumns},
		{"no encoding", []byte("姓名,室号\n\xff\xff\xff\x80,1\n"), sheet.ErrEncoding},
	} {
		_, err := roster.Parse("名册.xlsx", c.data)
		if !errors.Is(err, c.want) || fault.KindOf(err) == fault.Internal {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// zipped is an archive with one file whose directory states n bytes.
func zipped(t *testing.T, name string, n uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	_, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: n})
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOverlappingMergesAreNoWayToKeepUsBusy(t *testing.T) {
	t.Parallel()
	rows := [][]any{{"姓名", "楼栋", "室号"}}
	for range 300 {
		rows = append(rows, []any{"王小芳", "罗和苑3号楼", "501"})
	}
	data := asXLSX(t, page{name: "一", rows: rows})
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var body bytes.Buffer
		if _, err := body.ReadFrom(rc); err != nil {
			t.Fatal(err)
		}
		if f.Name == "xl/worksheets/sheet1.xml" {
			merges := "<mergeCells>" + strings.Repeat(`<mergeCell ref="A2:XFD1048576"/>`, 20_000) + "</mergeCells>"
			body = *bytes.NewBufferString(strings.Replace(body.String(), "</sheetData>", "</sheetData>"+merges, 1))
		}
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(body.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := roster.Parse("名册", out.Bytes()); !errors.Is(err, sheet.ErrDamaged) {
		t.Errorf("err = %v", err)
	}
}

func TestWhatWasWrittenIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		surnames, given := []rune("王李张刘陈杨赵黄周吴"), []rune("小芳伟娜秀英敏静丽强磊军")
		var want []string
		rows := [][]string{{"小区", "楼栋", "室号", "姓名", "手机", "与户主关系"}}
		homes := rapid.IntRange(1, 12).Draw(t, "homes")
		for h := range homes {
			building := rapid.IntRange(1, 6).Draw(t, "building")
			room := (h+1)*100 + rapid.IntRange(1, 8).Draw(t, "door")
			for i := range rapid.IntRange(1, 4).Draw(t, "people") {
				name := string(rapid.SampledFrom(surnames).Draw(t, "surname")) + string(given[i]) + string(rapid.SampledFrom(given).Draw(t, "given"))
				phone := fmt.Sprintf("1%d%04d%04d", rapid.IntRange(30, 99).Draw(t, "front"), h*100+i, rapid.IntRange(0, 9999).Draw(t, "back"))
				rows = append(rows, []string{"罗和苑", fmt.Sprintf("%d号楼", building), fmt.Sprint(room), name, phone, "户主"})
				want = append(want, fmt.Sprintf("lhy-%d %d %s %s head", building, room, name, phone))
			}
		}
		data := asCSV(rows)
		if rapid.Bool().Draw(t, "as a workbook") {
			data = workbook(t, rows)
		}
		s, err := roster.Parse("名册", data)
		if err != nil {
			t.Fatal(err)
		}
		p := roster.Check(s, buildings())
		got := people(p)
		if len(p.Faults) > 0 || !sameSet(got, want) {
			t.Fatalf("read %v %v, want %v", got, complaints(p), want)
		}
	})
}

func workbook(t *rapid.T, rows [][]string) []byte {
	f := excelize.NewFile()
	defer f.Close()
	for y, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", y+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sameSet(a, b []string) bool {
	seen := map[string]int{}
	for _, s := range a {
		seen[s]++
	}
	for _, s := range b {
		seen[s]--
	}
	for _, n := range seen {
		if n != 0 {
			return false
		}
	}
	return true
}

func FuzzCSV(f *testing.F) {
	f.Add(asCSV(plain))
	f.Add(asGB18030(f, asCSV(plain)))
	f.Add([]byte("\xEF\xBB\xBF姓名;室号\n\"王;1"))
	f.Add([]byte("姓名\t地址\t手机\n王小芳\t罗和苑3号楼501室\t1.38E+10\n\n合计\t1\t\n"))
	f.Add([]byte("姓名,楼栋,室号\n\"王\n\n芳\",\"3\"号,501\n,,\n李强,,502"))
	f.Add([]byte("\xFF\xFEY\x00"))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	b := buildings()
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := roster.Parse("名册", data)
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatalf("a stranger's file made an internal error: %v", err)
			}
			return
		}
		p := roster.Check(s, b)
		for _, x := range p.Faults {
			if x.Code == "" || x.Row > len(s.Pages[0].Cells) || x.Severity == "" {
				t.Fatalf("fault %+v of %d rows", x, len(s.Pages[0].Cells))
			}
		}
	})
}
