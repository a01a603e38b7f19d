package api_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"jushou/internal/app/demo"
	"jushou/internal/ids"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/projects/preset"
	"jushou/web/api"
)

// labour is a project on its way from 立项 to the archive, and who takes part in it.
type labour struct {
	*judge
	t          *testing.T
	path       string
	lead       client
	neighbours []client
	work       api.ProjectWork
	looked     api.ProjectAcceptance
	judgement  api.ProjectJudgement
	settlement api.ProjectSettlement
}

// workAndJudge goes from 立项 to the archived project through the API alone, and is refused on the way.
func workAndJudge(t *testing.T, j *judge) {
	l := &labour{judge: j, t: t}
	l.signIn()
	l.establish()
	l.plans()
	l.watched()
	l.varies()
	l.tells()
	l.accepted()
	l.rated()
	l.closed()
}

// signIn gives everybody a session that outlasts what follows.
func (l *labour) signIn() {
	l.lead, l.neighbours = l.as("lin"), nil
	for _, token := range l.h.Sessions("hexiang", 6) {
		l.neighbours = append(l.neighbours, client{l.judge, token})
	}
}

func (l *labour) do(c client, method, at string, in, out any, status int) {
	l.t.Helper()
	c.call(method, l.path+at, in, out).ok(status)
}

// establish brings a project that its proposer leads to 立项.
func (l *labour) establish() {
	lin, chen, zhang, old := l.lead, l.as("chen"), l.as("zhang"), l.neighbours[5]
	l.ruled("weishishi", "short-way", func(p *api.ProjectPreset) {
		p.Endorse, p.Papers, p.Permits, p.Reps = api.PresetSupport{Count: 1}, []api.PresetPaper{}, []string{"施工许可"}, 1
		p.Stages = slices.DeleteFunc(p.Stages, func(s preset.Stage) bool { return s == preset.Deliberating })
	})
	var p api.Project
	lin.call("POST", "/communities/hexiang/projects", m{
		"preset": "short-way", "title": "楼道扶手", "need": "老人上楼没有扶的", "class": "works", "submit": true, "plan": "装不锈钢扶手", "weeks": 2, "lines": []m{{"what": "扶手", "fen": 800_000}},
	}, &p).ok(201)
	l.path = "/projects/" + string(p.ID)
	l.do(chen, "POST", "/check", m{"verdict": "pass"}, &p, 200)
	l.do(old, "PUT", "/endorsement", nil, &p, 200)
	l.h.Settle() // the support is counted behind the feed
	l.do(zhang, "POST", "/decision", m{"rule": "council", "minutes": "全票", "council": m{"members": 9, "present": 9, "for": 9, "against": 0, "abstain": 0}}, &p, 200)
	l.do(chen, "POST", "/notice", nil, &p, 200)
	l.h.Clock.Advance(14 * 24 * time.Hour)
	l.signIn()
	lin, zhang = l.lead, l.as("zhang")
	l.do(zhang, "POST", "/establishment", nil, &p, 200)
	l.do(lin, "GET", "/work", nil, &l.work, 200)
	if p.Stage != preset.Established || l.work.ApprovedFen != 800_000 {
		l.t.Fatalf("stands at %s with %+v", p.Stage, l.work)
	}
}

// plans writes permits and milestones and begins.
func (l *labour) plans() {
	lin, gu := l.lead, l.neighbours[0]
	today := l.h.Clock.Now().Format(time.DateOnly)
	lin.call("POST", l.path+"/start", nil, nil).refused(409, "project.permit_missing")
	lin.call("PUT", l.path+"/permits", m{"permit": "施工许可", "date": "昨天", "note": "沪建1号"}, nil).refused(422, "project.bad_date")
	l.do(lin, "PUT", "/permits", m{"permit": "施工许可", "date": "2026-01-05", "note": "沪建1号"}, &l.work, 200)
	rows := []m{{"name": "打孔", "due": today, "fen": 300_000}, {"name": "安装", "due": today, "fen": 500_000}}
	gu.call("PUT", l.path+"/milestones", m{"seen": 0, "rows": rows}, nil).refused(403, "project.not_lead")
	for fen, code := range map[int]string{-1: "project.money_out_of_range", 1_000_000_000_000: "project.money_out_of_range", 900_000: "project.milestones_over"} {
		lin.call("PUT", l.path+"/milestones", m{"seen": 0, "rows": []m{{"name": "打孔", "due": today, "fen": fen}}}, nil).refused(422, code)
	}
	lin.call("PUT", l.path+"/milestones", `{"seen":0,"rows":[{"name":"打孔","due":"`+today+`","fen":0.5}]}`, nil).refused(422, "api.bad_type")
	l.do(lin, "PUT", "/milestones", m{"seen": 0, "rows": rows}, &l.work, 200)
	lin.call("PUT", l.path+"/milestones", m{"seen": 0, "rows": rows[:1]}, nil).refused(409, "project.stale")
	l.do(lin, "POST", "/start", nil, &l.work, 200)
	l.do(gu, "PUT", "/following", nil, &l.work, 200)
	if !l.work.Follows || l.work.Started.Time.IsZero() || len(l.work.Permits) != 1 || len(l.work.Milestones) != 2 {
		l.t.Errorf("the work reads %+v", l.work)
	}
	l.do(gu, "DELETE", "/following", nil, &l.work, 200)
	l.as("zhou").call("PUT", l.path+"/following", nil, nil).refused(404, "project.not_found")
}

