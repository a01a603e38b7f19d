package apptest_test

import (
	"net/url"
	"regexp"
	"testing"
	"time"

	"jushou/internal/apptest"
)

var deskWhistle = regexp.MustCompile(`/desk/w/[0-9a-z]{20}`)

// TestUnitsAreCalledAnswerAndAreSupervised goes through the pages as staff, two departments, the town and a neighbour.
func TestUnitsAreCalledAnswerAndAreSupervised(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	chen, chengguan, town, lin := h.Phone("chen"), h.Phone("chengguan"), h.Phone("town"), h.Phone("lin")
	form := chen.Get("/desk/c/hexiang/whistles/new").Want(200, "城管执法中队", "绿化市容管理所", "物业之窗")
	at := h.Clock.Now().Add(30 * time.Hour).In(time.FixedZone("CST", 8*3600)).Format("2006-01-02T15:04")
	// What is missing is told field by field, and what was typed stays.
	form.Submit("/whistles", "title", "南门垃圾堆和流动摊").Want(422, "请写上为什么", "请写上在哪里碰头", "请至少选一家单位", "南门垃圾堆和流动摊")
	made := form.Submit("/whistles", "title", "南门垃圾堆和流动摊", "reason", "环卫和城管各管一半", "meet_at", at, "where", "南门",
		"unit", "dept:chengguan", "others", "环卫公司").Want(200, "南门垃圾堆和流动摊", "等答复", "环卫公司", "经过")
	path := deskWhistle.FindString(made.Path)
	if path == "" {
		t.Fatalf("the call is at %q", made.Path)
	}
	step := func(who *apptest.Phone, fill url.Values) *apptest.Page {
		t.Helper()
		fill.Set("_csrf", who.Get(path).Want(200).CSRF())
		return who.Post(path+"/step", fill)
	}
	chengguan.Get("/desk/town/luoxi/whistles").Want(200, "南门垃圾堆和流动摊", "等您答复")
	step(chengguan, url.Values{"unit": {"0"}, "step": {"refuse"}, "words": {""}}).Want(422, "请写上原因")
	step(chengguan, url.Values{"unit": {"1"}, "step": {"refuse"}, "words": {"不归我们"}}).Want(403)
	step(chengguan, url.Values{"unit": {"0"}, "step": {"refuse"}, "words": {"南门属邻镇，请找邻镇中队"}}).Want(200, "不来", "邻镇中队")
	lin.Get("/whistles/"+path[len("/desk/w/"):]).Want(200, "南门属邻镇", "居委干部", "陈静").Not("督办：请再答复", "记到场")
	h.Neighbours("yinxing", 1)[0].Get("/whistles/" + path[len("/desk/w/"):]).Want(404).Not("邻镇中队")
	step(town, url.Values{"unit": {"0"}, "step": {"insist"}, "words": {"南门归我镇，请到场"}}).Want(200, "等答复")
	step(chen, url.Values{"unit": {"1"}, "step": {"accept"}, "at": {at}}).Want(200, "代记")
	// Nobody answers for two days: the sweep writes it down, and the town has it on its desk.
	h.Pass(72 * time.Hour)
	if err := h.Sweep(t.Context(), "whistles"); err != nil {
		t.Fatal(err)
	}
	town.Get("/desk/town/luoxi/whistles").Want(200, "要督办的", "南门垃圾堆和流动摊", "超时没有答复")
	lin.Get("/c/hexiang/whistles").Want(200, "超时没有答复")
	chen.Get(path).Submit("/conclude", "words", "两家每周三一起清").Want(200, "两家每周三一起清", "评价结果")
	chen.Get(path).Submit("/evaluate", "verdict", "partly", "words", "还要看").Want(200, "解决了一部分")
	lin.Get("/whistles/"+path[len("/desk/w/"):]).Want(200, "大家商定的办法", "解决了一部分", "到时间没有答复")
}

// TestATownsListIsBroughtAndConfirmed goes through the pages as the town, with a table that has a fault and one that has none.
func TestATownsListIsBroughtAndConfirmed(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	town, chen := h.Phone("town"), h.Phone("chen")
	const list = "/desk/town/luoxi/catalogue"
	head := "编号,事项,部门代码,部门,处置标准,受理时限,办结时限\n"
	page := town.Get(list).Want(200, "22 个部门、220 项", "行道树倒伏")
	bring := func(table string) *apptest.Page {
		t.Helper()
		return page.SubmitFiles("/catalogue", []apptest.File{{Field: "file", Name: "清单.csv", Body: []byte(table)}})
	}
	bring(head+"LH-01,树,greening,绿化所,,1,x\n").Want(200, "有 2 处要改", "没有写处置标准", "第 2 行").Not("确认导入")
	bring("姓名,室号\n王五,503\n").Want(422, "没有找到表头")
	draft := bring(head+"LH-01,行道树倒伏、断枝,greening,绿化市容管理所,半天内清理,1,1\n").Want(200, "改动 1 项", "取消 219 项")
	chen.Get("/desk/c/hexiang/catalogue").Want(200, "220 项") // nothing changed yet
	draft.Submit("/confirm").Want(200, "第 2 版")
	chen.Get("/desk/c/hexiang/catalogue").Want(200, "半天内清理").Not("占道设摊", "导入新的清单")
}
