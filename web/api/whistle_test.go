package api_test

import (
	"testing"
	"time"

	"jushou/web/api"
)

// callUnitsTogether calls a department and a unit without accounts, until it is evaluated.
func callUnitsTogether(t *testing.T, j *judge) {
	chen, qin, town, wang := j.as("chen"), j.as("chengguan"), j.as("town"), j.as("lin")
	var units api.Page[api.CallableUnit]
	chen.call("GET", "/communities/hexiang/units", nil, &units).ok(200)
	if len(units.Items) < 25 {
		t.Errorf("%d units", len(units.Items))
	}
	soon := j.h.Clock.Now().Add(3 * time.Hour).UTC().Format(time.RFC3339)
	order := m{"form": "call", "title": "东门占道设摊", "reason": "早高峰出不去", "meet_at": soon, "where": "东门", "units": []string{"dept:chengguan"}, "others": []string{"菜场管理方"}}
	wang.call("POST", "/communities/hexiang/whistles", order, nil).refused(403, "identity.denied")
	chen.call("POST", "/communities/hexiang/whistles", m{}, nil).refused(422, "api.bad_time")
	var w api.Whistle
	chen.call("POST", "/communities/hexiang/whistles", order, &w, "Idempotency-Key", "whistle-1").ok(201)
	first := w.ID
	chen.call("POST", "/communities/hexiang/whistles", order, &w, "Idempotency-Key", "whistle-1").ok(201)
	if w.ID != first || len(w.Units) != 2 || w.Units[0].DueAt.Time.IsZero() {
		t.Errorf("the same again is %+v", w)
	}
	path := "/whistles/" + string(w.ID)
	var desk api.TownWhistles
	qin.call("GET", "/desk/luoxi/whistles", nil, &desk).ok(200)
	if len(desk.Waiting) == 0 {
		t.Errorf("the department has to answer nothing: %+v", desk)
	}
	qin.call("POST", path+"/steps", m{"unit": 1, "step": "accept", "at": soon}, nil).refused(403, "identity.denied")
	qin.call("POST", path+"/steps", m{"unit": 0, "step": "accept", "at": soon}, &w).ok(200)
	town.call("POST", path+"/steps", m{"unit": 0, "step": "insist", "words": "请到场"}, nil).refused(409, "whistle.wrong_state")
	chen.call("POST", path+"/evaluate", m{"verdict": "solved"}, nil).refused(409, "whistle.wrong_state")
	chen.call("POST", path+"/conclude", m{"words": "每天早上值守"}, nil).ok(200)
	chen.call("POST", path+"/evaluate", m{"verdict": "solved", "words": "通了"}, nil).ok(200)
	wang.call("GET", path, nil, &w).ok(200)
	if w.Status != "evaluated" || len(w.History) != 4 {
		t.Errorf("a neighbour reads %+v", w)
	}
	var all api.Page[api.Whistle]
	wang.call("GET", "/communities/hexiang/whistles", nil, &all).ok(200)
	if len(all.Items) == 0 {
		t.Error("the record is empty")
	}
	delete(order, "others")
	chen.call("POST", "/communities/hexiang/whistles", order, &w).ok(201)
	chen.call("POST", "/whistles/"+string(w.ID)+"/cancel", m{"words": "已经通了"}, &w).ok(200)
	if w.Status != "cancelled" {
		t.Errorf("cancelled %+v", w)
	}
}