// watched names somebody who watches, and has them speak about a milestone.
func (l *labour) watched() {
	lin, gu, other, zhang := l.lead, l.neighbours[0], l.neighbours[1], l.as("zhang")
	today := l.h.Clock.Now().Format(time.DateOnly)
	lin.call("POST", l.path+"/supervisors", nil, nil).refused(403, "project.own_affair")
	l.do(gu, "POST", "/supervisors", nil, &l.work, 201)
	l.do(other, "POST", "/supervisors", nil, &l.work, 201)
	if len(l.work.Supervisors) != 0 {
		l.t.Errorf("everybody reads who offers: %+v", l.work.Supervisors)
	}
	l.do(other, "DELETE", "/supervisors/me", nil, &l.work, 200)
	l.do(zhang, "GET", "/work", nil, &l.work, 200)
	l.do(zhang, "PUT", "/supervisors/"+l.work.Supervisors[0].ID, m{"agree": true}, &l.work, 200)
	lin.call("POST", l.path+"/finish", nil, nil).refused(409, "project.milestones_open")
	gu.call("PUT", l.path+"/milestones/1/word", m{"holds": true}, nil).refused(409, "project.milestone_not_reached")
	l.do(lin, "POST", "/milestones/1/reached", m{"on": today, "fen": 290_000}, &l.work, 200)
	lin.call("POST", l.path+"/milestones/x/reached", m{"on": today}, nil).refused(404, "project.no_such_milestone")
	lin.call("POST", l.path+"/milestones/2/reached", m{"on": today, "fen": -5}, nil).refused(422, "project.bad_cost")
	gu.call("PUT", l.path+"/milestones/1/word", m{}, nil).refused(422, "project.no_words")
	l.do(gu, "PUT", "/milestones/1/word", m{"words": "三楼没打"}, &l.work, 200)
	l.do(lin, "POST", "/milestones/1/reached", m{"on": today, "fen": 300_000}, &l.work, 200)
	l.do(gu, "PUT", "/milestones/1/word", m{"holds": true}, &l.work, 200)
	l.do(lin, "POST", "/milestones/2/reached", m{"on": today, "fen": 500_000}, &l.work, 200)
	other.call("PUT", l.path+"/milestones/1/word", m{"holds": true}, nil).refused(403, "project.not_supervisor")
}

// varies asks for changes of what was approved.
func (l *labour) varies() {
	lin, zhang := l.lead, l.as("zhang")
	want := m{"what": "加到七楼", "why": "七楼也有老人", "fen": 100_000}
	for range 2 {
		lin.call("POST", l.path+"/variations", want, &l.work, "Idempotency-Key", "vary-1").ok(201)
	}
	if len(l.work.Variations) != 1 {
		l.t.Fatalf("a double tap made %+v", l.work.Variations)
	}
	one := "/variations/" + l.work.Variations[0].ID
	lin.call("POST", l.path+one+"/decision", m{"approved": true}, nil).refused(403, "identity.denied")
	lin.call("POST", l.path+"/finish", nil, nil).refused(409, "project.variation_waits")
	l.do(zhang, "POST", one+"/decision", m{"approved": true}, &l.work, 200)
	zhang.call("POST", l.path+one+"/decision", m{"reason": "算了"}, nil).refused(409, "project.variation_decided")
	lin.call("POST", l.path+"/variations", m{"what": "x", "why": "y", "fen": 1_000_000_000_000}, nil).refused(422, "project.bad_variation_money")
	l.do(lin, "POST", "/variations", m{"what": "换木的", "why": "好看", "fen": 10_000}, &l.work, 201)
	l.do(lin, "DELETE", "/variations/"+l.work.Variations[1].ID, nil, &l.work, 200)
	if l.work.ApprovedFen != 900_000 || l.work.Variations[1].State != projects.VaryWithdrawn {
		l.t.Errorf("after the changes %+v", l.work)
	}
}

