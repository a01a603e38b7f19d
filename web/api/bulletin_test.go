package api_test

import (
	"testing"

	"jushou/web/api"
)

// reviewNotices writes notices, lets a second person look, and takes one back.
func reviewNotices(t *testing.T, j *judge) {
	chen, zhang, town, lin := j.as("chen"), j.as("zhang"), j.as("town"), j.as("lin")
	notice := m{"title": "三号楼停水", "body": "周四九点到十一点停水。", "audience": m{"buildings": []string{"hexiang-3"}}, "urgency": "important"}
	var b api.Bulletin
	chen.call("POST", "/desk/hexiang/bulletins", notice, &b, "Idempotency-Key", "b1").ok(201)
	if b.Status != "draft" || len(b.Audience.Names) != 1 {
		t.Errorf("written %+v", b)
	}
	path := "/bulletins/" + string(b.ID)
	other := m{"title": "停水", "body": "停水。", "audience": m{"buildings": []string{"yinxing-3"}}}
	chen.call("POST", "/desk/hexiang/bulletins", other, nil).refused(422, "bulletin.no_place")
	lin.call("GET", path, nil, nil).refused(404, "bulletin.not_found")
	notice["body"], notice["revision"] = "周四九点到十二点停水。", 0
	chen.call("PUT", path, notice, &b).ok(200)
	chen.call("GET", path, nil, &b).ok(200)
	chen.call("PUT", path, notice, nil).refused(409, "bulletin.stale")
	chen.call("POST", path+"/submit", nil, &b).ok(200)
	if b.Status != "review" || !b.Awaited {
		t.Errorf("submitted %+v", b)
	}
	chen.call("POST", path+"/approve", m{"revision": 1}, nil).refused(403, "bulletin.own_review")
	zhang.call("POST", path+"/return", m{"reason": ""}, nil).refused(422, "bulletin.reason_needed")
	zhang.call("POST", path+"/return", m{"reason": "写上找谁问"}, &b).ok(200)
	chen.call("POST", path+"/submit", nil, nil).ok(200)
	zhang.call("POST", path+"/approve", m{"revision": 1}, &b).ok(200)
	if b.Status != "published" || b.Reviewer == nil || b.Reviewer.Name != "张国强" {
		t.Errorf("approved %+v", b)
	}
	j.h.Settle()
	var reached api.Reached
	chen.call("GET", path+"/reached", nil, &reached).ok(200)
	if reached.Planned == 0 || reached.Inbox != reached.Planned || !reached.Done || reached.Sent == 0 {
		t.Errorf("reached %+v", reached)
	}
	var record api.NoticeRecord
	j.public().call("GET", "/topics/"+string(b.ID)+"/record", nil, &record).ok(200)
	if len(record.Audience) != 1 || record.Reviewer == nil {
		t.Errorf("the record says %+v", record)
	}
	zhang.call("POST", path+"/withdraw", m{"reason": "改期了"}, &b).ok(200)
	j.public().call("GET", "/topics/"+string(b.ID)+"/record", nil, &record).ok(200)
	if record.Status != "withdrawn" || record.Reason != "改期了" {
		t.Errorf("after it was withdrawn: %+v", record)
	}
	var all api.Page[api.Bulletin]
	chen.call("GET", "/desk/hexiang/bulletins", nil, &all).ok(200)
	if len(all.Items) == 0 || all.Items[0].ID != b.ID {
		t.Errorf("listed %+v", all.Items)
	}
	chen.call("POST", "/desk/hexiang/bulletins", m{"title": "写着玩", "body": "不发。"}, &b).ok(201)
	chen.call("DELETE", "/bulletins/"+string(b.ID), nil, &b).ok(200)
	chen.call("PUT", "/desk/hexiang/settings/review", m{"review": "off"}, nil).refused(403, "identity.denied")
	town.call("PUT", "/desk/hexiang/settings/review", m{"review": "nobody"}, nil).refused(422, "community.bad_review")
	town.call("PUT", "/desk/hexiang/settings/review", m{"review": "colleague", "urgent_first": true}, nil).ok(200)
	lin.call("PUT", "/me/preferences", m{"elder": false, "wechat_notices": true, "quiet_from": "8 pm"}, nil).refused(422, "identity.bad_quiet")
	lin.call("PUT", "/me/preferences", m{"elder": false, "wechat_notices": true, "quiet_from": "21:00", "quiet_to": "08:00"}, nil).ok(200)
}
