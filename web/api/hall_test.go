package api_test

import (
	"fmt"
	"testing"
	"time"

	"jushou/web/api"
)

// holdATalk plays a deliberation, a day of questions and a covenant.
func holdATalk(t *testing.T, j *judge) {
	lin, wang, zhang, gu := j.as("lin"), j.as("wang"), j.as("zhang"), j.as("gu")
	in := func(d time.Duration) string { return j.h.Clock.Now().Add(d).UTC().Format(time.RFC3339) }
	const day = 24 * time.Hour
	var h api.Hall
	zhang.call("POST", "/desk/hexiang/halls", m{"question": "怎么停车", "options": []string{"轮流", "先到先得"}, "facts": []string{"车位"}, "ends": in(3 * day)}, &h, "Idempotency-Key", "h1").ok(201)
	zhang.call("POST", "/desk/hexiang/halls", m{"question": "", "options": []string{"轮流"}, "ends": in(time.Minute)}, nil).refused(422, "hall.question_empty")
	lin.call("POST", "/desk/hexiang/halls", m{"question": "问", "options": []string{"甲", "乙"}, "ends": in(day)}, nil, "Idempotency-Key", "h2").refused(403, "identity.denied")
	path := "/halls/" + string(h.ID)
	var halls api.Page[api.HallCard]
	lin.call("GET", "/communities/hexiang/halls", nil, &halls).ok(200)
	if len(halls.Items) == 0 || halls.Items[0].ID != h.ID {
		t.Errorf("the list begins with %+v", halls.Items)
	}
	args := path + "/options/" + h.Options[0].ID + "/arguments"
	var said api.HallArgument
	lin.call("POST", args, m{"side": "for", "body": "公平"}, &said, "Idempotency-Key", "a1").ok(201)
	lin.call("POST", args, m{"side": "maybe", "body": "公平"}, nil, "Idempotency-Key", "a2").refused(422, "hall.bad_side")
	wang.call("PUT", "/arguments/"+string(said.ID)+"/support", nil, nil).ok(204)
	lin.call("PUT", "/arguments/"+string(said.ID)+"/support", nil, nil).refused(409, "hall.own_argument")
	var side api.Page[api.HallArgument]
	wang.call("GET", args+"?side=for", nil, &side).ok(200)
	if len(side.Items) != 1 || !side.Items[0].Supported || side.Items[0].Round != 1 {
		t.Errorf("the side in favour is %+v", side.Items)
	}
	wang.call("DELETE", "/arguments/"+string(said.ID)+"/support", nil, nil).ok(204)
	zhang.call("POST", "/arguments/"+string(said.ID)+"/hide", m{"hide": true, "reason": "试一下"}, nil).ok(204)
	wang.call("POST", path+"/options", m{"text": "借操场"}, &h, "Idempotency-Key", "o1").ok(201)
	zhang.call("POST", path+"/options/"+h.Options[2].ID+"/decision", m{"take": true}, &h).ok(200)
	zhang.call("PUT", path+"/facts", m{"label": "车位", "value": "86"}, &h).ok(200)
	zhang.call("POST", path+"/drafts", m{"base": 0, "body": "每户一辆。"}, &h).ok(201)
	zhang.call("POST", path+"/drafts", m{"base": 1, "body": "每户两辆。"}, &h).ok(201)
	var changes api.HallChanges
	lin.call("GET", path+"/drafts/2", nil, &changes).ok(200)
	if len(changes.Changes) != 4 {
		t.Errorf("version 2 changes %+v", changes.Changes)
	}
	zhang.call("POST", path+"/pause", m{"until": in(2 * time.Hour), "reason": "歇歇"}, &h).ok(200)
	lin.call("POST", args, m{"side": "for", "body": "再说"}, nil, "Idempotency-Key", "a3").refused(409, "hall.paused")
	zhang.call("DELETE", path+"/pause", nil, &h).ok(200)
	zhang.call("POST", path+"/extension", m{"ends": in(5 * day), "reason": "多听听"}, &h).ok(200)
	zhang.call("POST", path+"/rounds/1/summary", m{"agreed": "都好"}, &h, "Idempotency-Key", "s1").ok(200)
	gu.call("POST", path+"/rounds/1/summary", m{"agreed": "我也"}, nil, "Idempotency-Key", "s2").refused(409, "hall.round_closed")
	zhang.call("POST", path+"/rounds", m{"ends": in(day)}, &h).ok(200)
	zhang.call("POST", path+"/rounds/2/summary", m{"agreed": "都好"}, &h, "Idempotency-Key", "s3").ok(200)
	zhang.call("PUT", path+"/outcome", m{"kind": "consensus", "text": "照第二稿", "draft": 2, "due_at": in(9 * day)}, &h).ok(200)
	zhang.call("POST", path+"/reports", m{"body": "办好了", "final": true}, &h, "Idempotency-Key", "r1").ok(201)
	lin.call("GET", path, nil, &h).ok(200)
	if h.State != "done" || h.Outcome == nil || len(h.Reports) != 1 || h.MaySpeak {
		t.Errorf("in the end %+v", h)
	}
	var other api.Hall
	zhang.call("POST", "/desk/hexiang/halls", m{"question": "开错了", "options": []string{"甲", "乙"}, "ends": in(day)}, &other, "Idempotency-Key", "h3").ok(201)
	zhang.call("POST", "/halls/"+string(other.ID)+"/drop", m{"reason": "重复"}, nil).ok(200)
}

