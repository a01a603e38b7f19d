package apptest_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/internal/apptest"
)

// TestOwnersVotesAreCountedOnTheirPages from the open vote, of which nothing can be read, over its closing instant to the sums, and to what a
// second person confirms beside them. The clock stands, so that a millisecond is one.
func TestOwnersVotesAreCountedOnTheirPages(t *testing.T) {
	t.Parallel()
	h := &ownersHouse{House: apptest.Plan{Standing: true}.Open(t), t: t}
	h.registers()
	h.drafts()
	nonce := h.ballots()
	h.frozen()
	h.secret()
	h.replayed(nonce)
	h.closesExactly()
	h.sums()
	h.overridden()
}

// ballots has 林阿姨 vote yes for herself and, as the mandate says, no for 李丁, 王师傅 no, 孙丙 spoil a paper, and 赵甲 with 钱乙 and 周戊 be served, who are
// silent. It returns the draw of 林阿姨's ballot.
func (h *ownersHouse) ballots() (nonce string) {
	h.seat("chen", "3-603").SubmitFiles("/mandate", h.proof(), "kind", "mandate", "phone", "13900010001").Want(200)
	for i, home := range []string{"3-503", "3-603"} {
		voter := h.voter(home)
		confirm := h.as("lin").Get("/v/"+h.id).Submit("/confirm", "voter", voter, "o", strconv.Itoa(i)).Want(200, "请确认您的选择")
		if nonce == "" {
			nonce = confirm.Typed("/ballot", "nonce")
		}
		confirm.Submit("/ballot").Want(200, "投票凭证")
	}
	h.as("wang").Get("/v/"+h.id).Submit("/confirm", "o", "1").Submit("/ballot").Want(200, "投票凭证")
	for _, who := range []string{"chen", "gu"} {
		h.seat(who, "3-602").Submit("/paper", "spoilt", "unclear").Want(200)
	}
	for _, door := range []string{"3-601", "3-604"} {
		h.seat("gu", door).SubmitFiles("/serve", h.proof(), "method", "上门送达", "recipient", "本人签收").Want(200, "本人签收")
	}
	return nonce
}

// voter is the line of the roll at a door, as addresses name it.
func (h *ownersHouse) voter(door string) string {
	h.t.Helper()
	at := h.seat("chen", door).Path
	return at[strings.LastIndexByte(at, '/')+1:]
}

// frozen tries to change what the opening froze: by the desk's forms, and by programs.
func (h *ownersHouse) frozen() {
	desk, api := h.known("chen"), "/api/v1/polls/"+h.id
	seen := desk.Get(h.at).Want(200)
	for step, fill := range map[string]map[string][]string{
		"list": {}, "relist": {"reason": {"改一改"}}, "withdraw": {"reason": {"不投了"}}, "remove": {"phone": {"13900010006"}, "reason": {"去掉"}},
		"postpone": {"opens": {"2027-01-01T09:00"}, "closes": {"2027-01-09T09:00"}, "reason": {"再等等"}},
	} {
		for _, form := range seen.Attrs("form", "action") {
			if strings.HasSuffix(form, "/"+step) {
				h.t.Errorf("an open vote offers %s", step)
			}
		}
		fill["_csrf"] = []string{seen.CSRF()}
		desk.Post(h.at+"/"+step, fill).Want(409)
	}
	fill := map[string][]string{"_csrf": {seen.CSRF()}, "phone": {"13900010009"}, "reason": {"漏了"}}
	desk.Post(h.at+"/add", fill).Want(409, "开始投票以后，业主的名册不再变")
	draft := map[string]any{
		"label": "consultation", "question": "用维修资金修电梯吗？", "options": []map[string]string{{"text": "同意"}, {"text": "不同意"}},
		"rule": `{"method":"single"}`, "opens_at": "2027-01-01T09:00:00Z", "closes_at": "2027-01-09T09:00:00Z",
	}
	desk.Call("PUT", api, draft, nil).Want(409)
	desk.Call("POST", api+"/roll/renewal", map[string]string{"reason": "改一改"}, nil).Want(409, "poll.wrong_state")
	desk.Call("POST", api+"/roll/additions", map[string]string{"phone": "13900010009", "reason": "漏了"}, nil).Want(409, "poll.owners_frozen")
	h.as("lin").Get("/v/"+h.id).Want(200, "用维修资金修屋面吗？").Not("修电梯", "再等等")
}

