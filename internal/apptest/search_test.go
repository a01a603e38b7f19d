package apptest_test

import (
	"net/url"
	"strings"
	"testing"

	"jushou/internal/apptest"
)

// TestNobodyPostsTwiceUnawares posts what a neighbour has posted, without scripts: once the form comes back with the
// neighbour's topic, where the text can become a comment, or be posted all the same.
func TestNobodyPostsTwiceUnawares(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin, wang := h.Phone("lin"), h.Phone("wang")
	const text = "垃圾房旁边的下水道盖板翘起来了，走路容易绊倒"
	first := lin.Get("/c/hexiang/post").Want(200).Submit("/post", "body", text).Want(200, "垃圾房旁边")
	topic, _, _ := strings.Cut(first.Path, "?")
	h.Settle()

	form := wang.Get("/c/hexiang/post").Want(200)
	again := form.Submit("/post", "body", "垃圾房旁边下水道盖板翘起来了，走路容易绊倒人").Want(200, "已有相似议题", "绊倒人", "去看看")
	posted := again.Submit("/post").Want(200, "绊倒人", "待回应")
	if strings.HasPrefix(posted.Path, topic) {
		t.Errorf("the second topic is at %s, which is the first", posted.Path)
	}
	// What was typed can become a comment under the first instead.
	body := url.Values{"body": {"我也差点绊倒"}, "token": {again.Attr("input[name=token]", "value")}, "_csrf": {again.Attr("input[name=_csrf]", "value")}}
	wang.Post(topic+"/comments", body).Want(200, "我也差点绊倒")
}

// TestSearchPages finds, narrows, and offers to post what is not there, with the text kept.
func TestSearchPages(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	lin.Get("/c/hexiang/post").Want(200).Submit("/post", "body", "地下车库的充电桩总是被占着\n希望管一管。").Want(200)
	h.Settle()
	find := func(q string) string { return "/c/hexiang/search?q=" + url.QueryEscape(q) }
	lin.Get(find("充電樁")).Want(200, "充电桩", "地下车库")
	lin.Get(find("充电桩")+"&board=nearby&state=waiting&period=month").Want(200, "充电桩")
	lin.Get(find("充电桩")+"&board=police").Want(200, "没有找到", "去掉筛选再找")
	lin.Get(lin.Get(find("直升机停机坪")).Attr(".empty .primary", "href")).Want(200, "直升机停机坪")
	lin.Get(find("直升机停机坪")).Want(200, "没有找到", "我来说这件事")
	lin.Get(find("13812345678")).Want(422, "电话号码和标点")
	lin.Get(find(`"OR*'<script>alert(1)</script>`)).Want(200)
	h.Browser().Get(find("充电桩")).Want(200).Not("地下车库")
	h.Phone("wu").Get(find("充电桩")).Want(200).Not("地下车库")
}

// TestSearchFindsWhatTheOtherRoomsHold looks for what each room of the demo district holds, and for it from the next community.
func TestSearchFindsWhatTheOtherRoomsHold(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	h.Settle()
	lin, wu := h.Phone("lin"), h.Phone("wu")
	for pages, words := range map[string]string{
		"/hall/": "电动自行车充电", "/v/": "公共晾衣架", "/covenant/": "牵绳", "/affairs/": "停车管理办法", "/meeting/": "充电棚选址", "/whistles/": "大树遮光",
	} {
		address := "/c/hexiang/search?q=" + url.QueryEscape(words)
		href := lin.Get(address).Want(200).Attr(`.topics a[href^="`+pages+`"]`, "href")
		lin.Get(href).Want(200)
		if found := wu.Get(address).Want(200).Attrs(".topics a", "href"); len(found) > 0 {
			t.Errorf("somebody of the next community finds %v", found)
		}
	}
}
