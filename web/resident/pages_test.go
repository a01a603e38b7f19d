package resident

import (
	"flag"
	"strings"
	"testing"
	"time"

	"jushou/internal/identity"
	"jushou/web/view"
	"jushou/web/viewtest"
)

var _ = flag.Bool("update", false, "write the golden pages")

func ago(d time.Duration) time.Time { return viewtest.Now().Add(-d) }

// lamp is a topic that waits; shed one that was answered; lift one that is late.
func lamp() view.TopicCard {
	return view.TopicCard{
		Href: "/t/1", Title: "3号楼门口的路灯坏了，晚上看不清台阶", Text: "昨天晚上王阿姨下楼差点踩空，请尽快来看看。", Author: "王**", Building: "3号楼",
		Board: "board.nearby", At: ago(50 * time.Minute), Comments: 3, Photos: 2, Thumb: "/t/1/photos/a/thumb", Status: view.Waiting,
		Clock: view.Clock{Phase: "waiting", Next: ago(-4 * time.Hour), Start: ago(50 * time.Minute), Due: ago(-4 * time.Hour)},
	}
}

func shed() view.TopicCard {
	return view.TopicCard{
		Href: "/t/2", Title: "建议在小区东门加装非机动车充电棚", Text: "现在大家都从楼上拉线下来充电，不安全。", Author: "李*", Building: "12号楼",
		Board: "board.hall", At: ago(26 * time.Hour), Comments: 128, Status: view.Answered,
	}
}

func lift() view.TopicCard {
	return view.TopicCard{
		Href: "/t/3", Title: strings.Repeat("电梯又停了", 8), Text: strings.Repeat("每天早上送孩子上学都要走楼梯，老人更不方便。", 6), Author: "欧阳*", Building: "27号楼",
		Board: "board.property", At: ago(20 * 24 * time.Hour), Comments: 9, Status: view.Overdue,
		Clock: view.Clock{Phase: "secretary", Next: ago(-4 * time.Hour), Late: 26 * time.Hour},
	}
}

func notice() view.TopicCard {
	return view.TopicCard{
		Href: "/t/4", Title: "本周六上午九点，居委会一楼大厅免费量血压", Author: "陈晓芸", Role: "居委干部", Board: "board.notice", At: ago(3 * time.Hour),
	}
}

func chips(current string) []view.Chip {
	var all []view.Chip
	for _, key := range []string{"all", "notice", "nearby", "hall", "neighbours", "property", "police", "doctor", "party"} {
		all = append(all, view.Chip{Key: "board." + key, Href: "/c/luohe/topics?board=" + key, Current: key == current})
	}
	return all
}

func elder() *view.Person {
	p := viewtest.Resident()
	p.Elder = true
	return p
}

func TestHomePages(t *testing.T) {
	t.Parallel()
	full := homeView{Base: "/c/luohe", Member: true, Boards: chips("all"), Notices: []view.TopicCard{notice()}, Topics: []view.TopicCard{lamp(), shed(), lift()}}
	member := homeHead{Name: "罗和第一居民区", Base: "/c/luohe", Member: true, MayPost: true, Known: true}
	viewtest.Golden(t, "home", viewtest.Resident(), HomePage(member, viewtest.Shared(t, homeShared(full))))
	viewtest.Golden(t, "home_elder", elder(), HomePage(member, viewtest.Shared(t, homeShared(full))))
	empty := homeView{Base: "/c/luohe", Member: true, Boards: chips("all")}
	viewtest.Golden(t, "home_empty", viewtest.Resident(), HomePage(member, viewtest.Shared(t, homeShared(empty))))
	public := homeView{Base: "/c/luohe", Notices: []view.TopicCard{notice()}}
	for name, head := range map[string]homeHead{
		"home_public":   {Name: "罗和第一居民区", Base: "/c/luohe"},
		"home_pending":  {Name: "罗和第一居民区", Base: "/c/luohe", Known: true, Status: identity.MemberPending},
		"home_rejected": {Name: "罗和第一居民区", Base: "/c/luohe", Known: true, Status: identity.MemberRejected, Reason: "室号和户口簿上的对不上，请带身份证来居委会一趟"},
	} {
		viewtest.Golden(t, name, viewtest.Resident(), HomePage(head, viewtest.Shared(t, homeShared(public))))
	}
}

