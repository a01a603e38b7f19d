package apptest_test

func publicLogWays() map[string]way {
	return map[string]way{
		"GET /open/log":                       {who: everybody},
		"GET /open/log/check":                 {who: everybody},
		"GET /open/log/print":                 {who: everybody},
		"GET /open/log/code/:size":            {who: nobody}, // no such checkpoint
		"GET /open/log/entry/:index":          {who: nobody}, // no such entry
		"GET /api/v1/open/log":                {who: everybody},
		"GET /api/v1/open/log/entries":        {who: everybody},
		"GET /api/v1/open/log/entries/:index": {who: everybody}, // refused as no number
		"GET /api/v1/open/log/growth/:size":   {who: everybody}, // refused as no number
		"GET /open/log/checkpoint":            {who: everybody},
		"GET /open/log/key":                   {who: everybody},
		"GET /open/log/tile/*":                {who: nobody}, // no such tile
	}
}
