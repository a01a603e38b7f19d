package former_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"jushou/internal/calendar"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/internal/sheet"
	"jushou/projects/former"
	"jushou/projects/preset"
)

var today = calendar.Date{Year: 2026, Month: time.March, Day: 2}

const head = "年度,项目名称,类别,地点,牵头单位,立项日期,完成日期,预算（元）,实际支出（元）,资金来源,一句话成果,居民评价\n"

func TestAProjectIsReadAsItStands(t *testing.T) {
	t.Parallel()
	rows, faults, err := former.Parse([]byte("2025年度微项目汇总表\n"+head+
		"2025年,花园 小路,工程类,3号楼前,第一党支部,2025/3/18,2025年6月2日,\"24,000\",23180.5,公益金,老人走得稳了,4.6分\n"+
		"2024,读书会,服务,,邻里中心,,,0,0,无,每周一次,\n"+
		"合计,,,,,,,24000,23180.5,,,\n"), today)
	if err != nil || len(faults) != 0 {
		t.Fatalf("%v, %v", faults, err)
	}
	want := []former.Record{
		{
			Year: 2025, Name: "花园 小路", Class: preset.Works, Where: "3号楼前", Lead: "第一党支部", Established: calendar.Date{Year: 2025, Month: 3, Day: 18},
			Finished: calendar.Date{Year: 2025, Month: 6, Day: 2}, Budget: 2_400_000, Spent: 2_318_050, Source: "公益金", Result: "老人走得稳了", Rating: 460,
		},
		{Year: 2024, Name: "读书会", Class: preset.Services, Lead: "邻里中心", Source: "无", Result: "每周一次"},
	}
	if len(rows) != 2 || rows[0].Record != want[0] || rows[1].Record != want[1] || rows[0].N != 3 || rows[1].N != 4 {
		t.Errorf("read %+v", rows)
	}
}

func TestEveryFaultOfARowIsNamed(t *testing.T) {
	t.Parallel()
	good := []string{"2025", "小路", "工程", "楼前", "支部", "2025-03-18", "2025-06-02", "100", "90", "公益金", "好走了", "4.5"}
	for name, tt := range map[string]struct {
		column  int
		text    string
		code    string
		informs bool
	}{
		"no year":                   {0, "", former.CodeEmpty, false},
		"words for a year":          {0, "去年", former.CodeYear, false},
		"this year":                 {0, "2026", former.CodeThisYear, false},
		"a year to come":            {0, "2031", former.CodeThisYear, false},
		"long ago":                  {0, "1998", former.CodeOldYear, false},
		"no name":                   {1, "", former.CodeEmpty, false},
		"a long name":               {1, strings.Repeat("长", former.MaxName+1), former.CodeLong, false},
		"a number in the name":      {1, "小路 13800138000", former.CodePersonal, false},
		"no class":                  {2, "", former.CodeEmpty, false},
		"an unknown class":          {2, "绿化", former.CodeClass, false},
		"a long place":              {3, strings.Repeat("远", former.MaxWhere+1), former.CodeLong, false},
		"nobody led it":             {4, "", former.CodeEmpty, false},
		"a document's number":       {4, "张三310101199001011234", former.CodePersonal, false},
		"no day":                    {5, "三月", former.CodeDate, false},
		"a day that does not exist": {5, "2025-02-30", former.CodeDate, false},
		"another year":              {5, "2024-12-30", former.CodeOtherYear, false},
		"finished before":           {6, "2025-03-17", former.CodeOrder, false},
		"finished tomorrow":         {6, "2026-03-03", former.CodeFuture, false},
		"no budget":                 {7, "", former.CodeEmpty, false},
		"below zero":                {7, "-100", former.CodeNegative, false},
		"a full-width minus":        {7, "－100", former.CodeNegative, false},
		"half a fen":                {7, "100.005", former.CodeFraction, false},
		"1e12 fen":                  {7, "10000000000", former.CodeLarge, false},
		"just above the bound":      {7, "10000000.01", former.CodeLarge, false},
		"ten thousands":             {7, "2.4万", former.CodeMoney, false},
		"a power":                   {7, "1E5", former.CodeMoney, false},
		"a comma too many":          {8, "1,23", former.CodeMoney, false},
		"more than planned":         {8, "101", former.CodeOver, true},
		"no source":                 {9, "", former.CodeEmpty, false},
		"no result":                 {10, "", former.CodeEmpty, false},
		"a long result":             {10, strings.Repeat("好", former.MaxResult+1), former.CodeLong, false},
		"six stars":                 {11, "6", former.CodeRating, false},
		"no star":                   {11, "0.5", former.CodeRating, false},
		"a share":                   {11, "96%", former.CodeRating, false},
		"only an example":           {1, "示例：小路", former.CodeExample, true},
	} {
		row := slices.Clone(good)
		row[tt.column] = `"` + tt.text + `"`
		rows, faults, err := former.Parse([]byte(head+"2024,第一个,工程,,支部,,,1,1,无,好,\n"+strings.Join(row, ",")+"\n"), today)
		if err != nil || len(faults) != 1 {
			t.Errorf("%s: %+v, %v", name, faults, err)
			continue
		}
		f := faults[0]
		if f.Code != tt.code || f.Informs != tt.informs || f.Row != 3 || f.Letter != sheet.Letter(tt.column) {
			t.Errorf("%s: %+v", name, f)
		}
		if len(rows) == 0 || former.Errors(faults) > 0 == tt.informs {
			t.Errorf("%s: %d rows, %d errors", name, len(rows), former.Errors(faults))
		}
	}
}

