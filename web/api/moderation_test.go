package api_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/internal/ids"
	"jushou/web/api"
)

// talkBelow answers, quotes, calls, mends and takes back, and reads a long thread both ways.
func talkBelow(t *testing.T, j *judge) {
	lin, wang := j.as("lin"), j.as("wang")
	posted := raise(lin, "三号楼的信箱坏了\n锁芯都锈了，开不了门")
	path := "/topics/" + string(posted.ID)
	var first, reply api.Comment
	wang.call("POST", path+"/comments", m{"body": "我家的也是", "quote": "锁芯都锈了"}, &first).ok(201)
	if first.Quote == nil || first.Quote.Text != "锁芯都锈了" || !first.May.Edit || first.EditUntil.IsZero() {
		t.Errorf("quoted: %+v", first)
	}
	wang.call("POST", path+"/comments", m{"body": "x", "quote": "没有人说过这句"}, nil).refused(422, "comment.bad_quote")
	lin.call("POST", path+"/comments", m{"body": "一起报给物业吧", "reply_to": first.ID, "quote": "我家的也是"}, &reply).ok(201)
	if reply.Parent != first.ID || reply.ReplyTo != first.ID || reply.ReplyToName != first.Author.Name {
		t.Errorf("replied: %+v", reply)
	}
	lin.call("POST", "/topics/"+string(raise(lin, "另一件事").ID)+"/comments", m{"body": "x", "reply_to": first.ID}, nil).refused(404, "topic.not_found")

	at := "/comments/" + string(first.ID)
	lin.call("PATCH", at, m{"revision": 0, "body": "改成我的"}, nil).refused(403, "topic.not_author")
	wang.call("PATCH", at, m{"revision": 0, "body": "我家的也是，302"}, &first).ok(200)
	if first.Revision != 1 || len(first.Earlier) != 1 || first.EditedAt.IsZero() {
		t.Errorf("mended: %+v", first)
	}
	wang.call("PATCH", at, m{"revision": 0, "body": "从旧的一版改的"}, nil).refused(409, "topic.stale_edit")
	wang.call("DELETE", at, nil, &first).ok(200)
	lin.call("DELETE", at, nil, nil).refused(403, "topic.not_author")
	var seen api.Comment
	lin.call("GET", at, nil, &seen).ok(200)
	if !seen.Withdrawn || seen.Body != "" || len(seen.Earlier) != 0 {
		t.Errorf("taken back, a neighbour still reads %+v", seen)
	}
	lin.call("POST", path+"/comments", m{"body": "x", "reply_to": first.ID}, nil).refused(409, "comment.gone")
	pageBothWays(t, lin, path)
}

