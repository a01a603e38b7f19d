package apptest_test

import (
	"strings"
	"testing"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/ids"
	"jushou/projects"
	"jushou/projects/preset"
)

// TestProjectFormsKeepWhatWasTyped proposes with a photo, writes the proposal anew and keeps it, which nobody else may open before the check;
// then a sheet of the jury is refused and comes back.
func TestProjectFormsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin, chen, zhang := h.Phone("lin"), h.Phone("chen"), h.Phone("zhang")
	photo := []apptest.File{{Field: "files", Name: "a.jpg", Body: picture(t, 31)}}

	form := lin.Get("/c/hexiang/projects/new").Want(200)
	back := form.SubmitFiles("/projects", photo, "title", "楼前小路", "need", "").Want(422, "请写清楚需要什么")
	if back.Typed("/projects", "photo") == "" || back.Typed("/projects", "title") != "楼前小路" {
		t.Error("photo or title is lost")
	}
	shown := back.Submit("/projects", "need", "下雨都是泥", "class", "works", "preset", "jushou", "later", "1").Want(200, "楼前小路")
	path := shown.Path
	if i := strings.IndexByte(path, '?'); i >= 0 {
		path = path[:i]
	}
	full := shown.Attr(`a[href*="/photos/"]`, "href")
	lin.Get(full).Want(200)
	chen.Get(full).Want(200)
	h.Neighbours("hexiang", 1)[0].Get(full).Want(404)
	lin.Get(path+"/edit").Want(200).Submit("/edit", "title", "楼前的小路").Want(200)
	lin.Get(full).Want(200)

	rules, _ := preset.BuiltinOf("chuangtou")
	rules.Key, rules.Version, rules.Papers = "quick", 0, nil
	rules.Stages = append(rules.Stages[:2:2], rules.Stages[3:]...)
	_, err := h.Projects.SavePreset(t.Context(), h.Actor("zhang"), demo.HomeCommunity, rules)
	must(t, err)
	p, err := h.Projects.Propose(t.Context(), h.Actor("lin"), projects.Propose{
		ID: projects.ID(ids.New(h.Clock.Now())), Community: demo.HomeCommunity, Preset: "quick", Submit: true, Draft: projects.Draft{
			Title: "暑托班", Need: "孩子没人带", Class: preset.Services, Plan: projects.Plan{Text: "请大学生来", Lines: []projects.Line{{What: "补贴", Amount: 100_000}}},
		},
	})
	must(t, err)
	_, err = h.Projects.Pass(t.Context(), h.Actor("chen"), p.ID)
	must(t, err)
	desk := "/desk/c/hexiang/projects/" + string(p.ID)
	jury := zhang.Get(desk).Want(200, "第 15 位评委")
	refused := jury.SubmitFiles("/decide", photo, "minutes", "按评分表", "juror", "甲老师", "points", "21").Want(422, "评分表不完整")
	if refused.Typed("/decide", "juror") != "甲老师" || refused.Typed("/decide", "points") != "21" || refused.Typed("/decide", "minutes") != "按评分表" || refused.Typed("/decide", "photo") == "" {
		t.Error("the jury's sheet is lost")
	}
}