// tells posts news with a photo, which the desk hides, and reports that the work is done.
func (l *labour) tells() {
	lin, gu, chen := l.lead, l.neighbours[0], l.as("chen")
	var stored api.StoredPhoto
	lin.file("/photos", "a.jpg", picture(l.t, 21), &stored).ok(201)
	var news api.ProjectNews
	lin.call("POST", l.path+"/news", m{"text": "x", "photos": []m{{"photo": stored.ID, "when": "someday"}}}, nil).refused(422, "project.bad_shot")
	gu.call("POST", l.path+"/news", m{"text": "我来说"}, nil).refused(403, "identity.denied")
	l.do(lin, "POST", "/news", m{"text": "装好了", "photos": []m{{"photo": stored.ID, "when": "after"}}}, &news, 201)
	at := "/news/" + string(news.ID)
	gu.call("GET", news.Shots[0].Full[len(api.Prefix):], nil, nil).ok(200)
	l.do(chen, "PUT", at+"/visibility", m{"hide": true, "reason": "照片里有人脸"}, &news, 200)
	gu.call("GET", news.Shots[0].Full[len(api.Prefix):], nil, nil).refused(404, "photo.not_found")
	chen.call("PUT", "/projects/none"+at+"/visibility", m{}, nil).refused(404, "project.not_found")
	var list api.Page[api.ProjectNews]
	l.do(gu, "GET", "/news", nil, &list, 200)
	if len(list.Items) != 1 || list.Items[0].Text != "" || !list.Items[0].Hidden {
		l.t.Errorf("a neighbour reads %+v", list.Items)
	}
	l.do(chen, "PUT", at+"/visibility", m{}, &news, 200)
	l.do(lin, "POST", "/finish", nil, &l.work, 200)
}

// accepted looks at the work: a defect, its fix, rework, and everybody's yes.
func (l *labour) accepted() {
	lin, gu, other, old, zhang := l.lead, l.neighbours[0], l.neighbours[1], l.neighbours[5], l.as("zhang")
	lin.call("PUT", l.path+"/volunteering", nil, nil).refused(403, "project.own_affair")
	l.do(other, "PUT", "/volunteering", nil, &l.looked, 200)
	l.do(other, "DELETE", "/volunteering", nil, &l.looked, 200)
	l.do(other, "PUT", "/volunteering", nil, &l.looked, 200)
	l.do(zhang, "GET", "/acceptance", nil, &l.looked, 200)
	for _, candidate := range l.looked.Candidates {
		if candidate.Source == projects.RepVolunteered {
			l.do(zhang, "PUT", "/representatives/"+candidate.ID, nil, &l.looked, 200)
		}
	}
	gu.call("POST", l.path+"/opinions", m{"accepts": true}, nil).refused(403, "project.not_asked")
	l.do(zhang, "POST", "/representatives/"+l.looked.Reps[0].ID+"/end", m{"reason": "出差了"}, &l.looked, 200)
	l.do(zhang, "POST", "/representatives/draw", nil, &l.looked, 200)
	zhang.call("POST", l.path+"/representatives/draw", nil, nil).refused(409, "project.reps_enough")
	l.do(old, "POST", "/standing-down", m{"reason": "眼睛不好"}, &l.looked, 200)
	l.do(gu, "PUT", "/volunteering", nil, nil, 200)
	l.do(zhang, "GET", "/acceptance", nil, &l.looked, 200)
	l.do(zhang, "PUT", "/representatives/"+l.looked.Candidates[0].ID, nil, nil, 200)
	l.do(gu, "GET", "/acceptance", nil, &l.looked, 200)
	if !l.looked.Owes {
		l.t.Fatalf("nobody waits for the representative: %+v", l.looked)
	}
	var stored api.StoredPhoto
	gu.file("/photos", "d.jpg", picture(l.t, 22), &stored).ok(201)
	gu.call("POST", l.path+"/opinions", m{}, nil).refused(422, "project.no_defect_text")
	l.do(gu, "POST", "/opinions", m{"text": "五楼的松", "photos": []string{stored.ID}}, &l.looked, 201)
	gu.call("POST", l.path+"/opinions", m{"accepts": true}, nil).refused(409, "project.said_already")
	gu.call("GET", l.looked.Defects[0].Photos[0].Thumb[len(api.Prefix):], nil, nil).ok(200)
	l.do(gu, "POST", "/defects", m{"text": "末端没有封"}, &l.looked, 201)
	for _, d := range l.looked.Defects {
		gu.call("POST", l.path+"/defects/"+d.ID+"/look", m{"mended": true}, nil).refused(409, "project.not_mended")
		l.do(lin, "POST", "/defects/"+d.ID+"/fix", m{"text": "拧紧了"}, &l.looked, 200)
		lin.call("POST", l.path+"/defects/"+d.ID+"/look", m{"mended": true}, nil).refused(403, "project.not_asked")
		l.do(gu, "POST", "/defects/"+d.ID+"/look", m{"mended": true}, &l.looked, 200)
	}
	l.do(zhang, "POST", "/rework", m{"reason": "二楼没装"}, &l.looked, 200)
	l.do(lin, "POST", "/finish", nil, &l.work, 200)
	l.do(gu, "POST", "/opinions", m{"accepts": true, "text": "稳了"}, &l.looked, 201)
	gu.call("POST", l.path+"/standing-down", m{"reason": "x"}, nil).refused(409, "project.wrong_stage")
	if l.looked.Stage != preset.Rating {
		l.t.Fatalf("stands at %s", l.looked.Stage)
	}
}

