package api_test

import (
	"slices"
	"testing"
	"time"

	"jushou/projects/preset"
	"jushou/web/api"
)

// ruled saves a preset of the community under a key, changed from what holds there, and returns it.
func (j *judge) ruled(from, key string, change func(*api.ProjectPreset)) api.ProjectPreset {
	j.t.Helper()
	zhang := j.as("zhang")
	var p, saved api.ProjectPreset
	zhang.call("GET", "/communities/hexiang/presets/"+from, nil, &p).ok(200)
	p.Key, p.Version, p.Name, p.Endorse = preset.Key(key), 0, "荷香"+p.Name, api.PresetSupport{Count: 1}
	change(&p)
	zhang.call("PUT", "/desk/hexiang/presets/"+key, p, &saved).ok(200)
	return saved
}

// neighbour is a verified resident who is no persona.
func (j *judge) neighbour() client { return client{j, j.h.Sessions("hexiang", 1)[0]} }

// keepPresets copies a preset, changes it, and reads its versions.
func keepPresets(t *testing.T, j *judge) {
	zhang, lin, chen := j.as("zhang"), j.as("lin"), j.as("chen")
	var list api.Page[api.ProjectPreset]
	lin.call("GET", "/communities/hexiang/presets", nil, &list).ok(200)
	if len(list.Items) != 6 {
		t.Errorf("%d presets hold", len(list.Items))
	}
	lin.call("GET", "/communities/hexiang/presets/none", nil, nil).refused(404, "preset.not_found")
	p := j.ruled("jushou", "ours", func(p *api.ProjectPreset) {})
	if p.Version != 1 || p.Endorse.Count != 1 {
		t.Errorf("saved %+v", p)
	}
	path := "/desk/hexiang/presets/ours"
	zhang.call("PUT", path, m{}, nil).refused(422, "preset.bad_name")
	p.Version = 0
	zhang.call("PUT", path, p, nil).refused(409, "preset.key_taken")
	p.Version = 7
	zhang.call("PUT", path, p, nil).refused(409, "preset.stale")
	p.Version, p.Name = 1, "荷香办法"
	chen.call("PUT", path, p, nil).refused(403, "identity.denied")
	zhang.call("PUT", path, p, &p).ok(200)
	zhang.call("GET", path+"/versions", nil, nil).ok(200)
	lin.call("GET", path+"/versions", nil, nil).refused(403, "identity.denied")
	var versions api.Page[api.PresetVersion]
	zhang.call("GET", path+"/versions", nil, &versions).ok(200)
	if len(versions.Items) != 2 || !versions.Items[0].Holds || versions.Items[0].Preset.Name != "荷香办法" || versions.Items[1].Holds {
		t.Errorf("versions %+v", versions.Items)
	}
	var towns api.Page[api.PresetVersion]
	j.as("town").call("GET", "/desk/luoxi/presets/jushou/versions", nil, &towns).ok(200)
	if x := towns.Items; len(x) != 2 || x[0].Running == 0 || x[0].Owner != "luoxi" || x[1].By != nil {
		t.Errorf("the town's versions %+v", x)
	}
}

