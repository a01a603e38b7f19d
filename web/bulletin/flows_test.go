package bulletin_test

import (
	"strings"
	"testing"
	"time"

	"jushou/internal/apptest"
)

const home = "/desk/c/hexiang"

func TestANoticeIsLookedAtBeforeItGoesOut(t *testing.T) {
	h := apptest.Open(t)
	form := h.Phone("chen").Get(home + "/notice").Want(200)
	form.Submit("/notice", "title", "停水", "body", "").Want(422, "停水", "还没有写字")
	look := form.Submit("/notice", "title", "周四停水", "body", "九点到四点。", "urgency", "normal").Want(200, "大家看到的是下面这样", "周四停水", "九点到四点。", "陈静", "全体居民")
	look.Submit("/notice", "step", "edit").Want(200, "周四停水", "九点到四点。", "看看效果")
	sent := look.Submit("/notice", "step", "publish").Want(200, "已送复核", "等复核", "要请另一位同事来复核")
	if again := look.Submit("/notice", "step", "publish").Want(200); again.Path != sent.Path {
		t.Errorf("two taps went to %s and %s", sent.Path, again.Path)
	}
	public := strings.Replace(sent.Path, "/desk/n/", "/t/", 1)
	h.Phone("lin").Get(public).Want(404)
	h.Settle()
	zhang := h.Phone("zhang")
	zhang.Get("/me/inbox").Want(200, "陈静写了公告“周四停水”")
	zhang.Get(home+"/notices").Want(200, "等第二个人复核", "周四停水")
	zhang.Get(sent.Path).Want(200, "我看过了，发布").Submit("/approve").Want(200, "公告已发布", "送达情况")
	h.Browser().Get(public).Want(200, "周四停水", "九点到四点。", "公告信息", "全体居民", "张国强").Not("/edit")
	h.Settle()
	lin := h.Phone("lin")
	lin.Get("/me/inbox").Want(200, "荷香居民区发了公告：周四停水")
	lin.Get(public).Want(200, "陈静")
	zhang.Get(sent.Path).Want(200, "人的消息箱", "少于 5 人")
	gone := zhang.Get(sent.Path).Submit("/withdraw", "reason", "").Want(422, "写一句原因")
	gone.Submit("/withdraw", "reason", "改到周五").Want(200, "公告已撤回")
	h.Browser().Get(public).Want(200, "改到周五", "撤回人").Not("九点到四点")
}

// TestThereIsNoWayRoundTheSecondPerson asks for the notice board where other boards are written on at once.
func TestThereIsNoWayRoundTheSecondPerson(t *testing.T) {
	h := apptest.Open(t)
	chen := h.Phone("chen")
	chen.Get(home+"/boards/party/write").Want(200, "党建园地")
	chen.Get(home + "/boards/notice/write").Want(404)
	h.Phone("zhang").Get(home+"/boards").Want(200, home+"/notice?board=notice").Not("/boards/notice/write")
	form := chen.Get(home + "/notice?board=party").Want(200)
	form.Submit("/notice", "title", "党员活动", "body", "周六上午九点。", "urgency", "normal", "step", "publish").Want(404)
}

func TestOnlyTheBuildingIsTold(t *testing.T) {
	h := apptest.Open(t)
	form := h.Phone("chen").Get(home+"/notice").Want(200, "3号楼")
	sent := form.Submit("/notice", "title", "3号楼换门禁", "body", "周四上午换。", "urgency", "important", "place", "b:hexiang-3").Want(200, "荷香苑3号楼").Submit("/notice", "step", "publish").Want(200, "3号楼")
	h.Phone("zhang").Get(sent.Path).Submit("/approve").Want(200, "公告已发布")
	h.Settle()
	h.Phone("lin").Get("/me/inbox").Want(200, "3号楼换门禁") // lives in 3号楼
	h.Phone("wang").Get("/me/inbox").Want(200).Not("3号楼换门禁")
	h.Phone("wang").Get(strings.Replace(sent.Path, "/desk/n/", "/t/", 1)).Want(200, "3号楼换门禁", "荷香苑3号楼")
}

func TestATownWritesToManyCommunities(t *testing.T) {
	h := apptest.Open(t)
	town := h.Phone("town")
	form := town.Get("/desk/town/luoxi/notice").Want(200, "荷香居民区", "银杏居民区")
	sent := form.Submit("/notice", "title", "台风防御提示", "body", "今天夜里风大，请收好阳台花盆。", "urgency", "urgent", "place", "c:hexiang", "step", "publish").Want(200, "1 个居民区", "等复核")
	town.Get("/desk/town/luoxi/notices").Want(200, "台风防御提示")
	h.Phone("chen").Get(sent.Path).Want(404)
}

// TestNightIsQuiet approves at eleven in the evening: the inbox has the notice at once, WeChat at seven.
func TestNightIsQuiet(t *testing.T) {
	h := apptest.Open(t)
	sent := h.Phone("chen").Get(home+"/notice").Want(200).Submit("/notice", "title", "便民服务", "body", "周六上午磨刀。", "urgency", "normal", "step", "publish").Want(200)
	h.Pass(13 * time.Hour)
	h.Phone("wang").Get("/me/quiet").Want(200, "22:00", "07:00").Submit("/me/quiet", "from", "00:00", "to", "00:00").Want(200)
	h.Phone("zhang").Get(sent.Path).Submit("/approve").Want(200)
	h.Settle()
	h.Phone("lin").Get("/me/inbox").Want(200, "便民服务")
	h.Phone("zhang").Get(sent.Path).Want(200, "微信等发")
	h.Pass(8 * time.Hour)
	h.Phone("zhang").Get(sent.Path).Want(200, "微信已发").Not("微信等发")
}
