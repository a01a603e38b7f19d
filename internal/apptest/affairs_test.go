package apptest_test

import (
	"slices"
	"testing"
	"time"

	"jushou/deliberation/disclosure"
	"jushou/internal/apptest"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/web/api"
)

type fields = map[string]any

// TestAffairsOverHTTP takes one item from its entry to its correction, as five people see it.
func TestAffairsOverHTTP(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	chen, zhang, lin, wang := h.Phone("chen"), h.Phone("zhang"), h.Phone("lin"), h.Phone("wang")
	for _, p := range []*apptest.Phone{chen, zhang, lin, wang} {
		p.Get("/me").Want(200)
	}
	const v1 = "/api/v1"
	tables := []fields{{"what": "电梯广告", "side": "in", "fen": 1_280_000}}
	var i api.Affair
	chen.Call("POST", v1+"/desk/hexiang/affairs", fields{"kind": "finance", "period": "2026-11", "title": "十一月收支", "rows": tables}, &i).Want(201)
	at := v1 + "/affairs/" + string(i.ID)
	lin.Call("GET", at, nil, nil).Want(404)
	chen.Call("POST", at+"/versions/1/review", fields{"publish": true}, nil).Want(403, "affairs.own_entry")
	zhang.Call("POST", at+"/versions/1/review", fields{"publish": true}, &i).Want(200)
	lin.Call("GET", at, nil, nil).Want(200, "十一月收支")

	var q, waits api.AffairQuestion
	lin.Call("POST", at+"/questions", fields{"text": "广告是哪几部电梯的？"}, &q).Want(201)
	wang.Call("POST", at+"/questions", fields{"text": "停车费为什么没有？"}, &waits).Want(201)
	chen.Call("POST", v1+"/affair-questions/"+string(q.ID)+"/replies", fields{"text": "十二部全部。"}, &q).Want(201)
	h.Settle()
	lin.Get("/me/inbox").Want(200, "十二部全部")

	tables = append(tables, fields{"what": "地面停车费", "side": "in", "fen": 863_050})
	chen.Call("POST", at+"/versions", fields{"seen": 1, "reason": "漏记停车费，居民提问时指出", "title": "十一月收支", "rows": tables}, &i).Want(201)
	i = api.Affair{}
	lin.Call("GET", at, nil, &i).Want(200)
	if i.Current.N != 1 || i.Latest != nil || i.InFen != 1_280_000 {
		t.Errorf("before the review residents read %+v", i)
	}
	zhang.Call("POST", at+"/versions/2/review", fields{"publish": true}, nil).Want(200)
	lin.Call("GET", at, nil, &i).Want(200)
	if i.InFen != 2_143_050 || len(i.Trail) != 2 || i.Trail[1].Reason == "" {
		t.Errorf("corrected, it reads %+v", i)
	}
	lin.Call("GET", at+"/versions/1", nil, nil).Want(200, "电梯广告")
	lin.Get("/affairs/"+string(i.ID)).Want(200, "漏记停车费", "21,430.50", "十二部全部")
	h.Neighbours("yinxing", 1)[0].Call("GET", at, nil, nil).Want(404)

	if !waits.DueAt.Equal(time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC)) { // five working days, 17:30
		t.Errorf("an answer is promised by %v", waits.DueAt)
	}
	h.Clock.Set(time.Date(2026, 11, 26, 1, 1, 0, 0, time.UTC)) // people are told when work begins again
	watched(t, h)
	var desk api.AffairDesk
	zhang.Call("GET", v1+"/desk/hexiang/affairs", nil, &desk).Want(200)
	n := slices.IndexFunc(desk.Questions, func(x api.AffairQuestion) bool { return x.ID == waits.ID })
	if n < 0 || !desk.Questions[n].Late {
		t.Errorf("the desk does not say that the answer is late: %+v", desk.Questions)
	}
	zhang.Get("/me/inbox").Want(200, "停车费为什么没有")
}

// TestWhatIsOverdueIsSaid lets the months and the quarter of a community end that has published nothing.
func TestWhatIsOverdueIsSaid(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	town := h.Phone("town")
	town.Get("/me").Want(200)
	node, err := h.Directory.Node(t.Context(), "luoxi")
	must(t, err)
	quiet, err := node.Below("quiet", "静安里")
	must(t, err)
	must(t, community.NewPlaces(h.Store).SaveNode(t.Context(), quiet, "test", h.Clock.Now()))
	must(t, h.Directory.Refresh(t.Context()))
	must(t, h.Affairs.BeginSchedule(t.Context(), "quiet", calendar.Date{Year: 2026, Month: 9, Day: 1}))
	watched(t, h)

	owed := func() map[string]api.AffairDue {
		var board api.AffairBoard
		town.Call("GET", "/api/v1/communities/quiet/affairs", nil, &board).Want(200)
		found := map[string]api.AffairDue{}
		for _, d := range board.Owed {
			found[string(d.Kind)+" "+string(d.Period)] = d
		}
		return found
	}
	due := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 9, 30, 0, 0, time.UTC) } // 17:30
	check := func(what string, at time.Time, late bool) {
		t.Helper()
		d, ok := owed()[what]
		if !ok || !d.DueAt.Equal(at) || d.Late != late || late != (len(d.Breaches) == 1) {
			t.Errorf("%s on %v: %+v", what, h.Clock.Now(), d)
		}
	}
	check("finance 2026-09", due(10, 15), true)
	check("finance 2026-10", due(11, 16), true) // the 15th is a Sunday
	check("welfare 2026-Q3", due(10, 15), true)
	if _, early := owed()["finance 2026-11"]; early {
		t.Error("a month that runs is owed")
	}
	h.Clock.Set(time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC))
	watched(t, h)
	check("finance 2026-11", due(12, 15), false)
	h.Clock.Set(due(12, 15))
	watched(t, h)
	check("finance 2026-11", due(12, 15), true) // the promise is half open
	town.Get("/c/quiet/affairs").Want(200, "2026年第三季度福利应于10月15日前公开，尚未公开", "2026年11月财务应于12月15日前公开，尚未公开")
	if d := owed()["finance 2026-11"]; d.Kind != disclosure.Finance || !d.Breaches[0].Equal(d.DueAt.Time) {
		t.Errorf("missed at %+v", d)
	}
}

// watched runs the sweep of the affairs and what follows from it.
func watched(t *testing.T, h *apptest.House) {
	t.Helper()
	for _, sweep := range []string{"affairs", "deliver_due"} {
		must(t, h.Sweep(t.Context(), sweep))
		h.Settle()
	}
}
