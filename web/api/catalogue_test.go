package api_test

import (
	"testing"

	"jushou/web/api"
)

// bringCatalogue looks things up in a town's list, and brings another.
func bringCatalogue(t *testing.T, j *judge) {
	chen, town := j.as("chen"), j.as("town")
	var now api.Catalogue
	chen.call("GET", "/desk/hexiang/catalogue?q=倒伏", nil, &now).ok(200)
	if now.Version != 1 || len(now.Departments) != 22 || len(now.Items) != 1 || now.Items[0].Department != "greening" {
		t.Errorf("the list is %+v", now)
	}
	var proposed api.Page[api.ItemSuggestion]
	chen.call("GET", "/desk/hexiang/catalogue/suggestions?text=小区门口的树倒了有断枝", nil, &proposed).ok(200)
	if len(proposed.Items) == 0 || proposed.Items[0].Item.Key != "LH-01" || len(proposed.Items[0].Hits) == 0 {
		t.Errorf("proposed %+v", proposed.Items)
	}
	template := chen.call("GET", "/catalogue/template", nil, nil).ok(200).Body
	chen.file("/desk/luoxi/catalogue/drafts", "清单.xlsx", template, nil).refused(403, "identity.denied")
	town.call("POST", "/desk/luoxi/catalogue/confirm", m{"sha256": "x"}, nil).refused(409, "catalogue.draft_changed")
	var draft api.CatalogueDraft
	bad := "编号,事项,部门代码,部门,处置标准\nLH-01,树,greening,绿化所,\n"
	town.file("/desk/luoxi/catalogue/drafts", "清单.csv", []byte(bad), &draft).ok(201)
	if len(draft.Faults) != 1 || draft.Faults[0].Row != 2 || draft.Faults[0].Letter != "E" || draft.Faults[0].Code != "catalogue.no_standard" {
		t.Errorf("draft %+v", draft)
	}
	town.call("POST", "/desk/luoxi/catalogue/confirm", m{"sha256": draft.SHA256}, nil).refused(422, "catalogue.has_faults")
	town.file("/desk/luoxi/catalogue/drafts", "清单.xlsx", template, &draft).ok(201)
	town.call("POST", "/desk/luoxi/catalogue/confirm", m{"sha256": draft.SHA256}, &now).ok(200)
	if now.Version != 2 || len(now.Items) != 1 {
		t.Errorf("the new list is %+v", now)
	}
}
