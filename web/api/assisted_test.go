package api_test

import (
	"testing"

	"jushou/internal/app/demo"
	"jushou/web/api"
)

// confirmEntries enters for a resident with an account, who disputes and then confirms, and shows the signed paper of another.
func confirmEntries(t *testing.T, j *judge) {
	gu, lin, wang := j.as("gu"), j.as("lin"), j.as("wang")
	var topic api.Topic
	entry := m{"name": "林桂兰", "board": "nearby", "body": "早餐摊油烟大", "source": "visit", "phone": persona(t, "lin").Phone()}
	gu.call("POST", "/desk/hexiang/entries", m{"name": "林桂兰", "board": "nearby", "body": "x", "source": "box"}, nil).refused(422, "assisted.where_needed")
	gu.call("POST", "/desk/hexiang/entries", m{"name": "林桂兰", "board": "nearby", "body": "x", "phone": "12"}, nil).refused(422, "identity.bad_phone")
	gu.call("POST", "/desk/hexiang/entries", entry, &topic).ok(201)
	path := "/entries/" + string(topic.ID)
	var e api.Entry
	lin.call("GET", path, nil, &e).ok(200)
	if e.Status != "awaiting" || e.Source != "visit" || !e.Asked {
		t.Errorf("the person reads %+v", e)
	}
	wang.call("GET", path, nil, nil).refused(404, "assisted.not_found")
	wang.call("POST", path+"/confirm", nil, nil).refused(404, "assisted.not_found")
	lin.call("POST", path+"/dispute", m{"note": ""}, nil).refused(422, "assisted.note_needed")
	lin.call("POST", path+"/dispute", m{"note": "请他们装油烟罩"}, &e).ok(200)
	var waiting api.Page[api.Entry]
	gu.call("GET", "/desk/hexiang/entries", nil, &waiting).ok(200)
	if len(waiting.Items) == 0 {
		t.Error("nothing waits at the desk")
	}
	steps := "/desk" + path + "/steps"
	wang.call("POST", steps, m{"do": "settle", "note": "改了"}, nil).refused(403, "identity.denied")
	gu.call("POST", steps, m{"do": "settle", "note": "改了"}, &e).ok(200)
	gu.call("POST", steps, m{"do": "check", "note": "问过"}, nil).refused(403, "assisted.second_person")
	j.as("zhang").call("POST", steps, m{"do": "check", "note": "问过"}, nil).refused(409, "assisted.too_early")
	lin.call("POST", path+"/confirm", nil, &e).ok(200)
	if e.Status != "confirmed" {
		t.Errorf("confirmed %+v", e)
	}
	lin.call("POST", path+"/dispute", m{"note": "又不是了"}, nil).refused(409, "assisted.wrong_state")

	gu.call("POST", "/desk/hexiang/entries", m{"name": "许秀英", "board": "nearby", "body": "扶手松了"}, &topic).ok(201)
	steps = "/desk/entries/" + string(topic.ID) + "/steps"
	var photo api.StoredPhoto
	wang.file("/photos", "paper.jpg", picture(t, 7), &photo).ok(201)
	gu.call("POST", steps, m{"do": "sign", "paper": photo.ID}, nil).refused(422, "assisted.paper_needed")
	gu.file("/photos", "paper.jpg", picture(t, 8), &photo).ok(201)
	gu.call("POST", steps, m{"do": "sign", "paper": photo.ID}, &e).ok(200)
	paper := "/desk/entries/" + string(topic.ID) + "/paper/thumb"
	gu.call("GET", paper, nil, nil).ok(200)
	wang.call("GET", paper, nil, nil).refused(403, "identity.denied")
}

// keepBoxes hangs a paper box up, empties it, enters a note and takes it down.
func keepBoxes(t *testing.T, j *judge) {
	gu, wang := j.as("gu"), j.as("wang")
	var b api.PaperBox
	gu.call("POST", "/desk/hexiang/boxes", m{"place": "", "days": []int{9}}, nil).refused(422, "assisted.place_needed")
	wang.call("POST", "/desk/hexiang/boxes", m{"place": "北门岗亭", "days": []int{1}}, nil).refused(403, "identity.denied")
	gu.call("POST", "/desk/hexiang/boxes", m{"place": "北门岗亭", "days": []int{1}}, &b, "Idempotency-Key", "box-1").ok(201)
	gu.call("POST", "/desk/hexiang/boxes", m{"id": b.ID, "place": "北门岗亭", "days": []int{1, 4}}, &b).ok(201)
	path := "/desk/hexiang/boxes/" + string(b.ID)
	gu.call("GET", path+"/code", nil, nil).ok(200)
	gu.call("POST", path+"/emptyings", m{"notes": 900}, nil).refused(422, "assisted.bad_notes")
	gu.call("POST", path+"/emptyings", m{"notes": 1}, &b, "Idempotency-Key", "emptied-1").ok(201)
	gu.call("POST", path+"/emptyings", m{"notes": 1}, &b, "Idempotency-Key", "emptied-1").ok(201)
	if len(b.Emptied) != 1 || b.Emptied[0].Notes != 1 || len(b.Days) != 2 {
		t.Errorf("emptied %+v", b)
	}
	var topic api.Topic
	gu.call("POST", "/desk/hexiang/entries", m{"name": "钱福根", "board": "nearby", "body": "北门夜里太暗", "source": "box", "box": "nothing"}, nil).refused(404, "assisted.no_box")
	gu.call("POST", "/desk/hexiang/entries", m{"name": "钱福根", "board": "nearby", "body": "北门夜里太暗", "source": "box", "box": b.ID}, &topic).ok(201)
	gu.call("DELETE", path, nil, nil).ok(204)
	gu.call("GET", path+"/code", nil, nil).refused(404, "assisted.no_box")
	var left api.Page[api.PaperBox]
	gu.call("GET", "/desk/hexiang/boxes", nil, &left).ok(200)
	for _, x := range left.Items {
		if x.ID == b.ID {
			t.Errorf("left %+v", x)
		}
	}
}

func persona(t *testing.T, id string) demo.Persona {
	t.Helper()
	for _, p := range demo.Personas() {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("no persona %s", id)
	return demo.Persona{}
}
