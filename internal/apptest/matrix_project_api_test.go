package apptest_test

// projectAPIWays are the actions about small projects. As with the pages, the project that is laid waits for its check.
func projectAPIWays() map[string]way {
	const one, list = "/api/v1/projects/:project", "/api/v1/communities/:community/projects"
	return map[string]way{
		"GET " + list:  {who: members},
		"POST " + list: {who: proposers, body: `{"id":":new","preset":"jushou","title":"晾衣架","need":"没处晒被子","class":"works"}`},
		"GET /api/v1/communities/:community/project-years":   {who: members},
		"GET /api/v1/desk/:node/projects":                    {who: office},
		"GET /api/v1/open/communities/:community/projects":   {who: everybody},
		"GET /api/v1/open/projects/:project":                 {who: nobody}, // it has not passed the check
		"GET " + one:                                         {who: members},
		"GET " + one + "/photos/:photo/:variant":             {who: nobody}, // it has none
		"GET " + one + "/similar":                            {who: members},
		"PUT " + one:                                         {who: "a", body: `{"seen":1,"title":"晾衣架","need":"没处晒","class":"works"}`},
		"POST " + one + "/submission":                        {who: "a"},
		"POST " + one + "/withdrawal":                        {who: "a", body: `{"reason":"不要了"}`},
		"POST " + one + "/partners":                          {who: supporters, body: `{"id":":new"}`},
		"PUT " + one + "/partners/:partner":                  {who: nobody, body: `{"agree":true}`},
		"DELETE " + one + "/partners/me":                     {who: nobody}, // nobody has joined
		"POST " + one + "/check":                             {who: office, body: `{"verdict":"pass"}`},
		"PUT " + one + "/endorsement":                        {who: supporters},
		"DELETE " + one + "/endorsement":                     {who: supporters},
		"POST " + one + "/hands":                             {who: handed, body: `{"id":":new","bring":"出力"}`},
		"POST " + one + "/hands/:hand/lower":                 {who: nobody, body: `{"reason":"人手不够"}`},
		"PUT " + one + "/lead":                               {who: "c", body: `{"candidate":"none","reason":"合适"}`},
		"POST " + one + "/lead/replacement":                  {who: "c", body: `{"candidate":"none","reason":"合适"}`},
		"POST " + one + "/lead/leave":                        {who: proposers, body: `{"reason":"调走了"}`},
		"PUT " + one + "/plan":                               {who: proposers, body: `{"seen":1,"text":"铺砖","lines":[{"what":"砖","fen":10000}]}`},
		"PUT " + one + "/papers/:paper":                      {who: proposers, body: `{"photo":":new"}`},
		"POST " + one + "/forward":                           {who: proposers},
		"PUT " + one + "/poll":                               {who: nobody, body: `{"poll":"none"}`}, // no such poll
		"POST " + one + "/decision":                          {who: "c", body: `{"rule":"secretary","approved":true,"minutes":"同意"}`},
		"POST " + one + "/return":                            {who: "c", body: `{"reason":"重做"}`},
		"POST " + one + "/cancellation":                      {who: "c", body: `{"reason":"不办了"}`},
		"POST " + one + "/notice":                            {who: office},
		"PUT " + one + "/notice":                             {who: office, body: `{"seen":1,"text":"铺砖","lines":[{"what":"砖","fen":10000}],"reason":"改"}`},
		"POST " + one + "/objections":                        {who: supporters, body: `{"id":":new","text":"太吵"}`},
		"POST " + one + "/objections/:objection/answer":      {who: office, body: `{"answer":"好"}`},
		"POST " + one + "/establishment":                     {who: "c"},
		"GET /api/v1/desk/:node/budget-rounds":               {who: office},
		"GET /api/v1/desk/:node/budget-rounds/waiting":       {who: office},
		"GET /api/v1/budget-rounds/:round":                   {who: nobody}, // none has been planned
		"POST /api/v1/desk/:node/budget-rounds":              {who: office, body: `{"id":":new","question":"先做哪件","projects":[],"money_fen":1,"rule":"greedy","opens_at":"2026-01-01T00:00:00Z","closes_at":"2026-01-02T00:00:00Z"}`},
		"GET /api/v1/communities/:community/presets":         {who: everybody},
		"GET /api/v1/communities/:community/presets/:preset": {who: everybody},
		"GET /api/v1/desk/:node/presets/:preset/versions":    {who: "ctx"},
		"PUT /api/v1/desk/:node/presets/:preset":             {who: "ctx", body: `{"key":"jushou"}`},
	}
}

// presetWays are the pages on which the rules of projects are copied and changed.
func presetWays() map[string]way {
	all := map[string]way{}
	for base, who := range map[string]string{"/desk/c/:community/presets": "ctx", "/desk/town/:town/presets": "tx"} {
		all["GET "+base] = way{who: who}
		all["GET "+base+"/:preset"] = way{who: who}
		all["GET "+base+"/:preset/edit"] = way{who: who}
		all["POST "+base+"/:preset/edit"] = way{who: who, body: "version=1&name=办法"}
		all["GET "+base+"/:preset/copy"] = way{who: who}
		all["POST "+base+"/:preset/copy"] = way{who: who, body: "key=ours&name=办法"}
	}
	return all
}
