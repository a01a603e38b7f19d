package apptest_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"jushou/internal/apptest"
	"jushou/internal/apptest/chromium"
)

// update draws the pictures of the documentation anew.
var update = flag.Bool("update", false, "draw docs/screenshots anew")

// pictures is where the documentation keeps its pictures.
const pictures = "../../docs/screenshots"

// tab is a tab of Debian's chromium. A page that throws, or breaks its content policy, fails the test.
type tab struct {
	ctx context.Context
	t   *testing.T
}

func openTab(t *testing.T) tab {
	t.Helper()
	return tab{chromium.Open(t), t}
}

// do carries out steps; what names them when they fail.
func (b tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		at, _ := chromedp.Run(b.ctx, chromedp.Location())
		b.t.Fatalf("%s, at %s: %v", what, at, err)
	}
}

// wide makes the window a desk's, and narrow a phone's.
func wide() chromedp.Action[chromedp.Void]   { return chromedp.EmulateViewport(1280, 800) }
func narrow() chromedp.Action[chromedp.Void] { return chromedp.EmulateViewport(375, 812) }

// scripts turns JavaScript on or off.
func scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

// has waits until the page has an element.
func has(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.WaitVisible(chromedp.CSS(selector))
}

func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

func enter(selector, text string) chromedp.Action[chromedp.Void] {
	return chromedp.SendKeys(chromedp.CSS(selector), text)
}

func goTo(address string) chromedp.Action[chromedp.Void] { return chromedp.Navigate(address) }

// text returns what the page says.
func (b tab) text() string {
	b.t.Helper()
	said, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body.innerText`))
	if err != nil {
		b.t.Fatal(err)
	}
	return said
}

// shoot draws the window for the documentation, when asked to.
func (b tab) shoot(name string) {
	b.t.Helper()
	if !*update {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil && len(png) > 300<<10 {
		b.t.Errorf("the picture %s has %d bytes", name, len(png))
	}
	if err == nil {
		err = os.MkdirAll(pictures, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(pictures, name+".png"), png, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// judge lets axe-core look at the page. White on the brand's green is by decision of the look (elder mode passes).
func (b tab) judge(what string) {
	b.t.Helper()
	axe, err := os.ReadFile("browser/node_modules/axe-core/axe.min.js")
	if err != nil {
		apptest.Required(b.t, "axe-core is not installed (make deps-test): "+err.Error())
	}
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](string(axe)+";true")); err != nil {
		b.t.Fatal(err)
	}
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations
		.filter((v) => v.impact === 'serious' || v.impact === 'critical')
		.flatMap((v) => v.nodes.filter((n) => v.id !== 'color-contrast' || !n.any.some((c) => c.data && c.data.bgColor === '#07c160'))
			.map((n) => v.id + ' ' + n.target.join(' ') + ' ' + JSON.stringify(n.any[0] && n.any[0].data)))
		.join('\n'))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: axe: %v", what, err)
	}
	if found != "" {
		b.t.Errorf("%s:\n%s", what, found)
	}
}
