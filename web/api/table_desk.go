package api

import "jushou/deliberation"

func deskTable() []Action {
	filters := texts(deliberation.DeskFilters()...)
	return []Action{
		asks("deskQueue", "GET /desk/{node}/queue", "What needs an answer, in a community or a town", (*Actions).deskQueue).paged().
			with(Argument{Name: "filter", Doc: "waiting unless given.", Values: filters}, Argument{Name: "board", Doc: "A partner's board."}).
			refuses(denied, noPlace, "desk.bad_filter board.not_found"),
		asks("heldComments", "GET /desk/{node}/comments", "Comments the word list hid", (*Actions).heldComments).paged().refuses(denied, noPlace),
		asks("deskTopic", "GET /desk/topics/{topic}", "A topic as staff see it", (*Actions).deskTopic).refuses(reading, denied),
		sends("answerTopic", "POST /topics/{topic}/answers", "Answer officially", (*Actions).answerTopic).created().
			refuses(reading, denied, texting, stepping, "topic.bad_token"),
		sends("holdTopic", "POST /topics/{topic}/hold", "Take a topic out of sight for now", (*Actions).holdTopic).refuses(reading, denied, reasons, stepping),
		sends("releaseTopic", "POST /topics/{topic}/release", "Show a topic again", (*Actions).releaseTopic).refuses(reading, denied, reasons, stepping),
		sends("hideTopic", "POST /topics/{topic}/hide", "Take a topic out of sight", (*Actions).hideTopic).refuses(reading, denied, reasons, stepping),
		sends("hideComment", "POST /comments/{comment}/hide", "Take a comment out of sight", (*Actions).hideComment).refuses(reading, denied, reasons),
		asks("releaseComment", "POST /comments/{comment}/release", "Show a comment again", (*Actions).releaseComment).refuses(reading, denied),
		sends("publishNotice", "POST /desk/{node}/notices", "Write a notice for everybody and send it on its way", (*Actions).publishNotice).created().
			refuses(denied, noNode, texting, "topic.bad_token bulletin.not_found bulletin.token_taken board.not_found"),
		sends("enterTopic", "POST /desk/{node}/entries", "Write down a topic for somebody offline", (*Actions).enterTopic).created().
			refuses(denied, noPlace, posting, "identity.bad_name api.no_building identity.bad_phone assisted.bad_source assisted.where_needed assisted.no_box"),
		asks("readDuty", "GET /desk/{node}/duty", "Who is on duty", (*Actions).readDuty).refuses(denied, noPlace),
		sends("setDuty", "PUT /desk/{node}/duty", "Replace the duty roster", (*Actions).setDuty).
			refuses(denied, noPlace, "topic.stale_edit duty.nobody duty.unknown_person duty.twice duty.bad_date duty.too_many"),
		sends("handOver", "POST /desk/{node}/handovers", "Hand the duty over", (*Actions).handOver).created().
			refuses(denied, noPlace, "api.bad_time duty.until_past duty.until_far duty.note_needed duty.unknown_person topic.reason_too_long topic.bad_token store.not_found"),
		asks("listRounds", "GET /desk/{node}/rounds", "Rounds that found something, the latest first", (*Actions).listRounds).paged().refuses(denied, noPlace),
		asks("deskStatistics", "GET /desk/{node}/statistics", "Response times", (*Actions).deskStatistics).
			with(Argument{Name: "days", Doc: "Of the window that ends now, 30 unless given, at most 366.", Number: true}).
			refuses(joined, noPlace, "stats.bad_window api.bad_number"),
	}
}

func residentTable() []Action {
	return []Action{
		asks("pendingResidents", "GET /desk/{node}/residents", "Claims that wait, the oldest first", (*Actions).pendingResidents).paged().refuses(denied, noNode),
		sends("verifyResident", "POST /desk/residents/{account}/verify", "Confirm a claim", (*Actions).verifyResident).
			refuses(denied, noNode, "store.not_found identity.no_home identity.not_pending identity.own_affair identity.account_erased"),
		sends("rejectResident", "POST /desk/residents/{account}/reject", "Refuse a claim", (*Actions).rejectResident).
			refuses(denied, noNode, "store.not_found identity.no_home identity.not_pending identity.own_affair identity.reason_needed identity.account_erased"),
		sends("seePerson", "POST /desk/{node}/people/{account}/look", "See a person unmasked; the look is recorded", (*Actions).seePerson).
			refuses(denied, noNode, "store.not_found identity.not_here identity.reason_needed"),
	}
}

func importTable() []Action {
	bad := "sheet.too_large sheet.too_many_rows sheet.too_many_columns sheet.old_excel sheet.not_a_table sheet.damaged sheet.encoding roster.no_header roster.no_people"
	return []Action{
		asks("listImports", "GET /desk/{node}/imports", "The latest imports", (*Actions).listImports).refuses(denied, noNode),
		uploads("uploadImport", "POST /desk/{node}/imports", "Upload a household roster, CSV or XLSX, for preview", (*Actions).uploadImport).created().
			refuses(denied, noNode, bad, "store.not_found"),
		gives("importTemplate", "GET /imports/template", "An empty workbook with the best headings", workbook, (*Actions).importTemplate).refuses(signIn),
		asks("readImport", "GET /imports/{import}", "An import as it stands", (*Actions).readImport).refuses(noImport),
		asks("importFaults", "GET /imports/{import}/faults", "What is wrong, by row and column", (*Actions).importFaults).refuses(noImport),
		gives("importCorrections", "GET /imports/{import}/corrections", "The file with every bad cell marked", workbook, (*Actions).importCorrections).
			refuses(noImport, "roster.over roster.file_changed"),
		asks("confirmImport", "POST /imports/{import}/confirm", "Let an import go ahead", (*Actions).confirmImport).refuses(noImport, "roster.has_errors roster.over"),
		asks("discardImport", "POST /imports/{import}/discard", "Discard an import", (*Actions).discardImport).refuses(noImport, "roster.over"),
	}
}

func settingTable() []Action {
	return []Action{
		asks("readRounds", "GET /desk/{node}/settings/rounds", "When Rounds are held", (*Actions).readRounds).refuses(joined, noNode),
		sends("changeRounds", "PUT /desk/{node}/settings/rounds", "Change when Rounds are held", (*Actions).changeRounds).refuses(denied, noNode, "community.bad_rounds"),
		asks("listRoles", "GET /desk/{node}/roles", "Who holds a role here", (*Actions).listRoles).refuses(denied, noNode),
		sends("grantRole", "POST /desk/{node}/roles", "Give a role", (*Actions).grantRole).
			refuses(denied, noNode, "store.not_found identity.bad_grant identity.account_erased"),
		sends("revokeRole", "POST /desk/{node}/roles/revoke", "Take a role away", (*Actions).revokeRole).refuses(denied, noNode, "store.not_found identity.own_affair"),
		sends("findByPhone", "POST /desk/{node}/people/find", "Find a colleague's account by phone", (*Actions).findByPhone).
			refuses(denied, noNode, "store.not_found identity.bad_phone"),
	}
}
