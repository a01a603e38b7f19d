package api_test

import (
	"testing"

	"jushou/web/api"
)

// workThrough takes topics through their life, with everything that may come in between.
func workThrough(t *testing.T, j *judge) {
	lin, chen, gu, zhang, town := j.as("lin"), j.as("chen"), j.as("gu"), j.as("zhang"), j.as("town")
	greening, chengguan := j.as("greening"), j.as("chengguan")
	answered := func(body string) string {
		path := "/topics/" + string(raise(lin, body).ID)
		chen.call("POST", path+"/answers", m{"body": "已去看过，这就安排。"}, nil).ok(201)
		return path
	}
	var topic api.Topic
	path := answered("门口的树断枝挡了路灯")
	chen.call("POST", path+"/questions", m{"question": "是哪一棵？"}, &topic).ok(200)
	if topic.Acceptance == nil || topic.Acceptance.Phase != "waiting" || topic.Acceptance.Question == "" {
		t.Errorf("asked: %+v", topic.Acceptance)
	}
	chen.call("POST", path+"/questions", m{"question": "还有呢？"}, nil).refused(409, "deadline.paused")
	lin.call("POST", path+"/comments", m{"body": "三号楼门口那棵"}, nil).ok(201)
	j.h.Settle()
	topic = api.Topic{}
	chen.call("POST", path+"/accept", m{}, &topic).ok(200)
	if topic.Status != "accepted" || topic.Resolution == nil || topic.Resolution.DueAt.IsZero() || topic.Acceptance.Question != "" {
		t.Errorf("accepted: %+v", topic.Resolution)
	}
	lin.call("POST", path+"/take", nil, nil).refused(403, "identity.denied")
	chen.call("POST", path+"/dispatches", m{"item": "没有这一项", "why": "x"}, nil).refused(404, "catalogue.no_item")
	chen.call("POST", path+"/dispatches", m{"item": "LH-02", "why": "树的事"}, &topic).ok(200)
	if topic.Status != "dispatched" || topic.Work.Department != "greening" {
		t.Errorf("dispatched: %+v", topic.Work)
	}
	var desk api.DepartmentQueue
	greening.call("GET", "/desk/luoxi/department", nil, &desk).ok(200)
	if desk.Department != "greening" || desk.Take == 0 {
		t.Errorf("the department's desk: %+v", desk)
	}
	chengguan.call("GET", "/desk/luoxi/department?department=greening", nil, nil).refused(403, "identity.denied")
	greening.call("POST", path+"/dispatches/contest", m{"reason": "路灯归城管"}, nil).ok(200)
	greening.call("POST", path+"/take", nil, nil).refused(409, "topic.contested_already")
	zhang.call("POST", path+"/dispatches/review", m{"reason": "看过现场，是树枝"}, nil).ok(200)
	greening.call("POST", path+"/take", nil, nil).ok(200)
	greening.call("POST", path+"/extensions", m{"to": "2026-12-15", "reason": "等高空车"}, nil).ok(200)
	greening.call("POST", path+"/extensions/decide", m{"grant": true}, nil).refused(403, "identity.denied")
	zhang.call("POST", path+"/extensions/decide", m{"grant": false}, nil).refused(422, "deadline.no_reason")
	zhang.call("POST", path+"/extensions/decide", m{"grant": true}, &topic).ok(200)
	if len(topic.Resolution.Extended) != 1 || !topic.Resolution.DueAt.After(topic.Resolution.Extended[0].Was.Time) {
		t.Errorf("extended: %+v", topic.Resolution)
	}
	greening.call("POST", path+"/reports", m{"body": "修剪好了"}, &topic, "Idempotency-Key", "r1").ok(201)
	greening.call("POST", path+"/verify", m{"passed": true}, nil).refused(403, "identity.denied")
	gu.call("POST", path+"/verify", m{"passed": true}, &topic).ok(200)
	if topic.Status != "resolved" || topic.CloseAt.IsZero() || len(topic.Work.Checks) != 1 {
		t.Errorf("resolved: %+v", topic.Work)
	}
	lin.call("POST", path+"/confirm", m{"solved": false}, nil).refused(422, "topic.reason_needed")
	lin.call("POST", path+"/confirm", m{"solved": false, "reason": "还挡着"}, nil).ok(200)
	gu.call("POST", path+"/uphold", m{"reason": "x"}, nil).refused(403, "topic.same_hand")
	zhang.call("POST", path+"/uphold", m{"reason": "剩下的是别家的树"}, &topic).ok(200)
	if topic.Status != "closed" || topic.Work.Ending != "upheld" {
		t.Errorf("upheld: %s %+v", topic.Status, topic.Work)
	}

	refused := answered("请给我家装空调")
	chen.call("POST", refused+"/refuse", m{"kind": "others", "reason": ""}, nil).refused(422, "topic.reason_needed")
	chen.call("POST", refused+"/refuse", m{"kind": "others", "reason": "家里的设备请自己联系商家"}, nil).ok(200)
	zhang.call("POST", refused+"/reopen", m{"reason": "是公共活动室的空调"}, nil).ok(200)
	lin.call("POST", refused+"/confirm", m{"solved": true}, nil).refused(409, "topic.wrong_state")

	older, younger := raise(lin, "二号楼水管漏水"), raise(lin, "水管又漏了")
	town.call("POST", "/topics/"+string(older.ID)+"/move", m{"board": "property", "reason": "归物业"}, &topic).ok(200)
	if topic.Board != "property" || !topic.Clock.DueAt.Equal(older.Clock.DueAt.Time) {
		t.Errorf("moved: %+v", topic.Clock)
	}
	chen.call("POST", "/topics/"+string(older.ID)+"/merge", m{"into": string(younger.ID)}, &topic).ok(200)
	if topic.ID != younger.ID || topic.Status != "merged" || topic.Into != older.ID {
		t.Errorf("merged: %s into %s", topic.ID, topic.Into)
	}

	var terms api.Promises
	const settings = "/desk/hexiang/settings/promises"
	lin.call("GET", settings, nil, &terms).ok(200)
	seen, why := terms.Version, "街道网格员到岗，走得慢一些"
	zhang.call("PUT", settings, m{"version": seen, "reason": why, "accept_days": 3, "ladder": []m{{"to": "town", "days": 2}, {"to": "secretary", "days": 3}}}, nil).
		refused(422, "community.bad_ladder")
	zhang.call("PUT", settings, m{"version": seen, "accept_days": 3}, nil).refused(422, "community.reason_needed")
	chen.call("PUT", settings, m{"version": seen, "accept_days": 3, "reason": why}, nil).refused(403, "identity.denied")
	for range 2 { // the same twice is one change
		zhang.call("PUT", settings, m{"version": seen, "accept_days": 3, "close_days": 9, "reason": why}, &terms).ok(200)
	}
	town.call("PUT", settings, m{"version": seen, "accept_days": 4, "reason": why}, nil).refused(409, "community.promises_stale")
	if terms.Version != seen+1 || terms.AcceptDays != 3 || terms.ResolveDays != 10 || terms.CloseDays != 9 || len(terms.Ladder) != 4 {
		t.Errorf("terms %+v", terms)
	}
	var told api.PublicPromises
	j.public().call("GET", "/open/communities/hexiang/promises", nil, &told).ok(200)
	if told.Now.Version != seen+1 || len(told.Items) == 0 || told.Items[0].Reason != why || told.Items[0].After.AcceptDays != 3 || told.Items[0].By == "" {
		t.Errorf("told %+v", told)
	}
}
