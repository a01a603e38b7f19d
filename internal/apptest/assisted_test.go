package apptest_test

import (
	"net/url"
	"strings"
	"testing"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
)

// TestWhoSaidItConfirmsWhatStaffWroteDown goes the way of an entry through the pages: from the form at the desk to the notice, the
// person's no, the correction, and the person's yes.
func TestWhoSaidItConfirmsWhatStaffWroteDown(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	chen, lin := h.Phone("chen"), h.Phone("lin")
	const list = "/desk/c/" + string(demo.HomeCommunity) + "/assist/entries"
	var number string
	for _, p := range demo.Personas() {
		if p.ID == "lin" {
			number = p.Phone()
		}
	}
	form := chen.Get("/desk/c/"+string(demo.HomeCommunity)+"/assist").Want(200, "纸质意见箱", "上门", "电话", "当面")
	form.Submit("/assist", "name", "林桂兰", "body", "三楼的窗关不上", "source", "box", "box", "", "where", "").Want(422, "请写明是哪个意见箱", "三楼的窗关不上")
	topic := form.Submit("/assist", "name", "林桂兰", "body", "三楼的窗关不上", "source", "visit", "phone", number).Want(200, "已代为录入")
	h.Settle()
	id := topic.Path[strings.LastIndex(topic.Path, "/")+1:]
	chen.Get("/desk/t/"+id).Want(200, "待本人确认")
	if strings.Contains(chen.Get(list).Want(200, "三楼的窗关不上").Text(), number) {
		t.Error("the list shows the number")
	}
	lin.Get("/me/inbox").Want(200, "三楼的窗关不上")
	h.Phone("wang").Get("/entry/" + id).Want(404)
	ask := lin.Get("/entry/"+id).Want(200, "这是您说的吗", "是我说的", "不是我的意思")
	ask.Submit("/dispute", "note", "").Want(422, "请写几句话")
	ask.Submit("/dispute", "note", "是四楼的窗").Want(200, "是四楼的窗")
	h.Settle()
	chen.Get("/desk/t/"+id).Want(200, "本人有异议")
	chen.Get(list).Want(200, "是四楼的窗").Submit("/assist/entries/"+id, "note", "改成四楼").Want(200)
	lin.Get("/entry/"+id).Want(200, "改成四楼").Submit("/confirm").Want(200, "您已经确认")
	h.Settle()
	lin.Get("/t/"+id).Want(200, "本人已确认", "确认是自己说的")
	lin.Get("/me/topics").Want(200, "三楼的窗关不上")
	h.Phone("wang").Get("/t/"+id).Want(200, "本人已确认")
}

// TestAPaperBoxFromItsPlaceToAnEntry hangs a box up, prints its sheet, empties it and enters what was in it.
func TestAPaperBoxFromItsPlaceToAnEntry(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	chen := h.Phone("chen")
	const desk = "/desk/c/" + string(demo.HomeCommunity) + "/assist"
	page := chen.Get(desk+"/boxes").Want(200, "7号楼门厅", "活动室门口", "取出 1 张")
	ids := page.Attrs(`form[action="`+desk+`/boxes"] input[name="token"]`, "value")
	id := ids[len(ids)-1] // of the form for a new one
	box := func(place string, days ...string) *apptest.Page {
		form := url.Values{"token": {id}, "place": {place}, "_csrf": {page.CSRF()}}
		for _, d := range days {
			form.Set(d, "1")
		}
		return chen.Post(desk+"/boxes", form)
	}
	box("", "day3").Want(422, "请写明挂在哪里")
	box("北门岗亭").Want(422, "请至少选一天开箱", "北门岗亭")
	box("7号楼门厅", "day3").Want(409, "已经有一个意见箱")
	hung := box("北门岗亭", "day3").Want(200, "北门岗亭", "今天开箱") // it is Wednesday
	at := desk + "/boxes/" + id
	sheet := chen.Get(at+"/poster").Want(200, "有话请说", "周三开箱", "/c/hexiang/post")
	code := chen.Get(sheet.Attr("img.poster-code", "src"))
	if code.Status != 200 || code.Header.Get("Content-Type") != "image/png" {
		t.Errorf("the code is %d %s", code.Status, code.Header.Get("Content-Type"))
	}
	hung.Submit(at+"/empty", "notes", "几张").Want(422, "请写取出几张")
	form := hung.Submit(at+"/empty", "notes", "2").Want(200, "纸条一张一件代录", "北门岗亭")
	if got := form.Typed("/assist", "source") + form.Typed("/assist", "box"); got != "box"+id {
		t.Errorf("the form begins with %s", got)
	}
	form.Submit("/assist", "name", "钱福根", "body", "北门夜里太暗").Want(200, "已代为录入")
	chen.Get(desk+"/entries").Want(200, "北门夜里太暗", "北门岗亭")
	chen.Get(desk+"/boxes").Want(200, "下次开箱：11月25日 周三", "取出 2 张").Submit(at + "/close").Want(200).Not("北门岗亭")
	chen.Get(desk+"/entries").Want(200, "北门岗亭")
	chen.Get(at + "/poster").Want(404)
	h.Phone("lin").Get(desk + "/boxes").Not("7号楼门厅")
}
