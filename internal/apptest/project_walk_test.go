package apptest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jushou/internal/apptest"
	"jushou/projects"
	"jushou/projects/preset"
)

// stroll is one project on its way, seen in a browser by whoever has the next step.
type stroll struct {
	tab
	h    *apptest.House
	id   string // of the project
	desk string // its page on the desk
	fund string // from which it is paid, on the desk
}

// TestFromNeedToStoryInABrowser carries a small project from the need to its end as its people would: every step is taken on the page that
// offers it, by the person it is for, in Debian's chromium.
func TestFromNeedToStoryInABrowser(t *testing.T) {
	h := apptest.Open(t)
	w := &stroll{tab: openTab(t), h: h}
	w.proposes()
	w.isCarried()
	w.isDecided()
	w.isNoticed()
	w.isPaidFor()
	w.isWorkedOn()
	w.isAccepted()
	w.isJudged()
	w.isSettled()
}

// see opens a page as somebody, as wide as where they read it.
func (w *stroll) see(who, address string) {
	w.t.Helper()
	window := narrow()
	if strings.HasPrefix(address, "/desk/") {
		window = wide()
	}
	w.do(who+" opens "+address, window, goTo(phoneURL(w.t, w.h, who, address)), has("main"))
}

// fills writes into the form that is sent to an address ending so, unfolding it first; what is name, value, name, value. A value of a choice is chosen.
func (w *stroll) fills(form string, what ...string) {
	w.t.Helper()
	for i := 0; i+1 < len(what); i += 2 {
		if filled := w.run(fmt.Sprintf(`(() => {
			const form = [...document.forms].find((f) => new URL(f.action).pathname.endsWith(%[1]q));
			if (!form) return 'no form';
			for (let e = form; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
			const all = [...form.querySelectorAll('[name=' + JSON.stringify(%[2]q) + ']')].filter((f) => f.type !== 'hidden');
			const one = all.find((f) => f.type === 'radio' || f.type === 'checkbox') ? all.find((f) => f.value === %[3]q) : all.find((f) => !f.value) || all[0];
			if (one.type === 'radio' || one.type === 'checkbox') one.click(); else one.value = %[3]q;
			one.dispatchEvent(new Event('input', {bubbles: true}));
			return '';
		})()`, form, what[i], what[i+1])); filled != "" {
			w.t.Fatalf("%s to %s at %s:\n%s", filled, form, w.run(`location.pathname`), w.text())
		}
	}
}

// sends presses the form's button, or the one named button with a value, and waits for the page that answers.
func (w *stroll) sends(form string, button ...string) {
	w.t.Helper()
	selector := "button[type=submit]:not([name])"
	if len(button) == 2 {
		selector = fmt.Sprintf(`button[name="%s"][value="%s"]`, button[0], button[1])
	}
	if found := w.run(fmt.Sprintf(`(() => {
		const form = [...document.forms].find((f) => new URL(f.action).pathname.endsWith(%q));
		if (!form) return 'no form';
		for (let e = form; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
		form.querySelector(%q).setAttribute('data-pressed', '1');
		return '';
	})()`, form, selector)); found != "" {
		w.t.Fatalf("%s to %s at %s:\n%s", found, form, w.run(`location.pathname`), w.text())
	}
	w.do("send "+form, click(`[data-pressed]`), chromedp.WaitNotPresent(chromedp.CSS(`[data-pressed]`)), has("main"))
	if said := w.run(`[...document.querySelectorAll('[role=alert]')].map((e) => e.innerText).join(' ')`); said != "" {
		w.t.Fatalf("%s was refused: %s\n%s", form, said, w.text())
	}
}

// says fails the test unless the page says all of it.
func (w *stroll) says(all ...string) {
	w.t.Helper()
	text := w.text()
	for _, one := range all {
		if !strings.Contains(text, one) {
			w.t.Fatalf("the page at %s does not say %q:\n%s", w.run(`location.pathname`), one, text)
		}
	}
}

// page is the project's own address.
func (w *stroll) page() string { return "/p/" + w.id }

func (w *stroll) proposes() {
	w.see("lin", "/c/hexiang/projects/new")
	w.fills("/c/hexiang/projects", "title", "花园小路铺透水砖", "need", "一下雨，花园里的小路全是泥，老人推着买菜车走不过去。", "class", "works", "where", "中心花园到6号楼", "preset", "jushou",
		"plan", "铺60米透水砖，两边留出种花的地方。", "weeks", "4", "what", "透水砖和人工", "amount", "24000", "quote", "两家报价取低")
	w.shoot("project-propose")
	w.judge("the form of a proposal")
	w.sends("/c/hexiang/projects")
	w.says("花园小路铺透水砖", "初审")
	w.id = w.run(`location.pathname.split('/').pop()`)
	w.desk = "/desk/c/hexiang/projects/" + w.id
	w.see("chen", w.desk)
	w.sends(w.desk + "/pass")
}

