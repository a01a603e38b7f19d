package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/internal/identity"
	"jushou/web/api"
)

// raise posts a topic and returns it.
func raise(c client, body string) api.Topic {
	c.j.t.Helper()
	var posted api.Topic
	c.call("POST", "/communities/hexiang/topics", m{"board": "nearby", "body": body}, &posted).ok(201)
	return posted
}

// moderate lets the word list and staff take words out of sight and show them again.
func moderate(t *testing.T, j *judge) {
	lin, chen := j.as("lin"), j.as("chen")
	posted := raise(lin, "二号楼的门禁坏了")
	path := "/topics/" + string(posted.ID)
	var edited api.Topic
	lin.call("PATCH", path, m{"revision": posted.Revision, "title": "门禁坏了", "body": "二号楼的门禁坏了，谁都进得来"}, &edited).ok(200)
	if edited.Revision != posted.Revision+1 || edited.EditedAt.Time.IsZero() {
		t.Errorf("edited %+v", edited.TopicCard)
	}
	lin.call("PATCH", path, m{"revision": posted.Revision, "body": "从旧的一版改的"}, nil).refused(409, "topic.stale_edit")
	var seen api.DeskTopic
	chen.call("GET", "/desk"+path, nil, &seen).ok(200)
	if len(seen.Earlier) != 1 || len(seen.Rounds) != 3 || seen.AuthorAccount == "" {
		t.Errorf("the desk sees %+v", seen)
	}
	chen.call("POST", path+"/hold", m{"reason": ""}, nil).refused(422, "topic.reason_needed")
	chen.call("POST", path+"/hold", m{"reason": "先核实一下"}, nil).ok(200)
	j.as("wang").call("GET", path, nil, nil).refused(404, "topic.not_found")
	chen.call("POST", path+"/release", m{}, nil).ok(200)
	chen.call("POST", path+"/hide", m{"reason": "写了别人的门牌号"}, nil).ok(200)
	var masked api.Topic
	j.as("wang").call("GET", path, nil, &masked).ok(200)
	if !masked.Masked || masked.Title != "" || masked.Body != "" || masked.Reason == "" {
		t.Errorf("a neighbour sees %+v", masked.TopicCard)
	}
	chen.call("POST", path+"/answers", m{"body": "好"}, nil).refused(409, "topic.wrong_state")

	other := raise(lin, "垃圾桶满了")
	path = "/topics/" + string(other.ID)
	var comment api.Comment
	lin.call("POST", path+"/comments", m{"body": "本人代开发票，加微信"}, &comment).ok(201)
	if !comment.Hidden {
		t.Errorf("the word list let %q through", comment.Body)
	}
	var held api.Page[api.HeldComment]
	chen.call("GET", "/desk/hexiang/comments", nil, &held).ok(200)
	if !slices.ContainsFunc(held.Items, func(c api.HeldComment) bool { return c.ID == comment.ID && len(c.Hits) > 0 }) {
		t.Errorf("held %+v", held.Items)
	}
	chen.call("POST", "/comments/"+string(comment.ID)+"/release", nil, nil).ok(200)
	chen.call("POST", "/comments/"+string(comment.ID)+"/hide", m{"reason": "广告"}, nil).ok(200)
	lin.call("POST", "/comments/"+string(comment.ID)+"/release", nil, nil).refused(403, "identity.denied")
	lin.call("DELETE", path+"?reason=已经清了", nil, nil).ok(200)
	lin.call("POST", path+"/comments", m{"body": "还有吗"}, nil).refused(409, "topic.wrong_state")
}

