package apptest_test

// wallWays are the pages of what hangs on walls.
func wallWays() map[string]way {
	return map[string]way{
		"GET /open/c/:community/screen":        {who: everybody},
		"GET /open/town/:town/screen":          {who: everybody},
		"GET /open/p/:project/poster":          {who: nobody}, // no such project
		"GET /open/p/:project/poster/:variant": {who: nobody},
		"GET /open/p/:project/code.png":        {who: nobody},
	}
}
