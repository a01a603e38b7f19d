package apptest_test

func searchWays() map[string]way {
	return map[string]way{
		"GET /c/:community/search":  {who: everybody, query: "?q=灯"},
		"GET /c/:community/similar": {who: members, query: "?text=楼道灯不亮"},

		"GET /api/v1/communities/:community/search":  {who: everybody, query: "?q=灯"},
		"GET /api/v1/communities/:community/similar": {who: members, query: "?text=楼道灯不亮"},
	}
}
