package apptest_test

import (
	"net/url"
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/ids"
	"jushou/internal/sheet"
)

// TestOpinionsGoUpAndComeBack goes through the pages as staff, secretary, town and neighbour, with what must not work on the way.
func TestOpinionsGoUpAndComeBack(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	chen, zhang, town, lin := h.Phone("chen"), h.Phone("zhang"), h.Phone("town"), h.Phone("lin")
	raise := func(title string) string {
		t.Helper()
		posted, err := h.Topics.PostTopic(t.Context(), h.Actor("lin"), deliberation.PostTopic{
			ID: deliberation.TopicID(ids.New(h.Clock.Now())), Community: demo.HomeCommunity, Board: deliberation.BoardNearby, Title: title, Body: title, Via: deliberation.ViaH5,
		})
		must(t, err)
		return string(posted.ID)
	}
	lamp, evil := raise("小花园的路灯夜里不亮"), raise(`=HYPERLINK("http://x.example","点我")`)
	today := h.Clock.Now().Add(8 * 3600e9).UTC().Format("2006-01-02")

	// Staff collect.
	form := chen.Get("/desk/c/hexiang/digests/new").Want(200, "汇总一段时间的意见")
	form.Submit("/digests", "title", "", "from", today, "to", "2031-01-01").Want(422, "请给这份汇总起个名字", "最晚选今天")
	made := form.Submit("/digests", "title", "今天的意见", "from", today, "to", today).Want(200, "正在整理", "还没有分类")
	again := form.Submit("/digests", "title", "今天的意见", "from", today, "to", today).Want(200) // a double tap
	at := made.Path
	if i := strings.IndexAny(at, "?#"); i > 0 {
		at = at[:i]
	}
	id := at[strings.LastIndex(at, "/")+1:]
	if !strings.HasPrefix(again.Path, at) {
		t.Fatalf("a double tap made %s beside %s", again.Path, at)
	}
	lin.Get("/digest/" + id).Want(404)
	town.Get(at).Want(404)
	collect := chen.Get(at+"/collect").Want(200, "小花园的路灯夜里不亮", "新的一类")
	collect.Submit("/place", "group", "new", "heading", "照明").Want(422, "请先勾上要放的意见")
	collect.Submit("/place", "group", "new", "topic", lamp).Want(422, "请写上这一类叫什么")
	elsewhere, err := h.Topics.Feed(t.Context(), h.Actor("town"), "yinxing", "", "")
	must(t, err)
	collect.Submit("/place", "group", "new", "heading", "照明", "topic", string(elsewhere.Items[0].ID)).Want(422, "不是本社区的")
	placed := chen.Get(at+"/collect").Submit("/place", "group", "new", "heading", "照明", "topic", lamp)
	placed.Want(200, "放好了", "已在“照明”")
	collect.Submit("/place", "group", "new", "heading", "另一类", "topic", lamp).Want(409, "刚才有人改过了") // the form from before
	placed.Submit("/place", "topic", evil).Want(200, "放好了")

	// It cannot be finished before it is worded, and forged steps are refused.
	step := func(who *apptest.Phone, fill ...string) *apptest.Page {
		t.Helper()
		page := who.Get(at).Want(200)
		values := url.Values{"_csrf": {page.CSRF()}, "seen": {page.Attr(`input[name="seen"]`, "value")}}
		for i := 0; i+1 < len(fill); i += 2 {
			values.Set(fill[i], fill[i+1])
		}
		return who.Post(at+"/step", values)
	}
	step(chen, "step", "finish").Want(409, "还没有写全")
	step(chen, "step", "submit").Want(403)
	step(chen, "step", "return", "why_return", "x").Want(403)
	step(chen, "step", "close").Want(409, "这一步已经过了，或者还没到")
	step(chen, "step", "answer").Want(409, "这一步已经过了，或者还没到")
	group := chen.Get(at).Attr(`h3 a[href*="/groups/"]`, "href")
	chen.Get(group).Submit(group, "summary", "小花园晚上黑，老人不敢走", "ask", "请更换路灯").Want(200, "存下了")

	// Two persons put their name to it.
	step(zhang, "step", "finish").Want(200, "书记收到通知了")
	step(zhang, "step", "submit").Want(403, "要是两个人")
	zhang.Get(at).Want(200, "上报要换一个人")
	step(zhang, "step", "send_back", "why_send_back", "").Want(422, "请写上原因")
	step(zhang, "step", "send_back", "why_send_back", "请陈静收尾").Want(200, "请陈静收尾")
	step(chen, "step", "finish").Want(200, "等书记上报")
	stale := zhang.Get(at)
	step(zhang, "step", "submit").Want(200, "等街镇答复")
	stale.Submit("/step", "step", "submit").Want(200) // a double tap finds it submitted
	stale.Submit("/step", "step", "withdraw", "why_withdraw", "不报了").Want(409, "刚才有人改过了")

	// The town answers in public.
	lin.Get("/digest/"+id).Want(200, "罗溪镇应在", "街镇还没有答复这一类", "请更换路灯").Not("公开答复")
	lin.Get(group).Want(404)
	lin.Get("/digest/" + id + "/table.xlsx").Want(404)
	h.Neighbours("yinxing", 1)[0].Get("/digest/" + id).Want(404)
	town.Get("/desk/town/luoxi/digests").Want(200, "等您答复的 2 份", "今天的意见")
	town.Get(group).Want(200, "怎么答复").Submit("/answer", "verdict", "adopted").Want(422, "请写上理由", "由哪家来办", "什么时候办好")
	open := town.Get(group)
	answer := []string{"verdict", "adopted", "why", "列入本月维修", "who", "镇城建中心", "until", "本月底"}
	open.Submit("/answer", answer...).Want(200, "已公开答复", "街镇已答复")
	open.Submit("/answer", answer...).Want(200) // a double tap
	old := url.Values{"_csrf": {town.Get(at).CSRF()}, "token": {ids.New(h.Clock.Now())}, "known": {"0"}, "verdict": {"declined"}, "why": {"不修了"}}
	town.Post(group+"/answer", old).Want(409, "刚才有人改过了")
	lin.Get("/digest/"+id).Want(200, "采纳", "列入本月维修", "由镇城建中心办，本月底").Not("不修了", "之前的答复")

	// Each author hears of it, and each topic tells it.
	h.Settle()
	lin.Get("/me/inbox").Want(200, "街镇采纳了：列入本月维修")
	lin.Get("/t/"+lamp).Want(200, "汇总上报街镇", "街镇采纳了", "已上报：照明 · 列入本月维修")

	// On paper and in a workbook authors stay masked and nothing is a formula.
	lin.Get("/digest/"+id+"/print").Want(200, "荷香居民区 报 罗溪镇", "林**", "街镇答复（采纳）").Not("林桂兰")
	book, err := sheet.Read([]byte(town.Get("/digest/" + id + "/table.xlsx").Want(200).Body))
	must(t, err)
	cells := ""
	for _, row := range book[0].Cells {
		cells += strings.Join(row, "|") + "\n"
	}
	if !strings.Contains(cells, `'=HYPERLINK(`) || strings.Contains(cells, "|=") || !strings.Contains(cells, "林**") || strings.Contains(cells, "林桂兰") {
		t.Errorf("the workbook reads\n%s", cells)
	}
	step(chen, "step", "close").Want(200, "已结束")
	lin.Get("/c/hexiang/digests").Want(200, "今天的意见", "采纳 1 类")
}
