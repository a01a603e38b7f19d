package api_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/identity"
	"jushou/web/api"
)

// sweepPolls lets the stored instants of polls take effect.
func (j *judge) sweepPolls(d time.Duration) {
	j.t.Helper()
	j.h.Clock.Advance(d)
	if err := j.h.Sweep(j.t.Context(), "polls"); err != nil {
		j.t.Fatal(err)
	}
}

// newPoll is a consultation that opens at once and takes ballots for a day.
func (j *judge) newPoll(question string) m {
	at := func(d time.Duration) string { return j.h.Clock.Now().Add(d).UTC().Format(time.RFC3339) }
	return m{
		"label": "consultation", "question": question, "options": []m{{"text": "桂花"}, {"text": "樱花"}}, "rule": `{"method":"single"}`,
		"opens_at": at(0), "closes_at": at(24 * time.Hour),
	}
}

// holdAPoll plays a consultation from its draft to the published ballots.
func holdAPoll(t *testing.T, j *judge) {
	lin, chen := j.as("lin"), j.as("chen")
	var p api.Poll
	lin.call("POST", "/desk/hexiang/polls", j.newPoll("我来问"), nil, "Idempotency-Key", "v0").refused(403, "identity.denied")
	first := j.newPoll("种什么") // its instants are those of one moment, however long the first call takes
	chen.call("POST", "/desk/hexiang/polls", first, &p, "Idempotency-Key", "v1").ok(201)
	chen.call("POST", "/desk/hexiang/polls", first, &p, "Idempotency-Key", "v1").ok(201)
	bad := j.newPoll("种什么")
	bad["rule"] = `{"method":"multiple"}`
	chen.call("POST", "/desk/hexiang/polls", bad, nil, "Idempotency-Key", "v2").refused(422, "rule.multiple_without_end")
	bad["rule"] = `{"method":"single","magic":1}`
	chen.call("POST", "/desk/hexiang/polls", bad, nil, "Idempotency-Key", "v3").refused(422, "rule.unreadable")
	path := "/polls/" + string(p.ID)
	lin.call("GET", path, nil, nil).refused(404, "poll.not_found")
	chen.call("PUT", path, j.newPoll("种什么树"), &p).ok(200)
	chen.call("POST", path+"/roll", nil, &p).ok(200)
	j.sweepPolls(0)
	var list api.Page[api.PollCard]
	lin.call("GET", "/communities/hexiang/polls", nil, &list).ok(200)
	if len(list.Items) == 0 || list.Items[0].ID != p.ID || list.Items[0].State != "open" || !list.Items[0].MayVote {
		t.Fatalf("the list begins with %+v", list.Items)
	}
	chen.call("PUT", path, j.newPoll("改问题"), nil).refused(409, "poll.wrong_state")

	tag := func(n int) string { return string(poll.TagOf(fmt.Sprintf("%032d", n))) }
	var r, same api.PollReceipt
	ballot := m{"choice": m{"picks": []int{0}}, "t": tag(0)}
	lin.call("POST", path+"/ballots", m{"choice": m{"picks": []int{0}}}, nil, "Idempotency-Key", "b0").refused(422, "poll.nonce")
	lin.call("POST", path+"/ballots", m{"choice": m{"picks": []int{7}}, "t": tag(0)}, nil, "Idempotency-Key", "b1").refused(422, "choice.unknown_option")
	lin.call("POST", path+"/ballots", ballot, &r, "Idempotency-Key", "b2").ok(201)
	lin.call("POST", path+"/ballots", ballot, &same).ok(201)
	if same != r {
		t.Errorf("the same ballot again is %+v", same)
	}
	lin.call("GET", path+"/receipt", nil, &same).ok(200)
	chen.call("POST", path+"/ballots", ballot, nil).refused(403, "identity.verify_first")
	roll, _, err := j.h.Polls.RollLines(t.Context(), j.h.Actor("chen"), p.ID, "", "")
	if err != nil || len(roll) < 15 {
		t.Fatalf("%d lines: %v", len(roll), err)
	}
	for i, line := range roll {
		token, err := j.h.Sign(t.Context(), identity.AccountID(line.Voter))
		if err != nil {
			t.Fatal(err)
		}
		client{j, token}.call("POST", path+"/ballots", m{"choice": m{"picks": []int{i % 2}}, "t": tag(i + 1)}, nil).ok(201)
	}
	var turnout api.PollTurnout
	chen.call("GET", path+"/turnout", nil, &turnout).ok(200)
	lin.call("GET", path+"/turnout", nil, nil).refused(403, "identity.denied")
	if turnout.Voted < 15 || turnout.Voters < turnout.Voted {
		t.Errorf("turnout %+v", turnout)
	}
	chen.call("POST", path+"/reminders", nil, nil).ok(200)
	lin.call("GET", "/open"+path, nil, nil).refused(404, "poll.not_found")
	lin.call("GET", path, nil, &p).ok(200)
	if !p.Voted || len(p.Seats) != 1 || p.CharterHash == "" {
		t.Errorf("she sees %+v", p)
	}
	chen.call("POST", path+"/withdrawal", m{"reason": "不办了"}, nil).refused(409, "poll.wrong_state")

	j.sweepPolls(25 * time.Hour)
	lin.call("POST", path+"/ballots", m{"choice": m{"picks": []int{0}}, "t": tag(99)}, nil).refused(409, "poll.closed")
	readAResult(t, j, path, r)
}