// decideResidents verifies one claim and refuses another.
func decideResidents(t *testing.T, j *judge) {
	zhou, chen := j.as("zhou"), j.as("chen")
	claim := func(room string) api.Waiting {
		zhou.call("POST", "/me/homes", m{
			"name": "周明", "phone": "13900010003", "community": "hexiang", "building": "hexiang-4", "room": room,
			"consents": []m{{"purpose": "service", "version": "2026-11"}},
		}, nil, "Idempotency-Key", "home-"+room).ok(201)
		var waiting api.Page[api.Waiting]
		chen.call("GET", "/desk/hexiang/residents", nil, &waiting).ok(200)
		i := slices.IndexFunc(waiting.Items, func(w api.Waiting) bool { return w.Name == "周明" })
		if i < 0 || *waiting.Total < 1 {
			t.Fatalf("waiting %+v", waiting)
		}
		return waiting.Items[i]
	}
	w := claim("901")
	account := "/desk/residents/" + string(w.Account)
	zhou.call("POST", account+"/verify", m{"household": w.Household}, nil).refused(403, "identity.denied")
	chen.call("POST", account+"/reject", m{"household": w.Household, "reason": ""}, nil).refused(422, "identity.reason_needed")
	chen.call("POST", account+"/reject", m{"household": w.Household, "reason": "四号楼只有六层"}, nil).ok(204)
	chen.call("POST", account+"/verify", m{"household": w.Household}, nil).refused(409, "identity.not_pending")
	w = claim("601")
	chen.call("POST", account+"/verify", m{"household": w.Household}, nil).ok(204)
	var person api.Person
	chen.call("POST", "/desk/hexiang/people/"+string(w.Account)+"/look", m{"why": "上门送证"}, &person).ok(200)
	if person.Phone != "13900010003" || person.Name != "周明" {
		t.Errorf("the person is %+v", person)
	}
	var looks api.Page[api.Look]
	zhou.call("GET", "/me/looks", nil, &looks).ok(200)
	if len(looks.Items) != 1 || looks.Items[0].Who != "陈静" || looks.Items[0].Why != "上门送证" {
		t.Errorf("looks %+v", looks.Items)
	}
	var moved api.Membership
	zhou.call("POST", "/me/homes/move", m{
		"from": w.Household, "name": "周明", "phone": "13900010003", "community": "hexiang", "building": "hexiang-2", "room": "402",
		"consents": []m{{"purpose": "service", "version": "2026-11"}},
	}, &moved).ok(201)
	if moved.Status != "verified" {
		t.Errorf("the roster knows zhou at 402: %+v", moved)
	}
	zhou.call("DELETE", "/me/homes/"+string(moved.Household), nil, nil).ok(204)
}

// keepDuty reads, replaces and hands over the duty, and lets a Round find something.
func keepDuty(t *testing.T, j *judge) {
	zhang, chen, lin := j.as("zhang"), j.as("chen"), j.as("lin")
	var duty api.Duty
	zhang.call("GET", "/desk/hexiang/duty", nil, &duty).ok(200)
	if len(duty.People) < 2 || duty.Now == nil {
		t.Fatalf("duty %+v", duty)
	}
	plan := duty.DutyPlan
	plan.Days = append(plan.Days, api.DutyDay{Date: "2026-12-24", People: []identity.AccountID{duty.People[1].Account}})
	chen.call("PUT", "/desk/hexiang/duty", plan, nil).refused(403, "identity.denied")
	var set api.Duty
	zhang.call("PUT", "/desk/hexiang/duty", plan, &set).ok(200)
	if set.Revision != plan.Revision+1 || len(set.Days) != len(plan.Days) {
		t.Errorf("set %+v", set)
	}
	zhang.call("PUT", "/desk/hexiang/duty", plan, nil).refused(409, "topic.stale_edit")
	over := m{"to": duty.People[1].Account, "until": j.h.Clock.Now().Add(2 * time.Hour), "note": "我去开会，电梯的事还没回"}
	chen.call("POST", "/desk/hexiang/handovers", over, nil, "Idempotency-Key", "over").ok(201)
	chen.call("POST", "/desk/hexiang/handovers", over, &set, "Idempotency-Key", "over").ok(201)
	if len(set.Handovers) != len(duty.Handovers)+1 || set.Now == nil || set.Now.Account != duty.People[1].Account {
		t.Errorf("after the handover %+v", set)
	}
	chen.call("POST", "/desk/hexiang/handovers", m{"to": duty.People[1].Account, "until": "明天", "note": "x"}, nil).refused(422, "api.bad_time")

	raise(lin, "楼道灯不亮")
	j.h.Settle()
	j.h.Pass(4 * time.Hour)
	var rounds api.Page[api.Round]
	chen.call("GET", "/desk/hexiang/rounds", nil, &rounds).ok(200)
	if len(rounds.Items) == 0 || rounds.Items[0].Listed == 0 {
		t.Errorf("rounds %+v", rounds.Items)
	}
	var figures api.Statistics
	chen.call("GET", "/desk/hexiang/statistics?days=60", nil, &figures).ok(200)
	if figures.Clocks[0].Topics == 0 {
		t.Errorf("figures %+v", figures)
	}
	chen.call("GET", "/desk/hexiang/statistics?days=400", nil, nil).refused(422, "stats.bad_window")
	chen.call("GET", "/desk/hexiang/statistics?days=viele", nil, nil).refused(422, "api.bad_number")
}

