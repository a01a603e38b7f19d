package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/internal/apptest"
	"jushou/wechat/wxsim"
)

// TestANewcomerOnTheRosterIsVerifiedAtOnce is the story's second paragraph: scan, follow, one link, sign in,
// name, phone and room, consent.
func TestANewcomerOnTheRosterIsVerifiedAtOnce(t *testing.T) {
	h := apptest.Open(t)
	if _, err := h.Sim.Follow("zhou", scene(t, h, "hexiang-2")); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	welcome := last(t, h, "zhou")
	if n := len(link.FindAllString(welcome.Text, -1)); n != 1 || !strings.Contains(welcome.Text, "2号楼") {
		t.Fatalf("the welcome has %d links: %s", n, welcome.Text)
	}
	phone := h.Phone("zhou")
	form := phone.Get(linkIn(t, h, welcome)).Want(200, "2号楼")

	// Everything wrong at once: each field says so, and what was typed is still there.
	again := form.Submit("/welcome", "name", "周1", "phone", "123", "room", "")
	again.Want(422, "周1", "123")

	done := again.Submit("/welcome", "name", "周明", "phone", "１３９ ０００１ ０００３", "room", "402室", "consent_service", "1", "consent_notices", "1")
	done.Want(200)
	h.Settle()
	if m := last(t, h, "zhou"); !strings.Contains(m.Title, "认证结果") {
		t.Errorf("zhou was told %+v", m)
	}
	phone.Get("/c/hexiang").Want(200, "荷香居民区")
	phone.Get("/c/hexiang/post").Want(200)
	phone.Get("/c/yinxing/post").Not("<textarea")
}

// TestAPostFromThePageReachesItsAnswer is the third and fourth paragraph by the H5.
func TestAPostFromThePageReachesItsAnswer(t *testing.T) {
	h := apptest.Open(t)
	lin := h.Phone("lin")
	form := lin.Get("/c/hexiang/post").Want(200)
	posted := form.SubmitFiles("/post", []apptest.File{
		{Field: "files", Name: "a.jpg", Body: picture(t, 10)}, {Field: "files", Name: "b.jpg", Body: picture(t, 200)},
	}, "body", "3 号楼门口的路灯不亮了\n晚上老人下楼看不清台阶。").Want(200, "路灯不亮了", "待回应")
	if n := len(posted.All("img")); n < 2 {
		t.Errorf("the page shows %d photos", n)
	}
	began := time.Now()
	h.Settle()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("the duty person was told after %v", took)
	}
	told := last(t, h, "chen")
	if told.Title != "待办事项提醒" {
		t.Fatalf("chen was told %+v", told)
	}
	desk := h.Phone("chen").Get(linkIn(t, h, told)).Want(200, "路灯不亮了")
	desk.Submit("/answer", "body", "电工明天上午来换灯，换好贴照片。").Want(200)
	h.Settle()
	if m := last(t, h, "lin"); m.Title != "诉求回复通知" {
		t.Errorf("lin was told %+v", m)
	}
	lin.Get(posted.Path).Want(200, "电工明天上午来换灯", "陈静", "已回应")
	// Nobody else's community, and nobody from the street.
	h.Phone("wu").Get(posted.Path).Not("电工明天上午来换灯")
}

// TestAChatMessageBecomesATopic is the other way in: a text, then a photo; the reply shows what was filed.
func TestAChatMessageBecomesATopic(t *testing.T) {
	h := apptest.Open(t)
	if _, err := h.Sim.SendText("wang", "垃圾房门口的灯坏了，晚上很黑"); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	filed := last(t, h, "wang")
	if !strings.Contains(filed.Text, "已登记：垃圾房门口的灯坏了") {
		t.Fatalf("the reply says %q", filed.Text)
	}
	path := linkIn(t, h, filed)
	if _, err := h.Sim.SendPhoto("wang", picture(t, 90)); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	if m := last(t, h, "wang"); !strings.Contains(m.Text, "照片已放进") {
		t.Fatalf("the reply to the photo says %q", m.Text)
	}
	page := h.Phone("wang").Get(path).Want(200, "垃圾房门口的灯坏了")
	if len(page.All("img")) == 0 {
		t.Error("the photo is not on the page")
	}
	h.Phone("wang").Get(path+"/edit").Want(200).Submit("/edit", "body", "垃圾房门口的灯坏了，晚上很黑，请装个感应灯").Want(200, "感应灯")
}

// TestFourDeliveriesAreOneTopic is WeChat's retry, to two replicas at once.
func TestFourDeliveriesAreOneTopic(t *testing.T) {
	h := apptest.Open(t)
	if err := h.Sim.Inject(wxsim.Fault{Action: "push:duplicate", Times: 1}); err != nil {
		t.Skip("fault not known")
	}
	if _, err := h.Sim.SendText("wang", "二楼走廊的窗户关不上了"); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	mine := h.Phone("wang").Get("/me/topics").Want(200, "二楼走廊的窗户关不上了")
	if n := strings.Count(mine.Text(), "二楼走廊的窗户关不上了"); n != 1 {
		t.Errorf("the message became %d topics", n)
	}
}

// TestThreeDaysWithoutAnAnswer is 一日三巡: listed, reminded, passed on, each once, and the clock says so.
func TestThreeDaysWithoutAnAnswer(t *testing.T) {
	h := apptest.Open(t)
	lin := h.Phone("lin")
	posted := lin.Get("/c/hexiang/post").Submit("/post", "body", "小花园的滑梯螺丝松了").Want(200, "14:00")
	h.Settle()
	rounds := func(who string) (n int) {
		for _, m := range h.Sim.Chat(who) {
			if m.Title == "巡查提醒" {
				n++
			}
		}
		return n
	}
	duty := rounds("chen")
	h.Pass(4 * time.Hour) // 14:05
	if got := rounds("chen") - duty; got != 1 {
		t.Errorf("the duty person was told %d times at the first Round", got)
	}
	next, secretary, town := rounds("gu"), rounds("zhang"), rounds("town")
	h.Pass(6 * time.Hour) // 20:05
	if got := rounds("zhang") - secretary; got != 1 {
		t.Errorf("the secretary was told %d times after one missed Round", got)
	}
	if got := rounds("gu") - next; got < 1 {
		t.Errorf("the next on duty was told %d times", got)
	}
	h.Pass(13 * time.Hour) // 09:05
	if got := rounds("town") - town; got < 1 {
		t.Errorf("the town was told %d times after two missed Rounds", got)
	}
	for range 3 {
		h.Pass(time.Minute)
	}
	if got := rounds("zhang") - secretary; got != 1 {
		t.Errorf("the secretary was told %d times in the end", got)
	}
	lin.Get(posted.Path).Want(200, "小花园的滑梯螺丝松了")
}
