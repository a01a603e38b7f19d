package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"jushou/internal/identity/roster"
)

// TestOneUglyRow has one row under a full header; want is who is read, faults what is said.
func TestOneUglyRow(t *testing.T) {
	t.Parallel()
	header := []string{"小区", "楼栋", "单元", "室号", "地址", "姓名", "手机", "与户主关系", "备注"}
	for _, c := range []struct {
		row          string // by |
		want, faults string // by |
	}{
		// Where.
		{"罗和苑|3号楼||501||王小芳", "lhy-3 501 王小芳  other", ""},
		{"罗和苑|３号楼||５０１室||王小芳", "lhy-3 501 王小芳  other", ""},
		{"罗和苑|三号楼||五〇一室||王小芳", "lhy-3 501 王小芳  other", ""},
		{"罗和苑|3.0||501.0||王小芳", "lhy-3 501 王小芳  other", ""},
		{"罗和苑|03幢||0501||王小芳", "lhy-3 501 王小芳  other", ""},
		{"罗和苑|3||3-501||王小芳", "lhy-3 501 王小芳  other", ""},
		{"罗和苑|||3-501||王小芳", "lhy-3 501 王小芳  other", ""},
		{"|罗和苑3号楼||501||王小芳", "lhy-3 501 王小芳  other", ""},
		{"|1234弄3号||501||王小芳", "lhy-3 501 王小芳  other", ""},
		{"|||罗和苑3-501||王小芳", "lhy-3 501 王小芳  other", ""},
		{"||||罗和苑3号楼501室|王小芳", "lhy-3 501 王小芳  other", ""},
		{"||||宝山区罗店镇罗和路1234弄3号501室|王小芳", "lhy-3 501 王小芳  other", ""},
		{"||||美兰湖中华园88号2单元302室|王小芳", "mlh-88 2-302 王小芳  other", ""},
		{"|||302|罗和苑5号楼|王小芳", "lhy-5 302 王小芳  other", ""},
		{"||||罗和苑3号楼501|王小芳", "lhy-3 501 王小芳  other", ""},
		{"||||罗和苑3号501|王小芳", "lhy-3 501 王小芳  other", ""},
		{"||||罗和苑3-501|王小芳", "lhy-3 501 王小芳  other", ""},
		{"||||美兰湖中华园88-2-302|王小芳", "mlh-88 2-302 王小芳  other", ""},
		{"||||东楼101|王小芳", "mlh-e 101 王小芳  other", ""},
		{"||||罗和苑三号楼五〇一室|王小芳", "lhy-3 501 王小芳  other", ""},
		{"||||罗和苑3号楼|王小芳", "", "2E roster.bad_room"},
		{"|||302|罗和苑5号楼302|王小芳", "lhy-5 302 王小芳  other", ""},
		{"|罗和苑3号楼501||501||王小芳", "lhy-3 501 王小芳  other", ""},
		{"|88—2||302||王小芳", "mlh-88 2-302 王小芳  other", ""},
		{"|88-2||302||王小芳", "mlh-88 2-302 王小芳  other", ""},
		{"|5号楼||302||王小芳", "lhy-5 302 王小芳  other", ""}, // there is only one
		{"|88号|2|302||王小芳", "mlh-88 2-302 王小芳  other", ""},
		{"|88号|二单元|302||王小芳", "mlh-88 2-302 王小芳  other", ""},
		{"|88号2单元||302||王小芳", "mlh-88 2-302 王小芳  other", ""},
		{"|88号||2-302||王小芳", "mlh-88 2-302 王小芳  other", ""},
		{"|a座||1201||王小芳", "mlh-a 1201 王小芳  other", ""},
		{"|东 楼||101||王小芳", "mlh-e 101 王小芳  other", ""},
		{"中华园|3号楼||501||王小芳", "mlh-3 501 王小芳  other", ""},
		{"|3号楼||501||王小芳", "", "2B roster.which_building"},
		{"罗和苑|9号楼||501||王小芳", "", "2B roster.unknown_building"},
		{"桂花苑|3号楼||501||王小芳", "", "2A roster.unknown_estate"},
		{"|桂花苑5号楼||501||王小芳", "", "2A roster.unknown_estate"},
		{"||||桂花新村5号楼501室|王小芳", "", "2A roster.unknown_estate"},
		{"|||501||王小芳", "", "2D roster.no_building"},
		{"罗和苑|3号楼||||王小芳", "", "2D roster.no_room"},
		{"罗和苑|3号楼||楼梯上去左手边那间||王小芳", "", "2D roster.bad_room"},
		{"罗和苑|3号楼||5号楼501||王小芳", "", "2D roster.other_building"},
		{"罗和苑|3号楼||3月12日||王小芳", "", "2D roster.looks_like_a_date"},
		{"罗和苑|3号楼||12-Mar||王小芳", "", "2D roster.looks_like_a_date"},
		{"罗和苑|3号楼||45363||王小芳", "", "2D roster.looks_like_a_date"},
		{"罗和苑|3号楼||9901||王小芳", "lhy-3 9901 王小芳  other", "2D roster.above_roof"},
		{"罗和苑|3号楼||501||", "", "2F roster.vacant"},
		// Who.
		{"罗和苑|3号楼||501|| 王 小 芳 ", "lhy-3 501 王小芳  other", ""},
		{"罗和苑|3号楼||501||买买提•艾力", "lhy-3 501 买买提·艾力  other", ""},
		{"罗和苑|3号楼||501||John Smith", "lhy-3 501 John Smith  other", ""},
		{"罗和苑|3号楼||501||王小芳（租客）", "lhy-3 501 王小芳  tenant", "2F roster.name_remark"},
		{"罗和苑|3号楼||501||王小芳(已故)", "", "2F roster.deceased"},
		{"罗和苑|3号楼||501||王小芳、李强", "", "2F roster.several_names"},
		{"罗和苑|3号楼||501||王小芳1", "", "2F roster.bad_name"},
		{"罗和苑|3号楼||501||王", "", "2F roster.bad_name"},
		{"罗和苑|3号楼||501||13800138000", "", "2F roster.bad_name"},
		{"罗和苑|3号楼||501|||13800138000", "", "2F roster.no_name"},
		{"罗和苑|3号楼||501||王小芳||户主", "lhy-3 501 王小芳  head", ""},
		{"罗和苑|3号楼||501||王小芳||儿媳", "lhy-3 501 王小芳  family", ""},
		{"罗和苑|3号楼||501||王小芳||承租人", "lhy-3 501 王小芳  tenant", ""},
		{"罗和苑|3号楼||501||王小芳||保姆", "lhy-3 501 王小芳  other", ""},
		// Which number.
		{"罗和苑|3号楼||501||王小芳|１３８００１３８０００", "lhy-3 501 王小芳 13800138000 other", ""},
		{"罗和苑|3号楼||501||王小芳|+86 138-0013-8000", "lhy-3 501 王小芳 13800138000 other", ""},
		{"罗和苑|3号楼||501||王小芳|13800138000.0", "lhy-3 501 王小芳 13800138000 other", ""},
		{"罗和苑|3号楼||501||王小芳|1.3800138765E10", "lhy-3 501 王小芳 13800138765 other", ""},
		{"罗和苑|3号楼||501||王小芳|13800138000、13900139000", "lhy-3 501 王小芳 13800138000 other|lhy-3 501 王小芳 13900139000 other", ""},
		{"罗和苑|3号楼||501||王小芳|13800138000 13900139000", "lhy-3 501 王小芳 13800138000 other|lhy-3 501 王小芳 13900139000 other", ""},
		{"罗和苑|3号楼||501||王小芳|13800138000\n13900139000", "lhy-3 501 王小芳 13800138000 other|lhy-3 501 王小芳 13900139000 other", ""},
		{"罗和苑|3号楼||501||王小芳|021-56781234/13800138000", "lhy-3 501 王小芳 13800138000 other", "2G roster.landline"},
		{"罗和苑|3号楼||501||王小芳|无", "lhy-3 501 王小芳  other", ""},
		{"罗和苑|3号楼||501||王小芳|1.38E+10", "lhy-3 501 王小芳  other", "2G roster.rounded_phone"},
		{"罗和苑|3号楼||501||王小芳|1380013800", "lhy-3 501 王小芳  other", "2G roster.bad_phone"},
		{"罗和苑|3号楼||501||王小芳|138001380001", "lhy-3 501 王小芳  other", "2G roster.bad_phone"},
		{"罗和苑|3号楼||501||王小芳|问儿子", "lhy-3 501 王小芳  other", "2G roster.bad_phone"},
		{"罗和苑|9号楼||501||王1|138", "", "2B roster.unknown_building|2F roster.bad_name|2G roster.bad_phone"},
		{"罗和苑|3号楼||501||" + strings.Repeat("王", 600), "", "2F roster.long_cell"},
		// What is no row.
		{"合计|||1户", "", ""},
		{"|||||合计|2", "", ""},
		{"制表人：王小芳", "", ""},
		{"|||室号||姓名|电话", "", ""},
		{"3号楼|3号楼|3号楼|3号楼|3号楼|3号楼|3号楼|3号楼|3号楼", "", ""},
	} {
		p := check(t, asCSV([][]string{header, strings.Split(c.row, "|")}))
		same(t, c.row, people(p), split(c.want))
		same(t, c.row+" faults", complaints(p), split(c.faults))
	}
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func TestBlankMeansTheRowAbove(t *testing.T) {
	t.Parallel()
	p := check(t, asCSV([][]string{
		{"小区", "楼栋", "室号", "姓名"},
		{"罗和苑", "3号楼", "501", "王小芳"},
		{"", "", "", "王大"},
		{"", "", "502", "李强"},
		{},
		{"", "", "", "谁家的"},
		{"罗和苑", "9号楼", "101", "赵一"},
		{"", "", "", "赵二"}, // says nothing new: its home is in doubt already
	}))
	same(t, "people", people(p), []string{"lhy-3 501 王小芳  other", "lhy-3 501 王大  other", "lhy-3 502 李强  other"})
	same(t, "faults", complaints(p), []string{"6C roster.no_room", "7B roster.unknown_building", "3B roster.inherited", "4B roster.inherited"})
	if got := p.Faults[2].Args["text"]; got != "罗和苑 3号楼 501" {
		t.Errorf("inherited %q", got)
	}
}

func TestATitleInsideTheTableNamesTheBuilding(t *testing.T) {
	t.Parallel()
	p := check(t, asXLSX(t, page{name: "名册", merged: []string{"A2:C2", "A4:C4"}, rows: [][]any{
		{"室号", "姓名", "手机"}, {"罗和苑3号楼"}, {501, "王小芳"}, {"罗和苑5号楼"}, {501, "李强"}, {"合计", 2},
	}}))
	same(t, "people", people(p), []string{"lhy-3 501 王小芳  other", "lhy-5 501 李强  other"})
	same(t, "faults", complaints(p), nil)
}

func TestTheSameAgain(t *testing.T) {
	t.Parallel()
	p := check(t, asCSV([][]string{
		{"楼栋", "室号", "姓名", "手机"},
		{"罗和苑3号楼", "501", "王小芳", "13800138000"},
		{"罗和苑3号楼", "501室", "王 小芳", "138 0013 8000"},
		{"罗和苑3号楼", "501", "王小芳", ""},
		{"罗和苑3号楼", "501", "王大", "13800138000"},
		{"罗和苑5号楼", "302", "王小芳", "13800138000"},
	}))
	same(t, "faults", complaints(p), []string{"3C roster.duplicate", "4C roster.duplicate", "5D roster.shared_phone", "6C roster.two_homes"})
	for _, f := range p.Faults {
		if f.Args["row"] != "2" || f.Severity != roster.Informs {
			t.Errorf("%+v does not point to row 2", f)
		}
	}
	if p.Errors != 0 || p.Rows != 5 || len(p.Homes) != 2 || p.Homes[0].Names() != 2 {
		t.Errorf("%d errors, %d rows, %v", p.Errors, p.Rows, people(p))
	}
}

func TestACrowdIsNoHome(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"楼栋", "室号", "姓名"}}
	for i := range 40 {
		rows = append(rows, []string{"罗和苑3号楼", "501", "王" + string(rune('一'+i))})
	}
	p := check(t, asCSV(rows))
	same(t, "faults", complaints(p), []string{"32B roster.crowded"})
	if p.Errors != 1 {
		t.Errorf("%d errors", p.Errors)
	}
}