// carryAProject goes from a need to 立项 through the API alone, with everything that can be said on the way.
func carryAProject(t *testing.T, j *judge) {
	lin, wang, gu, chen, zhang, branch := j.as("lin"), j.as("wang"), j.neighbour(), j.as("chen"), j.as("zhang"), j.as("branch")
	j.ruled("jushou", "swift", func(p *api.ProjectPreset) {
		p.Papers = []api.PresetPaper{{Key: "quote", Name: "报价单", At: preset.Deliberating}}
	})
	var stored api.StoredPhoto
	lin.file("/photos", "a.jpg", picture(t, 9), &stored).ok(201)
	proposal := m{"preset": "swift", "title": "楼前小路", "need": "下雨都是泥", "class": "works", "where": "3号楼前", "photos": []string{stored.ID}}
	var p api.Project
	list := "/communities/hexiang/projects"
	j.public().call("POST", list, proposal, nil).refused(401, "identity.sign_in")
	for range 2 {
		lin.call("POST", list, proposal, &p, "Idempotency-Key", "proj-1").ok(201)
	}
	path := "/projects/" + string(p.ID)
	do := func(c client, method, at string, in any, status int) {
		t.Helper()
		c.call(method, path+at, in, &p).ok(status)
	}
	wang.call("GET", path, nil, nil).refused(404, "project.not_found")
	lin.call("GET", p.Photos[0].Thumb[len(api.Prefix):], nil, nil).ok(200)
	wang.call("GET", p.Photos[0].Thumb[len(api.Prefix):], nil, nil).refused(404, "project.not_found")
	lin.call("PUT", path, m{"seen": 9, "title": "x", "need": "y", "class": "works"}, nil).refused(409, "project.stale")
	do(lin, "PUT", "", m{"seen": p.Plan.Revision, "title": "楼前小路", "need": "下雨都是泥，老人不敢走", "class": "works", "photos": []string{stored.ID}}, 200)
	do(lin, "POST", "/submission", nil, 200)
	lin.call("POST", path+"/check", m{"verdict": "pass"}, nil).refused(403, "identity.denied")
	chen.call("POST", path+"/check", m{"verdict": "maybe"}, nil).refused(422, "project.bad_verdict")
	do(chen, "POST", "/check", m{"verdict": "return", "reason": "请写清楚从哪里到哪里"}, 200)
	do(lin, "POST", "/submission", nil, 200)
	var near api.Page[api.ProjectCard]
	chen.call("GET", path+"/similar", nil, &near).ok(200)
	do(wang, "POST", "/partners", nil, 201)
	lin.call("GET", path, nil, &p).ok(200)
	if len(p.Partners) != 1 || p.Partners[0].Agreed {
		t.Fatalf("the proposer sees %+v", p.Partners)
	}
	do(lin, "PUT", "/partners/"+p.Partners[0].ID, m{"agree": true}, 200)
	do(wang, "DELETE", "/partners/me", nil, 200)
	do(chen, "POST", "/check", m{"verdict": "pass"}, 200)
	lin.call("PUT", path+"/endorsement", nil, nil).refused(409, "project.own_proposal")
	do(gu, "PUT", "/endorsement", nil, 200)
	do(gu, "DELETE", "/endorsement", nil, 200)
	do(gu, "PUT", "/endorsement", nil, 200)
	if !p.Voiced {
		t.Error("her support is not hers")
	}
	leads(t, j, path, &p)

	j.h.Settle() // the support is counted behind the feed
	chen.call("GET", path, nil, &p).ok(200)
	if p.Stage != preset.Deliberating || p.LedBy == nil {
		t.Fatalf("stands at %s, led by %+v", p.Stage, p.LedBy)
	}
	do(branch, "PUT", "/plan", m{"seen": p.Plan.Revision, "text": "铺60米透水砖", "weeks": 4, "lines": []m{{"what": "砖", "fen": 1_000_000}}}, 200)
	branch.call("PUT", path+"/plan", m{"seen": 1, "text": "x", "lines": []m{}}, nil).refused(409, "project.stale")
	branch.call("POST", path+"/forward", nil, nil).refused(409, "project.paper_missing")
	branch.file("/photos", "q.jpg", picture(t, 10), &stored).ok(201)
	do(branch, "PUT", "/papers/quote", m{"photo": stored.ID}, 200)
	do(branch, "POST", "/forward", nil, 200)
	zhang.call("POST", path+"/decision", m{"rule": "council", "minutes": "好"}, nil).refused(409, "project.other_rule")
	do(zhang, "POST", "/decision", m{"rule": "secretary", "approved": true, "minutes": "支委会同意"}, 200)
	do(zhang, "POST", "/return", m{"reason": "再问一家报价"}, 200)
	do(branch, "POST", "/forward", nil, 200)
	do(zhang, "POST", "/decision", m{"rule": "secretary", "approved": true, "minutes": "两家取低"}, 200)
	notices(t, j, path, &p)
	if p.Stage != preset.Established || p.ApprovedFen != 900_000 || len(p.Earlier) != 1 || len(p.Papers) != 1 {
		t.Errorf("in the end %s with %d, %d earlier decisions", p.Stage, p.ApprovedFen, len(p.Earlier))
	}
	follows(t, p)
	j.openly(t, p)
}

// leads plays hands and the lead.
func leads(t *testing.T, j *judge, path string, p *api.Project) {
	zhang, branch, property := j.as("zhang"), j.as("branch"), j.as("property")
	do := func(c client, method, at string, in any, status int) {
		t.Helper()
		c.call(method, path+at, in, p).ok(status)
	}
	do(branch, "POST", "/hands", m{"bring": "出人", "people": 12, "weeks": 6}, 201)
	do(property, "POST", "/hands", m{"bring": "出工具", "fen": 100_000}, 201)
	branch.call("POST", path+"/hands", m{"id": p.Hands[1].ID, "bring": "抢号"}, nil).refused(409, "project.token_taken")
	branch.call("POST", path+"/hands/"+p.Hands[1].ID+"/lower", m{"reason": "不是我的"}, nil).refused(403, "project.not_yours")
	do(zhang, "PUT", "/lead", m{"candidate": p.Hands[0].ID, "reason": "离得近"}, 200)
	do(property, "POST", "/hands/"+p.Hands[1].ID+"/lower", m{"reason": "人手不够"}, 200)
	j.h.Settle()
	do(branch, "POST", "/lead/leave", m{"reason": "调走了"}, 200)
	do(property, "POST", "/hands", m{"bring": "我们接"}, 201)
	do(zhang, "POST", "/lead/replacement", m{"candidate": p.Hands[2].ID, "reason": "接手"}, 200)
	do(property, "POST", "/lead/leave", m{"reason": "又没空了"}, 200)
	do(branch, "POST", "/hands", m{"bring": "还是我们来"}, 201)
	do(zhang, "POST", "/lead/replacement", m{"candidate": p.Hands[3].ID, "reason": "接手"}, 200)
	if len(p.LedBefore) != 2 || p.LedBy.Name == "" {
		t.Errorf("led by %+v after %+v", p.LedBy, p.LedBefore)
	}
}

