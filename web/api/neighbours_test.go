package api_test

import (
	"strings"
	"testing"
	"time"

	"jushou/web/api"
)

// helpEachOther hangs an offer up, talks about it, carries it out, and lets staff look at what was reported.
func helpEachOther(t *testing.T, j *judge) {
	wang, wu, gu := j.as("wang"), j.as("wu"), j.as("gu")
	week := j.h.Clock.Now().Add(7 * 24 * time.Hour).UTC().Format(time.RFC3339)
	offer := m{"kind": "give", "side": "has", "reach": "community", "body": "儿童自行车，送给需要的邻居", "until": week}
	var o api.Offer
	told := wang.call("POST", "/communities/hexiang/topics", m{"board": "neighbours", "body": "儿童自行车，送给需要的邻居"}, nil, "Idempotency-Key", "no-topic").
		refused(422, "api.post_offer")
	if !strings.Contains(string(told.Body), "postOffer") || !strings.Contains(string(told.Body), "/api/v1/communities/hexiang/offers") {
		t.Errorf("the refusal names no action: %s", told.Body)
	}
	wang.call("POST", "/communities/hexiang/offers", m{"kind": "give", "side": "has", "reach": "community", "body": "自行车 50 元", "until": week}, nil).refused(422, "neighbours.no_money")
	wang.call("POST", "/communities/hexiang/offers", offer, &o, "Idempotency-Key", "bike").ok(201)
	at := "/offers/" + string(o.ID)
	var talk api.Talk
	wu.call("POST", at+"/answers", m{"text": "我家孩子正好用得上"}, &talk).ok(201)
	x := "/talks/" + string(talk.ID)
	wang.call("POST", x+"/words", m{"text": "周六上午来拿"}, nil).ok(201)
	wu.call("POST", x+"/steps", m{"step": "give"}, nil).ok(200)
	wang.call("GET", x, nil, &talk).ok(200)
	if len(talk.Words) != 2 || talk.Words[0].Mine || !talk.Words[1].Mine || talk.Number == "" {
		t.Errorf("the talk is %+v", talk)
	}
	wu.call("POST", x+"/steps", m{"step": "take_back"}, nil).ok(200)
	talk = api.Talk{}
	if wang.call("GET", x, nil, &talk).ok(200); talk.Number != "" {
		t.Error("the number is still there")
	}
	gu.call("GET", x, nil, nil).refused(404, "neighbours.not_found")
	var lines api.Page[api.TalkLine]
	wang.call("GET", at+"/answers", nil, &lines).ok(200)
	if len(lines.Items) != 1 || lines.Items[0].ID != talk.ID {
		t.Errorf("answers %+v", lines.Items)
	}
	wang.call("POST", at+"/steps", m{"step": "jump"}, nil).refused(422, "neighbours.bad_step")
	wu.call("POST", at+"/steps", m{"step": "promise", "talk": talk.ID}, nil).refused(403, "neighbours.not_yours")
	wang.call("POST", at+"/steps", m{"step": "promise", "talk": talk.ID}, nil).ok(200)
	wang.call("POST", at+"/steps", m{"step": "done"}, nil).ok(200)
	wu.call("POST", at+"/steps", m{"step": "thank", "words": "谢谢，孩子很喜欢"}, &o).ok(200)
	if o.Status != "thanked" || len(o.Thanks) != 1 {
		t.Errorf("thanked: %+v", o)
	}
	var list api.Page[api.Offer]
	wu.call("GET", "/communities/hexiang/offers?thanked=1", nil, &list).ok(200)
	if len(list.Items) == 0 {
		t.Error("nothing ended with thanks")
	}
	wu.call("GET", at, nil, nil).ok(200)

	wu.call("POST", x+"/steps", m{"step": "report", "words": "后来说话难听"}, nil).ok(200)
	wu.call("POST", x+"/steps", m{"step": "block"}, nil).ok(200)
	wang.call("POST", x+"/words", m{"text": "喂"}, nil).refused(409, "neighbours.talk_closed")
	var mine api.MyNeighbours
	wu.call("GET", "/me/neighbours", nil, &mine).ok(200)
	if len(mine.Talks) != 1 || len(mine.Blocked) != 1 {
		t.Fatalf("mine: %+v", mine)
	}
	wu.call("POST", "/me/neighbours/unblock", m{"at": mine.Blocked[0].At}, nil).ok(204)
	tendNeighbours(t, j, talk, o)
}

