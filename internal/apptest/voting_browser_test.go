package apptest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/apptest"
)

// run evaluates an expression of the page and returns its text.
func (b tab) run(expression string) string {
	b.t.Helper()
	said, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return said
}

// stored is what the device keeps under a key of a receipt.
func (b tab) stored(id poll.ID, field string) string {
	b.t.Helper()
	return b.run(fmt.Sprintf(`String((JSON.parse(localStorage.getItem('receipt:%s')) || {}).%s)`, id, field))
}

const outcome = `[data-outcome][data-verdict]`

// verify has the page check the receipt it holds and returns the verdict of each step that is not good.
func (b tab) verify(what string) string {
	b.t.Helper()
	b.do(what, click(`[data-verify] button`), chromedp.WaitEnabled(chromedp.CSS(`[data-verify] button`)), has(outcome))
	return b.run(`[...document.querySelectorAll('[data-step]')].filter((s) => s.dataset.verdict !== 'good')
		.map((s) => s.dataset.step + ' ' + s.dataset.verdict).join(', ') + '; ' + document.querySelector('[data-outcome]').dataset.verdict`)
}

// TestAVoteInABrowser votes by two taps and a confirmation, keeps the receipt the device's own way, and after the close has the device check
// it by itself; then it bends what the device is told, piece by piece, and wants each lie found.
func TestAVoteInABrowser(t *testing.T) {
	h := apptest.Open(t)
	people := newcomers(t, h, 32)
	p := opened(t, h, "小花园边上种什么树？")
	b := openTab(t)
	at := func(path string) string { return phoneURL(t, h, "lin", path) }
	b.do("open the poll", narrow(), goTo(at("/v/"+string(p.ID))), has(`input[name="o"]`))
	b.judge("the poll")
	b.shoot("poll")
	b.do("choose", click(`input[name="o"][value="1"]`), click(`form.ballot button.primary`), has(`form[data-ballot]`))
	h.Eventually(patienceForLog, "the device has drawn", func() bool {
		return len(b.run(`document.querySelector('form[data-ballot]').elements.tag.value`)) == 64
	})
	b.shoot("poll-confirm")
	b.judge("the confirmation")
	if drawn := b.run(`document.querySelector('form[data-ballot]').elements.nonce.value`); drawn != "" {
		t.Errorf("the form sends the device's secret: %q", drawn)
	}
	b.do("confirm", click(`form[data-ballot] button.primary`), has(`[data-receipt]`))
	b.shoot("poll-receipt")
	b.judge("the receipt")
	commit := b.run(`document.querySelector('[data-receipt]').dataset.commit`)
	if b.stored(p.ID, "commit") != commit || len(b.stored(p.ID, "nonce")) != 32 || !strings.Contains(b.stored(p.ID, "promise"), commit) {
		t.Fatalf("the device keeps %s", b.run(`JSON.stringify(localStorage)`))
	}
	if n := b.run(`String(Object.keys(localStorage).filter((k) => k.startsWith('receipt:drawn:')).length)`); n != "0" {
		t.Errorf("%s draws are left over", n)
	}
	for i, who := range people {
		_, err := h.Polls.CastBallot(t.Context(), who, poll.Cast{Poll: p.ID, Nonce: poll.NewNonce(), Choice: rule.Choice{Picks: []int{i % 3}}})
		done(t, err)
	}
	ended(t, h, p)
	b.do("find the receipt on the device", goTo(at("/me/ballots")), has(`[data-receipts] .card`))
	b.do("go and check it", click(`[data-receipts] .card a`), has(`[data-verify] button`))
	if said := b.verify("check"); said != "grown none; good" {
		t.Fatalf("the first check says %q", said)
	}
	if said := b.text(); !strings.Contains(said, `{"picks":[1]}`) {
		t.Errorf("the ballot is not shown: %s", said)
	}
	b.shoot("poll-check")
	b.judge("the check")
	lies(t, h, b, p.ID)
}