// notices plays the public notice to its end.
func notices(t *testing.T, j *judge, path string, p *api.Project) {
	gu, chen, zhang := j.neighbour(), j.as("chen"), j.as("zhang")
	do := func(c client, method, at string, in any, status int) {
		t.Helper()
		c.call(method, path+at, in, p).ok(status)
	}
	gu.call("POST", path+"/objections", m{"text": "太吵"}, nil).refused(409, "project.no_notice")
	do(chen, "POST", "/notice", nil, 200)
	do(gu, "POST", "/objections", m{"text": "路修到我窗下了"}, 201)
	if p.Phase != "stopped" {
		t.Errorf("the notice is %s", p.Phase)
	}
	zhang.call("POST", path+"/establishment", nil, nil).refused(409, "project.objections_open")
	o := p.Notices[0].Objections[0]
	j.as("wang").call("POST", path+"/objections", m{"id": o.ID, "text": "占号"}, nil).refused(409, "project.token_taken")
	do(chen, "POST", "/objections/"+o.ID+"/answer", m{"answer": "往外移两米", "upheld": true}, 200)
	do(chen, "PUT", "/notice", m{"seen": p.Plan.Revision, "text": "铺50米，离窗两米", "weeks": 4, "lines": []m{{"what": "砖", "fen": 900_000}}, "reason": "移了位置"}, 200)
	zhang.call("POST", path+"/establishment", nil, nil).refused(409, "project.notice_not_over")
	j.h.Clock.Advance(4 * 24 * time.Hour)
	do(zhang, "POST", "/establishment", nil, 200)
}

// follows fails the test where the stages of a history do not follow each other.
func follows(t *testing.T, p api.Project) {
	t.Helper()
	at := preset.Stage("")
	for _, s := range p.History {
		if s.To != "" {
			if s.From != at {
				t.Errorf("step %+v comes after %s", s, at)
			}
			at = s.To
		}
	}
	if at != p.Stage || len(p.History) < 15 {
		t.Errorf("%d steps end at %s, it stands at %s", len(p.History), at, p.Stage)
	}
}

// openly reads the lists: members', the desk's and everybody's.
func (j *judge) openly(t *testing.T, p api.Project) {
	lin, chen, nobody := j.as("lin"), j.as("chen"), j.public()
	var list api.Page[api.ProjectCard]
	lin.call("GET", "/communities/hexiang/projects", nil, &list).ok(200)
	if len(list.Items) == 0 || list.Items[0].ID != p.ID {
		t.Error("the latest project does not come first")
	}
	lin.call("GET", "/communities/hexiang/projects?stage=established", nil, &list).ok(200)
	if !slices.ContainsFunc(list.Items, func(c api.ProjectCard) bool { return c.ID == p.ID }) {
		t.Error("it is not among those that are established")
	}
	j.as("zhou").call("GET", "/communities/hexiang/projects", nil, nil).refused(403, "identity.verify_first")
	var years api.Page[api.ProjectYear]
	lin.call("GET", "/communities/hexiang/project-years", nil, &years).ok(200)
	if i := slices.IndexFunc(years.Items, func(y api.ProjectYear) bool { return y.Preset == "swift" }); i < 0 || years.Items[i].TakenFen != 900_000 {
		t.Errorf("the years say %+v", years.Items)
	}
	var board api.Page[api.ProjectColumn]
	chen.call("GET", "/desk/hexiang/projects", nil, &board).ok(200)
	lin.call("GET", "/desk/hexiang/projects", nil, nil).refused(403, "identity.denied")
	var open api.Page[api.OpenProject]
	nobody.call("GET", "/open/communities/hexiang/projects", nil, &open).ok(200)
	var one api.OpenProject
	nobody.call("GET", "/open/projects/"+string(p.ID), nil, &one).ok(200)
	if one.AmountFen != 900_000 || len(open.Items) == 0 || len(board.Items) == 0 {
		t.Errorf("everybody reads %+v of %d", one, len(open.Items))
	}
	nobody.call("GET", "/open/projects/none", nil, nil).refused(404, "project.not_found")
}

