package apptest_test

import (
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/app/demo"
	"jushou/internal/calendar"
	"jushou/internal/ids"
)

func digestWays() map[string]way {
	const (
		v1    = "/api/v1"
		sorts = "sc" // staff and secretary
		seen  = `{"revision":1}`
		why   = `{"revision":1,"words":"请写清"}`
		one   = v1 + "/digests/:digest"
	)
	return map[string]way{
		"GET " + v1 + "/communities/:community/digests":  {who: members},
		"POST " + v1 + "/communities/:community/digests": {who: sorts, body: `{"id":":new","title":"本周意见","from":"2026-11-01","to":"2026-11-02"}`},
		"GET " + v1 + "/desk/:town/digests":              {who: "t"},
		"GET " + one:                                     {who: members},
		"GET " + one + "/report":                         {who: members},
		"GET " + one + "/proposals":                      {who: sorts},
		"PUT " + one + "/groups/:group":                  {who: sorts, body: `{"revision":1,"heading":"路灯"}`},
		"POST " + one + "/groups/:group/drop":            {who: sorts, body: seen},
		"POST " + one + "/topics":                        {who: sorts, body: `{"revision":1,"topics":["nothing"]}`},
		"POST " + one + "/finish":                        {who: sorts, body: seen},
		"POST " + one + "/send-back":                     {who: sorts, body: why},
		"POST " + one + "/submit":                        {who: "c", body: seen},
		"POST " + one + "/return":                        {who: "t", body: why},
		"POST " + one + "/groups/:group/answers":         {who: "t", body: `{"verdict":"declined","why":"不归我镇"}`},
		"POST " + one + "/close":                         {who: sorts, body: seen},
		"POST " + one + "/withdraw":                      {who: sorts, body: why},
	}
}

// passing is a digest with one group, as far as the address needs it: being sorted, sorted, with the town, or answered.
func (c *crowd) passing(t *testing.T, address string) []string {
	t.Helper()
	now := c.h.Clock.Now()
	sorter, secretary, town := c.people['s'][(c.turn+1)%each].actor, c.people['c'][0].actor, c.people['t'][0].actor
	topic, err := c.h.Topics.PostTopic(t.Context(), c.people['n'][0].actor, deliberation.PostTopic{
		ID: deliberation.TopicID(ids.New(now)), Community: demo.HomeCommunity, Board: deliberation.BoardNearby, Body: "路灯不亮", Via: deliberation.ViaH5,
	})
	must(t, err)
	days, err := calendar.China()
	must(t, err)
	today := days.DateAt(now)
	d, err := c.h.Digests.Open(t.Context(), sorter, digest.Open{ID: digest.ID(ids.New(now)), Community: demo.HomeCommunity, Title: "今天的意见", From: today, To: today})
	must(t, err)
	group := digest.GroupID(ids.New(now))
	d, err = c.h.Digests.WriteGroup(t.Context(), sorter, digest.WriteGroup{Digest: d.ID, Seen: d.Revision, Writing: digest.Writing{ID: group, Heading: "灯", Summary: "不亮", Ask: "请修"}})
	must(t, err)
	d, err = c.h.Digests.PlaceTopics(t.Context(), sorter, digest.PlaceTopics{Digest: d.ID, Group: group, Topics: []deliberation.TopicID{topic.ID}, Seen: d.Revision})
	must(t, err)
	fill := []string{":digest", string(d.ID), ":group", string(group)}
	method, path, _ := strings.Cut(address, " ")
	ends := func(some ...string) bool {
		for _, s := range some {
			if strings.HasSuffix(path, s) {
				return true
			}
		}
		return false
	}
	if ends("/proposals", "/collect", "/place", "/finish", "/drop", "/move", "/withdraw") || method == "PUT" || method == "POST" && ends(":group", "/topics", "/groups") {
		return fill
	}
	d, err = c.h.Digests.FinishSorting(t.Context(), sorter, d.ID, d.Revision)
	must(t, err)
	if ends("/send-back", "/submit") {
		return fill
	}
	d, err = c.h.Digests.SubmitDigest(t.Context(), secretary, d.ID, d.Revision)
	must(t, err)
	if !ends("/close") {
		return fill
	}
	_, err = c.h.Digests.AnswerGroup(t.Context(), town, digest.AnswerGroup{Digest: d.ID, Group: group, Answer: digest.Answer{ID: ids.New(now), Verdict: digest.Declined, Why: "不归我镇"}})
	must(t, err)
	return fill
}

func digestPageWays() map[string]way {
	const (
		sorts = "sc"
		both  = "sct" // who sorts, and once it is passed up who answers
		desk  = "/desk/digest/:digest"
		word  = "seen=1&heading=路灯&summary=不亮&ask=请修"
	)
	return map[string]way{
		"GET /c/:community/digests":              {who: members},
		"GET /digest/:digest":                    {who: members},
		"GET /digest/:digest/print":              {who: members},
		"GET /digest/:digest/table.xlsx":         {who: both},
		"GET /digest/:digest/groups/:group":      {who: members},
		"GET /desk/c/:community/digests":         {who: roles},
		"GET /desk/c/:community/digests/new":     {who: sorts},
		"POST /desk/c/:community/digests":        {who: sorts, body: "token=:new&title=本周意见&from=2026-11-01&to=2026-11-02"},
		"GET /desk/town/:town/digests":           {who: "t"},
		"GET " + desk:                            {who: both},
		"POST " + desk + "/step":                 {who: "t", body: "step=return&seen=1&why_return="},
		"GET " + desk + "/collect":               {who: sorts},
		"POST " + desk + "/place":                {who: sorts, body: "token=:new&seen=1&group=new&heading=灯"},
		"POST " + desk + "/groups":               {who: sorts, body: "token=:new&" + word},
		"GET " + desk + "/groups/:group":         {who: both},
		"POST " + desk + "/groups/:group":        {who: sorts, body: word},
		"POST " + desk + "/groups/:group/drop":   {who: sorts, body: "seen=1"},
		"POST " + desk + "/groups/:group/move":   {who: sorts, body: "seen=1&to=&topic=nothing"},
		"POST " + desk + "/groups/:group/answer": {who: "t", body: "token=:new&known=0&verdict=declined&why=不归我镇"},
	}
}