// holdADay plays a day of questions.
func holdADay(t *testing.T, j *judge) {
	lin, wang, gu := j.as("lin"), j.as("wang"), j.as("gu")
	in := func(d time.Duration) string { return j.h.Clock.Now().Add(d).UTC().Format(time.RFC3339) }
	announce := func(key string) api.HallDay {
		var d api.HallDay
		gu.call("POST", "/desk/hexiang/days", m{"title": "议事日", "from": in(time.Hour), "to": in(3 * time.Hour), "answerers": []string{string(j.h.Actor("gu").ID)}}, &d, "Idempotency-Key", key).ok(201)
		return d
	}
	d, called := announce("d1"), announce("d2")
	gu.call("POST", "/days/"+string(called.ID)+"/cancel", m{"reason": "改期"}, nil).ok(200)
	path := "/days/" + string(d.ID)
	lin.call("POST", path+"/questions", m{"body": "早了吗"}, nil, "Idempotency-Key", "q0").refused(409, "hall.day_not_yet")
	j.h.Pass(time.Hour)
	var q api.HallQuestion
	lin.call("POST", path+"/questions", m{"body": "道闸什么时候修"}, &q, "Idempotency-Key", "q1").ok(201)
	wang.call("PUT", "/questions/"+string(q.ID)+"/join", nil, nil).ok(204)
	wang.call("DELETE", "/questions/"+string(q.ID)+"/join", nil, nil).ok(204)
	wang.call("POST", "/questions/"+string(q.ID)+"/answer", m{"body": "我答"}, nil, "Idempotency-Key", "n0").refused(403, "identity.denied")
	gu.call("POST", "/questions/"+string(q.ID)+"/answer", m{"body": "下周"}, &q, "Idempotency-Key", "n1").ok(201)
	gu.call("POST", "/questions/"+string(q.ID)+"/hide", m{"hide": true, "reason": "试一下"}, nil).ok(204)
	var queue api.Page[api.HallQuestion]
	wang.call("GET", path+"/questions", nil, &queue).ok(200)
	if len(queue.Items) != 1 || queue.Items[0].Body != "" || queue.Items[0].Answer == nil {
		t.Errorf("the queue is %+v", queue.Items)
	}
	gu.call("POST", path+"/summary", m{"summary": "好"}, nil).refused(409, "hall.day_runs")
	j.h.Pass(3 * time.Hour)
	gu.call("POST", path+"/summary", m{"summary": "问了一件事"}, nil).ok(200)
	lin.call("GET", path, nil, &d).ok(200)
	if d.Phase != "closed" || d.Asked != 1 || d.Left != 0 {
		t.Errorf("in the end %+v", d)
	}
	var days api.Page[api.HallDay]
	lin.call("GET", "/communities/hexiang/days", nil, &days).ok(200)
}

