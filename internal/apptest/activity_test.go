package apptest_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"jushou/internal/apptest"
	"jushou/internal/ids"
)

// TestActivityOverHTTP goes from a neighbour's wish to teach something to the recap of an activity: the desk confirms both, two
// families want the same seats, the one who waits moves up, the place changes, somebody asks, the list is for the host alone.
func TestActivityOverHTTP(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	all := h.Neighbours("hexiang", 14)
	wei, first, second, other := all[10], all[11], all[12], all[13]
	chen := h.Phone("chen")

	back := wei.Get("/c/hexiang/activities/post").Want(200, "先说说您会什么").Submit("/hosts/post", "skill", "修伞", "about", "打我电话 13800138000").Want(422, "请去掉手机号")
	if back.Typed("/hosts/post", "skill") != "修伞" {
		t.Error("what was typed is lost")
	}
	host := back.Submit("/hosts/post", "about", "修了四十年伞。").Want(200, "已经交给居委", "等居委确认")
	first.Get(host.Path[:strings.IndexByte(host.Path+"?", '?')]).Want(404)
	h.Settle()
	desk := chen.Get("/desk/c/hexiang/activities").Want(200, "修伞")
	to := desk.Attr(`a[href="`+path(host)+`"]`, "href")
	desk.Submit("/activities/hosts/"+strings.TrimPrefix(to, "/host/"), "do", "confirm").Want(200, "已记下").Not("修伞")

	at := func(d time.Duration) string {
		return h.Clock.Now().Add(d).In(time.FixedZone("CST", 8*3600)).Format("2006-01-02T15:04")
	}
	form := wei.Get("/c/hexiang/activities/post").Want(200)
	plan := []string{
		"title", "一起修伞", "what", "把断了骨的伞带来。", "where", "门厅", "starts", at(50 * time.Hour), "ends", at(52 * time.Hour), "until", at(49 * time.Hour), "capacity", "2",
	}
	form.Submit("/activities/post", append(plan, "capacity", "-3")...).Want(422, "人数请填")
	made := form.Submit("/activities/post", plan...).Want(200, "已经交给居委", "等居委确认")
	one := path(made)
	first.Get(one).Want(404)
	chen.Get("/desk/c/hexiang/activities").Want(200, "一起修伞").Submit("/activities/"+strings.TrimPrefix(one, "/activity/"), "do", "confirm").Want(200)

	first.Get("/c/hexiang/activities").Want(200, "一起修伞", "2 个名额，还有 2 个")
	first.Get(one).Want(200).Submit(one+"/steps", "persons", "2").Want(200, "报上名了", "给您留了 2 个位子").Not("报名名单")
	first.Get(one+"/calendar.ics").Want(200, "BEGIN:VEVENT", "SUMMARY:一起修伞")
	second.Get(one).Want(200, "已报满").Submit(one+"/steps", "persons", "1").Want(200, "先给您排上候补", "前面还有 0 人")
	wei.Get(one).Want(200, "报名名单：2 人，候补 1 人")
	takeStep(other, one, "step", "ask", "token", "bad", "text", "伞布破了能修吗").Want(422)
	takeStep(other, one, "step", "ask", "token", ids.New(h.Clock.Now()), "text", "伞布破了能修吗").Want(200, "伞布破了能修吗")
	second.Get(one).Not("伞布破了能修吗")
	wei.Get(one).Want(200, "伞布破了能修吗")
	takeStep(first, one, "step", "leave").Want(200, "已经退出")
	second.Get(one).Want(200, "给您留了 1 个位子")
	h.Settle()
	second.Get("/me/inbox").Want(200, "有您的位子了")
	second.Get("/me/activities").Want(200, "一起修伞")
	h.Neighbours("yinxing", 1)[0].Get(one).Want(404)

	edit := wei.Get(one + "/edit").Want(200)
	edit.Submit(one+"/edit", "where", "活动室").Want(200, "改好了", "活动室")
	edit.Submit(one+"/edit", "where", "小广场").Want(409, "别处刚改过")
	h.Settle()
	second.Get("/me/inbox").Want(200, "改了")

	h.Clock.Advance(51 * time.Hour)
	takeStep(wei, one, "step", "came", "seat", "1", "came", "7").Want(422, "每家来的人数请填")
	takeStep(wei, one, "step", "came", "walk_ins", "4").Want(200, "正在进行", "记下来了多少人")
	takeStep(first, one, "step", "came", "walk_ins", "9").Want(403)
	wei.Get(one).Submit(one+"/recap/post", "text", "修好了七把伞。").Want(200, "回顾发布了")
	first.Get(one).Want(200, "修好了七把伞").Not("没报名直接来的")
	h.Browser().Get("/open/c/hexiang/activities").Want(200, "一起修伞").Not("修了四十年伞")
}

// takeStep sends a step of a page as one of its forms would.
func takeStep(p *apptest.Phone, one string, fill ...string) *apptest.Page {
	form := url.Values{"_csrf": {p.Get(one).CSRF()}}
	for i := 0; i+1 < len(fill); i += 2 {
		form.Set(fill[i], fill[i+1])
	}
	return p.Post(one+"/steps", form)
}

// path is a page's address without what it was told.
func path(p *apptest.Page) string {
	at, _, _ := strings.Cut(p.Path, "?")
	return at
}