// rated judges the result. Nothing of it is told before the end, whoever asks.
func (l *labour) rated() {
	lin, chen, zhang := l.lead, l.as("chen"), l.as("zhang")
	stars := func(n int) []int { return []int{n, n, n, n} }
	lin.call("PUT", l.path+"/rating", m{"stars": stars(5)}, nil).refused(403, "project.own_affair")
	l.as("zhou").call("PUT", l.path+"/rating", m{"stars": stars(5)}, nil).refused(404, "project.not_found")
	l.neighbours[0].call("PUT", l.path+"/rating", m{"stars": []int{6, 1, 1, 1}}, nil).refused(422, "project.bad_stars")
	for i, c := range l.neighbours {
		l.do(c, "PUT", "/rating", m{"stars": stars(1), "words": "先这样"}, &l.judgement, 200)
		l.do(c, "PUT", "/rating", m{"stars": stars(4), "words": map[bool]string{true: "扶着安心"}[i == 0]}, &l.judgement, 200)
	}
	if l.judgement.Mine == nil || l.judgement.Mine.Stars[0] != 4 {
		l.t.Errorf("one's own is %+v", l.judgement.Mine)
	}
	for name, c := range map[string]client{"lead": lin, "staff": chen, "secretary": zhang, "town": l.as("town")} {
		for _, at := range []string{"", "/judgement", "/acceptance", "/settlement", "/ratings"} {
			r := c.call("GET", l.path+at, nil, nil).ok(200)
			if bytes.Contains(r.Body, []byte("扶着安心")) || bytes.Contains(r.Body, []byte(`"tally"`)) || bytes.Contains(r.Body, []byte(`"raters"`)) {
				l.t.Errorf("the %s reads of the judgement before its end at %s", name, at)
			}
		}
	}
	story := l.public().call("GET", "/open"+l.path+"/story", nil, nil).ok(200)
	if bytes.Contains(story.Body, []byte(`"tally"`)) || bytes.Contains(story.Body, []byte("扶着安心")) {
		l.t.Error("the story tells the judgement before its end")
	}
	lin.call("PUT", l.path+"/reply", m{"text": "谢谢"}, nil).refused(409, "project.rating_runs")
	l.h.Clock.Set(l.judgement.Due.Time.Add(projects.RateGrace))
	_, err := l.h.Projects.Keep(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	l.signIn()
	lin, chen = l.lead, l.as("chen")
	l.neighbours[0].call("PUT", l.path+"/rating", m{"stars": stars(1)}, nil).refused(409, "project.rating_over")
	l.do(chen, "GET", "/judgement", nil, &l.judgement, 200)
	if l.judgement.Tally == nil || l.judgement.Tally.Raters != 6 || l.judgement.Tally.Mean != 400 {
		l.t.Fatalf("the result is %+v", l.judgement.Tally)
	}
	var said api.Page[api.RatingWords]
	l.do(chen, "GET", "/ratings", nil, &said, 200)
	if len(said.Items) != 1 || said.Items[0].Words != "扶着安心" {
		l.t.Fatalf("said %+v", said.Items)
	}
	at := "/ratings/" + said.Items[0].Mark + "/visibility"
	l.do(chen, "PUT", at, m{"hide": true, "reason": "带了名字"}, nil, 204)
	l.do(chen, "PUT", at, m{}, nil, 204)
	l.do(lin, "PUT", "/reply", m{"text": "谢谢大家，会常来看看"}, &l.judgement, 200)
	lin.call("POST", l.path+"/reply/publication", nil, nil).refused(403, "identity.denied")
	l.do(chen, "POST", "/reply/publication", nil, &l.judgement, 200)
}

// closed settles it: not by who wrote the statement, nor by who leads.
func (l *labour) closed() {
	lin, gu, chen, zhang := l.lead, l.neighbours[0], l.as("chen"), l.as("zhang")
	chen.call("POST", l.path+"/closing", m{"seen": 1}, nil).refused(409, "project.no_statement")
	lin.call("PUT", l.path+"/statement", m{"seen": 0}, nil).refused(422, "project.no_difference")
	l.do(chen, "PUT", "/statement", m{"seen": 0, "words": "厂家捐的"}, &l.settlement, 200)
	if l.settlement.Books == nil {
		l.t.Error("the desk does not read the accounts")
	}
	chen.call("POST", l.path+"/closing", m{"seen": 1}, nil).refused(403, "project.second_person")
	l.do(zhang, "POST", "/statement/return", m{"reason": "写上厂家"}, &l.settlement, 200)
	l.do(lin, "PUT", "/statement", m{"seen": 1, "words": "申通五金厂捐的"}, &l.settlement, 200)
	lin.call("POST", l.path+"/closing", m{"seen": 2}, nil).refused(403, "identity.denied")
	chen.call("POST", l.path+"/closing", m{"seen": 1}, nil).refused(409, "project.stale")
	l.do(chen, "POST", "/closing", m{"seen": 2}, &l.settlement, 200)
	l.settlement = api.ProjectSettlement{}
	l.do(gu, "GET", "/settlement", nil, &l.settlement, 200)
	if l.settlement.Stage != preset.Archived || l.settlement.Books != nil || l.settlement.Statement.Checked.Time.IsZero() {
		l.t.Errorf("in the end %+v", l.settlement)
	}
	var story api.ProjectStory
	l.public().call("GET", "/open"+l.path+"/story", nil, &story).ok(200)
	var room api.Page[api.Exhibit]
	l.public().call("GET", "/open/communities/hexiang/showroom", nil, &room).ok(200)
	if story.Tally == nil || len(story.Words) != 1 || story.Statement == nil || story.Reply == nil || len(room.Items) == 0 {
		l.t.Errorf("everybody reads %+v, %d in the showroom", story, len(room.Items))
	}
	l.public().call("GET", "/open/projects/none/story", nil, nil).refused(404, "project.not_found")
}

// holdAnActivity signs up, waits, asks and leaves; the host answers, tells, counts and looks back.
func holdAnActivity(t *testing.T, j *judge) {
	lin, chen := j.as("lin"), j.as("chen")
	sessions := j.h.Sessions("hexiang", 8)
	gu, wu := client{j, sessions[6]}, client{j, sessions[7]}
	id := j.gathering(t, 3)
	path := "/activities/" + string(id)
	var list api.Page[api.Activity]
	gu.call("GET", "/communities/hexiang/activities", nil, &list).ok(200)
	gu.call("GET", "/communities/hexiang/activities?when=past", nil, nil).ok(200)
	j.as("zhou").call("GET", path, nil, nil).refused(404, "activity.not_found")
	var a api.Activity
	gu.call("PUT", path+"/seat", m{"persons": 6}, nil).refused(422, "activity.bad_persons")
	lin.call("PUT", path+"/seat", m{"persons": 1}, nil).refused(409, "activity.own_seat")
	gu.call("PUT", path+"/seat", m{"persons": 2}, &a).ok(200)
	wu.call("PUT", path+"/seat", m{"persons": 2}, &a).ok(200)
	if a.Seat == nil || a.Seat.Status != activity.Waiting || a.Seated != 2 {
		t.Errorf("the second family has %+v", a.Seat)
	}
	gu.call("PUT", path+"/seat", m{"persons": 1}, &a).ok(200)
	wu.call("GET", path, nil, &a).ok(200)
	if a.Seat.Status != activity.Seated {
		t.Errorf("nobody moved up: %+v", a.Seat)
	}
	var asked api.Page[api.ActivityQuestion]
	wu.call("POST", path+"/questions", m{"text": " "}, nil).refused(422, "activity.no_text")
	lin.call("POST", path+"/messages", m{"text": "打13800138000"}, nil).refused(422, "activity.phone")
	wu.call("POST", path+"/questions", m{"text": "要带剪刀吗"}, &asked).ok(201)
	at := path + "/questions/" + asked.Items[0].ID + "/answer"
	wu.call("POST", at, m{"text": "要"}, nil).refused(403, "activity.not_yours")
	lin.call("POST", at, m{"text": "我都备好了"}, &asked).ok(200)
	gu.call("GET", path+"/questions", nil, &asked).ok(200)
	if len(asked.Items) != 0 {
		t.Errorf("a neighbour reads %+v", asked.Items)
	}
	lin.call("POST", path+"/messages", m{"text": "改到二楼"}, nil).ok(201)
	gu.call("GET", path+"/roster", nil, nil).refused(403, "activity.not_yours")
	gu.call("DELETE", path+"/seat", nil, &a).ok(200)
	var mine api.MyActivities
	wu.call("GET", "/me/activities", nil, &mine).ok(200)
	if len(mine.Goes) == 0 || mine.Goes[0].ID != id || len(mine.Goes[0].Sayings) != 1 {
		t.Errorf("goes to %+v", mine.Goes)
	}
	lin.call("PUT", path+"/turnout", m{"walk_ins": 1}, nil).refused(409, "activity.not_yet")
	j.h.Clock.Set(a.StartsAt.Time.Add(time.Minute))
	wu.call("DELETE", path+"/seat", nil, nil).refused(409, "activity.started")
	var roster api.Page[api.ActivityGuest]
	lin.call("GET", path+"/roster", nil, &roster).ok(200)
	lin.call("PUT", path+"/turnout", m{"came": []m{{"seat": roster.Items[0].Seat, "persons": 2}}, "walk_ins": -1}, nil).refused(422, "activity.bad_walk_ins")
	chen.call("PUT", path+"/turnout", m{"came": []m{{"seat": roster.Items[0].Seat, "persons": 2}}, "walk_ins": 3}, &a).ok(200)
	var stored api.StoredPhoto
	lin.file("/photos", "r.jpg", picture(t, 23), &stored).ok(201)
	lin.call("PUT", path+"/recap", m{"text": "剪了二十张", "photos": []string{stored.ID}}, &a).ok(200)
	wu.call("GET", a.Recap.Photos[0].Full[len(api.Prefix):], nil, nil).ok(200)
	if a.Turned != 5 {
		t.Errorf("%d came", a.Turned)
	}
	j.public().call("GET", "/open/communities/hexiang/activities", nil, nil).ok(200)

	other := "/activities/" + string(j.gathering(t, 0))
	gu.call("POST", other+"/cancellation", m{"reason": "我不想"}, nil).refused(403, "activity.not_yours")
	lin.call("POST", other+"/cancellation", m{"reason": " "}, nil).refused(422, "activity.no_reason")
	lin.call("POST", other+"/cancellation", m{"reason": "下雨"}, &a).ok(200)
	if a.Phase != activity.PhaseCancelled {
		t.Errorf("it is %s", a.Phase)
	}
}

// gathering lays an activity that lin holds, for so many persons.
func (j *judge) gathering(t *testing.T, capacity int) activity.ID {
	t.Helper()
	lin, s, now := j.h.Actor("lin"), j.h.Activities, j.h.Clock.Now()
	h, err := s.ApplyHost(t.Context(), lin, activity.ApplyHost{Token: ids.New(now), Community: demo.HomeCommunity, Introduction: activity.Introduction{Field: activity.Fields()[0], Skill: "剪纸", About: "剪了三十年"}})
	if err == nil && h.Status != activity.Confirmed {
		_, err = s.ConfirmHost(t.Context(), j.h.Actor("chen"), h.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.HoldActivity(t.Context(), lin, activity.HoldActivity{ID: activity.ID(ids.New(now)), Community: demo.HomeCommunity, Plan: activity.Plan{
		Title: "剪窗花", What: "带剪刀", Where: "会客厅", StartsAt: now.Add(48 * time.Hour), EndsAt: now.Add(50 * time.Hour), Until: now.Add(40 * time.Hour), Capacity: capacity,
	}})
	if err == nil && a.Status == activity.Waits {
		_, err = s.ConfirmActivity(t.Context(), j.h.Actor("chen"), a.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}
