package sheet_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"jushou/internal/sheet"
)

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+86": "'+86", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "＝1": "'＝1",
		"路灯": "路灯", "": "", "3=3": "3=3", " =1": "' =1",
	} {
		if got := sheet.Plain(text); got != want {
			t.Errorf("Plain(%q) = %q, want %q", text, got, want)
		}
	}
	book, err := sheet.Template("表", []string{"说的话"}, sheet.PlainRow(`=HYPERLINK("http://evil","点我")`))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	formula, err := f.GetCellFormula("表", "A2")
	if err != nil || formula != "" {
		t.Errorf("the cell holds the formula %q, %v", formula, err)
	}
	if text, err := f.GetCellValue("表", "A2"); err != nil || text[0] != '\'' {
		t.Errorf("the cell reads %q, %v", text, err)
	}
}
