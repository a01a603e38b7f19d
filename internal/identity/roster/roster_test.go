package roster_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jushou/internal/community"
	"jushou/internal/identity/roster"
)

// buildings is a community of two estates; 3号楼 exists in both.
func buildings() roster.Buildings {
	estates := []community.Estate{
		{ID: "lhy", Community: "ld-01", Name: "罗和苑", Address: "罗和路1234弄"},
		{ID: "mlh", Community: "ld-01", Name: "美兰湖中华园", Address: "美诺路88弄"},
	}
	var all []community.Building
	add := func(id, estate, name string, floors, entrances int) {
		all = append(all, community.Building{
			ID: community.BuildingID(id), Community: "ld-01", Estate: community.EstateID(estate), Name: name, Floors: floors, Entrances: entrances,
		})
	}
	for i := 1; i <= 6; i++ {
		add(fmt.Sprintf("lhy-%d", i), "lhy", fmt.Sprintf("%d号楼", i), 18, 0)
	}
	add("mlh-3", "mlh", "3号楼", 6, 0)
	add("mlh-88", "mlh", "88号", 6, 4)
	add("mlh-a", "mlh", "A座", 0, 0)
	add("mlh-e", "mlh", "东楼", 0, 0)
	return roster.NewBuildings(estates, all)
}

func asCSV(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, r := range rows {
		if len(r) == 0 {
			w.Flush()
			b.WriteString("\r\n")
			continue
		}
		w.Write(r)
	}
	w.Flush()
	return b.Bytes()
}

func asGB18030(t testing.TB, utf8 []byte) []byte {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes(utf8)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// page is one worksheet to write.
type page struct {
	name   string
	rows   [][]any
	merged []string // "A2:A5"
	hidden bool
}

func asXLSX(t testing.TB, pages ...page) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range pages {
		if i == 0 {
			must(f.SetSheetName("Sheet1", p.name))
		} else {
			_, err := f.NewSheet(p.name)
			must(err)
		}
		for y, row := range p.rows {
			must(f.SetSheetRow(p.name, fmt.Sprintf("A%d", y+1), &row))
		}
		for _, ref := range p.merged {
			a, b, _ := strings.Cut(ref, ":")
			must(f.MergeCell(p.name, a, b))
		}
		if p.hidden {
			must(f.SetSheetVisible(p.name, false))
		}
	}
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func parse(t testing.TB, data []byte) roster.Sheet {
	t.Helper()
	s, err := roster.Parse("名册", data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func check(t testing.TB, data []byte) roster.Preview {
	t.Helper()
	return roster.Check(parse(t, data), buildings())
}

// people writes the homes of a preview as one line for each entry: "lhy-3 501 王小芳 13800138000 head".
func people(p roster.Preview) []string {
	var all []string
	for _, h := range p.Homes {
		for _, e := range h.People {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", h.Building.ID, h.Room, e.Name, e.Phone, e.Relation)))
		}
	}
	return all
}

// complaints writes the faults as "7C roster.bad_phone".
func complaints(p roster.Preview) []string {
	var all []string
	for _, f := range p.Faults {
		all = append(all, fmt.Sprintf("%d%s %s", f.Row, f.Letter, f.Code))
	}
	return all
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s:\n  %s\nwant:\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
