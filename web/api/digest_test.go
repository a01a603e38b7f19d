package api_test

import (
	"testing"

	"jushou/internal/ids"
	"jushou/web/api"
)

// passUp collects, sorts, passes up and answers, with what is refused on the way.
func passUp(t *testing.T, j *judge) {
	chen, zhang, town, lin := j.as("chen"), j.as("zhang"), j.as("town"), j.as("lin")
	posted := raise(lin, "五号楼门口的路灯不亮")
	today := j.h.Clock.Now().Add(8 * 3600e9).UTC().Format("2006-01-02")
	const list = "/communities/hexiang/digests"
	order := m{"title": "本周意见", "purpose": "民主生活会", "from": today, "to": today}
	lin.call("POST", list, order, nil).refused(403, "identity.denied")
	chen.call("POST", list, m{"title": "", "from": "x", "to": today}, nil).refused(422, "digest.title_needed")
	chen.call("POST", list, m{"title": "明年", "from": today, "to": "2999-01-01"}, nil).refused(422, "digest.period_too_long")
	var d api.Digest
	chen.call("POST", list, order, &d, "Idempotency-Key", "digest-1").ok(201)
	first := d.ID
	chen.call("POST", list, order, &d, "Idempotency-Key", "digest-1").ok(201)
	if d.ID != first || d.State != "collecting" {
		t.Errorf("the same again is %+v", d)
	}
	path := "/digests/" + string(d.ID)
	lin.call("GET", path, nil, nil).refused(404, "digest.not_found")
	town.call("GET", path, nil, nil).refused(404, "digest.not_found")
	var proposed api.DigestProposals
	chen.call("GET", path+"/proposals?board=nearby", nil, &proposed).ok(200)
	if proposed.Total == 0 || len(proposed.Items) == 0 || proposed.Items[len(proposed.Items)-1].ID != posted.ID {
		t.Errorf("proposed %+v", proposed)
	}
	group := path + "/groups/" + ids.New(j.h.Clock.Now())
	chen.call("PUT", group, m{"revision": d.Revision, "heading": ""}, nil).refused(422, "digest.heading_needed")
	chen.call("PUT", group, m{"revision": 0, "heading": "路灯"}, nil).refused(409, "digest.stale")
	chen.call("PUT", group, m{"revision": d.Revision, "heading": "路灯", "summary": "不亮", "ask": "请修"}, &d).ok(200)
	chen.call("POST", path+"/topics", m{"revision": d.Revision, "group": d.Groups[0].ID, "topics": []string{"nothing"}}, nil).refused(422, "digest.other_topic")
	chen.call("POST", path+"/topics", m{"revision": d.Revision, "group": d.Groups[0].ID, "topics": []string{string(posted.ID)}}, &d).ok(200)
	spare := path + "/groups/" + ids.New(j.h.Clock.Now())
	chen.call("PUT", spare, m{"revision": d.Revision, "heading": "多出来的"}, &d).ok(200)
	chen.call("POST", path+"/finish", m{"revision": d.Revision}, nil).refused(409, "digest.group_unworded")
	chen.call("POST", spare+"/drop", m{"revision": d.Revision}, &d).ok(200)
	chen.call("POST", path+"/submit", m{"revision": d.Revision}, nil).refused(403, "identity.denied")
	zhang.call("POST", path+"/finish", m{"revision": d.Revision}, &d).ok(200)
	zhang.call("POST", path+"/submit", m{"revision": d.Revision}, nil).refused(403, "digest.same_person")
	zhang.call("POST", path+"/send-back", m{"revision": d.Revision, "words": "请陈静收尾"}, &d).ok(200)
	chen.call("POST", path+"/finish", m{"revision": d.Revision}, &d).ok(200)
	zhang.call("POST", path+"/submit", m{"revision": d.Revision}, &d).ok(200)
	if d.State != "submitted" || d.DueAt.IsZero() || d.Groups[0].Voices != 1 {
		t.Errorf("submitted %+v", d)
	}
	town.call("POST", path+"/return", m{"revision": d.Revision}, nil).refused(422, "digest.reason_needed")
	town.call("POST", path+"/return", m{"revision": d.Revision, "words": "哪几盏"}, &d).ok(200)
	chen.call("GET", path, nil, &d).ok(200)
	chen.call("POST", path+"/finish", m{"revision": d.Revision}, &d).ok(200)
	zhang.call("POST", path+"/submit", m{"revision": d.Revision}, &d).ok(200)
	var inbox api.TownDigests
	town.call("GET", "/desk/luoxi/digests", nil, &inbox).ok(200)
	if len(inbox.Owed) == 0 {
		t.Errorf("the town has to answer nothing: %+v", inbox)
	}
	lin.call("POST", group+"/answers", m{"verdict": "declined", "why": "不"}, nil).refused(403, "identity.denied")
	town.call("POST", group+"/answers", m{"verdict": "adopted", "why": "修"}, nil).refused(422, "digest.who_needed")
	town.call("POST", group+"/answers", m{"verdict": "adopted", "why": "本月修好", "who": "市政所", "until_day": "soon"}, nil).refused(422, "api.bad_time")
	town.call("POST", group+"/answers", m{"verdict": "adopted", "why": "本月修好", "who": "市政所", "until": "本月底"}, &d, "Idempotency-Key", "answer-1").ok(201)
	town.call("POST", group+"/answers", m{"verdict": "adopted", "why": "本月修好", "who": "市政所", "until": "本月底"}, &d, "Idempotency-Key", "answer-1").ok(201)
	town.call("POST", group+"/answers", m{"verdict": "declined", "why": "不修了"}, nil).refused(409, "digest.stale")
	var report api.DigestReport
	lin.call("GET", path+"/report", nil, &report).ok(200)
	if report.Digest.State != "answered" || len(report.Digest.Groups[0].Answers) != 1 || len(report.Topics) != 1 || report.Topics[0].Author.Name == "" {
		t.Errorf("a neighbour reads %+v", report)
	}
	chen.call("POST", path+"/withdraw", m{"revision": d.Revision, "words": "不要了"}, nil).refused(403, "identity.denied")
	chen.call("POST", path+"/close", m{"revision": d.Revision}, &d).ok(200)
	zhang.call("POST", path+"/withdraw", m{"revision": d.Revision, "words": "不要了"}, nil).refused(409, "digest.wrong_state")
	var all api.Page[api.Digest]
	lin.call("GET", list, nil, &all).ok(200)
	if len(all.Items) == 0 || all.Items[0].State == "collecting" {
		t.Errorf("the list is %+v", all)
	}
	chen.call("POST", list, order, &d).ok(201)
	chen.call("POST", "/digests/"+string(d.ID)+"/withdraw", m{"revision": d.Revision, "words": "重复了"}, &d).ok(200)
	if d.State != "withdrawn" {
		t.Errorf("withdrawn %+v", d)
	}
}