// publishAndEnter publishes a notice and writes down a topic for somebody offline.
func publishAndEnter(t *testing.T, j *judge) {
	chen := j.as("chen")
	notice := m{"title": "周六停水通知", "body": "周六上午九点到十一点停水，请提前接水。"}
	var published api.Topic
	chen.call("POST", "/desk/hexiang/notices", notice, &published, "Idempotency-Key", "n1").ok(201)
	if published.Kind != "notice" || published.Clock != nil {
		t.Errorf("published %+v", published.TopicCard)
	}
	if published.Status != "held" {
		t.Errorf("a notice that nobody looked at is %s", published.Status)
	}
	j.public().call("GET", "/topics/"+string(published.ID), nil, nil).refused(404, "topic.not_found")
	j.as("zhang").call("POST", "/bulletins/"+string(published.ID)+"/approve", m{"revision": 0}, nil).ok(200)
	j.public().call("GET", "/topics/"+string(published.ID), nil, nil).ok(200)
	j.as("lin").call("POST", "/desk/hexiang/notices", notice, nil).refused(403, "identity.denied")
	var entered api.Topic
	chen.call("POST", "/desk/hexiang/entries", m{
		"name": "赵秀英", "building": "hexiang-3", "board": "nearby", "body": "楼梯扶手松了",
	}, &entered).ok(201)
	if entered.Author.Name != "赵**" || entered.Author.Building == "" || entered.Via != "assisted" {
		t.Errorf("entered %+v", entered.TopicCard)
	}
	chen.call("POST", "/desk/hexiang/entries", m{"name": "赵秀英", "building": "yinxing-1", "board": "nearby", "body": "x"}, nil).
		refused(422, "api.no_building")
	p := chen.call("POST", "/desk/hexiang/entries", m{"name": "1", "building": "nowhere", "board": "nearby", "body": ""}, nil).problem()
	if len(p.Fields) != 3 {
		t.Errorf("an empty entry has faults on %+v", p.Fields)
	}
}

// settingsAndRoles changes Rounds, and gives a role and takes it away.
func settingsAndRoles(t *testing.T, j *judge) {
	zhang, admin, lin := j.as("zhang"), j.as("admin"), j.as("lin")
	var times api.RoundTimes
	zhang.call("PUT", "/desk/hexiang/settings/rounds", m{"times": []string{"10:00", "16:00"}, "workdays_only": true}, &times).ok(200)
	zhang.call("PUT", "/desk/hexiang/settings/rounds", m{"times": []string{"25:00"}}, nil).refused(422, "community.bad_rounds")
	lin.call("GET", "/desk/hexiang/settings/rounds", nil, &times).ok(200)
	if len(times.Times) != 2 || !times.Workdays {
		t.Errorf("times %+v", times)
	}
	var found api.Found
	admin.call("POST", "/desk/hexiang/people/find", m{"phone": "139 0001 0001"}, &found).ok(200)
	if found.Name != "林**" {
		t.Errorf("found %+v", found)
	}
	grant := m{"account": found.Account, "role": "staff", "title": "志愿者"}
	zhang.call("POST", "/desk/hexiang/roles", grant, nil).refused(403, "identity.denied")
	admin.call("POST", "/desk/hexiang/roles", grant, nil).ok(204)
	lin.call("GET", "/desk/hexiang/queue", nil, nil).ok(200)
	j.h.Settle()
	var holders api.Page[api.Holder]
	admin.call("GET", "/desk/hexiang/roles", nil, &holders).ok(200)
	if !slices.ContainsFunc(holders.Items, func(h api.Holder) bool { return h.Account == found.Account && h.Roles[0].Title == "志愿者" }) {
		t.Errorf("holders %+v", holders.Items)
	}
	admin.call("POST", "/desk/hexiang/roles/revoke", grant, nil).ok(204)
	lin.call("GET", "/desk/hexiang/queue", nil, nil).refused(403, "identity.denied")
	admin.call("POST", "/desk/hexiang/roles", m{"account": found.Account, "role": "partner"}, nil).refused(422, "identity.bad_grant")
}

