package apptest_test

import (
	"strings"
	"testing"

	"jushou/internal/app"
	"jushou/internal/apptest"
	"jushou/internal/config"
	"jushou/internal/sheet"
)

// TestMoneyOverHTTP takes a fund from its envelope to a payment, through the pages, as four people see it; then the accounts are
// reconciled while the program runs.
func TestMoneyOverHTTP(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	chen, zhang, lin := h.Phone("chen"), h.Phone("zhang"), h.Phone("lin")
	bill := []apptest.File{{Field: "files", Name: "a.jpg", Body: picture(t, 90)}}

	form := zhang.Get("/desk/c/hexiang/money/new").Want(200)
	back := form.Submit("/money/new", "name", "楼道专项", "purpose", "换灯", "cap", "1e12", "source_name", "罗溪镇", "source_parts", "1").Want(422, "金额看不懂")
	if back.Typed("/money/new", "cap") != "1e12" || back.Typed("/money/new", "name") != "楼道专项" {
		t.Error("what was typed is lost")
	}
	fund := back.Submit("/money/new", "cap", "5,000.00").Want(200, "楼道专项", "¥5,000.00")
	desk := fund.Attr(`form[action$="/cap"]`, "action")
	desk = desk[:len(desk)-len("/cap")]
	open := "/open/money/" + desk[len("/desk/money/"):]

	voucher := func(query string, fill ...string) string {
		t.Helper()
		page := chen.Get(desk+"/draft?"+query).Want(200).SubmitFiles("/draft", bill, append(fill, "purpose", "按会议纪要")...).Want(200, "等另一个人复核")
		path, _, _ := strings.Cut(page.Path, "?")
		chen.Get(path).Not("核对无误")
		zhang.Get(path).Want(200).Submit(path, "verdict", "approve").Want(200)
		return path
	}
	voucher("kind=receive", "amount", "3,000")
	voucher("kind=allocate", "amount", "2,000", "title", "3 号楼换灯")
	voucher("kind=commit&line=1", "amount", "1,500.50", "payee", "王建国", "payee_kind", "person")

	pay := chen.Get(desk + "/draft?kind=pay&deal=1").Want(200)
	for amount, says := range map[string]string{"-5": "金额不写负数", "0.001": "最多两位小数", "1500.51": "还剩 1,500.50 元", "99999999999": "金额最多"} {
		refused := pay.SubmitFiles("/draft", bill, "amount", amount, "purpose", "付款")
		refused.Want(refused.Status, says)
		if refused.Status != 422 && refused.Status != 409 || refused.Typed("/draft", "amount") != amount || refused.Typed("/draft", "photo") == "" {
			t.Errorf("%s: status %d, typed %q, photo %q", amount, refused.Status, refused.Typed("/draft", "amount"), refused.Typed("/draft", "photo"))
		}
	}
	pay.SubmitFiles("/draft", []apptest.File{{Field: "files", Name: "a.jpg", Body: []byte("PK not a photo")}}, "amount", "1", "purpose", "付款").Want(422, "不是照片")
	pay.Submit("/draft", "amount", "1", "purpose", "付款").Want(422, "没有凭证不能入账")
	paid := voucher("kind=pay&deal=1", "amount", "1,000")

	lin.Get(open).Want(200, "3 号楼换灯", "¥1,000.00", "王**").Not("王建国")
	lin.Get(desk).Want(404)
	h.Neighbours("yinxing", 1)[0].Get(paid).Want(404)
	zhang.Get(paid).Want(200, "王建国")
	chen.Get(desk+"/draft?kind=reverse&of="+paid[len(desk+"/vouchers/"):]).SubmitFiles("/draft", bill, "purpose", "付错了").Want(200, "等另一个人复核")
	zhang.Get("/desk/c/hexiang/money").Want(200, "等我复核", "冲正")
	zhang.Get("/desk/c/hexiang/money/check").Want(200, "对上了")
	h.Settle()
	zhang.Get("/me/inbox").Want(200, "付错了")

	pages, err := sheet.Read(lin.Get("/open/c/hexiang/money/table.xlsx").Want(200).Body)
	if err != nil || len(pages) != 3 || len(pages[2].Cells) < 5 {
		t.Errorf("the workbook: %d sheets, %v", len(pages), err)
	}
	cfg, err := config.Load([]string{config.Prefix + "SANDBOX=1", config.Prefix + "DATA_DIR=" + h.Dir()}, "")
	must(t, err)
	report, err := app.Reconcile(t.Context(), cfg, nil)
	if err != nil || len(report.Found) != 0 || report.Funds < 30 {
		t.Errorf("reconciled %d funds: %v, %v", report.Funds, report.Found, err)
	}
}
