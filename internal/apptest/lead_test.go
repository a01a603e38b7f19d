package apptest_test

import (
	"net/url"
	"strings"
	"testing"

	"jushou/internal/apptest"
)

const toOffer = "/c/hexiang/neighbours/post"

// TestWhatIsForNeighboursComesToTheirForm sends it by chat and to the board of the same name: neither makes a topic, and
// the form that takes it holds what was written and the photos.
func TestWhatIsForNeighboursComesToTheirForm(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	wang, lin := h.Phone("wang"), h.Phone("lin")
	feed := func() int { return len(wang.Get("/c/hexiang/topics").Want(200).All(".topic")) }
	before := feed()
	say := func(text string) string {
		t.Helper()
		if _, err := h.Sim.SendText("wang", text); err != nil {
			t.Fatal(err)
		}
		h.Settle()
		return linkIn(t, h, last(t, h, "wang"))
	}
	form := say("【左邻右舍】周末想借一把梯子\n一米五以上")
	if !strings.HasPrefix(form, toOffer+"?") {
		t.Fatalf("the chat leads to %s", form)
	}
	if _, err := h.Sim.SendPhoto("wang", picture(t, 70)); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	if linkIn(t, h, last(t, h, "wang")) != form {
		t.Errorf("the photo went elsewhere: %+v", last(t, h, "wang"))
	}
	lin.Get(form).Want(200).Not("一米五以上")
	page := wang.Get(form).Want(200)
	if got := page.Typed(toOffer, "body"); got != "周末想借一把梯子\n一米五以上" {
		t.Errorf("the form holds %q", got)
	}
	photos := page.Attrs("input[name=photo]", "value")
	if len(photos) != 1 {
		t.Fatalf("the form holds the photos %q", photos)
	}
	wang.Get("/photos/" + photos[0] + "/thumb").Want(200)
	lin.Get("/photos/" + photos[0] + "/thumb").Want(404)
	page.Submit(toOffer, "side", "needs", "kind", "lend").Want(200, "周末想借一把梯子")
	if got := wang.Get(form).Typed(toOffer, "body"); got != "" {
		t.Errorf("what is sent is still a draft: %q", got)
	}
	if n := feed(); n != before {
		t.Errorf("%d topics were made", n-before)
	}

	if to := say("左邻右舍都说三号楼的垃圾房太臭了"); !strings.HasPrefix(to, "/t/") {
		t.Errorf("a complaint that names neighbours leads to %s", to)
	}
	long := strings.Repeat("长", 2001)
	if got := wang.Get(say(long)).Want(200).Typed("/c/hexiang/post", "body"); got != long {
		t.Errorf("a text that is too long comes back with %d characters", len([]rune(got)))
	}

	token := lin.Get("/c/hexiang/post").Want(200)
	forged := url.Values{"_csrf": {token.CSRF()}, "token": {token.Typed("/c/hexiang/post", "token")}, "board": {"neighbours"}, "body": {"谁家有打气筒借我用一下"}}
	if got := lin.Post("/c/hexiang/post", forged).Want(200, "左邻右舍在这里发").Typed(toOffer, "body"); got != "谁家有打气筒借我用一下" {
		t.Errorf("the form holds %q", got)
	}
	if got := lin.Get("/c/hexiang/post?board=neighbours&text="+url.QueryEscape("借打气筒")).Typed(toOffer, "body"); got != "借打气筒" {
		t.Errorf("the form that an address leads to holds %q", got)
	}
}
