package apptest_test

// moderationWays are the pages of comments, reports, appeals, the moderators' queue and the boards.
func moderationWays() map[string]way {
	const c, comment = "/desk/c/:community", "/t/:topic/comments/:comment"
	const v1, node = "/api/v1", "/api/v1/desk/:node"
	return map[string]way{
		"GET " + comment:                          {who: members},
		"POST " + comment + "/edit":               {who: "n", body: "body=我家也是的&revision=0"},
		"POST " + comment + "/withdraw":           {who: "n"},
		"GET /report/:kind/:thing":                {who: nobody}, // no such kind of thing
		"POST /report/:kind/:thing":               {who: nobody, body: "why=advert"},
		"GET /appeal/:kind/:thing":                {who: nobody},
		"POST /appeal/:kind/:thing":               {who: nobody, body: "words=请再看看"},
		"GET " + c + "/moderation":                {who: keepers},
		"POST " + c + "/moderation/decide":        {who: nobody, body: "pick=x&what=show"},
		"POST " + c + "/moderation/bulk":          {who: keepers, body: "what=show"},
		"GET /desk/town/:town/moderation":         {who: "t"},
		"POST /desk/town/:town/moderation/decide": {who: nobody, body: "pick=x&what=show"},
		"POST /desk/town/:town/moderation/bulk":   {who: "t", body: "what=show"},
		"GET " + c + "/boards":                    {who: setters},
		"POST " + c + "/boards":                   {who: setters, body: "version=0&minutes=15&reset=urban"},
		"GET " + c + "/speak":                     {who: "scbt"},
		"GET " + c + "/boards/:board/write":       {who: "scbt"},
		"POST " + c + "/boards/:board/write":      {who: "scbt", body: "token=:new&title=党员活动&body=周六上午九点"},

		"GET " + v1 + "/comments/:comment":             {who: members},
		"PATCH " + v1 + "/comments/:comment":           {who: "n", body: `{"revision":0,"body":"我家也是的"}`},
		"DELETE " + v1 + "/comments/:comment":          {who: "n"},
		"POST " + v1 + "/reports/:kind/:thing":         {who: nobody, body: `{"why":"advert"}`},
		"GET " + v1 + "/appeals/:kind/:thing":          {who: nobody},
		"POST " + v1 + "/appeals/:kind/:thing":         {who: nobody, body: `{"words":"请再看看"}`},
		"GET " + node + "/moderation":                  {who: keepers},
		"POST " + v1 + "/moderation/decisions":         {who: nobody, body: `{"kind":"topic","id":"x","what":"show"}`},
		"POST " + v1 + "/moderation/decisions/preview": {who: everybody, body: `{"picks":[{"kind":"topic","id":"x"}],"what":"show"}`}, // tells of each that there is none
		"POST " + v1 + "/moderation/decisions/bulk":    {who: everybody, body: `{"picks":[{"kind":"topic","id":"x"}],"what":"show"}`},
		"GET " + node + "/boards":                      {who: setters},
		"PUT " + node + "/boards":                      {who: setters, body: `{"version":0,"rural":false,"edit_minutes":15,"boards":[]}`},
	}
}
