package apptest_test

import (
	"testing"
	"time"

	"jushou/internal/apptest"
	"jushou/web/view"
)

// TestACallOverHTTP publishes a call with faults first, answers it, gives it more time, and lets a proposal come too late.
func TestACallOverHTTP(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin, chen, zhang, far := h.Phone("lin"), h.Phone("chen"), h.Phone("zhang"), h.Phone("zhou")
	const desk = "/desk/c/hexiang/calls"
	chen.Get(desk).Want(200, "2026 年为老服务项目征集", "小区花园认养团队征集").Not("写清楚想要什么、有多少钱")
	chen.Get(desk + "/new").Want(403)
	far.Get("/c/hexiang/calls").Want(403)

	board := zhang.Get("/desk/c/hexiang/projects").Want(200, "征集公告")
	form := zhang.Get(zhang.Get(board.Attr(`a[href$="/calls"]`, "href")).Want(200, "写清楚想要什么、有多少钱").Attr(`a[href$="/calls/new"]`, "href"))
	back := form.Submit("/calls", "title", "", "wanted", "", "money", "-3", "closes", "2020-01-01T08:00").
		Want(422, "请写公告标题", "请写想征集什么", "金额要在 0 到 1 亿元之间", "截止时间至少要在一天以后")
	if back.Typed("/calls", "money") != "-3" || back.Typed("/calls", "closes") != "2020-01-01T08:00" {
		t.Error("what was typed is lost")
	}
	closes := h.Clock.Now().Add(5 * 24 * time.Hour).Truncate(time.Hour)
	shown := back.Submit("/calls", "title", "楼道换灯征集", "wanted", "换成声控灯", "money", "50000", "preset", "zizhijin", "closes", view.InputTime(closes)).
		Want(200, "楼道换灯征集", "¥50,000", "还没有看得到的申报")
	place := shown.Path
	early := view.InputTime(closes.Add(-time.Hour))
	late := shown.Submit("/extend", "closes", early, "reason", "早点").Want(422, "新的截止时间要比现在的晚")
	if late.Typed("/extend", "closes") != early || late.Typed("/extend", "reason") != "早点" {
		t.Error("what was typed to extend is lost")
	}
	later := closes.Add(48 * time.Hour)
	late.Submit("/extend", "closes", view.InputTime(later), "reason", "报名的少").Want(200, "延期", "报名的少")

	list := lin.Get("/c/hexiang/projects").Want(200, "楼道换灯征集", "小区花园认养团队征集").Not("2026 年为老服务项目征集")
	address := list.Attr(`a[href^="/calls/"]`, "href") // those that close first stand first
	first := lin.Get(lin.Get(address).Want(200, "换成声控灯", "报名的少", "我要申报").Attr(`a[href*="/new?call="]`, "href")).Want(200, "按“自治金”的办法评审").Not("按哪套办法办")
	second := lin.Get(first.Path).Want(200)
	draft := []string{"title", "3号楼换声控灯", "need", "灯要摸黑找开关", "class", "goods", "plan", "买来自己换", "what", "灯", "amount", "900"}
	answered := first.Submit("/projects", draft...).Want(200, "3号楼换声控灯")
	lin.Get(address).Want(200, "3号楼换声控灯")
	answered.Want(200, "自治金")

	h.Pass(later.Sub(h.Clock.Now()))
	draft[1] = "5号楼换声控灯"
	refused := second.Submit("/projects", draft...).Want(409, "征集已经截止或收回")
	if refused.Typed("/projects", "title") != "5号楼换声控灯" || refused.Typed("/projects", "need") != "灯要摸黑找开关" {
		t.Error("the late proposal is lost")
	}
	zhang.Get(place).Want(200, "征集结束").Not("延后截止时间")
	lin.Get("/c/hexiang/projects").Want(200).Not("楼道换灯征集")
}

// TestAJudgedCallIsRanked reads the demo's: the best first, with what the jury gave.
func TestAJudgedCallIsRanked(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	all := lin.Get("/c/hexiang/calls").Want(200, "2026 年为老服务项目征集").Attrs(`a[href^="/calls/"]`, "href")
	lin.Get(all[len(all)-1]).Want(200, "征集结束", "盖章来不及", "第 1 名 · 评审平均 88.3 分", "第 3 名 · 评审平均 49.6 分", "老伙伴午餐送到家")
}
