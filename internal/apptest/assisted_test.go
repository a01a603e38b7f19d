package apptest_test

import (
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
	form.Submit("/assist", "name", "林桂兰", "body", "三楼的窗关不上", "source", "box", "where", "").Want(422, "哪个意见箱", "三楼的窗关不上")
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
