package apptest_test

func publicLogWays() map[string]way {
	return map[string]way{
		"GET /open/log/checkpoint": {who: everybody},
		"GET /open/log/key":        {who: everybody},
		"GET /open/log/tile/*":     {who: nobody}, // no such tile
	}
}
