package apptest_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jushou/internal/apptest"
)

// table writes a roster as a committee's office program exports it.
func table(t *testing.T, rows ...[]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// upload sends a roster from the desk and returns the preview.
func upload(p *apptest.Phone, name string, body []byte) *apptest.Page {
	return p.Get("/desk/c/hexiang/import").Want(200).SubmitFiles("/import", []apptest.File{{Field: "file", Name: name, Body: body}})
}

// TestStaffImportARoster is the story's fifth paragraph from the desk: every fault by row and column and nothing half
// imported; the corrected table; who waits is verified by it; and the same table again changes nothing.
func TestStaffImportARoster(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	wu, chen := h.Phone("wu"), h.Phone("chen")
	register(h, wu.Get(follow(t, h, "wu", "hexiang-6", "6号楼")), "603").Want(200, "核对")
	h.Settle()

	head := []string{" 姓 名 ", "联系电话", "楼栋号", "室号", "与户主关系", "备注"}
	bad := upload(chen, "名册.csv", table(t, head,
		[]string{"吴思雨", "１３９０００１０００７", "６号楼", "６０３室", "户主", ""},
		[]string{"钱多多", "12345", "99号楼", "101", "户主", ""},
		[]string{"", "13900077001", "6号楼", "604", "户主", ""},
	)).Want(200, "第 3 行", "第 4 行", "下载标好的表格")
	bad.Not("确认导入")
	if n := len(bad.All(".fault.stops")); n < 2 {
		t.Errorf("%d faults are shown", n)
	}
	marked := chen.Get(bad.Attr(`a[href$="/marked.xlsx"]`, "href"))
	if marked.Status != 200 || !bytes.HasPrefix(marked.Body, []byte("PK")) {
		t.Errorf("the marked table: status %d, %d bytes", marked.Status, len(marked.Body))
	}
	wu.Get("/c/hexiang/post").Not("<textarea") // nothing was imported

	good := table(t, head,
		[]string{"吴思雨", "１３９０００１０００７", "６号楼", "６０３室", "户主", ""},
		[]string{"钱多多", "13900077001", "6号楼", "604", "户主", "重名，无关"},
		[]string{"钱小多", "", "6号楼", "604", "子女", ""},
	)
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(good)
	if err != nil {
		t.Fatal(err)
	}
	preview := upload(chen, "名册-改好.csv", gb).Want(200, "共 3 人、2 户", "确认导入")
	result := preview.Submit("/confirm")
	h.Eventually(20*time.Second, "the import is done", func() bool {
		result = chen.Get(result.Path)
		return strings.Contains(result.Text(), "导入完成：2 户、3 人")
	})
	h.Settle()
	wu.Get("/c/hexiang/post").Want(200, "<textarea") // the roster knows who was waiting
	if m := last(t, h, "wu"); !strings.Contains(m.Title, "认证结果") {
		t.Errorf("wu was told %+v", m)
	}
	upload(chen, "名册-改好.csv", gb).Want(200, "导入不会有变化")
}
