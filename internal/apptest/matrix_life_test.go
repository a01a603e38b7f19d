package apptest_test

// lifeWays are the steps of a topic's life on pages. Most are refused by the topic's state, which the visitor may read; whom
// an address lets through is who may take the step at all.
func lifeWays() map[string]way {
	const t = "POST /desk/t/:topic/"
	return map[string]way{
		"POST /t/:topic/confirm": {who: "a", body: "solved=1"},

		t + "accept":   {who: answerers},
		t + "refuse":   {who: answerers, body: "kind=cannot&reason=办不了"},
		t + "ask":      {who: answerers, body: "question=在哪一层"},
		t + "dispatch": {who: keepers, body: "department=greening&why=他们管&seen=0"},
		t + "contest":  {who: answerers, body: "reason=不归我们"},
		t + "review":   {who: keepers, body: "reason=归你们"},
		t + "take":     {who: answerers},
		t + "report":   {who: answerers, body: "token=:new&body=修好了"},
		t + "verify":   {who: keepers, body: "passed=1"},
		t + "uphold":   {who: keepers, body: "reason=看过了"},
		t + "extend":   {who: answerers, body: "to=2026-12-31&reason=等零件"},
		t + "decide":   {who: "ct", body: "grant=1"},
		t + "merge":    {who: keepers, body: "into=:topic"},
		t + "move":     {who: keepers, body: "board=hall&reason=放错了"},
		t + "reopen":   {who: keepers, body: "reason=没修好"},

		"GET /desk/town/:town/department": {who: "td", query: "?department=greening"},
	}
}
