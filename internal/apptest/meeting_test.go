package apptest_test

import (
	"net/url"
	"regexp"
	"testing"
	"time"

	"jushou/internal/apptest"
)

var deskMeeting = regexp.MustCompile(`/desk/m/[0-9a-z]{20}`)

// TestAHearingFromTheCallToATaskThatIsOverdue goes through the pages as staff, the secretary, a department and neighbours.
func TestAHearingFromTheCallToATaskThatIsOverdue(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	chen, zhang, greening, lin := h.Phone("chen"), h.Phone("zhang"), h.Phone("greening"), h.Phone("lin")
	form := chen.Get("/desk/c/hexiang/meetings/new").Want(200, "听证会", "绿化市容管理所", "党支部")
	at := h.Clock.Now().AddDate(0, 0, 5).In(time.FixedZone("CST", 8*3600)).Format("2006-01-02T15:04")
	form.Submit("/meetings", "kind", "hearing", "title", "南门移树听证会").Want(422, "请写明为什么开", "请至少写一项议程", "请至少选一家单位", "南门移树听证会")
	made := form.Submit("/meetings", "kind", "hearing", "title", "南门移树听证会", "purpose", "移不移先听大家的", "starts_at", at, "where", "居委会",
		"agenda", "移不移", "unit", "dept:greening", "others", "业主代表", "seats", "3").Want(200, "南门移树听证会", "已邀请", "等答复")
	path := deskMeeting.FindString(made.Path)
	if path == "" {
		t.Fatalf("the meeting is at %q", made.Path)
	}
	public := "/meeting/" + path[len("/desk/m/"):]
	step := func(who *apptest.Phone, at string, fill url.Values) *apptest.Page {
		t.Helper()
		fill.Set("_csrf", who.Get(path).Want(200).CSRF())
		return who.Post(path+at, fill)
	}
	lin.Get(public).Want(404).Not("移不移")
	greening.Get("/desk/town/luoxi/meetings").Want(200, "南门移树听证会")
	step(greening, "/reply", url.Values{"guest": {"0"}, "reply": {"declined"}}).Want(422, "请写明理由")
	step(greening, "/reply", url.Values{"guest": {"0"}, "reply": {"accepted"}}).Want(200, "会来")
	step(greening, "/reply", url.Values{"guest": {"1"}, "reply": {"accepted"}}).Want(403)
	// A forged way past the announcement, the date and the second person.
	step(chen, "/presence", url.Values{"headcount": {"9"}}).Want(409, "先公示再开")
	step(chen, "/publish", url.Values{"version": {"1"}}).Want(409, "会议已经到了下一步")
	step(chen, "/announce", url.Values{}).Want(200, "公示中")
	lin.Get(public).Want(200, "南门移树听证会", "我来旁听", "您的意见").Not("改期", "去办理这个会")
	lin.Get(public).Submit("/opinions", "text", "大树给一楼遮阳，别移").Want(200, "大树给一楼遮阳")
	lin.Get(public).Submit("/seat").Want(200, "让出席位", "还剩 2 席")
	h.Neighbours("yinxing", 1)[0].Get(public).Want(404).Not("大树给一楼")
	h.Pass(5*24*time.Hour + time.Hour)
	step(chen, "/presence", url.Values{"present": {"0"}, "headcount": {"9"}}).Want(200, "写纪要")
	minutes := chen.Get(path+"/minutes").Want(200, "移不移", "再加两件")
	minutes.Submit("/minutes", "summary", "多数不愿意移").Want(422, "每一项议程都要写结果", "多数不愿意移")
	minutes.Submit("/minutes", "summary", "多数不愿意移", "outcome_0", "不移，修枝", "what_0", "修掉挡窗的枝", "unit_0", "dept:greening", "days_0", "2").
		Want(200, "不移，修枝", "写的人不能自己核对")
	lin.Get(public).Want(200).Not("不移，修枝")
	step(chen, "/confirm", url.Values{"version": {"1"}}).Want(403, "另一个人核对")
	step(zhang, "/confirm", url.Values{"version": {"2"}}).Want(409, "刚才有同事改过了")
	step(zhang, "/confirm", url.Values{"version": {"1"}}).Want(200, "纪要待公布")
	for range 2 { // a double tap
		step(chen, "/publish", url.Values{"version": {"1"}}).Want(200, "已有结果")
	}
	h.Settle()
	lin.Get(public).Want(200, "不移，修枝", "修掉挡窗的枝", "由绿化市容管理所负责", "张国强 核对")
	task := "/desk/mt/" + path[len("/desk/m/"):] + "-1"
	greening.Get(task).Want(200, "申请延期").Submit("/later", "to", "2020-01-01", "reason", "下雨").Want(422, "新的日期要晚于现在的期限")
	h.Pass(6 * 24 * time.Hour)
	if err := h.Sweep(t.Context(), "meetings"); err != nil {
		t.Fatal(err)
	}
	lin.Get(public).Want(200, "已超期")
	greening.Get(task).Submit("/reports", "text", "修好了，晚了两天", "done", "1").Want(200, "已办结", "比约定晚了")
	lin.Get(public).Want(200, "比约定晚了", "修好了，晚了两天")
	lin.Get("/c/hexiang/meetings").Want(200, "南门移树听证会", "已有结果")
	// A mistake is corrected in sight: by one, confirmed by another, with what stood there before.
	correct := chen.Get(path+"/minutes").Want(200, "更正已公布的纪要", "为什么更正").Not("再加两件")
	correct.Submit("/minutes", "outcome_0", "不移，修枝和加固").Want(422, "请写明理由", "不移，修枝和加固")
	correct.Submit("/minutes", "why", "漏写了加固", "outcome_0", "不移，修枝").Want(422, "没有要更正的")
	correct.Submit("/minutes", "why", "漏写了加固", "outcome_0", "不移，修枝和加固").Want(200, "写的人不能自己核对", "漏写了加固")
	lin.Get(public).Want(200, "不移，修枝").Not("加固")
	step(chen, "/confirm", url.Values{"version": {"2"}}).Want(403, "另一个人核对")
	step(zhang, "/confirm", url.Values{"version": {"2"}}).Want(200, "更正记录")
	lin.Get(public).Want(200, "不移，修枝和加固", "更正记录", "更正原因：漏写了加固", "原来", "居委干部 陈静 更正，党总支书记 张国强 核对", "修掉挡窗的枝")
}
