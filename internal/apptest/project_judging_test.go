package apptest_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/ids"
	"jushou/projects"
	"jushou/projects/preset"
)

// finishedProject brings a project that lin leads to the report that its work is done; one representative has to accept it.
func finishedProject(t *testing.T, h *apptest.House) projects.ID {
	t.Helper()
	ctx, lin, chen, zhang := t.Context(), h.Actor("lin"), h.Actor("chen"), h.Actor("zhang")
	rules, _ := preset.BuiltinOf("weishishi")
	rules.Key, rules.Version, rules.Papers, rules.Reps = "handrail", 0, nil, 1
	rules.Stages = slices.DeleteFunc(slices.Clone(rules.Stages), func(s preset.Stage) bool { return s == preset.Gathering || s == preset.Deliberating })
	rules.Endorse = preset.Threshold{}
	_, err := h.Projects.SavePreset(ctx, zhang, demo.HomeCommunity, rules)
	must(t, err)
	p, err := h.Projects.Propose(ctx, lin, projects.Propose{
		ID: projects.ID(ids.New(h.Clock.Now())), Community: demo.HomeCommunity, Preset: "handrail", Submit: true, Draft: projects.Draft{
			Title: "楼道扶手", Need: "老人上楼没有扶的", Class: preset.Works, Plan: projects.Plan{Text: "装扶手", Weeks: 2, Lines: []projects.Line{{What: "扶手", Amount: 800_000}}},
		},
	})
	must(t, err)
	step := func(_ projects.Project, err error) { t.Helper(); must(t, err) }
	step(h.Projects.Pass(ctx, chen, p.ID))
	step(h.Projects.RecordDecision(ctx, zhang, projects.RecordDecision{
		Project: p.ID, Rule: preset.ByCouncil, Minutes: "全票", Council: &projects.CouncilVote{Members: 9, Present: 9, For: 9},
	}))
	step(h.Projects.PublishNotice(ctx, chen, p.ID))
	v, err := h.Projects.Project(ctx, zhang, p.ID)
	must(t, err)
	h.Clock.Set(v.Notice().DueAt)
	step(h.Projects.Establish(ctx, zhang, p.ID))
	today := h.Projects.Calendar.DateAt(h.Clock.Now())
	step(h.Projects.WriteMilestones(ctx, lin, projects.WriteMilestones{Project: p.ID, Rows: []projects.MilestoneRow{{Name: "装好", Due: today, Cost: 800_000}}}))
	step(h.Projects.Start(ctx, lin, p.ID))
	step(h.Projects.ReachMilestone(ctx, lin, projects.ReachMilestone{Project: p.ID, Milestone: 1, On: today, Cost: 800_000}))
	step(h.Projects.Finish(ctx, lin, p.ID))
	return p.ID
}

// judging is a finished project on its pages.
type judging struct {
	t          *testing.T
	h          *apptest.House
	path, desk string
	neighbours []*apptest.Phone
}

// forges sends a form to an address of somebody who has no such form.
func (j *judging) forges(who *apptest.Phone, at string, form url.Values) *apptest.Page {
	j.t.Helper()
	form.Set("_csrf", who.Get(j.path).Want(200).CSRF())
	if form.Get("token") == "" {
		form.Set("token", ids.New(j.h.Clock.Now()))
	}
	return who.Post(at, form)
}

func (j *judging) stars(n int) []string {
	var fill []string
	rules, _ := preset.BuiltinOf("weishishi")
	for _, a := range rules.Judged() {
		fill = append(fill, "stars-"+a.Key, strconv.Itoa(n))
	}
	return fill
}

func (j *judging) forged(n int) url.Values {
	form, fill := url.Values{}, j.stars(n)
	for i := 0; i < len(fill); i += 2 {
		form.Set(fill[i], fill[i+1])
	}
	return form
}

// TestFromAcceptanceToTheArchiveOnThePages goes through the forms of acceptance, defects, rework, judging, reply and settlement, and
// through what has to be refused on the way.
func TestFromAcceptanceToTheArchiveOnThePages(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	id := finishedProject(t, h)
	j := &judging{t: t, h: h, path: "/p/" + string(id), desk: "/desk/c/hexiang/projects/" + string(id), neighbours: h.Neighbours("hexiang", 6)}
	j.accepts()
	j.rates()
	j.settles()
}

func (j *judging) accepts() {
	lin, gu, other, zhang := j.h.Phone("lin"), j.neighbours[0], j.neighbours[1], j.h.Phone("zhang")
	j.forges(lin, j.path+"/volunteer", url.Values{"on": {"1"}}).Want(403)
	gu.Get(j.path).Want(200, "验收").Submit("/volunteer").Want(200)
	zhang.Get(j.desk).Want(200).Submit("/rep").Want(200, "已经告诉本人")
	j.forges(other, j.path+"/accept", url.Values{"text": {"挺好"}}).Want(403)
	j.forges(lin, j.path+"/accept", url.Values{"text": {"我自己验"}}).Want(403)
	gu.Get(j.path).Submit("/reject", "text", "").Want(422)
	gu.Get(j.path).SubmitFiles("/reject", []apptest.File{{Field: "files", Name: "a.txt", Body: []byte("not a picture")}}, "text", "五楼的松").Want(422, "五楼的松")
	gu.Get(j.path).SubmitFiles("/reject", []apptest.File{{Field: "files", Name: "a.jpg", Body: picture(j.t, 41)}}, "text", "五楼的松").Want(200, "五楼的松")
	full := gu.Get(j.path).Attr(`a[href*="/defects/"]`, "href")
	gu.Get(full).Want(200)
	j.h.Neighbours("yinxing", 1)[0].Get(full).Want(404)
	j.forges(gu, j.path+"/accept", url.Values{"text": {"算了"}}).Want(409)

	lin.Get(j.path).Submit("/mend", "text", "").Want(422)
	lin.Get(j.path).Submit("/mend", "text", "拧紧了").Want(200, "已经请提问题的人来看")
	gu.Get(j.path).Want(200, "拧紧了").Submit("/verify", "mended", "0", "text", "").Want(422)
	gu.Get(j.path).Submit("/verify", "mended", "0", "text", "还是松").Want(200, "还是松")
	lin.Get(j.path).Submit("/mend", "text", "换了膨胀螺丝").Want(200)
	gu.Get(j.path).Submit("/verify", "mended", "1").Want(200)
	zhang.Get(j.desk).Submit("/rework", "reason", "").Want(422)
	zhang.Get(j.desk).Submit("/rework", "reason", "二楼没有装").Want(200)
	lin.Get(j.path).Want(200, "二楼没有装").Submit("/finish").Want(200, "验收")
	gu.Get(j.path).Submit("/accept", "text", "稳了").Want(200, "评价")
}

