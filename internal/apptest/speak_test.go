package apptest_test

import (
	"testing"

	"jushou/internal/apptest"
)

// TestWhoOwnsABoardSpeaksOnIt: the branch comes from its board, and from its desk, to the form of its board; what it writes stands
// there under its name, and nobody else is shown the way. A partner's board takes what residents ask, as long as the community has
// not set it otherwise.
func TestWhoOwnsABoardSpeaksOnIt(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	branch, lin, chen := h.Phone("branch"), h.Phone("lin"), h.Phone("chen")
	const form, feed = "/desk/c/hexiang/boards/party/write", "/c/hexiang/topics?board=party"
	if to := branch.Get(feed).Want(200, "我来发布").Attr(".float", "href"); to != form {
		t.Errorf("the branch is led from its board to %s", to)
	}
	branch.Get("/desk/c/hexiang/more").Want(200, "发布")
	write := branch.Get("/desk/c/hexiang/speak").Want(200, "党建园地")
	photo := []apptest.File{{Field: "files", Name: "a.jpg", Body: picture(t, 10)}}
	write.SubmitFiles("/write", photo, "title", "党员活动").Want(422, "党员活动")
	posted := write.SubmitFiles("/write", photo, "title", "党员活动", "body", "周六上午九点在活动室，认领微心愿。").Want(200, "党员活动", "已发布")
	h.Settle()
	lin.Get(feed).Want(200, "党员活动").Not("我来发布")
	lin.Get(lin.Get(posted.Path).Want(200, "认领微心愿").Attr(".photos img", "src")).Want(200)

	chen.Get("/desk/c/hexiang/speak").Want(200, "党建园地", "办事指南", "同事看过再发")
	for _, who := range []string{"lin", "observer", "property"} {
		h.Phone(who).Get("/desk/c/hexiang/speak").Want(403)
	}
	h.Phone("property").Get("/c/hexiang/topics?board=property").Want(200).Not("我来发布")
}
