package api_test

import (
	"slices"
	"testing"
	"time"

	"jushou/projects/preset"
	"jushou/web/api"
)

// holdABudgetRound plans a round of two projects that wait for one, and does so once.
func holdABudgetRound(t *testing.T, j *judge) {
	lin, chen, zhang := j.as("lin"), j.as("chen"), j.as("zhang")
	j.ruled("canyu", "by-round", func(p *api.ProjectPreset) {
		p.Endorse, p.Papers = api.PresetSupport{}, []api.PresetPaper{}
		p.Stages = slices.DeleteFunc(p.Stages, func(s preset.Stage) bool { return s == preset.Gathering || s == preset.Deliberating })
	})
	var made []api.Project
	for _, title := range []string{"楼道扶手", "晾衣架"} {
		var p api.Project
		lin.call("POST", "/communities/hexiang/projects", m{
			"preset": "by-round", "title": title, "need": "老人要用", "class": "goods", "submit": true, "plan": "装好", "lines": []m{{"what": "料", "fen": 50_050}},
		}, &p).ok(201)
		chen.call("POST", "/projects/"+string(p.ID)+"/check", m{"verdict": "pass"}, &p).ok(200)
		made = append(made, p)
	}
	var waiting api.Page[api.WaitingProjects]
	lin.call("GET", "/desk/hexiang/budget-rounds/waiting", nil, nil).refused(403, "identity.denied")
	chen.call("GET", "/desk/hexiang/budget-rounds/waiting", nil, &waiting).ok(200)
	i := slices.IndexFunc(waiting.Items, func(w api.WaitingProjects) bool { return w.Preset == "by-round" })
	if i < 0 || len(waiting.Items[i].Projects) != 2 || !waiting.Items[i].Bounded || waiting.Items[i].LeftFen != 30_000_000 {
		t.Fatalf("waiting %+v", waiting.Items)
	}
	var picked []m
	for _, p := range waiting.Items[i].Projects {
		picked = append(picked, m{"project": p.ID, "revision": p.Revision})
	}
	form := m{
		"question": "先做哪件？", "projects": picked, "money_fen": 60_000, "rule": "greedy", "turnout": 200,
		"opens_at": j.h.Clock.Now().AddDate(0, 0, 1).UTC().Format(time.RFC3339), "closes_at": j.h.Clock.Now().AddDate(0, 0, 4).UTC().Format(time.RFC3339),
	}
	but := func(key string, value any) m {
		x := m{}
		for k, v := range form {
			x[k] = v
		}
		x[key] = value
		return x
	}
	const desk = "/desk/hexiang/budget-rounds"
	chen.call("POST", desk, but("projects", picked[:1]), nil).refused(422, "project.round_lots")
	chen.call("POST", desk, but("money_fen", 50_049), nil).refused(422, "project.round_too_dear")
	chen.call("POST", desk, but("money_fen", 30_000_001), nil).refused(409, "project.round_over_year")
	chen.call("POST", desk, but("rule", "lottery"), nil).refused(422, "rule.budget")
	chen.call("POST", desk, but("question", " "), nil).refused(422, "poll.question_empty")
	lin.call("POST", desk, form, nil).refused(403, "identity.denied")
	var r, again api.BudgetRound
	for range 2 {
		chen.call("POST", desk, form, &r, "Idempotency-Key", "round-1").ok(201)
	}
	chen.call("GET", "/budget-rounds/"+string(r.ID), nil, &again).ok(200)
	if r.State != "drafted" || r.Poll != "drafting" || len(again.Projects) != 2 || again.Number != r.Number {
		t.Errorf("planned %+v", r)
	}
	lin.call("GET", "/budget-rounds/"+string(r.ID), nil, nil).refused(404, "project.no_round")
	var all api.Page[api.BudgetRound]
	chen.call("GET", desk, nil, &all).ok(200)
	if all.Items[0].ID != r.ID {
		t.Errorf("listed %+v", all.Items)
	}
	var v api.Poll
	chen.call("GET", "/polls/"+string(r.ID), nil, &v).ok(200)
	if len(v.Options) != 2 || v.Options[0].Project != string(r.Projects[0].Project) || v.Options[1].Cost != 50_050 {
		t.Errorf("the poll has %+v", v.Options)
	}
	chen.call("POST", "/polls/"+string(r.ID)+"/roll", nil, nil).ok(200)
	path := "/projects/" + string(made[0].ID)
	zhang.call("POST", path+"/return", m{"reason": "重做"}, nil).refused(409, "project.in_round")
	zhang.call("POST", path+"/cancellation", m{"reason": "不办了"}, nil).refused(409, "project.in_round")
}
