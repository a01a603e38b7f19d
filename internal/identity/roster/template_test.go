package roster_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"jushou/internal/identity/roster"
)

func TestTheTemplateFilledInIsRead(t *testing.T) {
	t.Parallel()
	data, err := roster.Template()
	if err != nil {
		t.Fatal(err)
	}
	if s := parse(t, data); s.Pages[0].Header != 1 || len(s.Pages[0].Columns) != 7 || len(s.Pages[0].Ignored) != 0 {
		t.Errorf("page %+v", s.Pages[0])
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetSheetRow("住户名册", "A2", &[]string{"罗和苑", "3号楼", "501", "王小芳", "13800138000", "户主"}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	p := check(t, b.Bytes())
	same(t, "people", people(p), []string{"lhy-3 501 王小芳 13800138000 head"})
	same(t, "faults", complaints(p), nil)
}
