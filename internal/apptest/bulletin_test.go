package apptest_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"jushou/internal/apptest"
)

const noticesDesk = "/desk/c/hexiang/notices"

// TestANoticeLivesFromTheDraftToTheRecord is the whole life of a notice: written, not to be approved by who wrote it, given
// back, approved by another person at the revision that was read, told to the one building, counted, and taken back.
func TestANoticeLivesFromTheDraftToTheRecord(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	chen, zhang, gu, lin := h.Phone("chen"), h.Phone("zhang"), h.Phone("gu"), h.Phone("lin")
	form := chen.Get("/desk/c/hexiang/notice").Want(200)
	fill := []string{"title", "3号楼换门禁", "body", "周四上午换门禁。", "urgency", "important", "place", "b:hexiang-3", "step", "publish"}
	mine := form.Submit("/notice", fill...).Want(200, "等复核", "要请另一位同事来复核").Not("我看过了，发布")
	office, public := mine.Path, strings.Replace(mine.Path, "/desk/n/", "/t/", 1)

	forged := url.Values{"_csrf": {mine.CSRF()}, "revision": {"0"}}
	chen.Post(office+"/approve", forged).Want(403, "自己写的公告要请另一位同事复核")
	lin.Get(office).Want(404)
	lin.Get(public).Want(404)

	zhang.Get(noticesDesk).Want(200, "等第二个人复核", "3号楼换门禁")
	read := zhang.Get(office).Want(200, "我看过了，发布", "退回修改")
	read.Submit("/return", "reason", "写上几点到几点").Want(200, "已退回修改")
	h.Settle()
	chen.Get("/me/inbox").Want(200, "写上几点到几点")
	read.Submit("/approve").Want(409) // it is a draft again
	chen.Get(office+"/edit").Want(200, "周四上午换门禁。").
		Submit("/edit", "body", "周四九点到十一点换门禁。", "step", "publish").Want(200, "等复核")
	read.Submit("/approve").Want(409, "这条公告刚才改过了") // what zhang read is not what there is
	gu.Get(office).Want(200, "周四九点到十一点换门禁。").Submit("/approve").Want(200, "公告已发布")
	h.Settle()

	if n := about(h.Sim.Chat("lin"), public); n != 1 {
		t.Errorf("who lives there got %d cards", n)
	}
	if n := about(h.Sim.Chat("wang"), public); n != 0 {
		t.Errorf("who lives elsewhere got %d cards", n)
	}
	h.Phone("wang").Get("/me/inbox").Want(200).Not("3号楼换门禁")
	h.Browser().Get(public).Want(200, "周四九点到十一点换门禁。", "荷香苑3号楼", "顾海")

	opened := func() string {
		all := gu.Get(office).Want(200, "送达情况").All("#reached dd")
		return all[len(all)-1]
	}
	lin.Get(public).Want(200)
	if n := opened(); n != "少于 5 人" {
		t.Errorf("one reader is told as %q", n)
	}
	for _, neighbour := range h.Neighbours("hexiang", 6) {
		neighbour.Get(public).Want(200)
	}
	lin.Get(public).Want(200) // the second visit of one person
	if n := opened(); n != "7" {
		t.Errorf("seven have read it, the office sees %q", n)
	}

	gu.Get(office).Submit("/withdraw", "reason", "厂家改到下周").Want(200, "公告已撤回")
	h.Browser().Get(public).Want(200, "厂家改到下周", "撤回人", "顾海").Not("周四九点到十一点")
	gu.Get(office).Want(200, "已撤回", "厂家改到下周", "周四九点到十一点换门禁。", "送复核", "退回修改")
	gu.Post(office+"/approve", url.Values{"_csrf": {mine.CSRF()}, "revision": {"1"}}).Not("公告已发布")
}

// TestUrgencyAndQuietHours publishes each kind by day and by night. The inbox has it at once; the card waits for the
// morning unless there is danger, or its reader wants no quiet.
func TestUrgencyAndQuietHours(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		urgency string
		night   bool
		now     int // cards at once to somebody with the usual hours
	}{
		"normal by day":      {"normal", false, 1},
		"normal by night":    {"normal", true, 0},
		"important by night": {"important", true, 0},
		"urgent by night":    {"urgent", true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := apptest.Open(t)
			h.Phone("wang").Get("/me/quiet").Want(200).Submit("/me/quiet", "from", "00:00", "to", "00:00").Want(200)
			if c.night {
				h.Pass(13 * time.Hour) // eleven in the evening
			}
			sent := h.Phone("chen").Get("/desk/c/hexiang/notice").Want(200).
				Submit("/notice", "title", "台风提示", "body", "收好花盆。", "urgency", c.urgency, "step", "publish").Want(200)
			h.Phone("zhang").Get(sent.Path).Submit("/approve").Want(200)
			h.Settle()
			public := strings.Replace(sent.Path, "/desk/n/", "/t/", 1)
			h.Phone("lin").Get("/me/inbox").Want(200, "台风提示")
			told := func(who string, want int) {
				t.Helper()
				if n := about(h.Sim.Chat(who), public); n != want {
					t.Errorf("%s has %d cards, want %d", who, n, want)
				}
			}
			told("lin", c.now)
			told("wang", 1)
			h.Pass(9 * time.Hour)
			told("lin", 1)
			told("wang", 1)
		})
	}
}
