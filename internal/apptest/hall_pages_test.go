package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
)

// TestADeliberationByItsPages opens one from a template, argues, sums up, decides and reports, by forms alone.
func TestADeliberationByItsPages(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin, chen, zhang := h.Phone("lin"), h.Phone("chen"), h.Phone("zhang")
	const desk = "/desk/c/" + string(demo.HomeCommunity) + "/hall"
	form := chen.Get(desk+"/new?template=pets").Want(200, "养狗和不养狗的邻居")
	form.Submit("/hall", "options", "只有一个").Want(422, "至少写 2 个方案", "只有一个")
	opened := form.Submit("/hall").Want(200, "正在商量")
	at := opened.Path
	id := at[strings.LastIndex(at, "/")+1:]

	page := lin.Get("/c/hexiang/hall").Want(200, "养狗和不养狗的邻居")
	page = lin.Get("/hall/"+id).Want(200, "这些已经定了", "方案 3 个")
	option := page.Attr(`a[href^="/hall/`+id+`/o/"]`, "href")
	side := lin.Get(option).Want(200, "赞成", "反对")
	side.Submit(option, "body", "有了时间，怕狗的人好避开。").Want(422, "请选赞成还是反对", "怕狗的人")
	side.Submit(option, "side", "for", "body", "有了时间，怕狗的人好避开。").Want(200, "怕狗的人")
	h.Phone("wang").Get(option).Want(200, "林**").Submit("/support").Want(200, "您也这么想")
	page.Submit("/options", "text", "在草地边围一圈").Want(200, "等主持人看过")
	chen.Get(at).Want(200, "在草地边围一圈").Submit("/clear").Want(200, "方案 4 个")
	chen.Get(at).Submit("/draft", "body", "早晚各两小时遛狗。").Want(200)
	chen.Get(at).Submit("/draft", "body", "早晚各三小时遛狗。").Want(200)
	lin.Get("/hall/"+id).Want(200, "<ins>", "<del>", "下划线是加上的")

	// Two facilitators have the same page open; the second is told, and what was typed is still there.
	first, second := chen.Get(at), zhang.Get(at)
	first.Submit("/round", "agreed", "时间说定了", "next", "over").Want(200, "定结果")
	second.Submit("/round", "agreed", "我也写了小结", "next", "over").Want(409, "已经有同事小结")
	lin.Get(option).Not("说出来")
	chen.Get(at).Submit("/decide", "kind", "refused", "text", "不办").Want(422, "请写一句原因")
	chen.Get(at).Submit("/decide", "text", "早晚各三小时。").Want(200, "报告落实情况")
	lin.Get("/hall/"+id).Want(200, "前向大家报告落实情况")
	chen.Get(at).Submit("/report", "body", "牌子已经立好。", "final", "1").Want(200)
	lin.Get("/hall/"+id).Want(200, "牌子已经立好", "按时报告了")
	h.Settle()
	lin.Get("/me/inbox").Want(200, "牌子已经立好")

	// Nothing of it is another community's.
	h.Neighbours("yinxing", 1)[0].Get("/hall/"+id).Not("怕狗的人", "遛狗")
	h.Browser().Get("/hall/" + id).Not("遛狗")
}

// TestADayAndACovenantByTheirPages asks on the announced day, and comments on an amendment.
func TestADayAndACovenantByTheirPages(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin, chen, zhang := h.Phone("lin"), h.Phone("chen"), h.Phone("zhang")
	list := lin.Get("/c/hexiang/hall").Want(200, "平安专场", "物业专场", "文明养宠公约")
	day := list.Attr(`a[href^="/day/"]`, "href")
	lin.Get(day).Want(200, "预告").Not("我想问")
	h.Pass(4 * 24 * time.Hour)
	lin.Get(day).Want(200, "正在回答").Not("提问到")
	desk := "/desk/c/hexiang/days" + strings.TrimPrefix(day, "/day")
	chen.Get(desk).Want(200).Submit("/close", "summary", "没有人提问，下次早点预告。").Want(200)
	lin.Get(day).Want(200, "下次早点预告")

	link := list.Attr(`a[href^="/covenant/"]`, "href")
	at := "/desk/c/hexiang/covenants" + strings.TrimPrefix(link, "/covenant")
	lin.Get(link).Want(200, "第 2 版", "施行中", "比第 1 版改了这些")
	chen.Get(at).Submit("/amend").Want(200, "起草中")
	lin.Get(link).Not("起草中")
	chen.Get(at).Submit("/open").Want(200, "征求意见")
	lin.Get(link+"/e/4").Want(200, "我的意见").Submit("/e/4", "clause", "k2", "body", "晚上也要牵短一点").Want(200, "晚上也要牵短一点")
	h.Pass(8 * 24 * time.Hour)
	chen.Get(at).Submit("/adopt", "what", "居民会议", "rule", "过半数", "result", "通过").Want(409, "还有 1 条意见没有答复", "居民会议")
	chen.Get(at).Submit("/reply", "taken", "0", "why", "原来就有这一条").Want(200)
	chen.Get(at).Submit("/adopt", "what", "居民会议", "rule", "过半数", "result", "通过").Want(200, "等另一位同事确认").Not("/confirm\"")
	zhang.Get(at).Submit("/confirm").Want(200)
	lin.Get(link).Want(200, "第 3 版")
}
