package api_test

import (
	"testing"
	"time"

	"jushou/web/api"
)

// meetAndDecide plays a hearing from the call to a task that is done.
func meetAndDecide(t *testing.T, j *judge) {
	gu, zhang, lin, wang, greening := j.as("gu"), j.as("zhang"), j.as("lin"), j.as("wang"), j.as("greening")
	in := func(d time.Duration) string {
		return j.h.Clock.Now().Add(d).UTC().Truncate(time.Minute).Format(time.RFC3339)
	}
	const day = 24 * time.Hour
	var whom api.Page[api.MeetingParty]
	gu.call("GET", "/communities/hexiang/meeting-guests", nil, &whom).ok(200)
	if len(whom.Items) < 25 {
		t.Errorf("%d may be invited", len(whom.Items))
	}
	order := m{"kind": "hearing", "title": "东门怎么停车", "purpose": "划线以前先听大家的", "starts_at": in(5 * day), "where": "居委会", "seats": 2,
		"agenda": []m{{"text": "车位怎么划"}}, "invite": m{"units": []string{"dept:greening", "property"}, "others": []string{"菜场管理方"}}}
	lin.call("POST", "/communities/hexiang/meetings", order, nil).refused(403, "identity.denied")
	gu.call("POST", "/communities/hexiang/meetings", m{"kind": "hearing", "starts_at": in(5 * day)}, nil).refused(422, "meeting.title_needed")
	var x api.Meeting
	gu.call("POST", "/communities/hexiang/meetings", order, &x, "Idempotency-Key", "meeting-1").ok(201)
	first := x.ID
	gu.call("POST", "/communities/hexiang/meetings", order, &x, "Idempotency-Key", "meeting-1").ok(201)
	if x.ID != first || len(x.Guests) != 3 {
		t.Errorf("the same again is %+v", x)
	}
	path := "/meetings/" + string(x.ID)
	lin.call("GET", path, nil, nil).refused(404, "meeting.not_found") // not announced
	gu.call("POST", path+"/guests", m{"others": []string{"业主代表"}}, &x).ok(200)
	greening.call("POST", path+"/replies", m{"guest": 1, "reply": "accepted"}, nil).refused(403, "identity.denied")
	greening.call("POST", path+"/replies", m{"guest": 0, "reply": "declined"}, nil).refused(422, "meeting.reason_needed")
	greening.call("POST", path+"/replies", m{"guest": 0, "reply": "accepted"}, &x).ok(200)
	var town api.TownMeetings
	greening.call("GET", "/desk/luoxi/meetings", nil, &town).ok(200)
	if len(town.Meetings) == 0 {
		t.Error("the department is invited to nothing")
	}
	gu.call("POST", path+"/announce", nil, &x).ok(200)
	lin.call("PUT", path+"/seat", nil, &x).ok(200)
	lin.call("DELETE", path+"/seat", nil, &x).ok(200)
	var said api.MeetingOpinion
	wang.call("POST", path+"/opinions", m{"text": "给救护车留一条道"}, &said, "Idempotency-Key", "opinion-1").ok(201)
	gu.call("POST", "/meeting-opinions/"+string(said.ID)+"/hide", m{"reason": "写了门牌"}, nil).ok(200)
	var opinions api.Page[api.MeetingOpinion]
	lin.call("GET", path+"/opinions", nil, &opinions).ok(200)
	if len(opinions.Items) != 1 || opinions.Items[0].Text != "" {
		t.Errorf("opinions %+v", opinions.Items)
	}
	was := x.StartsAt.UTC().Format(time.RFC3339)
	gu.call("POST", path+"/postpone", m{"was": in(9 * day), "reason": "修水管", "starts_at": in(6 * day)}, nil).refused(409, "meeting.stale")
	gu.call("POST", path+"/postpone", m{"was": was, "reason": "修水管", "starts_at": in(6 * day)}, &x).ok(200)
	gu.call("POST", path+"/announce", nil, &x).ok(200)
	gu.call("PUT", path+"/presence", m{"guests": []int{0}, "headcount": 9}, nil).refused(409, "meeting.not_begun")
	j.h.Pass(6*day + time.Hour)
	gu.call("PUT", path+"/presence", m{"guests": []int{0, 1}, "headcount": 9}, &x).ok(200)
	minutes := m{"seen": 0, "summary": "同意先划东门", "outcomes": []m{{"words": "东门划八个"}},
		"decisions": []m{{"what": "移走两棵树", "unit": "dept:greening", "days": 5, "item": 0}}}
	gu.call("POST", path+"/minutes", minutes, &x).ok(201)
	gu.call("POST", path+"/confirm", m{"version": 1}, nil).refused(403, "meeting.own_minutes")
	zhang.call("POST", path+"/return", m{"version": 1, "reason": "写上几个月内"}, nil).ok(200)
	gu.call("POST", path+"/minutes", m{"seen": 0, "summary": "又一稿", "outcomes": []m{{"words": "东门划八个"}}}, nil).refused(409, "meeting.stale")
	minutes["seen"], minutes["summary"] = 1, "同意先划东门，一个月内"
	gu.call("POST", path+"/minutes", minutes, &x).ok(201)
	gu.call("POST", path+"/publish", m{"version": 2}, nil).refused(409, "meeting.wrong_state")
	zhang.call("POST", path+"/confirm", m{"version": 2}, &x).ok(200)
	gu.call("POST", path+"/publish", m{"version": 2}, &x).ok(200)
	j.h.Settle()
	lin.call("GET", path, nil, &x).ok(200)
	if x.State != "published" || len(x.Tasks) != 1 || x.Tasks[0].Promise.DueAt.IsZero() || len(x.Minutes) != 2 {
		t.Fatalf("a neighbour reads %+v", x)
	}
	carryOut(t, j, x)
	var all api.Page[api.Meeting]
	lin.call("GET", "/communities/hexiang/meetings", nil, &all).ok(200)
	if len(all.Items) == 0 {
		t.Error("the record is empty")
	}
	order["starts_at"] = in(3 * day)
	gu.call("POST", "/communities/hexiang/meetings", order, &x).ok(201)
	gu.call("POST", "/meetings/"+string(x.ID)+"/cancel", m{"reason": "已经谈好了"}, &x).ok(200)
	if x.State != "cancelled" {
		t.Errorf("cancelled %+v", x)
	}
}