// watchers are who looks at an open vote, and where.
func (h *ownersHouse) watchers() map[string][]string {
	api, c := "/api/v1/polls/"+h.id, "/api/v1/communities/hexiang/polls"
	read := []string{"/v/" + h.id, "/c/hexiang/polls", "/c/hexiang", c, api, "/open/polls/" + h.id, "/open/c/hexiang/polls"}
	for _, file := range []string{"charter", "election.pb", "stakes", "commits/0", "ballots/0", "entries/0", "check"} {
		read = append(read, "/open/polls/"+h.id+"/"+file)
	}
	for _, file := range []string{"", "/election", "/stakes", "/commits/0", "/ballots/0"} {
		read = append(read, "/api/v1/open/polls/"+h.id+file)
	}
	tend := slices.Concat(read, []string{
		h.at, h.at + "/roll", h.at + "/roll?at=3-504", h.at + "/papers", h.at + "?building=hexiang-3", h.at + "/seats/" + h.voter("3-504"), "/desk/c/hexiang/polls",
		"/desk/c/hexiang/stats", "/desk/c/hexiang/owners", api + "/turnout", api + "/turnout?building=hexiang-3&voter=" + h.voter("3-504"), api + "/roll", api + "/roll/" + h.voter("3-504"), api + "/papers",
	})
	return map[string][]string{
		"chen": tend, "zhang": tend, "gu": tend, "town": tend, "admin": tend, "observer": tend, "property": tend, "branch": tend,
		"lin": read,
		"":    slices.DeleteFunc(slices.Clone(read), func(at string) bool { return !strings.Contains(at, "/open/") }),
	}
}

// reference is what a refusal is looked up by in the program's own log: another one every time.
var reference = regexp.MustCompile(`"reference":"\w+"`)

// unread is how many notices wait, at the foot of a page: a count that is a moment old, and no ballot makes a notice.
var unread = regexp.MustCompile(`我的 \d+$`)

// read is what everybody who looks is shown, by who and where.
func (h *ownersHouse) read() map[string]string {
	all := map[string]string{}
	for who, where := range h.watchers() {
		phone := h.Browser()
		if who != "" {
			phone = h.known(who)
		}
		for _, at := range where {
			p := phone.Get(at)
			text := unread.ReplaceAllString(p.Text(), "我的")
			if strings.HasPrefix(at, "/api/") {
				text = string(p.Body)
			}
			all[who+" "+at] = fmt.Sprint(p.Status, " ", reference.ReplaceAllString(text, ""))
		}
	}
	return all
}

// secret has 王师傅 change his vote from no to yes, which would carry it: nobody else is shown anything else than before.
func (h *ownersHouse) secret() {
	// The weeks that the clock was moved by have other votes counted too: first everything comes to rest.
	must(h.t, h.SweepAll(h.t.Context()))
	h.Settle()
	before := h.read()
	h.Eventually(patienceForLog, "the pages stand still", func() bool {
		again := h.read()
		still := maps.Equal(before, again)
		before = again
		return still
	})
	h.as("wang").Get("/v/"+h.id).Submit("/confirm", "o", "0").Submit("/ballot").Want(200, "第 2 次")
	h.Settle()
	for where, text := range h.read() {
		if text != before[where] {
			h.t.Errorf("%s tells of a ballot:\n%s\n%s", where, before[where], text)
		}
	}
	for where, text := range before {
		if strings.Contains(where, "/open/polls/") && !strings.HasPrefix(text, "404") {
			h.t.Errorf("%s answers %.200s while the vote is open", where, text)
		}
	}
	for _, where := range []string{"chen " + h.at, "zhang " + h.at, "chen /api/v1/polls/" + h.id + "/turnout"} {
		if !strings.HasPrefix(before[where], "200") {
			h.t.Errorf("%s: %.200s", where, before[where])
		}
	}
	// A part of the owners is no question: the answer is the whole, whatever is asked.
	turnout, api := "chen /api/v1/polls/"+h.id+"/turnout", slices.Collect(maps.Keys(before))
	for _, where := range api {
		if strings.HasPrefix(where, turnout) && before[where] != before[turnout] {
			h.t.Errorf("%s answers %s", where, before[where])
		}
	}
}

// replayed has 王师傅 send the draw of 林阿姨's ballot, by form and by program. He keeps the vote he had, and is given another draw.
func (h *ownersHouse) replayed(nonce string) {
	confirm := h.as("wang").Get("/v/"+h.id).Submit("/confirm", "o", "1")
	refused := confirm.Submit("/ballot", "nonce", nonce).Want(409, "这张选票用过了", "不同意")
	if again := refused.Typed("/ballot", "nonce"); again == nonce || len(again) != len(nonce) {
		h.t.Errorf("drawn again: %q after %q", again, nonce)
	}
	ballot := map[string]any{"choice": map[string]any{"picks": []int{1}}, "t": poll.TagOf(nonce)}
	h.known("wang").Call("POST", "/api/v1/polls/"+h.id+"/ballots", ballot, nil).Want(409, "poll.replayed")
}

