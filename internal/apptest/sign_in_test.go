package apptest_test

import (
	"strings"
	"testing"

	"jushou/internal/apptest"
	"jushou/wechat/wxsim"
)

// TestAStrangeReturnFromWeChatBeginsAnew comes back with a code and a state that nobody gave out.
func TestAStrangeReturnFromWeChatBeginsAnew(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	h.Phone("lin").Get("/auth/wechat/callback?code=foreign&state=0123456789abcdef").Want(200, "荷香居民区", "我要反映")
}

// TestComingBackTwiceIsComingBackOnce is the browser's "back" onto a callback that was used.
func TestComingBackTwiceIsComingBackOnce(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	lin.Get("/me").Want(200, "林**")
	lin.Get("/auth/wechat/callback?code=used&state=0123456789abcdef").Want(200, "荷香居民区")
	lin.Get("/me").Want(200, "林**")
}

// TestSigningInStopsAfterTheSecondRefusal has WeChat refuse every code.
func TestSigningInStopsAfterTheSecondRefusal(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	if err := h.Sim.Inject(wxsim.Fault{Match: wxsim.Match{Path: "/sns/oauth2/access_token"}, Action: "errcode:40029", Times: 9}); err != nil {
		t.Fatal(err)
	}
	h.Phone("lin").Get("/me").Want(409, "从公众号菜单重新进来")
}

// TestNextNeverLeavesTheSite tries to be sent elsewhere after signing in.
func TestNextNeverLeavesTheSite(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	for _, next := range []string{"//evil.example", "https://evil.example/", `/\evil.example`} {
		page := h.Phone("lin").Get("/auth/wechat?next=" + next).Want(200)
		if strings.Contains(page.Path, "evil") {
			t.Errorf("%s led to %s", next, page.Path)
		}
	}
}

func TestSigningOutEndsTheSession(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	lin.Get("/me").Want(200, "退出登录").Submit("/auth/logout").Want(200, "已退出登录")
}