// readInTheOpen is what somebody without an account can do, and what they cannot.
func readInTheOpen(t *testing.T, j *judge) {
	nobody := j.public()
	var all api.Page[api.Node]
	nobody.call("GET", "/communities", nil, &all).ok(200)
	if *all.Total < 20 {
		t.Errorf("%d communities", *all.Total)
	}
	var place api.Community
	nobody.call("GET", "/communities/hexiang", nil, &place).ok(200)
	if len(place.Boards) != 9 || place.Boards[0].Name != "社区公告" || place.Member {
		t.Errorf("community %+v", place)
	}
	nobody.call("GET", "/communities/nowhere", nil, nil).refused(404, "community.no_node")
	nobody.call("GET", "/communities/hexiang/places", nil, nil).ok(200)
	var notices api.Page[api.TopicCard]
	nobody.call("GET", "/open/communities/hexiang/notices", nil, &notices).ok(200)
	for _, n := range notices.Items {
		if n.Kind != "notice" {
			t.Errorf("the public reads %+v", n)
		}
	}
	nobody.call("GET", "/open/communities/hexiang/statistics", nil, nil).ok(200)
	var feed api.Feed
	nobody.call("GET", "/communities/hexiang/topics", nil, &feed).ok(200)
	if !feed.PublicOnly {
		t.Error("the public reads a whole feed")
	}
	nobody.call("GET", "/communities/hexiang/topics?board=nearby", nil, nil).refused(401, "identity.sign_in")
}

// signInByPhone signs a program in by somebody's phone.
func signInByPhone(t *testing.T, j *judge) {
	var login api.Login
	j.public().call("POST", "/session/logins", m{"device": "居委大厅的屏幕"}, &login).ok(201)
	take := "/session/logins/" + login.Nonce + "/token"
	chen, gu := j.as("chen"), j.as("gu")
	var asked api.LoginState
	chen.call("POST", "/session/logins/"+login.Nonce+"/scan", nil, &asked).ok(200)
	if asked.Device != "居委大厅的屏幕" || asked.State != identity.LoginScanned {
		t.Errorf("asked %+v", asked)
	}
	j.public().call("POST", take, m{"secret": login.Secret}, nil).refused(409, "identity.login_waiting")
	gu.call("POST", "/session/logins/"+login.Nonce+"/confirm", nil, nil).refused(403, "identity.login_other")
	chen.call("POST", "/session/logins/"+login.Nonce+"/confirm", nil, nil).ok(200)
	j.public().call("POST", take, m{"secret": "geraten"}, nil).refused(409, "identity.login_gone")
	var token api.Token
	j.public().call("POST", take, m{"secret": login.Secret}, &token).ok(200)
	j.public().call("POST", take, m{"secret": login.Secret}, nil).refused(409, "identity.login_gone")
	var who api.Session
	client{j, token.Token}.call("GET", "/session", nil, &who).ok(200)
	if who.Name != "陈静" {
		t.Errorf("the screen is %+v", who)
	}
}

// ownAccount changes and reads what belongs to a person, and ends with it gone.
func ownAccount(t *testing.T, j *judge) {
	wang := j.as("wang")
	wang.call("PUT", "/me/preferences", m{"elder": true, "wechat_notices": false}, nil).ok(200)
	wang.call("PUT", "/me/consents/publication", m{"version": "2026-11"}, nil).ok(204)
	wang.call("DELETE", "/me/consents/publication", nil, nil).ok(204)
	wang.call("DELETE", "/me/consents/service", nil, nil).refused(409, "identity.withdraw_service")
	wang.call("PUT", "/me/consents/everything", m{"version": "1"}, nil).refused(422, "identity.bad_consent")
	var given api.Page[api.Consent]
	wang.call("GET", "/me/consents", nil, &given).ok(200)
	if i := slices.IndexFunc(given.Items, func(c api.Consent) bool { return c.Purpose == "publication" }); i < 0 || given.Items[i].Withdrawn.Time.IsZero() {
		t.Errorf("consents %+v", given.Items)
	}
	var data api.MyData
	wang.call("GET", "/me/data", nil, &data).ok(200)
	if data.Name != "王建国" || data.Phone != "13900010006" || !data.Preferences.Elder || len(data.Memberships) == 0 {
		t.Errorf("data %+v", data)
	}
	wu := j.as("observer")
	wu.call("POST", "/me/introduction", m{
		"name": "孔明哲", "phone": "13900010013", "consents": []m{{"purpose": "service", "version": "2026-11"}},
	}, nil).ok(204)
	var who api.Session
	wu.call("GET", "/session", nil, &who).ok(200)
	if !who.SignedIn || len(who.Roles) != 1 || who.Roles[0].Role != "observer" || who.CSRF == "" || !strings.HasSuffix(string(mustJSON(t, who.Expires)), `.000Z"`) {
		t.Errorf("session %+v", who)
	}
	wu.call("DELETE", "/session", nil, nil).ok(204)
	wu.call("GET", "/session", nil, nil).refused(401, "identity.session_ended")
	wang.call("DELETE", "/me", nil, nil).ok(204)
	wang.call("GET", "/me/data", nil, nil).refused(401, "identity.session_ended")
}