func TestTheSameProjectStandsInAFileOnce(t *testing.T) {
	t.Parallel()
	row := func(year, name string) string { return year + "," + name + ",工程,,支部,,,1,1,无,好,\n" }
	_, faults, err := former.Parse([]byte(head+row("2025", "小路A")+row("2024", "小路A")+"\n"+row("2025", "小 路Ａ")), today)
	if err != nil || len(faults) != 1 || faults[0].Code != former.CodeTwice || faults[0].Row != 5 || faults[0].Args["first"] != "2" {
		t.Errorf("%+v, %v", faults, err)
	}
}

func TestWhatIsNoSuchTable(t *testing.T) {
	t.Parallel()
	row := "2025,小路,工程,,支部,,,1,1,无,好,\n"
	many := head
	for i := range former.MaxRows + 1 {
		many += fmt.Sprintf("2025,小路%d,工程,,支部,,,1,1,无,好,\n", i)
	}
	for name, tt := range map[string]struct {
		file string
		want *fault.Error
	}{
		"a roster":            {"楼栋,室号,姓名\n3,501,王五\n", former.ErrNoHeader},
		"no budget":           {strings.Replace(head, "预算（元）", "备注", 1) + row, former.ErrColumns},
		"nothing below":       {head, former.ErrNoRows},
		"too many":            {many, former.ErrTooMany},
		"a picture":           {"\x89PNG\r\n\x1a\n\x00\x00", sheet.ErrNotATable},
		"a page of the web":   {"<html></html>", sheet.ErrNotATable},
		"an old workbook":     {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", sheet.ErrOldExcel},
		"a damaged workbook":  {"PK\x03\x04????", sheet.ErrDamaged},
		"nothing but example": {head + strings.Replace(row, "小路", "示例：小路", 1), former.ErrNoRows},
	} {
		if _, _, err := former.Parse([]byte(tt.file), today); fault.CodeOf(err) != tt.want.Code {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, faults, err := former.Parse([]byte(strings.Replace(head, "预算（元）", "预算（万元）", 1)+row), today)
	if err != nil || former.Errors(faults) != 1 || faults[0].Code != former.CodeUnit || faults[0].Row != 1 {
		t.Errorf("in ten thousands: %+v, %v", faults, err)
	}
}

// filled writes records into the template as a person would, below its example.
func filled(t testing.TB, records []former.Record) []byte {
	t.Helper()
	empty, err := former.Template()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(empty))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	words := map[preset.Class]string{preset.Works: "工程", preset.Services: "服务", preset.Goods: "货物"}
	day := func(d calendar.Date) string {
		if d == (calendar.Date{}) {
			return ""
		}
		return d.String()
	}
	for i, r := range records {
		rating := ""
		if r.Rating > 0 {
			rating = fmt.Sprintf("%d.%02d", r.Rating/100, r.Rating%100)
		}
		row := []any{r.Year, r.Name, words[r.Class], r.Where, r.Lead, day(r.Established), day(r.Finished), r.Budget.String(), float64(r.Spent) / 100, r.Source, r.Result, rating}
		if err := f.SetSheetRow(f.GetSheetList()[0], fmt.Sprintf("A%d", i+3), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWhatIsFilledInIsRead holds the template against the reader: any records that a community may have come back as they were typed,
// the sums also where the spreadsheet keeps them as numbers.
func TestWhatIsFilledInIsRead(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[一-龥]{1,12}`)
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(r, "n")
		var want []former.Record
		for i := range n {
			x := former.Record{
				Year: rapid.IntRange(former.FirstYear, today.Year-1).Draw(r, "year"), Name: fmt.Sprintf("%s%d", word.Draw(r, "name"), i),
				Class: rapid.SampledFrom(preset.Classes()).Draw(r, "class"), Lead: word.Draw(r, "lead"), Source: word.Draw(r, "source"), Result: word.Draw(r, "result"),
				Budget: money.Fen(rapid.Int64Range(0, int64(former.MaxSum)).Draw(r, "budget")), Spent: money.Fen(rapid.Int64Range(0, int64(former.MaxSum)).Draw(r, "spent")),
			}
			if rapid.Bool().Draw(r, "known days") {
				x.Established = calendar.Date{Year: x.Year, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 364).Draw(r, "day"))
				x.Finished = x.Established.AddDays(rapid.IntRange(0, 60).Draw(r, "took"))
				x.Where, x.Rating = word.Draw(r, "where"), rapid.IntRange(100, 500).Draw(r, "rating")
			}
			want = append(want, x)
		}
		rows, faults, err := former.Parse(filled(t, want), today)
		if err != nil || former.Errors(faults) > 0 || len(rows) != n {
			r.Fatalf("%d of %d rows, %+v, %v", len(rows), n, faults, err)
		}
		for i := range rows {
			if rows[i].Record != want[i] || rows[i].N != i+3 {
				r.Fatalf("row %d came back as %+v, was %+v", rows[i].N, rows[i].Record, want[i])
			}
		}
	})
}

// TestTheTemplateExplainsItself reads it as it is: an example that is not taken, and a sheet with a line for each column.
func TestTheTemplateExplainsItself(t *testing.T) {
	t.Parallel()
	empty, err := former.Template()
	if err != nil {
		t.Fatal(err)
	}
	if _, faults, err := former.Parse(empty, today); fault.CodeOf(err) != former.ErrNoRows.Code || len(faults) > 0 {
		t.Errorf("an empty template is %v, %v", faults, err)
	}
	pages, err := sheet.Read(empty)
	if err != nil || len(pages) != 2 {
		t.Fatalf("%d sheets, %v", len(pages), err)
	}
	all := former.Columns()
	if len(all) != 12 || len(pages[1].Cells) != len(all)+1 {
		t.Fatalf("%d columns, %d lines", len(all), len(pages[1].Cells))
	}
	for i, c := range all {
		if line := pages[1].Cells[i+1]; pages[0].Cells[0][i] != c.Names[0] || line[0] != c.Names[0] || line[2] != c.How {
			t.Errorf("%s: heading %q, line %q", c.Key, pages[0].Cells[0][i], line)
		}
	}
}

func TestDaysAsASpreadsheetKeepsThem(t *testing.T) {
	t.Parallel()
	rows, faults, err := former.Parse([]byte(head+"2025,小路,工程,,支部,45734,2025-06-02 00:00:00,0.1,0.10000000000000001,无,好,4.5999999999999996\n"), today)
	if err != nil || len(faults) != 0 || len(rows) != 1 {
		t.Fatalf("%+v, %v", faults, err)
	}
	if r := rows[0]; r.Established.String() != "2025-03-18" || r.Finished.String() != "2025-06-02" || r.Budget != 10 || r.Spent != 10 || r.Rating != 460 {
		t.Errorf("%+v", r)
	}
}