func TestFeedPages(t *testing.T) {
	t.Parallel()
	f := feedView{
		Boards: chips("nearby"), Topics: []view.TopicCard{lamp(), shed(), lift()},
		Pager: view.Pager{Total: -1, Shown: 3, Order: "order.newest", Next: "/c/luohe/topics?after=x", Step: 20},
	}
	viewtest.Golden(t, "feed", viewtest.Resident(), FeedPage("罗和第一居民区", "luohe", pen{"/c/luohe/post", "home.raise"}, viewtest.Shared(t, feedShared(f))))
	viewtest.Golden(t, "feed_empty", viewtest.Resident(), FeedPage("罗和第一居民区", "luohe", pen{"/c/luohe/post", "home.raise"}, viewtest.Shared(t, feedShared(feedView{Boards: chips("party"), Pager: view.Pager{}}))))
}

func photos(n int) []view.Photo {
	all := make([]view.Photo, n)
	for i := range all {
		all[i] = view.Photo{Thumb: "/t/1/photos/a/thumb", Full: "/t/1/photos/a/full"}
	}
	return all
}

func thread() view.Thread {
	return view.Thread{
		ID: "1", Title: "3号楼门口的路灯坏了，晚上看不清台阶", Text: "昨天晚上王阿姨下楼差点踩空，请尽快来看看。\n灯杆编号是 LH-03-07，从上周三开始一闪一闪，前天彻底不亮了。",
		Author: "王**", Building: "3号楼", Board: "board.nearby", At: ago(26 * time.Hour), Edited: ago(25 * time.Hour), Photos: photos(4), Status: view.Answered,
		Answers: []view.Answer{{
			Who: "陈晓芸", Role: "居委干部", At: ago(20 * time.Hour), First: true, Photos: photos(1),
			Text: "已经联系物业，电工明天上午来换灯头。今晚先在门口放了一盏应急灯，大家下楼慢一点。",
		}},
		Story: []view.Moment{
			{Who: "王**", What: "story.topic.posted", At: ago(26 * time.Hour)},
			{What: "story.step.listed", At: ago(21 * time.Hour)},
		},
		Comments: []view.Comment{
			{ID: "a", Who: "李*", Building: "5号楼", Text: "我家门口那盏也暗，一起看看吧。", At: ago(23 * time.Hour)},
			{ID: "b", Who: "陈晓芸", Role: "居委干部", Text: "好的，记下了。", At: ago(19 * time.Hour)},
			{ID: "c", Who: "赵**", Building: "3号楼", At: ago(2 * time.Hour), Hidden: true, ReasonKey: "reason.word_list"},
		},
		Total: 3,
	}
}

func TestTopicPages(t *testing.T) {
	t.Parallel()
	tools := topicTools{ID: "1", Home: "/c/luohe", Comment: true, Edit: true, Withdraw: true, Form: commentForm{Token: "0", To: "/t/1/comments"}}
	show := func(name string, th view.Thread, tools topicTools, n turns) {
		viewtest.Golden(t, name, viewtest.Resident(), TopicPage(th.Title, tools, viewtest.Shared(t, threadShared(th, n))))
	}
	show("topic", thread(), tools, turns{Whole: true})
	late := thread()
	late.Title, late.Status, late.Answers, late.Clock = lift().Title, view.Overdue, nil, lift().Clock
	late.Story = append(late.Story, view.Moment{What: "story.step.escalated_secretary", At: ago(16 * time.Hour)})
	show("topic_late", late, tools, turns{Here: "/t/1", Whole: true, Next: "/t/1?after=x#comments", Last: "/t/1?last=1#comments"})
	gone := view.Thread{ID: "1", Author: "王**", Building: "3号楼", Board: "board.nearby", At: ago(26 * time.Hour), Masked: true, Status: view.Concealed, Reason: "里面有邻居的电话号码"}
	show("topic_hidden", gone, topicTools{ID: "1", Home: "/c/luohe", Appeal: "/appeal/topic/1"}, turns{Whole: true})
	refused := tools
	refused.Form.Body = strings.Repeat("说得太多了。", 100)
	refused.Problems = view.Problems{Status: 422, Summary: "请看红字提示改一下，再发一次。", Fields: map[string]string{"body": "最多写 500 字，现在是 600 字，请删短一些。"}}
	show("topic_refused", thread(), refused, turns{Whole: true})
}