func (w *stroll) isCarried() {
	w.see("branch", w.page())
	w.fills("/hand", "bring", "出十二个人，周末铺砖，找街道借工具。", "people", "12", "weeks", "6")
	w.sends("/hand")
	w.see("zhang", w.desk)
	w.fills("/choose", "reason", "支部离得最近，人手也够。")
	w.sends("/choose")
	for _, neighbour := range w.h.Neighbours("hexiang", 4) {
		neighbour.Get(w.page()).Submit("/endorse").Want(200)
	}
	w.see("wang", w.page())
	w.sends("/endorse")
	w.h.Settle()
	w.see("wang", w.page())
	w.shoot("project-carried")
	w.judge("a project that is carried")
}

func (w *stroll) isDecided() {
	w.see("branch", w.page())
	w.sends("/put")
	w.see("zhang", w.desk)
	w.fills("/decide", "approved", "1", "minutes", "支委会商议：需要迫切，报价合理，同意。")
	w.shoot("project-decide")
	w.judge("the decision on the desk")
	w.sends("/decide")
	w.see("chen", w.desk)
	w.sends("/publish")
}

func (w *stroll) isNoticed() {
	w.see("wang", w.page())
	w.fills("/object", "text", "砖铺到我家窗下，晚上脚步声太响。")
	w.sends("/object")
	w.see("wang", w.page())
	w.says("砖铺到我家窗下")
	w.shoot("project-notice")
	w.judge("a public notice with an objection")
	w.h.Pass(5 * 24 * time.Hour)
	w.see("zhang", w.desk)
	if strings.Contains(w.run(`document.body.innerHTML`), w.desk+"/establish") {
		w.t.Fatal("a notice with an open objection may be ended")
	}
	w.fills("/answer", "answer", "往外移两米，窗下种一排灌木。")
	w.sends("/answer")
	w.h.Pass(5 * 24 * time.Hour)
	w.see("zhang", w.desk)
	w.sends("/establish")
	w.see("lin", w.page())
	if p := w.at(preset.Established); p.Approved != 2_400_000 {
		w.t.Errorf("established with %s", p.Approved)
	}
}

// day is the date so many days from now, as a form takes it.
func (w *stroll) day(n int) string {
	return w.h.Clock.Now().In(apptest.Wednesday.Location()).AddDate(0, 0, n).Format(time.DateOnly)
}

// isPaidFor opens a fund for the project, and pays the workers out of it.
func (w *stroll) isPaidFor() {
	form := w.h.Phone("zhang").Get("/desk/c/hexiang/money/new").Want(200)
	page := form.Submit("/money/new", "name", "花园专项", "purpose", "中心花园", "cap", "30,000", "source_name", "罗溪镇", "source_parts", "1").Want(200, "花园专项")
	w.fund = strings.TrimSuffix(page.Attr(`form[action$="/cap"]`, "action"), "/cap")
	w.voucher("kind=receive", "amount", "24,000")
	w.voucher("kind=allocate", "amount", "24,000", "target", "project/"+w.id)
	w.voucher("kind=commit&line=1", "amount", "24,000", "payee", "绿园建设", "payee_kind", "company")
	w.voucher("kind=pay&deal=1", "amount", "24,000")
}

// voucher is drafted by one and checked by another.
func (w *stroll) voucher(kind string, what ...string) {
	w.t.Helper()
	bill := []apptest.File{{Field: "files", Name: "a.jpg", Body: picture(w.t, 90)}}
	page := w.h.Phone("chen").Get(w.fund+"/draft?"+kind).Want(200).SubmitFiles("/draft", bill, append(what, "purpose", "按会议纪要")...).Want(200, "等另一个人复核")
	at, _, _ := strings.Cut(page.Path, "?")
	w.h.Phone("zhang").Get(at).Want(200).Submit(at, "verdict", "approve").Want(200)
}

func (w *stroll) isWorkedOn() {
	w.see("branch", w.page())
	w.fills("/milestones", "name", "挖槽铺垫层", "due", w.day(4), "cost", "9000")
	w.fills("/milestones", "name", "铺砖收边", "due", w.day(8), "cost", "15000")
	w.sends("/milestones")
	w.sends("/start")
	w.see("wang", w.page())
	w.sends("/supervise")
	w.see("zhang", w.desk)
	w.sends("/supervisor", "yes", "1")
	w.h.Pass(3 * 24 * time.Hour)
	w.see("branch", w.page())
	w.fills("/reach", "date", w.day(0), "cost", "9000")
	w.sends("/reach")
	w.tells()
	w.see("wang", w.page())
	w.fills("/confirm", "holds", "1", "words", "看过了，垫层压实了。")
	w.sends("/confirm")
	w.see("branch", w.page())
	w.fills("/vary", "what", "入口加一段坡道", "why", "轮椅上不来，邻居提的。", "more", "same", "longer", "same")
	w.sends("/vary")
	w.see("zhang", w.desk)
	w.fills("/variation", "yes", "1", "reason", "不加钱，应该做。")
	w.shoot("project-variation")
	w.judge("a variation on the desk")
	w.sends("/variation")
	w.h.Pass(3 * 24 * time.Hour)
	w.see("branch", w.page())
	w.fills("/reach", "date", w.day(0), "cost", "15000")
	w.sends("/reach")
	w.see("lin", w.page())
	w.run(`document.getElementById('work').scrollIntoView(); 'there'`)
	w.shoot("project-work")
	w.judge("the work")
	w.see("branch", w.page())
	w.sends("/finish")
}

