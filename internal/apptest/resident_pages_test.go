package apptest_test

import (
	"net/url"
	"strings"
	"testing"

	"jushou/internal/apptest"
)

const lampText = "3 号楼门口的路灯不亮了\n晚上老人下楼看不清台阶。"

// TestNothingTypedIsLost refuses a post in every way a page can, and looks for the text in the answer.
func TestNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	form := lin.Get("/c/hexiang/post").Want(200)

	stale := form.Submit("/post", "body", lampText, "_csrf", "of another day").Want(409, "路灯不亮了", "再点一次")
	stale.Submit("/post", "anyway", "1").Want(200, "路灯不亮了", "待回应")

	long := strings.Repeat("路灯", 1001)
	form.Submit("/post", "body", long).Want(422, long[:60], "2000")
	form.Submit("/post", "body", "").Want(422, "还没有写字")

	bomb := []apptest.File{{Field: "files", Name: "a.jpg", Body: []byte(strings.Repeat("不是照片", 1000))}}
	form.SubmitFiles("/post", bomb, "body", lampText).Want(422, "路灯不亮了", "不是照片")

	// The session is gone: the same form, sent from a browser that nobody knows.
	h.Browser().Post("/c/hexiang/post", url.Values{"body": {lampText}, "token": {form.Attr("input[name=token]", "value")}}).
		Want(401, "路灯不亮了", "重新登录")
}

func TestADoubleTapIsOneTopic(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	form := lin.Get("/c/hexiang/post").Want(200)
	first := form.Submit("/post", "body", lampText, "anyway", "1").Want(200)
	second := form.Submit("/post", "body", lampText, "anyway", "1").Want(200)
	if first.Path != second.Path {
		t.Errorf("two taps went to %s and %s", first.Path, second.Path)
	}
	form.Submit("/post", "body", "另一件事").Want(409, "另一件事", "已经发过一条")
}

// TestPhotosAskForTheirTopic looks at a photo as everybody who should not.
func TestPhotosAskForTheirTopic(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	posted := lin.Get("/c/hexiang/post").SubmitFiles("/post", []apptest.File{{Field: "files", Name: "a.jpg", Body: picture(t, 10)}}, "body", lampText, "anyway", "1").Want(200)
	thumb := posted.Attr(".photos img", "src")
	if p := lin.Get(thumb).Want(200); p.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("the photo is %q", p.Header.Get("Content-Type"))
	}
	h.Phone("wang").Get(thumb).Want(200)
	h.Phone("wu").Get(thumb).Want(404)
	if p := h.Browser().Get(thumb); p.Header.Get("Content-Type") == "image/jpeg" {
		t.Error("the street sees a photo of the community")
	}
	lin.Get(strings.Replace(thumb, "/thumb", "/raw", 1)).Want(404)
}

// TestSharedPiecesHoldNothingOfAVisitor has two residents read the same pages one after the other.
func TestSharedPiecesHoldNothingOfAVisitor(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin, wang := h.Phone("lin"), h.Phone("wang")
	posted := lin.Get("/c/hexiang/post").Submit("/post", "body", lampText, "anyway", "1").Want(200, "撤回")
	path, _, _ := strings.Cut(posted.Path, "?")
	for _, page := range []string{path, "/c/hexiang", "/c/hexiang/topics"} {
		token := lin.Get(page).Want(200, "路灯不亮了").Attr("input[name=_csrf]", "value")
		his := wang.Get(page).Want(200, "路灯不亮了")
		if token != "" {
			his.Not(token)
		}
		his.Not(path+"/withdraw", path+"/edit")
	}
	h.Browser().Get("/c/hexiang").Want(200, "微信登录").Not("路灯不亮了")
}

func TestWithdrawingAsksOnceAndKeepsTheStory(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	posted := lin.Get("/c/hexiang/post").Submit("/post", "body", lampText, "anyway", "1").Want(200)
	path, _, _ := strings.Cut(posted.Path, "?")
	h.Phone("wang").Get(path + "/withdraw").Want(403)
	lin.Get(path+"/withdraw").Want(200, "不再有人回应").Submit("/withdraw", "reason", "物业已经修好").Want(200, "已撤回")
	h.Phone("wang").Get(path).Want(200, "物业已经修好").Not("看不清台阶")
}

func TestCommentsStayUnderTheirTopic(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	posted := h.Phone("lin").Get("/c/hexiang/post").Submit("/post", "body", lampText, "anyway", "1").Want(200)
	path, _, _ := strings.Cut(posted.Path, "?")
	wang := h.Phone("wang")
	wang.Get(path).Submit("/comments", "body", "我家门口那盏也暗").Want(200, "留言已发出", "那盏也暗")
	wang.Get(path).Submit("/comments", "body", "").Want(422, "写一句再发")
	h.Phone("lin").Get(path).Want(200, "那盏也暗")
}

func TestElderModeFollowsThePerson(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	lin.Get("/c/hexiang").Submit("/elder", "elder", "1", "next", "/c/hexiang").Want(200, `class="elder"`, "标准版")
	another := h.Phone("lin")
	another.Get("/c/hexiang").Want(200, `class="elder"`)
	lin.Get("/c/hexiang").Submit("/elder", "elder", "0", "next", "//evil.example").Want(200).Not(`class="elder"`)
}

func TestLeavingAndDeletingAreTheirOwnDecision(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	wang := h.Phone("wang")
	wang.Get("/me/data").Want(200, "王建国", "荷香")
	wang.Get("/me/data.json").Want(200, `"name":"王建国"`)
	home := wang.Get("/me/homes").Want(200, "已认证").Attr(`a[href^="/me/leave"]`, "href")
	wang.Get(home).Want(200, "退出").Submit("/me/leave").Want(200, "已退出")
	wang.Get("/c/hexiang").Want(200, "现在只能看公告")
	wang.Get("/me/delete").Want(200, "不能恢复").Submit("/me/delete").Want(200, "账号已注销")
}

// TestTwoWindowsEditOneText saves in one window and then in another that was opened before.
func TestTwoWindowsEditOneText(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	posted := lin.Get("/c/hexiang/post").Submit("/post", "body", lampText, "anyway", "1").Want(200)
	path, _, _ := strings.Cut(posted.Path, "?")
	one, other := lin.Get(path+"/edit").Want(200), lin.Get(path+"/edit").Want(200)
	one.Submit("/edit", "body", "路灯修好了一盏").Want(200, "修好了一盏")
	other.Submit("/edit", "body", "两盏都不亮").Want(409, "两盏都不亮", "别处改过").Submit("/edit").Want(200, "两盏都不亮")
}

func TestAnUnverifiedFollowerIsToldWhatToDo(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	h.Phone("zhou").Get("/c/hexiang/post").Want(403, "去登记住址")
	h.Browser().Get("/c/hexiang/topics?board=notice").Want(200).Not("/post")
}