// closesExactly moves the clock to a millisecond before the closing instant and to one after it. No sweep has its turn between them.
func (h *ownersHouse) closesExactly() {
	p, err := h.Polls.Poll(h.t.Context(), h.Actor("chen"), poll.ID(h.id))
	must(h.t, err)
	open := h.as("wang").Get("/v/" + h.id)
	confirm := func(o string) *apptest.Page {
		return open.Submit("/confirm", "o", o).Want(200, "请确认您的选择")
	}
	in, late := confirm("0"), confirm("1")

	h.Clock.Set(p.ClosesAt.Add(-time.Millisecond))
	in.Submit("/ballot").Want(200, "投票凭证", "第 3 次")
	h.Clock.Set(p.ClosesAt.Add(time.Millisecond))
	late.Submit("/ballot").Want(409, "投票已经截止，截止以后收到的票不算", "没有计入", "不同意", "您投过了")
	open.Submit("/confirm", "o", "1").Want(409, "投票已经截止", "没有计入")
	ballot := map[string]any{"choice": map[string]any{"picks": []int{1}}, "t": poll.TagOf("late")}
	h.known("wang").Call("POST", "/api/v1/polls/"+h.id+"/ballots", ballot, nil).Want(409, "poll.closed")
	seen, err := h.Polls.Poll(h.t.Context(), h.Actor("chen"), p.ID)
	must(h.t, err)
	if seen.State != poll.Open || seen.Phase != poll.Closed {
		h.t.Errorf("the vote is %s and shown as %s: the sweep should be late", seen.State, seen.Phase)
	}
	sweep(h.t, h.House)
	h.as("lin").Get("/v/"+h.id).Want(200, "网上已截止").Not("通过：同意", "参加率")
	h.Browser().Get("/open/polls/" + h.id).Want(404)
	h.as("chen").Get(h.at+"/papers").Submit("/finish").Want(200, "录完了")
	sweep(h.t, h.House)
}

// sums are those of both readings, step by step, for everybody to do again.
func (h *ownersHouse) sums() {
	h.as("town").Get("/open/c/hexiang/polls").Want(200, "用维修资金修屋面吗？", "名册 7，投票 4")
	for who, at := range map[*apptest.Phone]string{h.Browser(): "/open/polls/" + h.id, h.as("lin"): "/v/" + h.id} {
		page := who.Get(at).Want(200, "通过", "名册 7，投票 4", "其中纸质票 1，废票 1", "其中 1 票由受托人或监护人代投", "没交回的随多数", "没交回的不算参加", "以这一种算法为准", "另一种算法，列出来供对照")
		readings := page.All(".card")
		for reading, says := range map[string][]string{
			"没交回的随多数、车位计入": {
				"全体业主7567.11 m²", "其中“同意”2169.15 m²", "其中“不同意”164.37 m²", "废票164.37 m²", "送达了没交回、算作参加2180.70 m²", "没有参加188.52 m²", "参加表决5414.22 m²",
				"没交回的加到“同意”", "参加的面积 414.22 m² / 567.11 m² = 73.04%，要求达到 2/3。算一遍：124266 ≥ 113422，达到", "参加的人数 5 / 7 = 71.43%",
				"“同意”同意的面积 349.85 m² / 414.22 m² = 84.46%，要求超过 1/2", "“同意”同意的人数 4 / 5 = 80.00%", "通过：同意",
			},
			"没交回的不算参加、车位计入":  {"参加表决3233.52 m²", "参加的人数 3 / 7 = 42.86%，要求达到 2/3。算一遍：9 ≥ 14，没有达到", "参加的不够，不作决定"},
			"没交回的不算参加、车位不计入": {"全体业主7554.51 m²", "参加的不够，不作决定"},
		} {
			i := slices.IndexFunc(readings, func(card string) bool { return strings.HasPrefix(card, reading) })
			if i < 0 {
				h.t.Errorf("%s has no reading %q in %q", at, reading, readings)
				continue
			}
			for _, s := range says {
				if !strings.Contains(readings[i], s) {
					h.t.Errorf("%s does not say %q in %s", at, s, readings[i])
				}
			}
		}
	}
}

