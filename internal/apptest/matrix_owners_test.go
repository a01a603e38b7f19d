package apptest_test

// ownerWays are the addresses of the owners' register and of single lines of a roll.
func ownerWays() map[string]way {
	const c, seat = "/desk/c/:community/owners", "/desk/c/:community/polls/:poll/seats/:voter"
	return map[string]way{
		"GET /c/:community/units":  {who: members},
		"POST /c/:community/units": {who: "na"}, // who owns a flat of the demo's register

		"GET " + c:                                          {who: holders},
		"POST " + c:                                         {who: holders, body: "token=:new"}, // no file
		"GET " + c + "/template.xlsx":                       {who: holders},
		"GET " + c + "/:version":                            {who: nobody}, // no such version
		"POST " + c + "/:version/decide":                    {who: nobody, body: "do=confirm"},
		"POST " + c + "/basis":                              {who: holders, body: "token=:new&rule=议事规则"},
		"POST " + c + "/bind":                               {who: holders, body: "building=:building&room=101&phone=1"},
		"POST " + c + "/basis/:basis/confirm":               {who: nobody}, // no such basis
		"POST " + c + "/basis/:basis/revoke":                {who: nobody, body: "reason=停用"},
		"GET " + c + "/basis/:basis/photos/:photo/:variant": {who: nobody},

		"GET /desk/c/:community/polls/:poll/papers":      {who: holders},
		"POST /desk/c/:community/polls/:poll/overridden": {who: nobody}, // no override waits
		"GET " + seat:                             {who: nobody}, // no such voter, whoever asks
		"POST " + seat + "/serve":                 {who: nobody, body: "method=上门"},
		"POST " + seat + "/mandate":               {who: nobody, body: "kind=guardian&phone=1"},
		"POST " + seat + "/paper":                 {who: nobody, body: "o=0"},
		"GET " + seat + "/photos/:photo/:variant": {who: nobody},
	}
}

// ownerAPIWays are those for programs.
func ownerAPIWays() map[string]way {
	const p, v1 = "/api/v1/polls/:poll", "/api/v1"
	return map[string]way{
		"GET " + v1 + "/communities/:community/property":      {who: members},
		"POST " + v1 + "/communities/:community/property":     {who: "na"},
		"GET " + v1 + "/communities/:community/bases":         {who: members},
		"GET " + v1 + "/desk/:node/owners":                    {who: holders},
		"POST " + v1 + "/desk/:node/owners/imports":           {who: holders, file: "楼栋,室号\n"},
		"GET " + v1 + "/desk/:node/owners/:version/units":     {who: holders},
		"POST " + v1 + "/desk/:node/owners/:version/decision": {who: nobody, body: `{"use":true}`},
		"POST " + v1 + "/desk/:node/owners/bindings":          {who: holders, body: `{"building":":building","room":"101","phone":"1"}`},
		"POST " + v1 + "/desk/:node/bases":                    {who: holders, body: `{"id":":new","rule":"议事规则","adopted_at":"2020-01-01T00:00:00Z"}`},
		"POST " + v1 + "/bases/:basis/confirmation":           {who: nobody},
		"POST " + v1 + "/bases/:basis/revocation":             {who: nobody, body: `{"reason":"停用"}`},
		"GET " + p + "/roll/:voter":                           {who: nobody},
		"PUT " + p + "/roll/:voter/service":                   {who: holders, body: `{"method":"上门","at":"2026-11-18T00:00:00Z","recipient":"本人"}`}, // there is no joint decision
		"PUT " + p + "/roll/:voter/mandate":                   {who: holders, body: `{"kind":"friend","phone":"1"}`},
		"POST " + p + "/roll/:voter/paper":                    {who: holders, body: `{"choice":{"picks":[0]}}`}, // there is no paper
		"GET " + p + "/papers":                                {who: holders},
		"POST " + p + "/papers/end":                           {who: holders},
		"POST " + p + "/roll/renewal":                         {who: holders, body: `{"reason":"过户"}`},
		"POST " + p + "/override":                             {who: holders, body: `{"id":":new","says":"撤销","reason":"判决"}`},
		"POST " + p + "/override/confirmation":                {who: nobody},
	}
}