func TestTwoTablesSideBySideAreNotReadByHalf(t *testing.T) {
	t.Parallel()
	p := check(t, asCSV([][]string{{"楼栋", "室号", "姓名", "楼栋", "室号", "姓名"}, {"罗和苑3号楼", "501", "王小芳", "罗和苑5号楼", "302", "李强"}}))
	same(t, "faults", complaints(p), []string{"1B roster.column_twice", "1C roster.column_twice"})
}

func TestAHeadingMergedOverTwoColumnsIsOne(t *testing.T) {
	t.Parallel()
	p := check(t, asXLSX(t, page{name: "一", merged: []string{"A1:B1", "A2:B2", "A3:B3", "C1:D1"}, rows: [][]any{
		{"姓名", nil, "地址", nil}, {"王小芳", nil, "罗和苑3号楼501", "朝南"}, {"李强", nil, "罗和苑3号楼502"},
	}}))
	same(t, "people", people(p), []string{"lhy-3 501 王小芳  other", "lhy-3 502 李强  other"})
	same(t, "faults", complaints(p), nil)
}

func TestAColumnThatIsPassedOverIsNamed(t *testing.T) {
	t.Parallel()
	p := check(t, asCSV([][]string{{"门牌号", "室号", "业主姓名", "租客姓名", "身份证号码", "手机", "备用手机"}, {"罗和苑3号", "501", "王大", "王小芳", "3101", "13800138000", "13900139000"}}))
	same(t, "people", people(p), []string{"lhy-3 501 王大 13800138000 other", "lhy-3 501 王大 13900139000 other"})
	var said []string
	for _, f := range p.Faults {
		said = append(said, f.Code+" "+f.Args["heading"])
	}
	same(t, "faults", said, []string{"roster.column_ignored 租客姓名", "roster.column_ignored 身份证号码"})
}