// overridden has the desk say that something else holds: with a reason, by two people, in public, and the sums stay.
func (h *ownersHouse) overridden() {
	computed := h.Browser().Get("/open/polls/"+h.id+"/charter").Want(200, `"result"`).Body
	const says, why = "本次表决经法院判决撤销", "（2027）沪民终 1 号判决"
	token := h.as("chen").Get(h.at).Want(200).Typed("/override", "token")
	form := map[string][]string{"token": {token}, "says": {says}, "reason": {why}}
	for _, who := range []string{"lin", "property", "observer", "branch"} {
		phone := h.as(who)
		form["_csrf"] = []string{phone.Get("/me").CSRF()}
		if p := phone.Post(h.at+"/override", form); p.Status != 403 && p.Status != 404 {
			h.t.Errorf("%s overrides: %d", who, p.Status)
		}
	}
	refused := h.as("chen").Get(h.at).Submit("/override", "says", says).Want(422, "请写明原因，大家都会看到")
	if refused.Typed("/override", "says") != says {
		h.t.Error("what was typed is lost")
	}
	refused.Submit("/override", "says", " ", "reason", why).Want(422, "请写清楚更改成什么")
	refused.Submit("/override", "says", says, "reason", why).Want(200, "等另一位同事确认", says)
	h.Browser().Get("/open/polls/" + h.id).Not(says)
	h.as("lin").Get("/v/" + h.id).Not(says)
	h.as("chen").Get(h.at).Submit("/overridden").Want(403, "更改要由另一位同事确认")
	h.as("zhang").Get(h.at).Submit("/overridden").Want(200, "更改公开了")
	for _, at := range []string{"/open/polls/" + h.id, "/v/" + h.id} {
		h.as("lin").Get(at).Want(200, "结果有更改", says, why, "下面是计算出的结果，照旧公开", "通过：同意", "414.22")
	}
	if after := h.Browser().Get("/open/polls/" + h.id + "/charter").Body; string(after) != string(computed) {
		h.t.Errorf("the computed result changed from %s to %s", computed, after)
	}
	h.logged(poll.PollOverridden)
}

// logged waits until an act about the vote is in the public log, and reads it there.
func (h *ownersHouse) logged(act string) {
	h.t.Helper()
	inLog(h.t, h.House, poll.ID(h.id), act)
}

// inLog waits until an act about a poll is an entry of the public log, and opens its page. It returns how many there are.
func inLog(t *testing.T, h *apptest.House, id poll.ID, act string) (entries int) {
	t.Helper()
	sign(t, h)
	var at int64
	h.Eventually(patienceForLog, act+" is in the public log", func() bool {
		c, err := h.PublicLog.Latest(t.Context())
		if err != nil {
			return false
		}
		entries = 0
		for end := c.Size; end > 0; end -= 200 {
			list, err := h.PublicLog.Before(t.Context(), end, 200)
			must(t, err)
			for _, l := range list {
				if l.Entry.Act == act && l.Entry.Of == "poll/"+string(id) {
					entries, at = entries+1, l.Index
				}
			}
		}
		return entries > 0
	})
	h.Browser().Get(fmt.Sprint("/open/log/entry/", at)).Want(200, act)
	return entries
}

// TestAVoterAddedLateIsAnEntryOfItsOwn: it says why, outside the roll that was frozen, and nobody is taken off.
func TestAVoterAddedLateIsAnEntryOfItsOwn(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	p := opened(t, h, "路口种什么树？")
	newcomers(t, h, 1)
	chen, at := h.Phone("chen"), "/desk/c/hexiang/polls/"+string(p.ID)
	desk := chen.Get(at).Want(200, "这次补登会单独公开记录原因")
	desk.Submit("/add", "phone", "17712340000").Want(422, "请写明原因，大家都会看到")
	desk.Submit("/add", "phone", "17712340000", "reason", "上周搬来，名册漏了").Want(200, "补上了")
	desk.Submit("/add", "phone", "17712340000", "reason", "再来一次").Want(409, "名册上已经有了")
	chen.Post(at+"/remove", map[string][]string{"_csrf": {desk.CSRF()}, "phone": {"17712340000"}, "reason": {"又不要了"}}).Want(409)
	h.Phone("lin").Get("/v/"+string(p.ID)).Want(200, "开始以后补登的人", "上周搬来，名册漏了").Not("17712340000", "来新")
	if n := inLog(t, h, p.ID, poll.PollAdded); n != 1 {
		t.Errorf("%d entries of one addition", n)
	}
	if n := inLog(t, h, p.ID, poll.PollOpened); n != 1 {
		t.Errorf("%d entries of the opening", n)
	}
}
