package apptest_test

func whistleWays() map[string]way {
	const c, w, v1 = "/desk/c/:community/whistles", "/desk/w/:whistle", "/api/v1"
	const call = "token=:new&form=call&title=东门堵&reason=一家办不了&meet_at=2026-11-20T10:00&where=东门&unit=dept:greening"
	return map[string]way{
		"GET /c/:community/whistles":                      {who: members},
		"GET /whistles/:whistle":                          {who: members},
		"GET " + c:                                        {who: roles},
		"GET " + c + "/new":                               {who: keepers},
		"POST " + c:                                       {who: keepers, body: call},
		"GET /desk/town/:town/whistles":                   {who: "td"},
		"GET " + w:                                        {who: roles},
		"POST " + w + "/step":                             {who: "d", body: "unit=0&step=refuse&words=不归我们"},
		"POST " + w + "/conclude":                         {who: keepers, body: "words=大家一起清"},
		"POST " + w + "/evaluate":                         {who: keepers, body: "verdict=solved"},
		"POST " + w + "/cancel":                           {who: keepers, body: "words=不用了"},
		"GET " + v1 + "/communities/:community/whistles":  {who: members},
		"GET " + v1 + "/whistles/:whistle":                {who: members},
		"GET " + v1 + "/desk/:town/whistles":              {who: "td"},
		"POST " + v1 + "/communities/:community/whistles": {who: keepers, body: `{"id":":new","form":"call","title":"东门堵","reason":"一家办不了","meet_at":"2026-11-20T10:00:00+08:00","where":"东门","units":["dept:greening"]}`},
		"GET " + v1 + "/communities/:community/units":     {who: keepers},
		"POST " + v1 + "/whistles/:whistle/steps":         {who: "d", body: `{"unit":0,"step":"refuse","words":"不归我们"}`},
		"POST " + v1 + "/whistles/:whistle/conclude":      {who: keepers, body: `{"words":"大家一起清"}`},
		"POST " + v1 + "/whistles/:whistle/evaluate":      {who: keepers, body: `{"verdict":"solved"}`},
		"POST " + v1 + "/whistles/:whistle/cancel":        {who: keepers, body: `{"words":"不用了"}`},
	}
}