// makeACovenant plays a covenant from its draft to an amendment that is dropped.
func makeACovenant(t *testing.T, j *judge) {
	lin, gu, zhang := j.as("lin"), j.as("gu"), j.as("zhang")
	in := func(d time.Duration) string { return j.h.Clock.Now().Add(d).UTC().Format(time.RFC3339) }
	const day = 24 * time.Hour
	var c api.CovenantCard
	gu.call("POST", "/desk/hexiang/covenants", m{"title": "养宠公约", "clauses": []m{{"body": "牵绳。"}}}, &c, "Idempotency-Key", "c1").ok(201)
	path := "/covenants/" + string(c.ID)
	edition := func(n int) string { return fmt.Sprintf("%s/editions/%d", path, n) }
	lin.call("GET", path, nil, nil).refused(404, "covenant.not_found")
	gu.call("PUT", edition(1), m{"revision": 0, "clauses": []m{{"id": "k1", "body": "牵绳，两米。"}}}, &c).ok(200)
	gu.call("PUT", edition(1), m{"revision": 0, "clauses": []m{{"id": "k1", "body": "旧的一版。"}}}, nil).refused(409, "covenant.stale")
	gu.call("POST", edition(1)+"/open", m{"until": in(2 * day)}, &c).ok(200)
	var said, hidden api.CovenantComment
	lin.call("POST", edition(1)+"/comments", m{"clause": "k1", "body": "一米"}, &said, "Idempotency-Key", "m1").ok(201)
	lin.call("POST", edition(1)+"/comments", m{"body": "广告"}, &hidden, "Idempotency-Key", "m2").ok(201)
	gu.call("POST", "/remarks/"+string(hidden.ID)+"/hide", m{"hide": true, "reason": "广告"}, nil).ok(204)
	j.h.Pass(3 * day)
	lin.call("POST", edition(1)+"/comments", m{"body": "晚了"}, nil, "Idempotency-Key", "m3").refused(409, "covenant.comments_over")
	revise := m{"clauses": []m{{"id": "k1", "body": "牵绳，一米。"}}}
	gu.call("POST", edition(1)+"/revision", revise, nil, "Idempotency-Key", "v0").refused(409, "covenant.unanswered")
	gu.call("POST", "/remarks/"+string(said.ID)+"/reply", m{"taken": true, "why": "改了"}, &said).ok(200)
	gu.call("POST", edition(1)+"/revision", revise, &c, "Idempotency-Key", "v1").ok(201)
	gu.call("PUT", edition(2)+"/legal", m{"who": "律师", "note": "可以"}, nil).ok(200)
	adoption := m{"what": "居民会议", "rule": "过半数", "result": "82 户同意", "held_at": in(-time.Hour)}
	gu.call("PUT", edition(2)+"/adoption", adoption, nil).ok(200)
	gu.call("POST", edition(2)+"/adoption/confirm", nil, nil).refused(403, "covenant.second_person")
	zhang.call("POST", edition(2)+"/adoption/return", m{"reason": "数不对"}, nil).ok(200)
	gu.call("PUT", edition(2)+"/adoption", adoption, nil).ok(200)
	zhang.call("POST", edition(2)+"/adoption/confirm", nil, &c).ok(200)
	gu.call("PUT", edition(2)+"/filing", m{"with": "镇政府", "on": in(-time.Minute)}, nil).ok(200)
	var e api.CovenantEdition
	lin.call("GET", edition(2), nil, &e).ok(200)
	lin.call("GET", path, nil, &c).ok(200)
	if c.InForce != 2 || e.Version != 1 || e.Adoption == nil || e.Adoption.ConfirmedBy == nil || e.Adoption.FiledWith == "" {
		t.Errorf("in force %d: %+v", c.InForce, e)
	}
	gu.call("POST", edition(2)+"/amendment", nil, nil, "Idempotency-Key", "n1").ok(201)
	gu.call("POST", edition(3)+"/drop", m{"reason": "先不改"}, nil).ok(200)
	var remarks api.Page[api.CovenantComment]
	lin.call("GET", edition(1)+"/comments", nil, &remarks).ok(200)
	if len(remarks.Items) != 2 {
		t.Errorf("remarks %+v", remarks.Items)
	}
	var all api.Page[api.CovenantCard]
	lin.call("GET", "/communities/hexiang/covenants", nil, &all).ok(200)
}