// readAResult checks as the public what a poll came to.
func readAResult(t *testing.T, j *judge, path string, r api.PollReceipt) {
	public := j.public()
	var out api.PollResult
	public.call("GET", "/open"+path, nil, &out).ok(200)
	if out.Ballots < 15 || out.BallotPages != 0 || out.CommitPages != 1 || out.Hash == "" {
		t.Fatalf("published %+v", out)
	}
	var commits api.PollCommits
	public.call("GET", "/open"+path+"/commits/0", nil, &commits).ok(200)
	var lines api.PollLines
	public.call("GET", "/open"+path+"/ballots/0", nil, &lines).ok(200)
	public.call("GET", "/open"+path+"/ballots/1", nil, nil).refused(404, "poll.not_found")
	public.call("GET", "/open"+path+"/ballots/x", nil, nil).refused(404, "poll.not_found")
	if len(commits.Commits) != out.Commitments || len(lines.Lines) != 0 {
		t.Errorf("%d commitments and %d lines", len(commits.Commits), len(lines.Lines))
	}
	var found api.PollCheck
	public.call("POST", "/open"+path+"/check", m{"commit": r.Commit}, &found).ok(200)
	if !found.Released || found.Line != nil {
		t.Errorf("the receipt is %+v", found)
	}
	public.call("POST", "/open"+path+"/check", m{"commit": "x"}, nil).refused(422, "poll.check")
	j.as("lin").call("GET", path+"/receipt", nil, nil).refused(404, "poll.not_found")
	var mine api.Page[api.PollCard]
	j.as("lin").call("GET", "/me/ballots", nil, &mine).ok(200)
	if len(mine.Items) == 0 || mine.Items[0].ID != out.ID {
		t.Errorf("she voted in %+v", mine.Items)
	}
}

