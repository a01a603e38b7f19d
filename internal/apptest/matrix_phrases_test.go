package apptest_test

// phraseWays are the addresses of 常用回复.
func phraseWays() map[string]way {
	const (
		page = "/desk/c/:community/phrases"
		api  = "/api/v1/desk/:node/phrases"
	)
	return map[string]way{
		"GET " + page:                    {who: desks},
		"POST " + page:                   {who: keepers, body: "id=:new&name=马上去看&text=马上去看"},
		"POST " + page + "/:phrase/drop": {who: desks}, // taking out what is not there is nobody's fault
		"GET " + api:                     {who: desks},
		"POST " + api:                    {who: keepers, body: `{"id":":new","name":"马上去看","text":"马上去看"}`},
		"POST " + api + "/:phrase/drop":  {who: desks},
	}
}