func TestPostPages(t *testing.T) {
	t.Parallel()
	boards := []view.Option{{Value: "nearby", Text: "身边事"}, {Value: "hall", Text: "议事厅"}, {Value: "neighbours", Text: "左邻右舍"}, {Value: "property", Text: "物业之窗"}, {Value: "police", Text: "警民直通车"}, {Value: "doctor", Text: "家庭医生"}}
	p := postView{Form: postForm{Token: "0", Board: "nearby", To: "/c/luohe/post"}, Back: "/c/luohe", Boards: boards, Problems: view.Problems{Status: 200}}
	viewtest.Golden(t, "post", viewtest.Resident(), PostPage(p))
	p.Form.Body, p.Form.Photos = "路灯坏了", nil
	p.Problems = view.Problems{Status: 401, Summary: "登录已过期，请点“重新登录”，写好的内容会放回来。", SignIn: "/auth/wechat?next=/c/luohe/post"}
	viewtest.Golden(t, "post_refused", viewtest.Resident(), PostPage(p))
	viewtest.Golden(t, "edit", viewtest.Resident(), EditPage(postView{Form: postForm{Title: "3号楼门口的路灯坏了", Body: "昨天晚上王阿姨下楼差点踩空。", To: "/t/1/edit"}, Back: "/t/1"}))
}

func TestOwnPages(t *testing.T) {
	t.Parallel()
	homes := []homeLine{
		{Household: "h1", Community: "罗和第一居民区", Building: "3号楼", Room: "502", Path: "/c/luohe", Status: identity.MemberVerified, Live: true},
		{Household: "h2", Community: "罗和第二居民区", Building: "11号楼", Room: "1201", Path: "/c/luo2", Status: identity.MemberRejected, Reason: "室号对不上"},
	}
	viewtest.Golden(t, "me", viewtest.Resident(), MePage(meView{Name: "王**", Homes: homes, Unread: 3, Desk: true, Notices: true}))
	viewtest.Golden(t, "me_new", viewtest.Resident(), MePage(meView{}))
	viewtest.Golden(t, "homes", viewtest.Resident(), HomesPage(homes))
	viewtest.Golden(t, "privacy", viewtest.Resident(), PrivacyPage(privacyView{
		Consents: []consentLine{{Purpose: "service", Given: ago(90 * 24 * time.Hour), Necessary: true}, {Purpose: "notices", Given: ago(90 * 24 * time.Hour)}, {Purpose: "publication"}},
		Looks:    []lookLine{{Who: "陈晓芸", Why: "上门核对燃气安检时间", At: ago(30 * time.Hour)}},
	}))
	viewtest.Golden(t, "inbox", viewtest.Resident(), InboxPage(inboxView{Unread: true, Pager: view.Pager{Total: -1, Shown: 2, Order: "order.newest"}, Notices: []noticeView{
		{ID: "1", Text: "陈晓芸回应了“3号楼门口的路灯坏了”：已经联系物业，电工明天上午来换灯头。", At: ago(time.Hour), Unread: true},
		{ID: "2", Text: "您的住址已经认证，可以在社区里发言了", At: ago(40 * 24 * time.Hour)},
	}}))
	viewtest.Golden(t, "data", viewtest.Resident(), DataPage(dataView{Name: "王建国", Phone: "139 0001 0006", OpenID: "oDemoWang000000000000000006", Created: ago(15 * 24 * time.Hour), Homes: homes}))
	viewtest.Golden(t, "inbox_empty", viewtest.Resident(), InboxPage(inboxView{}))
	viewtest.Golden(t, "confirm", viewtest.Resident(), ConfirmPage(confirmation{Title: "撤回这条内容", Text: "撤回后邻居看不到原文，也不再有人回应。已有的正式回应会保留。", Verb: "确认撤回", To: "/t/1/withdraw", Back: "/t/1", Ask: "为什么撤回", Name: "reason"}))
	stats := statsView{Show: true, Topics: 42, Answered: 38, Waiting: 3, Never: 1, Times: true, Median: 3 * time.Hour, P90: 20 * time.Hour, Rounds: []string{"09:00", "14:00", "20:00"}}
	mine := progressView{Mine: []view.TopicCard{lamp(), shed()}, Base: "/c/luohe", Pager: view.Pager{Total: 2, Order: "order.newest"}}
	viewtest.Golden(t, "progress", viewtest.Resident(), ProgressPage(mine, viewtest.Shared(t, statsCard(stats))))
	viewtest.Golden(t, "progress_empty", viewtest.Resident(), ProgressPage(progressView{Base: "/c/luohe"}, viewtest.Shared(t, statsCard(statsView{Rounds: stats.Rounds}))))
}

