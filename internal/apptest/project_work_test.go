package apptest_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"jushou/internal/apptest"
)

var projectCard = regexp.MustCompile(`href="(/p/[0-9a-z]{20})">低碳科技营`)

// TestTheWorkOfAProject goes through the pages as who leads, the secretary and neighbours: news with photos, who watches, a
// milestone that is disputed, a change that another person approves, silence, and the report that the work is done.
func TestTheWorkOfAProject(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	branch, zhang, lin, wang := h.Phone("branch"), h.Phone("zhang"), h.Phone("lin"), h.Phone("wang")
	found := projectCard.FindSubmatch(lin.Get("/c/hexiang/projects?stage=working").Want(200, "低碳科技营", "完成 2/4 个节点").Body)
	if found == nil {
		t.Fatal("no project is at work")
	}
	path := string(found[1])
	desk := "/desk/c/hexiang/projects/" + strings.TrimPrefix(path, "/p/")
	post := func(who *apptest.Phone, at string, fill url.Values) *apptest.Page {
		t.Helper()
		fill.Set("_csrf", who.Get(path).Want(200).CSRF())
		return who.Post(at, fill)
	}
	lin.Get(path).Want(200, "节点和进度", "做好一半，请大家看", "施工前", "用表格看", "关注进展").Submit("/follow").Want(200, "不再关注")
	h.Neighbours("yinxing", 1)[0].Get(path + "/news").Want(404)

	// News: refused without words, with its photos kept; then told to who follows.
	form := branch.Get(path)
	form.SubmitFiles("/news", []apptest.File{{Field: "files-after", Name: "a.jpg", Body: picture(t, 1)}}, "text", "").Want(422, "请写两句做到哪里了").
		Submit("/news", "text", "八次课上了五次，孩子们做了再生纸").Want(200, "八次课上了五次", "完工后", "施工前后")
	h.Settle()
	lin.Get("/me/inbox").Want(200, "低碳科技营", "八次课上了五次")
	post(wang, path+"/news", url.Values{"token": {"x"}, "text": {"我来发"}}).Want(422)

	// A supervisor is named by the secretary and disputes what the lead says.
	lin.Get(path).Submit("/supervise").Want(200, "等书记同意")
	wang.Get(path).Want(200).Not("林** 报名")
	zhang.Get(desk).Want(200, "想当监督员").Submit("/supervisor", "yes", "1").Want(200, "已答复")
	branch.Get(path).Submit("/reach", "milestone", "3", "cost", "800").Want(200, "已记下")
	lin.Get(path).Submit("/confirm", "milestone", "3", "holds", "0", "words", "").Want(422, "请写一句哪里没有做到").
		Submit("/confirm", "words", "只上了四次课").Want(200, "说没有做到", "只上了四次课")
	post(wang, path+"/confirm", url.Values{"milestone": {"3"}, "holds": {"1"}}).Want(403)

	// A change counts when another person has approved it.
	varied := branch.Get(path)
	varied.Submit("/vary", "what", "多上两次课", "why", "报名的孩子多", "more", "more", "amount", "8万亿").Want(422, "多上两次课")
	varied.Submit("/vary", "what", "多上两次课", "why", "报名的孩子多", "more", "more", "amount", "500", "longer", "more", "weeks", "2").Want(200, "等答复", "增加 ¥500.00")
	post(branch, desk+"/variation", url.Values{"variation": {"x"}, "yes": {"1"}}).Want(403)
	zhang.Get(desk).Want(200, "有一条更改等决定").Submit("/variation", "yes", "0", "reason", "").Want(422).
		Submit("/variation", "yes", "1", "reason", "孩子多，值得").Want(200, "已答复")
	lin.Get(path).Want(200, "已同意", "批准 ¥4,500.00", "孩子多，值得")

	// Silence is told, to the lead and the secretary, and shown.
	h.Pass(15 * 24 * time.Hour)
	if err := h.Sweep(t.Context(), "projects"); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	lin.Get(path).Want(200, "以后没有进展消息")
	zhang.Get("/desk/c/hexiang/projects").Want(200, "以后没有进展消息", "过了日期还没完成")

	// The work is done when every milestone is reached, or dropped with its reason.
	post(branch, path+"/finish", url.Values{}).Want(409, "还有 1 个节点没有完成")
	branch.Get(path).Submit("/milestones", "name", "").Want(422, "请写")
	post(branch, path+"/milestones", url.Values{"seen": {"1"}, "reason": {"最后一次课并到第三个节点"}}).Want(200, "不做了：全部完成")
	branch.Get(path).Submit("/finish").Want(200, "验收")
	zhang.Get(desk).Submit("/cancel", "reason", "试一下").Want(200, "终止")
	lin.Get(path).Want(200, "花掉的钱正在决算")
}
