package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
)

// TestAPollByItsPages drafts a poll, publishes its roll, votes by two taps and a confirmation, changes the vote, and reads the
// result, by forms alone and without a script.
func TestAPollByItsPages(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin, wang, chen := h.Phone("lin"), h.Phone("wang"), h.Phone("chen")
	const desk = "/desk/c/" + string(demo.HomeCommunity) + "/polls"
	form := chen.Get(desk+"/new?label=consultation").Want(200, "选一项，多的胜出", "两两比较")
	form.Submit("/polls", "question", "种什么树？", "options", "桂花").Want(422, "选项", "种什么树？")
	opens := h.Clock.Now().Add(time.Hour).In(time.FixedZone("", 8*3600))
	drafted := form.Submit("/polls", "question", "种什么树？", "options", "桂花|香\n樱花\n银杏", "method", "single",
		"opens", opens.Format("2006-01-02T15:04"), "closes", opens.AddDate(0, 0, 2).Format("2006-01-02T15:04")).Want(200, "草稿")
	at := drafted.Path
	id := at[strings.LastIndex(at, "/")+1:]
	lin.Get("/v/" + id).Not("种什么树")
	drafted.Submit("/list").Want(200, "正在生成名册")
	sweep(t, h)
	lin.Get("/v/"+id).Want(200, "名册上有您", "提出异议")
	h.Clock.Set(opens.Add(time.Second))
	sweep(t, h)

	ballot := lin.Get("/v/"+id).Want(200, "请选一项", "桂花", "香")
	ballot.Submit("/confirm").Want(422, "还没有选")
	confirm := ballot.Submit("/confirm", "o", "1").Want(200, "请确认您的选择", "樱花")
	confirm.Not("桂花")
	receipt := confirm.Submit("/ballot").Want(200, "投票凭证", "核对码", "jushou ballot promise v1")
	receipt.Not("樱花")
	number := receipt.Attr("[data-receipt]", "data-commit")
	changed := lin.Get("/v/"+id).Want(200, "您已经投过票了").Submit("/confirm", "o", "0").Want(200, "换掉您之前投的").Submit("/ballot").Want(200, "第 2 次")
	wang.Get("/v/"+id).Submit("/confirm", "o", "0").Submit("/ballot").Want(200, "投票凭证")
	last := changed.Attr("[data-receipt]", "data-commit")

	// The desk sees how many, and nothing of what. The neighbours see neither.
	tend := chen.Get(at).Want(200, "现在有多少人投了", "只有人数，没有倾向")
	tend.Submit("/remind").Want(200, "已提醒 1 次")
	lin.Get("/v/"+id).Not("参加率", "2 票")
	h.Browser().Get("/open/polls/" + id).Want(404)
	h.Neighbours("yinxing", 1)[0].Get("/v/" + id).Not("桂花")
	h.Settle()
	lin.Get("/me/inbox").Not("您还没有为“种什么树？”投票")

	open := lin.Get("/v/" + id)
	h.Clock.Set(opens.AddDate(0, 0, 2).Add(time.Second))
	open.Submit("/confirm", "o", "2").Want(409, "投票已经截止")
	sweep(t, h)
	h.Browser().Get("/open/polls/"+id).Want(200, "胜出：桂花", "2 票，100.0%", "公布的编号 3 个")
	lin.Get("/v/"+id).Want(200, "胜出：桂花", "两套分开写的程序")
	check := lin.Get("/open/polls/"+id+"/check").Want(200, "凭证编号")
	for _, n := range []string{number, last} {
		check.Submit("/check", "receipt", n).Want(200, "编号在公布的名单里")
	}
	check.Submit("/check", "receipt", strings.Repeat("0", 64)).Want(200, "没有这个编号")
	lin.Get("/v/" + id + "/receipt").Want(404)
}

func sweep(t *testing.T, h *apptest.House) {
	t.Helper()
	must(t, h.Sweep(t.Context(), "polls"))
}