// carryOut reports on the one task of a meeting, and gives it more time.
func carryOut(t *testing.T, j *judge, x api.Meeting) {
	gu, zhang, lin, greening := j.as("gu"), j.as("zhang"), j.as("lin"), j.as("greening")
	path := "/meeting-tasks/" + string(x.Tasks[0].ID)
	due := x.Tasks[0].Promise.DueAt
	var task api.MeetingTask
	lin.call("POST", path+"/reports", m{"text": "好像移了", "done": true}, nil).refused(403, "identity.denied")
	greening.call("POST", path+"/reports", m{"text": "周四移"}, &task, "Idempotency-Key", "report-1").ok(201)
	greening.call("POST", path+"/later", m{"to": due.AddDate(0, 0, 7).Format(time.DateOnly), "reason": "下雨"}, &task).ok(200)
	greening.call("POST", path+"/later/decision", m{"grant": true}, nil).refused(403, "identity.denied")
	gu.call("POST", path+"/later/decision", m{"grant": true}, nil).refused(403, "identity.denied")
	zhang.call("POST", path+"/later/decision", m{"grant": true}, &task).ok(200)
	if !task.Promise.DueAt.After(due.Time) || len(task.Promise.Extended) != 1 {
		t.Errorf("more time is %+v", task.Promise)
	}
	var open api.Page[api.MeetingTask]
	gu.call("GET", "/communities/hexiang/meeting-tasks", nil, &open).ok(200)
	if len(open.Items) == 0 {
		t.Error("nothing is to be done")
	}
	greening.call("POST", path+"/reports", m{"text": "移走了", "done": true}, &task, "Idempotency-Key", "report-2").ok(201)
	lin.call("GET", path, nil, &task).ok(200)
	if !task.Done || len(task.Reports) != 2 {
		t.Errorf("done %+v", task)
	}
}