func TestNewcomersPages(t *testing.T) {
	t.Parallel()
	w := welcomeView{Form: welcomeForm{Community: "luohe", Building: "b3", Consents: map[string]bool{}}, To: "/welcome", Community: "罗和第一居民区", Fixed: "3号楼"}
	viewtest.Golden(t, "welcome", viewtest.Resident(), WelcomePage(w))
	w.Fixed, w.Buildings = "", []view.Option{{Text: "请选择"}, {Value: "b1", Text: "1号楼"}}
	w.Form.Name, w.Form.Room = "王", "五楼左手"
	w.Problems = view.Problems{Status: 422, Summary: "请看红字提示改一下，再发一次。", Fields: map[string]string{
		"name": "姓名请填 2 到 40 个字的真实姓名，不要写称呼。", "room": "室号看不懂，请照门牌填，比如 502 或 2单元502。", "building": "请选您住的楼。", "phone": "手机号填得不对，请填 11 位的手机号。", "consents": "不勾这一项就没法核对住址。勾上再提交，或者先随便看看公告。",
	}}
	viewtest.Golden(t, "welcome_refused", viewtest.Resident(), WelcomePage(w))
	viewtest.Golden(t, "choose", viewtest.Resident(), ChoosePage([]townView{{Name: "罗店镇", Communities: []view.Option{{Value: "/welcome?c=1", Text: "罗和第一居民区"}, {Value: "/welcome?c=2", Text: "美兰湖第二居民区"}}}}, ""))
	viewtest.Golden(t, "front", &view.Person{}, FrontPage(frontView{Communities: 30, Sandbox: true}))
}

func TestErrorPages(t *testing.T) {
	t.Parallel()
	viewtest.Golden(t, "problem", viewtest.Resident(), view.ProblemPage(view.Problems{Status: 500, Summary: "系统出了点问题，您写的内容还在，请过一会儿再点一次。", Reference: "01jd8x4k2m7q9v3b5n6p"}))
	viewtest.Golden(t, "problem_unverified", viewtest.Resident(), view.ProblemPage(view.Problems{Status: 403, Code: "identity.verify_first", Summary: "先认证住址，才能在本社区办这件事。"}))
	viewtest.Golden(t, "problem_missing", &view.Person{}, view.ProblemPage(view.Problems{Status: 404, Summary: "可能已撤回，或者地址不全。请回首页看看。"}))
}