// tendARoll corrects the roll of a vote of households, and of a council, before and after the opening.
func tendARoll(t *testing.T, j *judge) {
	lin, chen := j.as("lin"), j.as("chen")
	at := func(d time.Duration) string { return j.h.Clock.Now().Add(d).UTC().Format(time.RFC3339) }
	const day = 24 * time.Hour
	draft := j.newPoll("同意修车棚吗")
	draft["label"], draft["opens_at"], draft["closes_at"] = "household", at(3*day+time.Hour), at(9*day)
	draft["rule"] = `{"method":"yes-no","franchise":"household","threshold":{"of":"cast","op":">","num":1,"den":2}}`
	var p api.Poll
	chen.call("POST", "/desk/hexiang/polls", draft, &p, "Idempotency-Key", "r1").ok(201)
	path := "/polls/" + string(p.ID)
	chen.call("POST", path+"/roll", nil, nil).ok(200)
	j.sweepPolls(0)
	lin.call("POST", path+"/objections", m{"text": "没有 901 室"}, &p, "Idempotency-Key", "o1").ok(201)
	chen.call("POST", path+"/objections/"+p.Objections[0].ID+"/answer", m{"answer": "没有这一户，去掉了", "upheld": true}, &p).ok(200)
	var roll api.Page[api.RollLine]
	chen.call("GET", path+"/roll", nil, &roll).ok(200)
	if len(roll.Items) < 2 {
		t.Fatalf("the roll is %+v", roll.Items)
	}
	one := m{"building": "hexiang-3", "room": "2901", "reason": "名册漏了"}
	chen.call("POST", path+"/roll/additions", one, &p).ok(201)
	chen.call("POST", path+"/roll/additions", one, nil, "Idempotency-Key", "a2").refused(409, "poll.on_roll")
	chen.call("POST", path+"/roll/removals", one, &p).ok(200)
	chen.call("POST", path+"/postponement", m{"opens_at": at(4 * day), "closes_at": at(8 * day), "reason": "留够时间"}, &p).ok(200)
	chen.call("POST", path+"/withdrawal", m{"reason": "先商量"}, &p).ok(200)
	if p.State != "withdrawn" || p.Reason == "" {
		t.Errorf("withdrawn as %+v", p.PollCard)
	}
	councilMeets(t, j)
}

// councilMeets marks a member present, and counts a disputed poll again.
func councilMeets(t *testing.T, j *judge) {
	chen := j.as("chen")
	at := func(d time.Duration) string { return j.h.Clock.Now().Add(d).UTC().Format(time.RFC3339) }
	const day = 24 * time.Hour
	draft := j.newPoll("同意吗")
	draft["label"], draft["opens_at"], draft["closes_at"] = "council", at(3*day+time.Hour), at(4*day)
	draft["phones"] = []string{j.h.Phone("lin").Who.Phone(), j.h.Phone("wang").Who.Phone()}
	draft["rule"] = `{"method":"yes-no","franchise":"council","presence":{"of":"roll","op":">","num":1,"den":2},"threshold":{"of":"present","op":">","num":1,"den":2}}`
	var p api.Poll
	chen.call("POST", "/desk/hexiang/polls", draft, &p, "Idempotency-Key", "c1").ok(201)
	path := "/polls/" + string(p.ID)
	chen.call("POST", path+"/roll", nil, nil).ok(200)
	j.sweepPolls(0)
	j.sweepPolls(3*day + time.Hour)
	chen = j.as("chen")
	var roll api.Page[api.RollLine]
	chen.call("GET", path+"/roll", nil, &roll).ok(200)
	chen.call("PUT", path+"/roll/"+string(roll.Items[0].Voter)+"/presence", m{"present": true}, nil).ok(204)
	second := j.h.Polls.Second
	j.h.Polls.Second = func(rule.Result, rule.Rule, int, []rule.Voter, []rule.Ballot) error { return errors.New("one more") }
	j.sweepPolls(day)
	j.h.Polls.Second = second
	chen = j.as("chen")
	chen.call("GET", path, nil, &p).ok(200)
	if p.State != "disputed" {
		t.Fatalf("the poll is %s", p.State)
	}
	chen.call("POST", path+"/recount", m{"reason": "程序修好了"}, &p).ok(200)
	j.sweepPolls(time.Minute)
	var out api.PollResult
	j.public().call("GET", "/open"+path, nil, &out).ok(200)
	var file api.PollFile
	for _, name := range []string{"/election", "/stakes"} {
		j.public().call("GET", "/open"+path+name, nil, &file).ok(200)
		if file.Text != "" {
			t.Errorf("a council's poll has a file %s: %s", name, file.Text)
		}
	}
	if out.Outcome != "empty" || out.Roll != 2 {
		t.Errorf("the council came to %+v", out)
	}
}
