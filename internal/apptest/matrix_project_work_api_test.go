package apptest_test

// projectWorkAPIWays are the actions from 立项 on. As with the pages, the project that is laid waits for its check.
func projectWorkAPIWays() map[string]way {
	const one = "/api/v1/projects/:project"
	return map[string]way{
		"GET " + one + "/work":                                 {who: members},
		"PUT " + one + "/following":                            {who: members},
		"DELETE " + one + "/following":                         {who: members},
		"PUT " + one + "/permits":                              {who: proposers, body: `{"permit":"无","note":"沪建1号","date":"2026-01-01"}`},
		"PUT " + one + "/milestones":                           {who: proposers, body: `{"seen":0,"rows":[{"name":"路基","due":"2026-12-30","fen":1}]}`},
		"POST " + one + "/start":                               {who: proposers},
		"POST " + one + "/milestones/:milestone/reached":       {who: proposers, body: `{"on":"2026-01-01"}`},
		"PUT " + one + "/milestones/:milestone/word":           {who: supporters, body: `{"holds":true,"words":"好"}`},
		"POST " + one + "/variations":                          {who: proposers, body: `{"id":":new","what":"换石板","why":"断货"}`},
		"POST " + one + "/variations/:variation/decision":      {who: "c", body: `{"approved":true}`},
		"DELETE " + one + "/variations/:variation":             {who: nobody}, // no such change
		"POST " + one + "/supervisors":                         {who: supporters, body: `{"id":":new"}`},
		"DELETE " + one + "/supervisors/me":                    {who: nobody}, // nobody has offered
		"PUT " + one + "/supervisors/:supervisor":              {who: nobody, body: `{"agree":true}`},
		"GET " + one + "/news":                                 {who: members},
		"POST " + one + "/news":                                {who: proposers, body: `{"id":":new","text":"开工了"}`},
		"PUT " + one + "/news/:news/visibility":                {who: nobody, body: `{"hide":true,"reason":"照片里有人"}`}, // no news yet
		"GET " + one + "/news/:news/photos/:photo/:variant":    {who: nobody},
		"POST " + one + "/finish":                              {who: proposers},
		"GET " + one + "/acceptance":                           {who: members},
		"GET " + one + "/defect-photos/:photo/:variant":        {who: nobody}, // no defect has a photo
		"PUT " + one + "/volunteering":                         {who: supporters, body: `{"id":":new"}`},
		"DELETE " + one + "/volunteering":                      {who: supporters},
		"PUT " + one + "/representatives/:representative":      {who: "c"},
		"POST " + one + "/representatives/draw":                {who: "c"},
		"POST " + one + "/representatives/:representative/end": {who: "c", body: `{"reason":"不来"}`},
		"POST " + one + "/standing-down":                       {who: nobody, body: `{"reason":"出差"}`}, // nobody is named
		"POST " + one + "/opinions":                            {who: proposers, body: `{"id":":new","accepts":true}`},
		"POST " + one + "/defects":                             {who: proposers, body: `{"id":":new","text":"不平"}`},
		"POST " + one + "/defects/:defect/fix":                 {who: proposers, body: `{"text":"改了"}`},
		"POST " + one + "/defects/:defect/look":                {who: proposers, body: `{"mended":true}`},
		"POST " + one + "/rework":                              {who: "c", body: `{"reason":"没干完"}`},
		"GET " + one + "/judgement":                            {who: members},
		"PUT " + one + "/rating":                               {who: supporters, body: `{"id":":new","stars":[5,5,5,5]}`},
		"GET " + one + "/ratings":                              {who: members},
		"PUT " + one + "/ratings/:mark/visibility":             {who: office, body: `{"hide":true,"reason":"难听"}`},
		"PUT " + one + "/reply":                                {who: proposers, body: `{"text":"谢谢"}`},
		"POST " + one + "/reply/publication":                   {who: office},
		"GET " + one + "/settlement":                           {who: members},
		"PUT " + one + "/statement":                            {who: proposers, body: `{"seen":0,"words":"省了"}`},
		"POST " + one + "/statement/return":                    {who: office, body: `{"reason":"少发票"}`},
		"POST " + one + "/closing":                             {who: office, body: `{"seen":1}`},
		"GET /api/v1/open/communities/:community/showroom":     {who: everybody},
		"GET /api/v1/open/projects/:project/story":             {who: nobody}, // not finished
	}
}

// activityAPIWays are the actions about activities. The one that is laid is published, and its host asks for nothing here.
func activityAPIWays() map[string]way {
	const one = "/api/v1/activities/:activity"
	return map[string]way{
		"GET /api/v1/communities/:community/activities":      {who: members},
		"GET /api/v1/open/communities/:community/activities": {who: everybody},
		"GET /api/v1/me/activities":                          {who: known},
		"GET " + one:                                         {who: members},
		"GET " + one + "/photos/:photo/:variant":             {who: nobody}, // it has no recap
		"PUT " + one + "/seat":                               {who: supporters, body: `{"id":":new","persons":1}`},
		"DELETE " + one + "/seat":                            {who: members}, // who has none gives none back
		"GET " + one + "/questions":                          {who: members},
		"POST " + one + "/questions":                         {who: supporters, body: `{"id":":new","text":"要带剪刀吗"}`},
		"POST " + one + "/questions/:question/answer":        {who: nobody, body: `{"text":"要"}`},
		"GET " + one + "/roster":                             {who: office},
		"POST " + one + "/messages":                          {who: nobody, body: `{"text":"改到二楼"}`},
		"PUT " + one + "/turnout":                            {who: office, body: `{"walk_ins":1}`},
		"PUT " + one + "/recap":                              {who: nobody, body: `{"text":"很好"}`},
		"POST " + one + "/cancellation":                      {who: office, body: `{"reason":"下雨"}`},
	}
}
