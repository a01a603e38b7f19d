package apptest_test

// formerWays are the addresses on which projects of earlier years are brought.
func formerWays() map[string]way {
	const c = "/desk/c/:community/former"
	return map[string]way{
		"GET " + c:                    {who: keepers},
		"POST " + c:                   {who: keepers, file: "年度,项目名称\n"},
		"GET " + c + "/template.xlsx": {who: keepers},
		"GET " + c + "/draft":         {who: nobody}, // nobody has brought a file
		"POST " + c + "/confirm":      {who: nobody, body: "token=:new"},
		"GET " + c + "/:import":       {who: nobody}, // no such import
		"GET /desk/town/:town/former": {who: "t"},
	}
}
