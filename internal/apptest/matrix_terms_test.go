package apptest_test

// termWays are the pages of 承诺时限 and what the API tells of them; the rest of the API is among the ways of work.
func termWays() map[string]way {
	const desk, open = "/desk/c/:community/promises", "/open/c/:community/promises"
	return map[string]way{
		"GET " + open:  {who: everybody},
		"GET " + desk:  {who: setters},
		"POST " + desk: {who: setters, body: "version=0&accept=2&resolve=10&close=7&on.superior=1&days.superior=0&reason=先按这个办"},

		"GET /api/v1/open/communities/:community/promises": {who: everybody},
	}
}