func TestATitleAloneInItsRowNamesTheBuilding(t *testing.T) {
	t.Parallel()
	for _, header := range [][]string{{"室号", "姓名"}, {"楼栋", "室号", "姓名"}} {
		row := func(room, name string) []string {
			r := make([]string, len(header))
			for i, h := range header {
				switch h {
				case "室号":
					r[i] = room
				case "姓名":
					r[i] = name
				}
			}
			return r
		}
		p := check(t, asCSV([][]string{header, {"罗和苑3号楼"}, row("501", "王小芳"), {"罗和苑5号楼"}, row("501", "李强"), row("502", "")}))
		same(t, fmt.Sprint(header), people(p), []string{"lhy-3 501 王小芳  other", "lhy-5 501 李强  other"})
		if p.Errors != 0 {
			t.Errorf("%v: %v", header, complaints(p))
		}
	}
}

func TestHeadsBesideMembers(t *testing.T) {
	t.Parallel()
	p := check(t, asCSV([][]string{{"户主", "楼栋", "室号", "姓名"}, {"王大", "罗和苑3号楼", "501", "王小芳"}}))
	same(t, "faults", complaints(p), []string{"1 roster.column_ignored"})
	same(t, "members", people(p), []string{"lhy-3 501 王小芳  other"})
	p = check(t, asCSV([][]string{{"户主", "楼栋", "室号"}, {"王大", "罗和苑3号楼", "501"}}))
	same(t, "heads", people(p), []string{"lhy-3 501 王大  head"})
}

func BenchmarkCheck(b *testing.B) {
	rows := [][]string{{"楼栋", "室号", "姓名", "手机"}}
	for i := range 10_000 {
		rows = append(rows, []string{fmt.Sprintf("罗和苑%d号楼", i%6+1), fmt.Sprint(100 + i/6), "王小芳", fmt.Sprintf("139%08d", i)})
	}
	data, all := asCSV(rows), buildings()
	for b.Loop() {
		s, err := roster.Parse("名册", data)
		if err != nil {
			b.Fatal(err)
		}
		if p := roster.Check(s, all); p.Errors != 0 || len(p.Homes) != 10_000 {
			b.Fatalf("%d errors, %d homes", p.Errors, len(p.Homes))
		}
	}
}
