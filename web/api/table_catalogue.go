package api

func catalogueTable() []Action {
	bad := "sheet.too_large sheet.too_many_rows sheet.too_many_columns sheet.old_excel sheet.not_a_table sheet.damaged sheet.encoding catalogue.no_header catalogue.no_items catalogue.too_many"
	return []Action{
		asks("readCatalogue", "GET /desk/{node}/catalogue", "A town's list of items and whose they are", (*Actions).readCatalogue).
			with(Argument{Name: "q", Doc: "Words that an item has to hold."}, Argument{Name: "department", Doc: "The key of a department."}).
			refuses(denied, noNode, "catalogue.none"),
		asks("suggestItems", "GET /desk/{node}/catalogue/suggestions", "Items proposed for a text by their keywords", (*Actions).suggestItems).
			with(Argument{Name: "text", Doc: "What somebody wrote."}).refuses(denied, noNode, "catalogue.none"),
		uploads("draftCatalogue", "POST /desk/{town}/catalogue/drafts", "Upload a list of items, CSV or XLSX, for preview", (*Actions).draftCatalogue).created().
			refuses(denied, noNode, bad, "catalogue.none"),
		sends("confirmCatalogue", "POST /desk/{town}/catalogue/confirm", "Make the last upload the town's list", (*Actions).confirmCatalogue).
			refuses(denied, noNode, "catalogue.none catalogue.no_draft catalogue.draft_changed catalogue.has_faults catalogue.stale"),
		gives("catalogueTemplate", "GET /catalogue/template", "An empty workbook with the best headings", workbook, (*Actions).catalogueTemplate).refuses(signIn),
	}
}
