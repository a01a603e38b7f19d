package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/app/demo"
	"jushou/internal/docstore"
	"jushou/internal/ids"
)

const voters = "na" // who live here, and are on the roll

// pollWays are the addresses of polls.
func pollWays() map[string]way {
	const c, choice = "/desk/c/:community/polls", "o=0&nonce=0123456789abcdef0123456789abcdef"
	all := map[string]way{
		"GET /c/:community/polls":             {who: members},
		"GET /v/:poll":                        {who: members},
		"POST /v/:poll/confirm":               {who: members, body: choice},
		"POST /v/:poll/ballot":                {who: voters, body: choice},
		"GET /v/:poll/receipt":                {who: nobody}, // nobody has voted yet
		"POST /v/:poll/objections":            {who: voters, body: "token=:new&text=没有我家"},
		"POST /v/:poll/check":                 {who: everybody, body: "receipt=x"},
		"GET /me/ballots":                     {who: known},
		"GET /open/c/:community/polls":        {who: everybody},
		"GET /open/polls/:poll":               {who: everybody},
		"GET /open/polls/:poll/check":         {who: everybody},
		"GET /open/polls/:poll/charter":       {who: everybody},
		"GET /open/polls/:poll/election.pb":   {who: nobody}, // no budget round
		"GET /open/polls/:poll/stakes":        {who: nobody}, // none of owners
		"GET /open/polls/:poll/commits/:page": {who: everybody},
		"GET /open/polls/:poll/ballots/:page": {who: nobody}, // the demo's poll is too small for lines
		"GET /open/polls/:poll/entries/:page": {who: everybody},
		"GET " + c:                            {who: holders},
		"GET " + c + "/new":                   {who: holders},
		"POST " + c:                           {who: holders, body: "token=:new&label=consultation&method=single&question=问&options=甲%0A乙&opens=2026-12-20T09:00&closes=2026-12-21T20:00"},
		"GET " + c + "/:poll":                 {who: holders},
		"GET " + c + "/:poll/roll":            {who: holders},
	}
	for step, body := range map[string]string{
		"list": "", "answer": "objection=x&answer=好", "add": "phone=1&reason=漏了", "remove": "phone=1&reason=搬走", "postpone": "reason=改期",
		"withdraw": "reason=再议", "remind": "", "present": "voter=x&on=1", "recount": "reason=再算",
		"relist": "reason=过户", "finish": "", "override": "token=:new&says=撤销&reason=法院判决",
	} {
		all["POST "+c+"/:poll/"+step] = way{who: holders, body: body}
	}
	// An unknown voter or member is not found, whoever asks.
	for _, step := range []string{"add", "remove", "present"} {
		all["POST "+c+"/:poll/"+step] = way{who: nobody, body: all["POST "+c+"/:poll/"+step].body}
	}
	return all
}

// vote lays an open poll of the whole community, or names the demo's published one where a result is asked for.
func (c *crowd) vote(t *testing.T, address string) []string {
	t.Helper()
	if !strings.Contains(address, ":poll") {
		return nil
	}
	ctx, now, staff := t.Context(), c.h.Clock.Now(), c.people['s'][0].actor
	if strings.Contains(address, "/open/") || strings.HasSuffix(address, "/check") || strings.HasSuffix(address, "/result") {
		for after := docstore.Cursor(""); ; {
			all, next, err := c.h.Polls.Polls(ctx, staff, demo.HomeCommunity, after)
			must(t, err)
			for _, p := range all {
				if p.State.Public() {
					return []string{":poll", string(p.ID), ":page", "0"}
				}
			}
			if after = next; next == "" {
				break
			}
		}
		t.Fatal("the demo has no published poll")
	}
	p, err := c.h.Polls.DraftPoll(ctx, staff, poll.Draft{
		ID: poll.ID(ids.New(now)), Community: demo.HomeCommunity, Label: poll.Consultation, Question: "装在哪里",
		Options: []poll.Option{{Text: "楼前"}, {Text: "楼顶"}}, Rule: rule.Rule{Method: rule.Single}, OpensAt: now, ClosesAt: now.Add(72 * time.Hour),
	})
	must(t, err)
	_, err = c.h.Polls.ListRoll(ctx, staff, p.ID)
	must(t, err)
	_, err = c.h.Polls.Keep(ctx)
	must(t, err)
	return []string{":poll", string(p.ID), ":page", "0", ":voter", "none", ":objection", "none"}
}