// lies bends what the page fetches, and what the device keeps.
func lies(t *testing.T, h *apptest.House, b tab, id poll.ID) {
	t.Helper()
	h.Phone("wang").Get("/c/hexiang/post").Submit("/c/hexiang/post", "body", "公开账里又多了一件事", "board", "nearby", "anyway", "1")
	before := b.run(`localStorage.getItem('log:tree')`)
	h.Eventually(patienceForLog, "the log has grown", func() bool {
		sign(t, h)
		c, err := h.PublicLog.Latest(t.Context())
		return err == nil && !strings.Contains(before, c.Root)
	})
	if said := b.verify("check again, against what the device saw last"); said != "; good" {
		t.Fatalf("the second check says %q", said)
	}
	b.run(`window.truly = window.fetch; 'kept'`)
	bend := func(path, from, to string) {
		b.run(fmt.Sprintf(`window.fetch = async (url, o) => { const r = await window.truly(url, o); const t = await r.text();
			return new Response(url.includes(%q) ? t.replace(%s, %s) : t, {status: r.status}); }; 'bent'`, path, from, to))
	}
	const first = `(_, a, c) => a + (c === '0' ? '1' : '0')`
	for _, lie := range []struct{ path, from, to, found string }{
		{"/charter", `'桂花'`, `'梅花'`, "ballot bad, charter bad"},
		{"/charter", `'won'`, `'tied'`, "charter bad"},
		{"/charter", `/(receipt_verifier":"[^"]*\+)(.)/`, `(_, a, c) => a + (c === 'A' ? 'B' : 'A')`, "broken"},
		{"/commits/", `/("commits":\[")(.)/`, first, "released bad"},
		{"/ballots/", `/picks\\":\[1\]/g`, `'picks\\":[1] '`, "ballot bad"},
		{"/ballots/", `/"s":"(.)/g`, `(_, c) => '"s":"' + (c === '0' ? '1' : '0')`, "ballot bad"},
		{"/entries/", `/("hashes":\["..)(.)/`, first, "included bad"},
		{"/entries/", `/poll\.opened/g`, `'poll.closed'`, "charter bad, included bad"},
		{"/growth/", `/("hashes":\["..)(.)/`, first, "grown bad"},
		{"/log/key", `/\+(.)/`, `(_, c) => '+' + (c === '0' ? '1' : '0')`, "broken"},
		{"/api/v1/open/log/entries/", `/(\\n\\n— [^ ]* .{12})(.)/`, `(_, a, c) => a + (c === 'A' ? 'B' : 'A')`, "signed bad"},
	} {
		b.run(fmt.Sprintf(`localStorage.setItem('log:tree', %q); 'as it was seen first'`, before))
		bend(lie.path, lie.from, lie.to)
		if said := b.verify("check a lie"); !strings.Contains(said, lie.found) || strings.HasSuffix(said, "; good") {
			t.Errorf("%s with %s for %s: %q", lie.path, lie.to, lie.from, said)
		}
	}
	b.run(`window.fetch = window.truly; 'honest'`)
	for _, lie := range []struct{ script, found string }{
		{`r.nonce = '0'.repeat(32)`, "tag bad"}, {`r.promise = r.promise.replace('accepted 2', 'accepted 1')`, "promise bad"},
		{`r.tag = '0'.repeat(64); r.nonce = ''`, "ballot bad"}, {`r.commit = '0'.repeat(64)`, "released bad"},
	} {
		was := b.run(fmt.Sprintf(`(() => { const was = localStorage.getItem('receipt:%[1]s'); const r = JSON.parse(was); %[2]s;
			localStorage.setItem('receipt:%[1]s', JSON.stringify(r)); document.querySelector('[data-verify] textarea').value = ''; return was; })()`, id, lie.script))
		if said := b.verify("check a receipt that was changed"); !strings.Contains(said, lie.found) {
			t.Errorf("%s: %q", lie.script, said)
		}
		b.run(fmt.Sprintf(`localStorage.setItem('receipt:%s', %q); 'back'`, id, was))
	}
	if said := b.verify("check the truth"); said != "; good" {
		t.Errorf("after all the lies: %q", said)
	}
}
