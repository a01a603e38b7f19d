package apptest_test

// workWays are the steps after an answer, on a topic of the property's board that nobody has answered: whoever may take
// the step is let through to learn that it is too early.
func workWays() map[string]way {
	const topic = "POST /api/v1/topics/:topic"
	const settings = "/api/v1/desk/:node/settings/promises"
	const reason = `{"reason":"看过了"}`
	return map[string]way{
		topic + "/accept":             {who: answerers, body: `{}`},
		topic + "/refuse":             {who: answerers, body: `{"kind":"others","reason":"归别家"}`},
		topic + "/questions":          {who: answerers, body: `{"question":"哪一盏？"}`},
		topic + "/dispatches":         {who: keepers, body: `{"item":"LH-01","why":"树的事"}`},
		topic + "/dispatches/contest": {who: answerers, body: reason},
		topic + "/dispatches/review":  {who: keepers, body: reason},
		topic + "/take":               {who: answerers},
		topic + "/reports":            {who: answerers, body: `{"id":":new","body":"修好了"}`},
		topic + "/verify":             {who: keepers, body: `{"passed":true}`},
		topic + "/uphold":             {who: keepers, body: reason},
		topic + "/confirm":            {who: "a", body: `{"solved":true}`},
		topic + "/reopen":             {who: keepers, body: reason},
		topic + "/merge":              {who: keepers, body: `{"into":":topic"}`},
		topic + "/move":               {who: keepers, body: `{"board":"nearby","reason":"归居委"}`},
		topic + "/extensions":         {who: answerers, body: `{"to":"2026-12-31","reason":"等配件"}`},
		topic + "/extensions/decide":  {who: "ct", body: `{"grant":true}`},

		"GET /api/v1/desk/:town/department": {who: "td", query: "?department=greening"},
		"GET " + settings:                   {who: members},
		"PUT " + settings:                   {who: setters, body: `{"version":0,"ladder":[{"days":0,"to":"superior"}],"reason":"先按这个办"}`},
	}
}