// pageBothWays walks a thread of more than one page to its end and back.
func pageBothWays(t *testing.T, lin client, path string) {
	h := lin.j.h
	actor, err := h.People.SignInByWeChat(t.Context(), h.Phone("lin").Who.OpenID)
	for i := 0; err == nil && i < 33; i++ { // past the API, which would ask for a rest
		_, err = h.Topics.CommentTopic(t.Context(), actor, deliberation.CommentTopic{
			ID: deliberation.CommentID(ids.New(h.Clock.Now())), Topic: deliberation.TopicID(strings.TrimPrefix(path, "/topics/")),
			Body: "第" + strconv.Itoa(i) + "句", Via: deliberation.ViaH5,
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	read := func(query string) (p api.CommentsPage) {
		lin.call("GET", path+"/comments"+query, nil, &p).ok(200)
		return p
	}
	head := read("")
	tail := read("?after=" + head.Next)
	if len(head.Items) != 30 || head.Prev != "" || len(tail.Items) != 5 || tail.Next != "" {
		t.Fatalf("%d comments, then %d", len(head.Items), len(tail.Items))
	}
	back := read("?before=" + tail.Prev)
	same := slices.EqualFunc(back.Items, head.Items, func(a, b api.Comment) bool { return a.ID == b.ID })
	if !same {
		t.Error("the way back shows other comments")
	}
	newest := tail.Items[4].ID
	if p := read("?last=1"); p.Items[len(p.Items)-1].ID != newest {
		t.Error("the last page does not end with the newest")
	}
	around := read("?at=" + string(newest))
	if !slices.ContainsFunc(around.Items, func(c api.Comment) bool { return c.ID == newest }) {
		t.Error("the page at a comment does not show it")
	}
}

// judgeWords reports, hides, appeals, and decides, one by one and many at once.
func judgeWords(t *testing.T, j *judge) {
	lin, wang, chen, gu := j.as("lin"), j.as("wang"), j.as("chen"), j.as("gu")
	path := "/topics/" + string(raise(lin, "楼下的花坛谁来管").ID)
	say := func(body string) api.Comment {
		var c api.Comment
		wang.call("POST", path+"/comments", m{"body": body}, &c).ok(201)
		return c
	}
	bad := say("就他家最懒，谁不知道")
	about := "/comment/" + string(bad.ID)
	wang.call("POST", "/reports"+about, m{"why": "abuse"}, nil).refused(403, "moderation.own_report")
	lin.call("POST", "/reports"+about, m{"why": "ugly"}, nil).refused(422, "moderation.bad_reason")
	lin.call("POST", "/reports"+about, m{"why": "abuse", "words": "在骂人"}, nil).ok(204)
	lin.call("POST", "/reports"+about, m{"why": "abuse", "words": "在骂人"}, nil).ok(204)
	lin.call("GET", "/desk/hexiang/moderation", nil, nil).refused(403, "identity.denied")
	item := waiting(t, chen, string(bad.ID))
	if len(item.Hints) != 1 || item.Hints[0].Words != "在骂人" || item.State != "shown" {
		t.Errorf("reported: %+v", item)
	}
	rule := func(i api.CaseItem, what, reason string) m {
		return m{"kind": i.Kind, "id": i.ID, "revision": i.Revision, "seen": i.Seen, "what": what, "reason": reason}
	}
	chen.call("POST", "/moderation/decisions", rule(item, "hide", ""), nil).refused(422, "moderation.reason_needed")
	var decided api.Case
	chen.call("POST", "/moderation/decisions", rule(item, "hide", "请不要指责邻居"), &decided).ok(200)
	if len(decided.Decisions) != 1 || len(decided.Hints) != 0 || !decided.OpenedAt.IsZero() {
		t.Errorf("decided: %+v", decided)
	}
	gu.call("POST", "/moderation/decisions", rule(item, "show", ""), nil).refused(409, "moderation.stale_decided")

	lin.call("POST", "/appeals"+about, m{"words": "x"}, nil).refused(404, "moderation.no_such_thing")
	var appeal api.Appeal
	wang.call("POST", "/appeals"+about, m{"words": "我说的是自己家"}, &appeal).ok(201)
	item = waiting(t, chen, string(bad.ID))
	if item.Appeal == nil || !item.Raised || item.Barred != "moderation.own_decision" {
		t.Errorf("appealed: %+v", item)
	}
	chen.call("POST", "/moderation/decisions", rule(item, "hide", "x"), nil).refused(403, "moderation.own_decision")
	gu.call("POST", "/moderation/decisions", rule(item, "show", "说清楚了"), nil).ok(200)
	var own api.OwnThing
	wang.call("GET", "/appeals"+about, nil, &own).ok(200)
	if own.State != "shown" || own.Appeal == nil || !own.Appeal.Granted || own.Appeal.Answer != "说清楚了" {
		t.Errorf("in the end %+v", own)
	}
	decideMany(t, j, say("加微信代开发票"), say("专业代开发票"))
}

// decideMany shows two comments that the word list hid, with a preview, and leaves out what is not there.
func decideMany(t *testing.T, j *judge, held ...api.Comment) {
	chen := j.as("chen")
	j.h.Settle()
	picks := []m{{"kind": "comment", "id": "nothing", "revision": 0, "seen": ""}}
	for _, c := range held {
		i := waiting(t, chen, string(c.ID))
		if i.State != "held" || len(i.Findings) == 0 {
			t.Errorf("held: %+v", i)
		}
		picks = append(picks, m{"kind": i.Kind, "id": i.ID, "revision": i.Revision, "seen": i.Seen})
	}
	bulk := m{"picks": picks, "what": "hide", "reason": "广告"}
	for _, address := range []string{"/preview", "/bulk"} {
		var all api.Effects
		chen.call("POST", "/moderation/decisions"+address, bulk, &all).ok(200)
		if len(all.Items) != 3 || all.Items[0].Refused != "moderation.no_such_thing" || all.Items[0].Detail == "" || !all.Items[1].Changes || !all.Items[2].Changes {
			t.Errorf("%s: %+v", address, all.Items)
		}
	}
	chen.call("POST", "/moderation/decisions/bulk", m{"what": "show"}, nil).refused(422, "moderation.too_many")
}

// waiting finds a thing in the queue.
func waiting(t *testing.T, c client, id string) api.CaseItem {
	t.Helper()
	var q api.Page[api.CaseItem]
	c.call("GET", "/desk/hexiang/moderation", nil, &q).ok(200)
	i := slices.IndexFunc(q.Items, func(x api.CaseItem) bool { return x.ID == id })
	if i < 0 {
		t.Fatalf("%s does not wait among %d", id, len(q.Items))
	}
	return q.Items[i]
}

// setBoards renames a board, and refuses a page that is older than the boards.
func setBoards(t *testing.T, j *judge) {
	zhang := j.as("zhang")
	const at = "/desk/hexiang/boards"
	j.as("lin").call("GET", at, nil, nil).refused(403, "identity.denied")
	var s, after api.BoardSettings
	zhang.call("GET", at, nil, &s).ok(200)
	i := slices.IndexFunc(s.Boards, func(b api.BoardSetting) bool { return b.Key == "nearby" })
	s.Boards[i].Name = "邻里事"
	zhang.call("PUT", at, s, &after).ok(200)
	if after.Version != s.Version+1 || after.Boards[i].Name != "邻里事" {
		t.Errorf("renamed: %+v", after)
	}
	zhang.call("PUT", at, s, nil).refused(409, "board.stale")
	after.Boards[i].Name, after.Boards[i].Patrolled, after.Boards[i].Clock = "一个太长的名字不能用", true, false
	zhang.call("PUT", at, after, nil).refused(422, "board.name_too_long")
	after.Boards[i] = s.Boards[i]
	after.Boards[i].Name = ""
	zhang.call("PUT", at, after, nil).ok(200)
}