// decideOtherwise has a council, a jury and a poll decide, and gives projects up.
func decideOtherwise(t *testing.T, j *judge) {
	lin, chen, zhang := j.as("lin"), j.as("chen"), j.as("zhang")
	begin := func(from, key string, change func(*api.ProjectPreset)) (api.Project, string) {
		t.Helper()
		j.ruled(from, key, func(p *api.ProjectPreset) {
			p.Endorse, p.Papers = api.PresetSupport{}, []api.PresetPaper{}
			p.Stages = slices.DeleteFunc(p.Stages, func(s preset.Stage) bool { return s == preset.Gathering || s == preset.Deliberating })
			change(p)
		})
		var p api.Project
		lin.call("POST", "/communities/hexiang/projects", m{
			"preset": key, "title": "楼道灯" + key, "need": "晚上太黑", "class": "goods", "submit": true, "plan": "换感应灯", "lines": []m{{"what": "灯", "fen": 50_000}},
		}, &p).ok(201)
		path := "/projects/" + string(p.ID)
		chen.call("POST", path+"/check", m{"verdict": "pass"}, &p).ok(200)
		if p.Stage != preset.Deciding {
			t.Fatalf("%s stands at %s", key, p.Stage)
		}
		return p, path
	}
	p, path := begin("weishishi", "by-council", func(*api.ProjectPreset) {})
	bad := m{"members": 9, "present": 10, "for": 1, "against": 0, "abstain": 0}
	zhang.call("POST", path+"/decision", m{"rule": "council", "minutes": "见记录", "council": bad}, nil).refused(422, "project.bad_council_vote")
	vote := m{"members": 9, "present": 9, "for": 4, "against": 5, "abstain": 0}
	zhang.call("POST", path+"/decision", m{"rule": "council", "minutes": "见记录", "approved": true, "council": vote}, &p).ok(200)
	if p.Stage != preset.Declined || p.Decision.Approved {
		t.Errorf("four of nine carried it: %+v", p.Decision)
	}
	p, path = begin("chuangtou", "by-jury", func(*api.ProjectPreset) {})
	sheet := func(who string, n int) m { return m{"juror": who, "points": []int{n, n, n, n, 10}} }
	zhang.call("POST", path+"/decision", m{"rule": "jury", "minutes": "见评分", "sheets": []m{sheet("甲", 20)}}, nil).refused(422, "project.bad_sheets")
	zhang.call("POST", path+"/decision", m{"rule": "jury", "minutes": "见评分", "sheets": []m{sheet("甲", 20), sheet("乙", 18), sheet("丙", 19)}}, &p).ok(200)
	if p.Stage != preset.Noticing || len(p.Decision.Sheets) != 3 {
		t.Errorf("the jury's word: %+v", p.Decision)
	}
	zhang.call("POST", path+"/cancellation", m{"reason": "评审退出"}, &p).ok(200)

	p, path = begin("zizhijin", "by-poll", func(*api.ProjectPreset) {})
	chen.call("PUT", path+"/poll", m{"poll": "none"}, nil).refused(404, "project.no_poll")
	asked := j.newPoll("要不要换灯")
	asked["label"], asked["rule"] = "household", `{"method":"yes-no","franchise":"household","threshold":{"of":"decided","op":">","num":1,"den":2}}`
	asked["options"] = []m{{"text": "换"}, {"text": "不换"}}
	asked["opens_at"], asked["closes_at"] = j.h.Clock.Now().AddDate(0, 0, 4).UTC().Format(time.RFC3339), j.h.Clock.Now().AddDate(0, 0, 6).UTC().Format(time.RFC3339)
	var v api.Poll
	chen.call("POST", "/desk/hexiang/polls", asked, &v).ok(201)
	chen.call("PUT", path+"/poll", m{"poll": v.ID}, &p).ok(200)
	if p.Poll != string(v.ID) {
		t.Errorf("decided by %q", p.Poll)
	}
	zhang.call("POST", path+"/cancellation", m{"reason": "不办了"}, &p).ok(200)

	lin.call("POST", "/communities/hexiang/projects", m{"preset": "jushou", "title": "晾衣架", "need": "没处晒", "class": "goods", "submit": true}, &p).ok(201)
	path = "/projects/" + string(p.ID)
	chen.call("POST", path+"/check", m{"verdict": "refuse", "reason": "就是不行"}, nil).refused(422, "project.bad_exclusion")
	lin.call("POST", path+"/withdrawal", m{"reason": " "}, nil).refused(422, "project.no_reason")
	lin.call("POST", path+"/withdrawal", m{"reason": "物业会装"}, &p).ok(200)
}
