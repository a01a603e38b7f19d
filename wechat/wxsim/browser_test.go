package wxsim_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jushou/internal/apptest/chromium"
)

// shoot saves a picture of the page where JUSHOU_SHOTS says, to be looked at.
func shoot(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		dir := os.Getenv("JUSHOU_SHOTS")
		if dir == "" {
			return nil
		}
		png, err := chromedp.CaptureScreenshot()(ctx, target)
		if err != nil {
			return err
		}
		return os.WriteFile(dir+"/"+name+".png", png, 0o644)
	})
}

func css(selector string) chromedp.CSS { return chromedp.CSS(selector) }

// into keeps what an action returns.
func into[T any](to *T, a chromedp.Action[T]) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) (err error) {
		*to, err = a(ctx, target)
		return err
	})
}

func TestAPersonFollowsWritesAndOpensAPageInTheBrowser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.answerWith(func(_ int, p pushed) (int, string) {
		return 200, passiveText(p, `欢迎。<a href="`+w.home()+`/me">我要登记</a>`)
	})
	w.want(w.api("menu/create", `{"button":[{"name":"社区","sub_button":[{"name":"议事厅","type":"click","key":"hall"}]},{"name":"我的","type":"view","url":"`+w.home()+`/me"}]}`), 0)
	w.sim.LabelScene("b|3", "翠薇苑 3 号楼")
	w.want(w.api("qrcode/create", `{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"b|3"}}}`), 0)
	chen := `[data-phone="chen"] `
	var shown string
	var framed chromedp.AttributeResult
	err := chromedp.Do(chromium.Open(t),
		chromedp.Navigate(w.base+"/?phones=lin&phones=chen"),
		chromedp.Click(css(chen+".more > summary")),
		chromedp.Click(css(chen+".scan > summary")),
		shoot("scan"),
		chromedp.Click(css(chen+`.codes button[value="b|3"]`)),
		chromedp.WaitVisible(css(chen+".bubble a")),
		chromedp.SendKeys(css(chen+".input .text"), "楼道灯坏了\n"),
		chromedp.WaitVisible(css(chen+".say.user .bubble")),
		into(&shown, chromedp.Text(css(chen+".say.user .bubble"))),
		chromedp.Click(css(chen+".menu summary")),
		shoot("menu"),
		chromedp.Click(css(chen+".subs button")),
		chromedp.WaitNotPresent(css(chen+".menu details[open]")),
		chromedp.Click(css(chen+".bubble a")),
		chromedp.WaitVisible(css(chen+".web iframe")),
		into(&framed, chromedp.AttributeValue(css(chen+".web iframe"), "src")),
		shoot("web"),
		chromedp.Click(css(chen+".web .x")),
		chromedp.WaitNotVisible(css(chen+".web iframe")),
		chromedp.Click(css("header details:nth-of-type(2) > summary")),
		shoot("faults"),
		chromedp.Click(css(`button[value="four"]`)),
		chromedp.WaitVisible(css(".armed")),
		chromedp.Click(css("header details:nth-of-type(1) > summary")),
		shoot("people"),
		chromedp.Click(css("#rush")),
		chromedp.WaitNotPresent(css("#rush[disabled]")),
	)
	if err != nil {
		t.Fatal(err)
	}
	if shown != "楼道灯坏了" || !strings.HasPrefix(framed.Value, "http://chen.phone.localhost:") || !strings.HasSuffix(framed.Value, "/me") {
		t.Errorf("bubble %q, frame %q", shown, framed.Value)
	}
	if got := w.clock.Now().Sub(noon); got != 72*time.Hour {
		t.Errorf("three days took %v", got)
	}
}
