package apptest_test

func catalogueWays() map[string]way {
	const town, v1 = "/desk/town/:town/catalogue", "/api/v1"
	const table = "编号,事项,部门代码,部门,处置标准\nLH-01,行道树倒伏,greening,绿化市容所,清理完毕\n"
	return map[string]way{
		"GET /desk/c/:community/catalogue": {who: roles},
		"GET " + town:                      {who: "tdx"},
		"POST " + town:                     {who: "tx", file: table},
		"GET " + town + "/draft":           {who: nobody, fresh: true}, // each their own
		"POST " + town + "/confirm":        {who: nobody, body: "sum=none", fresh: true},
		"GET " + town + "/template.xlsx":   {who: "tdx"}, // without anybody's data
		"GET " + town + "/list.xlsx":       {who: "tdx"},

		"GET " + v1 + "/desk/:node/catalogue":             {who: roles},
		"GET " + v1 + "/desk/:node/catalogue/suggestions": {who: roles, query: "?text=树"},
		"POST " + v1 + "/desk/:town/catalogue/drafts":     {who: "tx", file: table},
		"POST " + v1 + "/desk/:town/catalogue/confirm":    {who: nobody, body: `{"sha256":"none"}`, fresh: true},
		"GET " + v1 + "/catalogue/template":               {who: known},
	}
}
