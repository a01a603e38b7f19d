package desk_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jushou/deliberation"
	"jushou/internal/apptest"
	"jushou/internal/identity"
	"jushou/wechat/wxsim"
)

const home = "/desk/c/hexiang"

// post lets a resident say something and returns the topic's id.
func post(h *apptest.House, who, text string) string {
	p := h.Phone(who).Get("/c/hexiang/post").Want(200).Submit("/post", "body", text).Want(200)
	path, _, _ := strings.Cut(p.Path, "?")
	return strings.TrimPrefix(path, "/t/")
}

// actor returns a persona as use cases know them.
func actor(t *testing.T, h *apptest.House, who string) identity.Actor {
	t.Helper()
	a, err := h.People.FindByWeChat(t.Context(), h.Phone(who).Who.OpenID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// onDuty returns the name of who is on duty in the home community.
func onDuty(t *testing.T, h *apptest.House) string {
	t.Helper()
	duty, err := h.Topics.Duty(t.Context(), actor(t, h, "zhang"), "hexiang")
	if err != nil || duty.Person.Name == "" {
		t.Fatalf("nobody is on duty: %v", err)
	}
	return duty.Person.Name
}

func TestAnAnswerFromTheDeskStopsTheClock(t *testing.T) {
	h := apptest.Open(t)
	id := post(h, "lin", "荷香苑 3 号楼的信箱门掉了")
	chen := h.Phone("chen")
	queue := chen.Get("/desk").Want(200, "信箱门掉了", "我来回应", "今天"+onDuty(t, h)+"值班", "下一次巡查是今天 14:00")
	if queue.Path != home {
		t.Errorf("the desk's door led to %s", queue.Path)
	}
	topic := chen.Get("/desk/t/"+id).Want(200, "下一次巡查 今天 14:00 前回应")
	topic.Submit("/answer", "body", "").Want(422, "写")
	topic.Submit("/answer", "phrase", "phrase.visit", "body", "您好。").Want(200, "您好。", "今天会到现场看一看")
	topic.Submit("/answer", "body", "已请物业下午来修。").Want(200, "已回应，居民会收到通知").Not("信箱门掉了")
	h.Settle()
	h.Phone("lin").Get("/t/"+id).Want(200, "已请物业下午来修。", "陈静", "居委干部", "已回应")
	got, err := h.Topics.Topic(t.Context(), actor(t, h, "chen"), deliberation.TopicID(id))
	if err != nil || got.Clock.Running() || got.Clock.MetAt.IsZero() {
		t.Errorf("the clock runs on: %+v, %v", got.Clock, err)
	}
}

func TestAnAnswerCarriesPhotosAlsoThroughARefusal(t *testing.T) {
	h := apptest.Open(t)
	id := post(h, "lin", "垃圾房的灯要换")
	var shot bytes.Buffer
	if err := jpeg.Encode(&shot, image.NewGray(image.Rect(0, 0, 320, 240)), nil); err != nil {
		t.Fatal(err)
	}
	chen := h.Phone("chen")
	refused := chen.Get("/desk/t/"+id).SubmitFiles("/answer", []apptest.File{{Field: "files", Name: "a.jpg", Body: shot.Bytes()}}, "body", "").Want(422)
	if p := chen.Get(refused.Attr(".picker-list img", "src")).Want(200); p.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("the photo of a refused form is %q", p.Header.Get("Content-Type"))
	}
	refused.Submit("/answer", "body", "换好了。").Want(200)
	seen := h.Phone("lin").Get("/t/"+id).Want(200, "换好了。")
	if src := seen.Attr(".answer img", "src"); src == "" {
		t.Error("the answer lost its photo")
	} else {
		h.Phone("wang").Get(src).Want(200)
	}
}

func TestTwoAnswersAtOnceBothStayAndTheLaterIsTold(t *testing.T) {
	h := apptest.Open(t)
	id := post(h, "wang", "楼道灯一闪一闪")
	chen, gu := h.Phone("chen").Get("/desk/t/"+id).Want(200), h.Phone("gu").Get("/desk/t/"+id).Want(200)
	chen.Submit("/answer", "body", "下午换灯。").Want(200, "已回应")
	gu.Submit("/answer", "body", "电工三点到。").Want(200, "另一位同事也回应了", "下午换灯。", "电工三点到。")
	gu.Submit("/answer", "body", "电工三点到。").Want(200)
	if n := len(h.Phone("wang").Get("/t/" + id).Want(200).All(".answer")); n != 2 {
		t.Errorf("%d answers, want 2: a double tap is one", n)
	}
}

func TestNothingTypedAtTheDeskIsLost(t *testing.T) {
	h := apptest.Open(t)
	id := post(h, "lin", "花坛的栏杆松了")
	form := h.Phone("chen").Get("/desk/t/" + id).Want(200)
	stale := form.Submit("/answer", "body", "明天来焊。", "_csrf", "of another day").Want(409, "明天来焊。", "再点一次")
	stale.Submit("/answer").Want(200, "已回应")
	h.Browser().Post("/desk/t/"+id+"/answer", url.Values{"body": {"谁也不是。"}}).Want(401, "谁也不是。", "重新登录")
	long := strings.Repeat("栏杆", 1001)
	form.Submit("/answer", "body", long).Want(422, long[:60], "2000")
	bomb := []apptest.File{{Field: "files", Name: "a.jpg", Body: []byte("不是照片")}}
	form.SubmitFiles("/answer", bomb, "body", "照片在后面").Want(422, "照片在后面", "不是照片")
}

func TestHeldTopicsAreReleasedOrHiddenWithAReason(t *testing.T) {
	h := apptest.Open(t)
	id := post(h, "lin", "楼下有人代开发票")
	h.Phone("wang").Get("/t/" + id).Want(404)
	chen := h.Phone("chen")
	chen.Get(home+"?filter=held").Want(200, "代开发票", "去审核")
	topic := chen.Get("/desk/t/"+id).Want(200, "碰到的词", "审核通过，公开")
	topic.Submit("/hide", "reason", "").Want(422, "原因")
	topic.Submit("/release").Want(200, "已公开")
	h.Phone("wang").Get("/t/"+id).Want(200, "代开发票")
	chen.Get("/desk/t/"+id).Submit("/hide", "reason", "是广告。").Want(200, "已隐藏")
	h.Phone("wang").Get("/t/"+id).Want(200, "是广告。").Not("代开发票")
}

func TestAResidentIsVerifiedOrToldWhyNot(t *testing.T) {
	h := apptest.Open(t)
	chen := h.Phone("chen")
	queue := chen.Get(home+"/residents").Want(200, "核对通过")
	before := queue.All(".claim h2")
	if len(before) < 2 {
		t.Fatalf("%d claims wait in the demo", len(before))
	}
	after := queue.Submit("/verify").Want(200, "已通过，居民会收到通知")
	if got := after.All(".claim h2"); len(got) != len(before)-1 || got[0] == before[0] {
		t.Errorf("after verifying %s there wait %v", before[0], got)
	}
	queue.Submit("/verify").Want(200) // a colleague's tap on the same claim
	after.Submit("/reject", "reason", "").Want(422, "没有核对上")
	after.Submit("/reject", "phrase", "residents.why_papers").Want(200, "当场就能办好")
	after.Submit("/reject", "reason", "门牌不对，请改好再提交。").Want(200, "已告诉居民原因")
	after.Submit("/verify").Want(409, "核对") // a colleague's list, shown before
}

func TestALookAtAPersonNeedsAReasonAndIsWrittenDown(t *testing.T) {
	h := apptest.Open(t)
	id := post(h, "lin", "水管有点响")
	chen := h.Phone("chen")
	path := chen.Get("/desk/t/"+id).Want(200, "看姓名和手机").Attr(`.side a[href*="/residents/"]`, "href")
	ask := chen.Get(path).Want(200, "为什么要看").Not("林桂兰", "13900010001")
	ask.Submit(path, "why", "").Want(422, "为什么要看").Not("13900010001")
	ask.Submit(path, "why", "上门看水管").Want(200, "林桂兰", "13900010001", "3号楼 503")
	h.Phone("lin").Get("/me/privacy").Want(200, "上门看水管")
	h.Phone("zhang").Get(path).Want(200)
	h.Phone("police").Get(path).Want(403)
}

func TestDutyIsHandedOverUntilATime(t *testing.T) {
	h := apptest.Open(t)
	planned, colleague := onDuty(t, h), h.Phone("zhang")
	duty := h.Phone("chen").Get(home+"/duty").Want(200, "今天"+planned+"值班", "接下来七天", "交班给同事")
	duty.Submit("/handover", "note", "").Want(422, "交接")
	duty.Submit("/handover", "until", "2026-11-18T08:00", "note", "漏水的在等维修").Want(422, "漏水的在等维修", "以后的时间")
	duty.Submit("/handover", "until", "2026-11-18T20:00", "note", "漏水的在等维修", "to", string(actor(t, h, "zhang").ID)).Want(200, "已交班", "今天张国强值班", "漏水的在等维修")
	h.Settle()
	colleague.Get("/me/inbox").Want(200, "漏水的在等维修")
	h.Clock.Advance(12 * time.Hour)
	colleague.Get(home+"/duty").Want(200, "今天"+planned+"值班")
}

func TestTheSecretaryPlansDutyAndRounds(t *testing.T) {
	h := apptest.Open(t)
	zhang := h.Phone("zhang")
	h.Phone("chen").Get(home + "/duty").Want(200).Not("/duty/roster")
	page := zhang.Get(home + "/duty").Want(200)
	zhangID := string(actor(t, h, "zhang").ID)
	before := page.All(".pairs dd")
	saved := page.Submit("/roster", "week4", zhangID).Want(200, "排班已保存")
	if plan := saved.All(".pairs dd"); len(plan) != 7 || plan[0] != "张国强" || !slices.Equal(plan[1:], before[1:]) {
		t.Errorf("Thursday is to change, and the plan went from %v to %v", before, plan)
	}
	page.Submit("/roster", "week5", zhangID).Want(409, "刚才有同事先改过排班")
	page.Submit("/rounds", "times", "九点").Want(422, "九点")
	page.Submit("/rounds", "times", "8：30、18:00").Want(200, "巡查时间已保存", "08:30 18:00")
	zhang.Get(home).Want(200, "下一次巡查是今天 18:00")
}

func TestARosterIsCorrectedAndImported(t *testing.T) {
	h := apptest.Open(t)
	chen := h.Phone("chen")
	page := chen.Get(home+"/import").Want(200, "还没有导入过")
	page.Submit("/import").Want(422, "还没有选文件")
	upload := func(rows string) *apptest.Page {
		return page.SubmitFiles("/import", []apptest.File{{Field: "file", Name: "名册.csv", Body: []byte(rows)}})
	}
	upload("随便写写").Want(422)
	head := "小区,楼栋,室号,姓名,手机,备注\n"
	bad := upload(head+"荷香苑,3号楼,601,钱小满,1391234,\n荷香苑,93号楼,602,孙大圣,13912340002,\n").
		Want(200, "处要先改好", "第 2 行 E 列", "应该是 11 位", "第 3 行 B 列", "这栋楼").Not("确认导入")
	chen.Get(bad.Path+"?sort=column").Want(200, "按列")
	marked := chen.Get(bad.Path + "/marked.xlsx").Want(200)
	book, err := excelize.OpenReader(bytes.NewReader(marked.Body))
	if err != nil {
		t.Fatal(err)
	}
	cells, err := book.GetRows(book.GetSheetName(0))
	if err != nil || !strings.Contains(strings.Join(cells[1], "|"), "应该是 11 位") {
		t.Errorf("the marked workbook does not say what is wrong: %v %v", cells, err)
	}
	good := upload(head+"荷香苑,3号楼,601,钱小满,13912340001,\n荷香苑,3号楼,602,孙大圣,13912340002,\n").Want(200, "共 2 人、2 户，可以导入", "确认导入")
	good.Submit("/confirm").Want(200)
	h.Settle()
	chen.Get(good.Path).Want(200, "导入完成：2 户、2 人")
	chen.Get(good.Path + "/progress").Want(200)
	upload(head+"荷香苑,3号楼,601,钱小满,13912340001,\n").Want(200, "都已经在名册里了").Submit("/discard").Want(200, "已放弃")
	chen.Get(home+"/import").Want(200, "已完成", "等您确认", "已放弃")
	chen.Get(home + "/import/template.xlsx").Want(200)
	h.Phone("police").Get(good.Path).Want(403)
}

func TestOtherCommunitiesAreNotThere(t *testing.T) {
	h := apptest.Open(t)
	id := post(h, "lin", "门口的地砖翘了")
	all, err := h.Directory.Communities(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	other := ""
	for _, c := range all {
		if c.ID != "hexiang" {
			other = string(c.ID)
		}
	}
	chen := h.Phone("chen")
	for _, place := range []string{"", "/residents", "/duty", "/import", "/stats", "/notice", "/assist", "/rounds", "/more"} {
		chen.Get("/desk/c/" + other + place).Want(404)
		chen.Get(home + place).Want(200)
	}
	chen.Get("/desk/town/luoxi").Want(404)
	chen.Get("/desk/roles?node=hexiang").Want(403)
	foreign := 0
	for _, path := range regexp.MustCompile(`/desk/t/\w+`).FindAllString(string(h.Phone("town").Get("/desk").Want(200).Body), 10) {
		if chen.Get(path).Status == 404 {
			foreign++
		}
	}
	if foreign == 0 {
		t.Fatal("no topic of another community was tried")
	}
	lin := h.Phone("lin")
	lin.Get("/desk").Want(403, "这里是工作台", "去社区首页")
	lin.Get("/desk/t/" + id).Want(403)
	lin.Get(home).Want(403)
}

func TestEveryRoleOpensItsDesk(t *testing.T) {
	h := apptest.Open(t)
	for who, wants := range map[string][2]string{
		"police": {home, "待回应"}, "property": {home, "待回应"}, "observer": {home, "待回应"}, "zhang": {home, "待回应"},
		"town": {"/desk/town/", "进到一个居村"}, "admin": {"/desk/roles", "加一个角色"}, "branch": {home + "/affairs", "公开栏"},
	} {
		p := h.Phone(who).Get("/desk").Want(200, wants[1])
		if !strings.HasPrefix(p.Path, wants[0]) {
			t.Errorf("%s works at %s, want %s", who, p.Path, wants[0])
		}
	}
	h.Phone("police").Get(home + "/residents").Want(403)
	h.Phone("observer").Get(home).Want(200).Not("我来回应")
}

func TestRolesAreGivenByTelephoneAndTakenAway(t *testing.T) {
	h := apptest.Open(t)
	admin := h.Phone("admin")
	page := admin.Get("/desk/roles?node=hexiang").Want(200, "陈静", "警民直通车")
	page.Submit("/roles", "phone", "13800000000", "role", "staff").Want(404, "没有人登记过")
	page.Submit("/roles", "phone", "13900010006", "role", "staff", "title", "志愿者").Want(200, "角色已加上", "王建国", "志愿者")
	wang := h.Phone("wang")
	wang.Get("/desk").Want(200, "待回应")
	admin.Post("/desk/roles/revoke", url.Values{
		"_csrf": {page.Attr("input[name=_csrf]", "value")}, "node": {"hexiang"}, "role": {"staff"}, "account": {string(actor(t, h, "wang").ID)},
	}).Want(200, "角色已取消").Not("志愿者")
	wang.Get("/desk").Want(403)
}

func TestStaffEnterATopicForSomebodyOffline(t *testing.T) {
	h := apptest.Open(t)
	form := h.Phone("chen").Get(home + "/assist").Want(200)
	form.Submit("/assist", "name", "", "body", "电梯有异响").Want(422, "电梯有异响", "谁说的")
	done := form.Submit("/assist", "name", "赵秀英", "body", "电梯有异响").Want(200, "已代为录入", "赵**", "由工作人员代为录入")
	h.Phone("wang").Get(strings.TrimPrefix(done.Path, "/desk")).Want(200, "电梯有异响", "赵**").Not("赵秀英")
}

func TestABrowserSignsInByACodeThatAPhoneScans(t *testing.T) {
	h := apptest.Open(t)
	desk := h.Browser()
	login := desk.Get(home+"/duty").Want(200, "用微信扫一扫", "演示环境")
	src := login.Attr(".login-code", "src")
	if picture := desk.Get(src).Want(200); picture.Header.Get("Content-Type") != "image/png" {
		t.Fatalf("the code is %q", picture.Header.Get("Content-Type"))
	}
	h.Browser().Get(src).Want(404)
	desk.Get("/desk/login/state").Want(200, "扫好以后")
	scene, err := h.Scenes.SignScene("l", strings.TrimSuffix(strings.TrimPrefix(src, "/desk/login/"), ".png"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Sim.Scan("chen", scene); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	link := confirmation(t, h, "chen")
	h.Phone("chen").Get(link).Want(200, "在电脑上登录", "Chrome · Linux").Submit(link).Want(200)
	if to := desk.Get("/desk/login/state").Want(200).Header.Get("HX-Redirect"); to != home+"/duty" {
		t.Errorf("the desk goes on to %q", to)
	}
	desk.Get("/desk").Want(200, "待回应")
}

// confirmation returns the path of the link that the persona got.
func confirmation(t *testing.T, h *apptest.House, who string) string {
	t.Helper()
	chat := h.Sim.Chat(who)
	for i := len(chat) - 1; i >= 0; i-- {
		if chat[i].From != wxsim.FromAccount {
			continue
		}
		if _, rest, ok := strings.Cut(chat[i].Text, h.URL+"/auth/confirm/"); ok {
			nonce, _, _ := strings.Cut(rest, `"`)
			return "/auth/confirm/" + nonce
		}
	}
	t.Fatalf("%s got no link: %+v", who, chat)
	return ""
}

func TestPastRoundsAndFiguresAreShown(t *testing.T) {
	h := apptest.Open(t)
	chen := h.Phone("chen")
	post(h, "lin", "路面有个坑")
	duty := onDuty(t, h)
	h.Pass(5 * time.Hour)
	chen.Get(home+"?filter=overdue").Want(200, "路面有个坑", "已超时")
	chen.Get(home+"/rounds").Want(200, "今天 14:00", "列入值班清单", "当时"+duty+"值班")
	figures := chen.Get(home+"/stats?days=90").Want(200, "首次回应", "看数据")
	if strings.Contains(strings.Join(figures.All(".figures"), " "), "陈静") {
		t.Error("the figures name a person")
	}
}

func TestACommentIsHiddenWithAReasonAndShownAgain(t *testing.T) {
	h := apptest.Open(t)
	id := post(h, "lin", "健身角的凳子坏了")
	wang := h.Phone("wang")
	wang.Get("/t/"+id).Submit("/comments", "body", "都怪三楼那家人。").Want(200, "都怪三楼那家人。")
	h.Settle()
	chen := h.Phone("chen")
	topic := chen.Get("/desk/t/"+id).Want(200, "隐藏这条留言")
	form := regexp.MustCompile(`/comments/\w+/hide`).FindString(string(topic.Body))
	topic.Submit(form, "reason", "").Want(422, "原因")
	topic.Submit(form, "reason", "请对事不对人。").Want(200, "留言已隐藏")
	h.Phone("lin").Get("/t/"+id).Want(200, "请对事不对人。").Not("都怪三楼")
	chen.Get("/desk/t/"+id).Submit("/release").Want(200, "留言已显示")
	h.Phone("lin").Get("/t/"+id).Want(200, "都怪三楼那家人。")
}
