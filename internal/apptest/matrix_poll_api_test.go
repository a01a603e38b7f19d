package apptest_test

// pollAPIWays are the addresses of polls for programs.
func pollAPIWays() map[string]way {
	const p, v1, draft = "/api/v1/polls/:poll", "/api/v1", `"label":"consultation","question":"问","options":[{"text":"甲"},{"text":"乙"}],"rule":"{\"method\":\"single\"}","opens_at":"2026-12-20T09:00:00Z","closes_at":"2026-12-21T20:00:00Z"`
	return map[string]way{
		"GET " + v1 + "/communities/:community/polls":   {who: members},
		"GET " + v1 + "/me/ballots":                     {who: known},
		"GET " + p:                                      {who: members},
		"POST " + p + "/ballots":                        {who: voters, body: `{"choice":{"picks":[0]},"t":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}`},
		"GET " + p + "/receipt":                         {who: nobody}, // nobody has voted yet
		"POST " + p + "/objections":                     {who: voters, body: `{"id":":new","text":"没有我家"}`},
		"POST " + v1 + "/desk/:node/polls":              {who: holders, body: `{"id":":new",` + draft + `}`},
		"PUT " + p:                                      {who: holders, body: "{" + draft + "}"},
		"POST " + p + "/roll":                           {who: holders},
		"GET " + p + "/roll":                            {who: holders},
		"GET " + p + "/turnout":                         {who: holders},
		"POST " + p + "/roll/additions":                 {who: nobody, body: `{"phone":"1","reason":"漏了"}`}, // no such voter, whoever asks
		"POST " + p + "/roll/removals":                  {who: nobody, body: `{"phone":"1","reason":"搬走"}`},
		"PUT " + p + "/roll/:voter/presence":            {who: nobody, body: `{"present":true}`},
		"POST " + p + "/objections/:objection/answer":   {who: holders, body: `{"answer":"好"}`},
		"POST " + p + "/postponement":                   {who: holders, body: `{"opens_at":"2026-12-20T09:00:00Z","closes_at":"2026-12-21T20:00:00Z","reason":"改期"}`},
		"POST " + p + "/withdrawal":                     {who: holders, body: `{"reason":"再议"}`},
		"POST " + p + "/reminders":                      {who: holders},
		"POST " + p + "/recount":                        {who: holders, body: `{"reason":"再算"}`},
		"GET " + v1 + "/open/polls/:poll":               {who: everybody},
		"GET " + v1 + "/open/polls/:poll/election":      {who: everybody},
		"GET " + v1 + "/open/polls/:poll/stakes":        {who: everybody},
		"GET " + v1 + "/open/polls/:poll/commits/:page": {who: everybody},
		"GET " + v1 + "/open/polls/:poll/ballots/:page": {who: everybody}, // the demo's poll is too small for lines: an empty page
		"POST " + v1 + "/open/polls/:poll/check":        {who: everybody, body: `{"commit":"x"}`},
	}
}
