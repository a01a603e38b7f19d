package api_test

import (
	"strconv"
	"testing"

	"jushou/web/api"
)

// publishAffairs plays an item from its entry to its correction, with a question in between.
func publishAffairs(t *testing.T, j *judge) {
	chen, zhang, lin := j.as("chen"), j.as("zhang"), j.as("lin")
	var photo api.StoredPhoto
	chen.file("/photos", "bill.jpg", picture(t, 3), &photo).ok(201)
	item := m{"kind": "finance", "period": "2026-11", "title": "十一月收支", "photos": []string{photo.ID}, "rows": []m{{"what": "路灯维修", "side": "out", "fen": 12_50}}}
	chen.call("POST", "/desk/hexiang/affairs", m{"kind": "finance", "period": "2026-13", "title": "", "rows": []m{{"what": "", "side": "sideways", "fen": -1}}}, nil).
		refused(422, "affairs.no_title")
	chen.call("POST", "/desk/hexiang/affairs", m{"kind": "major", "decided_on": "昨天", "title": "停车", "body": "办法"}, nil).refused(422, "affairs.bad_day")
	lin.call("POST", "/desk/hexiang/affairs", item, nil).refused(403, "identity.denied")
	var i, again api.Affair
	chen.call("POST", "/desk/hexiang/affairs", item, &i, "Idempotency-Key", "affair-1").ok(201)
	chen.call("POST", "/desk/hexiang/affairs", item, &again, "Idempotency-Key", "affair-1").ok(201)
	if i.ID != again.ID || i.Current != nil || i.Latest == nil || i.Latest.Verdict != "waits" || !i.May.Own {
		t.Fatalf("entered %+v", i)
	}
	path := "/affairs/" + string(i.ID)
	review := func(n int) string { return path + "/versions/" + strconv.Itoa(n) + "/review" }
	chen.call("POST", review(1), m{"publish": true}, nil).refused(403, "affairs.own_entry")
	zhang.call("POST", review(7), m{"publish": true}, nil).refused(409, "affairs.stale")
	zhang.call("POST", review(1), m{"publish": false}, nil).refused(422, "affairs.no_reason")
	zhang.call("POST", review(1), m{"publish": true}, &i).ok(200)
	lin.call("GET", path+"/photos/"+photo.ID+"/thumb", nil, nil).ok(200)
	lin.call("GET", path+"/photos/"+photo.ID[1:]+"x/thumb", nil, nil).refused(404, "photo.not_found")

	var q api.AffairQuestion
	lin.call("POST", path+"/questions", m{"text": " "}, nil).refused(422, "affairs.no_question")
	lin.call("POST", path+"/questions", m{"text": "修了几盏灯？"}, &q, "Idempotency-Key", "affair-q").ok(201)
	if q.Author.Name != "林**" || q.DueAt.IsZero() || q.Late {
		t.Errorf("asked %+v", q)
	}
	var desk api.AffairDesk
	chen.call("GET", "/desk/hexiang/affairs", nil, &desk).ok(200)
	if last := len(desk.Questions) - 1; last < 0 || desk.Questions[last].ID != q.ID || len(desk.Review) == 0 {
		t.Errorf("the desk holds %+v", desk)
	}
	reply := "/affair-questions/" + string(q.ID) + "/replies"
	lin.call("POST", reply, m{"text": "两盏吧"}, nil).refused(403, "identity.denied")
	chen.call("POST", reply, m{"text": "两盏"}, &q, "Idempotency-Key", "affair-r").ok(201)

	correction := m{"seen": 1, "reason": "漏记一笔", "title": "十一月收支", "rows": []m{{"what": "路灯维修", "side": "out", "fen": 12_50}, {"what": "井盖", "side": "out", "fen": 80_00}}}
	chen.call("POST", path+"/versions", m{"seen": 1, "title": "十一月收支", "rows": correction["rows"]}, nil).refused(422, "affairs.no_reason")
	chen.call("POST", path+"/versions", correction, &i, "Idempotency-Key", "affair-2").ok(201)
	zhang.call("POST", path+"/versions", correction, nil).refused(409, "affairs.stale")
	zhang.call("POST", review(2), m{"publish": true}, &i).ok(200)
	var change api.AffairChange
	lin.call("GET", path+"/versions/2", nil, &change).ok(200)
	if change.Against != 1 || !change.PhotosChanged || len(change.RowLines) != 2 || change.RowLines[1].Op != "added" {
		t.Errorf("changed %+v", change)
	}
	lin.call("GET", path+"/versions/3", nil, nil).refused(404, "affairs.not_found")
	i = api.Affair{}
	lin.call("GET", path, nil, &i).ok(200)
	if i.Published != 2 || i.OutFen != 92_50 || i.Latest != nil || len(i.Questions) != 1 || len(i.Questions[0].Replies) != 1 {
		t.Errorf("in the end %+v", i)
	}
	readAffairs(t, j, i)
}

// readAffairs reads the list, the table and the schedule, and sets the last.
func readAffairs(t *testing.T, j *judge, i api.Affair) {
	lin, zhang := j.as("lin"), j.as("zhang")
	var board api.AffairBoard
	lin.call("GET", "/communities/hexiang/affairs?kind=finance", nil, &board).ok(200)
	if len(board.Items) == 0 || board.Items[0].ID != i.ID || board.Schedule.Finance != "monthly" {
		t.Errorf("the board shows %+v", board)
	}
	lin.call("GET", "/communities/hexiang/affairs?after=kaputt", nil, nil).refused(422, "store.bad_cursor")
	lin.call("GET", "/communities/hexiang/affairs/table", nil, nil).ok(200)
	lin.call("GET", "/desk/hexiang/affairs", nil, nil).refused(403, "identity.denied")
	const settings = "/desk/hexiang/settings/affairs"
	var s api.AffairSchedule
	lin.call("GET", settings, nil, &s).ok(200)
	set := m{"finance": s.Finance, "welfare": "monthly", "days": 10, "revision": s.Revision}
	lin.call("PUT", settings, set, nil).refused(403, "identity.denied")
	zhang.call("PUT", settings, m{"finance": "monthly", "welfare": "never", "days": 10, "revision": s.Revision}, nil).refused(422, "affairs.bad_cadence")
	zhang.call("PUT", settings, set, &s).ok(200)
	zhang.call("PUT", settings, set, nil).refused(409, "affairs.stale")
}