// tendNeighbours reads the reported talk and closes it, and leaves a reported offer.
func tendNeighbours(t *testing.T, j *judge, talk api.Talk, o api.Offer) {
	gu, wang := j.as("gu"), j.as("wang")
	wang.call("GET", "/desk/hexiang/neighbours", nil, nil).refused(403, "identity.denied")
	var desk api.NeighboursDesk
	gu.call("GET", "/desk/hexiang/neighbours", nil, &desk).ok(200)
	if len(desk.Talks) == 0 {
		t.Errorf("no talk waits: %+v", desk)
	}
	x := "/desk/hexiang/talks/" + string(talk.ID)
	gu.call("POST", x+"/look", m{"why": ""}, nil).refused(422, "neighbours.needed")
	var read api.TalkRead
	gu.call("POST", x+"/look", m{"why": "核对举报"}, &read).ok(200)
	if len(read.Words) != 2 || len(read.Reports) != 1 {
		t.Errorf("staff read %+v", read)
	}
	gu.call("POST", x+"/judgement", m{"end": false}, nil).ok(200)
	gu.call("POST", x+"/look", m{"why": "再看看"}, nil).refused(403, "neighbours.not_reported")
	gu.call("POST", "/offers/"+string(o.ID)+"/tending", m{"do": "hide", "reason": "有人投诉"}, &o).ok(200)
	if o.Status != "hidden" {
		t.Errorf("hidden: %+v", o)
	}
}

// makeAWish hangs a wish up, has it adopted, and says that it came true; one for somebody offline waits for a second person.
func makeAWish(t *testing.T, j *judge) {
	wang, wu, gu, zhang := j.as("wang"), j.as("wu"), j.as("gu"), j.as("zhang")
	month := j.h.Clock.Now().Add(30 * 24 * time.Hour).UTC().Format(time.RFC3339)
	var w api.Wish
	wang.call("POST", "/communities/hexiang/wishes", m{"show": "nobody", "body": "想学会用手机挂号", "until": month}, &w).ok(201)
	at := "/wishes/" + string(w.ID)
	wu.call("GET", at, nil, &w).ok(200)
	if w.Wisher.Name != "" || w.Mine || !w.May.Adopt {
		t.Errorf("a neighbour sees %+v", w)
	}
	pledge := m{"as": "resident", "what": "周六上门教一个小时", "until": month}
	wang.call("POST", at+"/adoption", pledge, nil).refused(403, "neighbours.own_wish")
	wu.call("POST", at+"/adoption", pledge, nil).ok(200)
	wu.call("GET", at+"/contact", nil, nil).refused(403, "neighbours.contact_not_allowed")
	wang.call("POST", at+"/steps", m{"step": "allow"}, nil).ok(200)
	var contact api.Contact
	wu.call("GET", at+"/contact", nil, &contact).ok(200)
	if contact.Number == "" {
		t.Errorf("contact %+v", contact)
	}
	wang.call("POST", at+"/steps", m{"step": "forbid"}, nil).ok(200)
	wu.call("POST", at+"/steps", m{"step": "deliver"}, nil).ok(200)
	wang.call("POST", at+"/steps", m{"step": "fulfil"}, nil).ok(200)
	wang.call("POST", at+"/steps", m{"step": "thank", "words": "教得真耐心"}, &w).ok(200)
	if w.Status != "thanked" || w.Thanks == nil {
		t.Errorf("thanked: %+v", w)
	}
	offline := m{"show": "masked", "body": "想有人陪着晒太阳", "until": month, "vulnerable": true, "for": m{"name": "许秀英", "consent": "上门口头同意"}}
	gu.call("POST", "/communities/hexiang/wishes", offline, &w).ok(201)
	at = "/wishes/" + string(w.ID)
	gu.call("POST", at+"/steps", m{"step": "clear"}, nil).refused(403, "neighbours.own_entry")
	zhang.call("POST", at+"/steps", m{"step": "clear"}, &w).ok(200)
	if w.Status != "hung" || w.Wisher.Name != "许**" {
		t.Errorf("cleared: %+v", w)
	}
	var tree api.Page[api.Wish]
	wu.call("GET", "/communities/hexiang/wishes", nil, &tree).ok(200)
	if len(tree.Items) < 2 {
		t.Errorf("%d wishes", len(tree.Items))
	}
}
