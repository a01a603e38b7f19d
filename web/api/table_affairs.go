package api

import "jushou/deliberation/disclosure"

func affairTable() []Action {
	const (
		board   = joined + " identity.denied community.no_node affairs.not_found"
		item    = joined + " identity.denied affairs.not_found"
		content = "affairs.empty affairs.no_title affairs.title_too_long affairs.body_too_long affairs.too_many_rows affairs.row_without_name " +
			"affairs.row_too_long affairs.row_side affairs.bad_amount affairs.no_amounts topic.too_many_photos topic.bad_photo topic.bad_token"
	)
	workbook := "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	return []Action{
		asks("listAffairs", "GET /communities/{community}/affairs", "What a community has published, newest first, and what it owes", (*Actions).listAffairs).paged().
			with(Argument{Name: "kind", Doc: "Only this one.", Values: texts(disclosure.Kinds()...)}).refuses(board),
		gives("affairTable", "GET /communities/{community}/affairs/table", "The same as a workbook", workbook, (*Actions).affairTable).refuses(board),
		asks("readAffair", "GET /affairs/{item}", "One item with its trail and its questions", (*Actions).readAffair).refuses(item),
		asks("readAffairVersion", "GET /affairs/{item}/versions/{version}", "A published version with what it changed", (*Actions).readAffairVersion).refuses(item),
		gives("affairPhoto", "GET /affairs/{item}/photos/{photo}/{variant}", "A photo of an item: thumb or full", "image/jpeg", (*Actions).affairPhoto).
			refuses(item, noPicture),
		sends("askAffair", "POST /affairs/{item}/questions", "Ask about what is published", (*Actions).askAffair).created().
			refuses(item, "topic.bad_token affairs.token_taken affairs.no_question affairs.question_too_long affairs.words"),

		asks("deskAffairs", "GET /desk/{node}/affairs", "What has to be published, reviewed and answered", (*Actions).deskAffairs).refuses(board),
		sends("enterAffair", "POST /desk/{node}/affairs", "Enter an item, for another person to publish", (*Actions).enterAffair).created().
			refuses(board, content, "affairs.token_taken affairs.bad_kind affairs.bad_period affairs.bad_day"),
		sends("correctAffair", "POST /affairs/{item}/versions", "Correct what is published, or try again after the review", (*Actions).correctAffair).created().
			refuses(item, content, "topic.reason_too_long affairs.no_reason affairs.stale affairs.waiting affairs.unchanged affairs.too_many_versions"),
		sends("reviewAffair", "POST /affairs/{item}/versions/{version}/review", "Publish a version, or return it; take back one's own", (*Actions).reviewAffair).
			refuses(item, "topic.reason_too_long affairs.no_reason affairs.stale affairs.own_entry"),
		sends("answerAffair", "POST /affair-questions/{question}/replies", "Answer a question in public", (*Actions).answerAffair).created().
			refuses(item, "topic.bad_token affairs.no_reply affairs.reply_too_long affairs.too_many_replies affairs.own_question"),
		asks("readAffairSchedule", "GET /desk/{node}/settings/affairs", "How often a community publishes, and how soon", (*Actions).readAffairSchedule).refuses(board),
		sends("setAffairSchedule", "PUT /desk/{node}/settings/affairs", "Change it; dates promised already stay", (*Actions).setAffairSchedule).
			refuses(board, "affairs.bad_cadence affairs.bad_days affairs.stale"),
	}
}
