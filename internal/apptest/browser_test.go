package apptest_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jushou/internal/apptest"
)

// phoneURL is an address in the browser of a persona's phone, which the simulator serves under a host of its own.
func phoneURL(t *testing.T, h *apptest.House, who, path string) string {
	t.Helper()
	u, err := url.Parse(h.URL)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("http://%s.phone.localhost:%s%s", who, u.Port(), path)
}

// TestTheStoryInABrowser plays the story as a newcomer would: a chat message on the simulator's page, its link in the
// phone, a post with a photo, the answer from the desk, and the thread with it.
func TestTheStoryInABrowser(t *testing.T) {
	h := apptest.Open(t)
	b := openTab(t)
	lin := `[data-phone="lin"] `
	b.do("send a chat message", wide(), goTo(h.URL+"/sandbox/?phones=lin&phones=chen"),
		enter(lin+".input .text", "3号楼门口的路灯坏了，晚上看不清台阶\n"), has(lin+".say.user .bubble"), has(lin+".bubble a"))
	h.Settle()
	b.do("see the card of who is on duty", goTo(h.URL+"/sandbox/?phones=lin&phones=chen"), has(lin+".bubble a"))
	b.shoot("sandbox")
	b.do("open the link in the phone", click(lin+".bubble a"), has(lin+".web iframe"))
	framed, err := chromedp.Run(b.ctx, chromedp.AttributeValue(chromedp.CSS(lin+".web iframe"), "src"))
	if err != nil || !strings.HasPrefix(framed.Value, phoneURL(t, h, "lin", "/t/")) {
		t.Fatalf("the phone shows %q, %v", framed.Value, err)
	}
	b.do("read it", narrow(), goTo(framed.Value), has(".tabs"))
	if said := b.text(); !strings.Contains(said, "路灯坏了") || !strings.Contains(said, "待回应") {
		t.Fatalf("the topic says %s", said)
	}
	b.shoot("topic-waiting")
	topic := postWithPhoto(t, h, b)
	b.do("answer from the desk", wide(), goTo(phoneURL(t, h, "chen", "/desk/c/hexiang")), has("main"))
	b.shoot("desk")
	b.do("open the topic", goTo(phoneURL(t, h, "chen", "/desk/t/"+topic)), enter(`#answer textarea`, "师傅下午来拧紧，拧好贴照片。"))
	b.shoot("desk-topic")
	b.do("send the answer", click(`#answer button.primary`), chromedp.WaitNotPresent(chromedp.CSS(`#answer`)))
	h.Settle()
	if n := about(cards(h, "lin", answer), "/t/"+topic); n != 1 {
		t.Errorf("lin was told %d times", n)
	}
	b.do("read the answer", narrow(), goTo(phoneURL(t, h, "lin", "/t/"+topic)), has("main"))
	if said := b.text(); !strings.Contains(said, "师傅下午来拧紧") || !strings.Contains(said, "陈静") || !strings.Contains(said, "已回应") {
		t.Errorf("the thread says %s", said)
	}
	b.shoot("topic-answered")
	b.do("look around", goTo(phoneURL(t, h, "lin", "/c/hexiang")), has("main"))
	b.shoot("home")
	b.do("in the elder mode", click(`form[action="/elder"] button`), has("html.elder"))
	b.shoot("home-elder")
}

// slide is a photo of a playground, as far as a few lines of code can take one.
func slide(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 800, 600))
	for y := range 600 {
		for x := range 800 {
			c := color.RGBA{196, 222, uint8(240 - y/8), 255} // the sky
			switch {
			case y > 470:
				c = color.RGBA{uint8(118 + (x*7+y*3)%13), 158, 92, 255} // grass
			case x > 230 && x < 250 && y > 170, x > 300 && x < 320 && y > 170, x > 230 && x < 320 && y > 170 && y%50 < 12:
				c = color.RGBA{92, 108, 122, 255} // the ladder
			case x >= 320 && x < 640 && y > 170+(x-320)*9/10 && y < 205+(x-320)*9/10:
				c = color.RGBA{217, 99, 53, 255} // the slide
			}
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// postWithPhoto posts from the H5 with a photo, which the script makes smaller and sends ahead.
func postWithPhoto(t *testing.T, h *apptest.House, b tab) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "slide.jpg")
	if err := os.WriteFile(file, slide(t), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do("fill in the form", goTo(phoneURL(t, h, "lin", "/c/hexiang/post")), enter(`textarea[name="body"]`, "小花园的滑梯螺丝松了，孩子滑下来会晃"),
		chromedp.SetUploadFiles(chromedp.CSS(`input[name="files"]`), []string{file}), has(".picker-list img"),
		chromedp.WaitReady(chromedp.CSS(`.picker-list input[name="photo"]`)))
	b.shoot("post")
	b.do("post", click(`form button.primary`), has(".toast"))
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	topic := topicOf(t, u.Path)
	page := h.Phone("lin").Get("/t/"+topic).Want(200, "滑梯螺丝松了")
	if n := len(page.All(`img[src^="/t/` + topic + `/photos/"]`)); n != 1 {
		t.Errorf("the topic has %d photos", n)
	}
	h.Eventually(20*time.Second, "the duty person is told", func() bool { return about(cards(h, "chen", work), topic) == 1 })
	return topic
}

// TestReadingAndAnsweringWithoutScripts is the same with JavaScript switched off.
func TestReadingAndAnsweringWithoutScripts(t *testing.T) {
	h := apptest.Open(t)
	b := openTab(t)
	b.do("post", narrow(), scripts(false), goTo(phoneURL(t, h, "lin", "/c/hexiang/post")),
		enter(`textarea[name="body"]`, "单元门的把手松了"), click(`form button.primary`), has(".toast"))
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	topic := topicOf(t, u.Path)
	b.do("read the list and the topic", goTo(phoneURL(t, h, "wang", "/c/hexiang/topics")), click(`main a[href="/t/`+topic+`"]`), has(`textarea[name="body"]`))
	b.do("comment", enter(`textarea[name="body"]`, "我也发现了"), click(`#say button.primary`), has(".toast"))
	b.do("answer", goTo(phoneURL(t, h, "chen", "/desk/t/"+topic)), enter(`#answer textarea`, "今天就换。"), click(`#answer button.primary`), has(".toast"))
	thread := h.Phone("lin").Get("/t/"+topic).Want(200, "单元门的把手松了", "今天就换。", "我也发现了", "已回应")
	if thread.Status != 200 {
		t.Fatal(thread.Text())
	}
}