func (j *judging) rates() {
	lin, chen, zhang, gu := j.h.Phone("lin"), j.h.Phone("chen"), j.h.Phone("zhang"), j.neighbours[0]
	j.forges(lin, j.path+"/rate", j.forged(5)).Want(403)
	j.forges(chen, j.path+"/rate", j.forged(5)).Want(403)
	stranger := j.h.Neighbours("yinxing", 1)[0]
	form := j.forged(5)
	form.Set("_csrf", stranger.Get("/me").CSRF())
	form.Set("token", ids.New(j.h.Clock.Now()))
	stranger.Post(j.path+"/rate", form).Want(404)
	gu.Get(j.path).Submit("/rate", append(j.stars(5)[:2], "words", "好")...).Want(422, "请看红字提示改一下")
	j.forges(gu, j.path+"/rate", j.forged(6)).Want(422)
	for _, who := range j.neighbours[:4] {
		who.Get(j.path).Submit("/rate", append(j.stars(1), "words", "先打一星")...).Want(200)
		who.Get(j.path).Submit("/rate", append(j.stars(4), "words", "扶着安心")...).Want(200, "您的评价记下了") // the second takes the place of the first
	}
	for name, at := range map[string]string{"page": j.path, "desk": j.desk, "story": "/open/p/" + strings.TrimPrefix(j.path, "/p/") + "/story", "showroom": "/open/c/hexiang/showroom"} {
		for _, who := range []*apptest.Phone{chen, zhang} {
			if page := who.Get(at).Want(200); strings.Contains(page.Text(), "扶着安心") || name != "showroom" && strings.Contains(page.Text(), "4.0") { // others stand in the showroom with theirs
				j.t.Errorf("the %s tells of the judgement before its end", name)
			}
		}
	}
	j.forges(lin, j.path+"/reply", url.Values{"text": {"谢谢"}}).Want(409)
	v, err := j.h.Projects.Project(j.t.Context(), j.h.Actor("zhang"), projects.ID(strings.TrimPrefix(j.path, "/p/")))
	must(j.t, err)
	j.h.Clock.Set(v.RateDue.Add(projects.RateGrace))
	must(j.t, j.h.Sweep(j.t.Context(), "projects"))
	j.neighbours = j.h.Neighbours("hexiang", 6)
	j.forges(j.neighbours[5], j.path+"/rate", j.forged(1)).Want(409)
	// Four judged it: nothing is said of them, not even how many.
	for _, at := range []string{j.path, j.desk} {
		page := chen.Get(at).Want(200)
		if strings.Contains(page.Text(), "扶着安心") || strings.Contains(page.Text(), "4 人") {
			j.t.Errorf("%s tells what four said", at)
		}
	}
	j.neighbours[0].Get(j.path).Want(200, "评的人不到五位")
	lin.Get(j.path).Submit("/reply", "text", "").Want(422)
	lin.Get(j.path).Submit("/reply", "text", "谢谢大家，会常来看看").Want(200, "回应写好了")
	j.neighbours[0].Get(j.path).Want(200).Not("会常来看看")
	j.forges(lin, j.desk+"/rated", url.Values{}).Want(403)
	chen.Get(j.desk).Submit("/rated").Want(200)
	j.neighbours[0].Get(j.path).Want(200, "会常来看看")
}

func (j *judging) settles() {
	lin, chen, zhang := j.h.Phone("lin"), j.h.Phone("chen"), j.h.Phone("zhang")
	j.forges(chen, j.desk+"/close", url.Values{"seen": {"1"}}).Want(409)
	chen.Get(j.desk).Submit("/statement", "text", "").Want(422)
	chen.Get(j.desk).Submit("/statement", "text", "厂家捐的，没有花钱").Want(200)
	j.forges(chen, j.desk+"/close", url.Values{"seen": {"1"}}).Want(403)
	j.forges(lin, j.desk+"/close", url.Values{"seen": {"1"}}).Want(403)
	zhang.Get(j.desk).Submit("/unstate", "reason", "写上是哪家厂").Want(200)
	lin.Get(j.path).Want(200, "写上是哪家厂").Submit("/statement", "text", "申通五金厂捐的").Want(200, "决算写好了")
	j.forges(zhang, j.desk+"/close", url.Values{"seen": {"1"}}).Want(409) // the one that was given back
	zhang.Get(j.desk).Submit("/close").Want(200)
	j.neighbours[0].Get(j.path).Want(200, "申通五金厂捐的")
	j.h.Neighbours("yinxing", 1)[0].Get("/open/p/"+strings.TrimPrefix(j.path, "/p/")+"/story").Want(200, "楼道扶手").Not("扶着安心")
}