// tells is news with a photo before and one after.
func (w *stroll) tells() {
	file := filepath.Join(w.t.TempDir(), "path.jpg")
	must(w.t, os.WriteFile(file, slide(w.t), 0o600))
	w.fills("/news", "text", "垫层铺好了，明天开始铺砖。周末有空的邻居可以来看。")
	for _, when := range []string{"before", "after"} {
		picker := `form[action$="/news"] input[name="files-` + when + `"]`
		w.do("choose the photo "+when, chromedp.SetUploadFiles(chromedp.CSS(picker), []string{file}))
		w.h.Eventually(20*time.Second, "the photo "+when+" is there", func() bool {
			return w.run(`String(document.querySelectorAll('form[action$="/news"] .picker-list input[name="photo"]').length)`) == map[string]string{"before": "1", "after": "2"}[when]
		})
	}
	w.sends("/news")
	w.says("垫层铺好了")
}

func (w *stroll) isAccepted() {
	neighbour := w.h.Neighbours("hexiang", 1)[0]
	neighbour.Get(w.page()).Submit("/volunteer").Want(200)
	w.see("wang", w.page())
	w.sends("/volunteer")
	for range 2 {
		w.see("zhang", w.desk)
		w.sends("/rep")
	}
	w.see("wang", w.page())
	w.fills("/reject", "text", "靠花坛的一块砖翘起来，会绊人。")
	w.sends("/reject")
	w.see("branch", w.page())
	w.fills("/mend", "text", "重新压平了，请来踩一踩。")
	w.shoot("project-defect")
	w.judge("a defect")
	w.sends("/mend")
	w.see("wang", w.page())
	w.sends("/verify", "mended", "1")
	for _, who := range []string{"wang", "lin"} {
		w.see(who, w.page())
		w.sends("/accept")
	}
	neighbour.Get(w.page()).Submit("/accept").Want(200)
	w.at(preset.Rating)
}

// at fails the test unless the project stands at a stage.
func (w *stroll) at(want preset.Stage) projects.View {
	w.t.Helper()
	p, err := w.h.Projects.Project(w.t.Context(), w.h.Actor("zhang"), projects.ID(w.id))
	done(w.t, err)
	if p.Stage != want {
		w.t.Fatalf("stands at %s, want %s", p.Stage, want)
	}
	return p
}

func (w *stroll) isJudged() {
	w.see("wang", w.page())
	aspects := strings.Fields(w.run(`[...new Set([...document.querySelectorAll('form[action$="/rate"] input[type=radio]')].map((r) => r.name))].join(' ')`))
	given := []string{"words", "下雨天也能推车去买菜了。"}
	for _, a := range aspects {
		given = append(given, a, "5")
	}
	w.fills("/rate", given...)
	w.shoot("project-rate")
	w.judge("the judging")
	w.sends("/rate")
	given[1] = "砖很平，路灯再亮一点就更好。"
	for i, neighbour := range w.h.Neighbours("hexiang", 8) {
		given[len(given)-1] = []string{"3", "4", "5"}[i%3]
		neighbour.Get(w.page()).Submit("/rate", given...).Want(200)
	}
	w.see("wang", w.page())
	if strings.Contains(w.text(), "路灯再亮一点") {
		w.t.Error("what others say is shown before the end")
	}
	w.h.Pass(time.Duration(w.at(preset.Rating).Preset.RateDays+1) * 24 * time.Hour)
	w.see("branch", w.page())
	w.says("路灯再亮一点")
	w.fills("/reply", "text", "路灯已报物业，下周换灯泡。谢谢大家。")
	w.sends("/reply")
	w.see("chen", w.desk)
	w.sends("/rated")
}

func (w *stroll) isSettled() {
	w.see("chen", w.desk)
	w.fills("/statement", "text", "按方案花完，没有结余。")
	w.sends("/statement")
	w.see("zhang", w.desk)
	w.voucher("kind=settle&line=1")
	w.see("zhang", w.desk)
	w.shoot("project-close")
	w.judge("the settlement on the desk")
	w.sends("/close")
	w.at(preset.Archived)
	w.do("read the story", narrow(), goTo(w.h.URL+"/open/p/"+w.id+"/story"), has("main"))
	w.says("一下雨，花园里的小路全是泥", "垫层铺好了", "路灯已报物业")
	w.shoot("project-story")
	w.judge("the story")
}
