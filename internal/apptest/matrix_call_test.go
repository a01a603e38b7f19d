package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/internal/app/demo"
	"jushou/internal/ids"
	"jushou/projects/call"
)

// callWays are the addresses of calls for proposals. The one that is laid is open.
func callWays() map[string]way {
	const desk = "/desk/c/:community/calls"
	return map[string]way{
		"GET /c/:community/calls":          {who: members},
		"GET /calls/:call":                 {who: members},
		"GET " + desk:                      {who: office},
		"GET " + desk + "/new":             {who: "c"},
		"POST " + desk:                     {who: "c", body: "token=:new&title=为老服务征集&wanted=送餐&preset=chuangtou&money=1000&closes=2026-12-20T18:00"},
		"GET " + desk + "/:call":           {who: office},
		"POST " + desk + "/:call/extend":   {who: "c", body: "closes=2027-02-20T18:00&reason=人少"},
		"POST " + desk + "/:call/withdraw": {who: "c", body: "reason=没钱了"},
	}
}

// summon lays a call of the secretary's.
func (c *crowd) summon(t *testing.T, address string) []string {
	t.Helper()
	if !strings.Contains(address, ":call") {
		return nil
	}
	now := c.h.Clock.Now()
	made, err := c.h.Calls.PublishCall(t.Context(), c.h.Actor("zhang"), call.Publish{
		ID: call.ID(ids.New(now)), Community: demo.HomeCommunity, Title: "花园认养", Wanted: "三块空地", Preset: "zizhijin", ClosesAt: now.Add(30 * 24 * time.Hour),
	})
	must(t, err)
	return []string{":call", string(made.ID)}
}
