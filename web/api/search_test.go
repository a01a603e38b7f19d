package api_test

import (
	"net/url"
	"slices"
	"testing"

	"jushou/web/api"
)

// findWhatWasSaid posts, and finds it by other spellings; what is hidden is found no more.
func findWhatWasSaid(t *testing.T, j *judge) {
	lin, chen, wu := j.as("lin"), j.as("chen"), j.as("wu")
	var posted api.Topic
	lin.call("POST", "/communities/hexiang/topics", m{"board": "nearby", "body": "快递驿站门口总有人乱停车\n早晚都堵着，3号楼出不去。"}, &posted).ok(201)
	j.h.Settle()
	find := func(q string) []string {
		t.Helper()
		var found api.Results
		lin.call("GET", "/communities/hexiang/search?q="+url.QueryEscape(q), nil, &found).ok(200)
		var ids []string
		for _, r := range found.Items {
			ids = append(ids, r.ID)
		}
		return ids
	}
	for _, q := range []string{"快递驿站乱停车", "快遞驛站", "块递驿站", "kuaidiyizhan", "驿站 3号楼"} {
		if !slices.Contains(find(q), string(posted.ID)) {
			t.Errorf("%q does not find the topic", q)
		}
	}
	var elsewhere api.Results
	wu.call("GET", "/communities/hexiang/search?q="+url.QueryEscape("快递驿站"), nil, &elsewhere).ok(200)
	if len(elsewhere.Items) > 0 || !elsewhere.PublicOnly {
		t.Errorf("somebody of another community finds %+v", elsewhere)
	}
	var like api.Page[api.Similar]
	lin.call("GET", "/communities/hexiang/similar?text="+url.QueryEscape("快递驿站门口总有人乱停车"), nil, &like).ok(200)
	if len(like.Items) == 0 || like.Items[0].ID != string(posted.ID) || !like.Items[0].Strong {
		t.Errorf("similar: %+v", like.Items)
	}
	wu.call("GET", "/communities/hexiang/similar?text="+url.QueryEscape("快递驿站"), nil, nil).refused(403, "identity.verify_first")
	chen.call("POST", "/topics/"+string(posted.ID)+"/hide", m{"reason": "核实后重发"}, nil).ok(200)
	if slices.Contains(find("快递驿站"), string(posted.ID)) {
		t.Error("what is hidden is found before the index has heard of it")
	}
	j.h.Settle()
	if slices.Contains(find("快递驿站"), string(posted.ID)) {
		t.Error("what is hidden is found")
	}
	lin.call("GET", "/communities/hexiang/search?q=", nil, nil).refused(422, "search.no_words")
	lin.call("GET", "/communities/hexiang/search?q=13812345678", nil, nil).refused(422, "search.no_words")
	lin.call("GET", "/communities/hexiang/search?q=a&state=x", nil, nil).refused(422, "search.bad_filter")
	lin.call("GET", "/communities/hexiang/search?q=a&after=x", nil, nil).refused(422, "search.bad_cursor")
	lin.call("GET", "/communities/hexiang/search?q=a&board=x", nil, nil).refused(404, "board.not_found")
}
