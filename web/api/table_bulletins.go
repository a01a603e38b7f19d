package api

func bulletinTable() []Action {
	const noBulletin = "bulletin.not_found"
	const aiming = "bulletin.no_place bulletin.too_many_places bulletin.no_community bulletin.too_many_communities bulletin.bad_urgency board.not_found"
	const steps = "bulletin.wrong_state bulletin.full"
	return []Action{
		asks("listBulletins", "GET /desk/{node}/bulletins", "Notices of a place, drafts among them, the last changed first", (*Actions).listBulletins).paged().
			refuses(denied, noNode, noBulletin),
		sends("writeBulletin", "POST /desk/{node}/bulletins", "Write a notice and keep it as a draft", (*Actions).writeBulletin).created().
			refuses(denied, noNode, noBulletin, texting, aiming, "topic.bad_token bulletin.token_taken"),
		asks("readBulletin", "GET /bulletins/{bulletin}", "A notice as the office sees it", (*Actions).readBulletin).refuses(denied, noBulletin),
		sends("editBulletin", "PUT /bulletins/{bulletin}", "Change a draft", (*Actions).editBulletin).
			refuses(denied, noBulletin, texting, aiming, steps, "bulletin.stale"),
		asks("submitBulletin", "POST /bulletins/{bulletin}/submit", "Send a draft to a second person, or out at once where the rule says so", (*Actions).submitBulletin).
			refuses(denied, noBulletin, steps),
		sends("approveBulletin", "POST /bulletins/{bulletin}/approve", "Publish what somebody else wrote", (*Actions).approveBulletin).
			refuses(denied, noBulletin, steps, "bulletin.own_review bulletin.stale bulletin.town_reviews"),
		sends("returnBulletin", "POST /bulletins/{bulletin}/return", "Give a notice back to who wrote it", (*Actions).returnBulletin).
			refuses(denied, noBulletin, steps, "bulletin.own_review bulletin.reason_needed bulletin.town_reviews topic.reason_too_long"),
		sends("withdrawBulletin", "POST /bulletins/{bulletin}/withdraw", "Take a published notice back", (*Actions).withdrawBulletin).
			refuses(denied, noBulletin, steps, "bulletin.reason_needed bulletin.part_of_town topic.reason_too_long"),
		asks("discardBulletin", "DELETE /bulletins/{bulletin}", "Drop what was never published", (*Actions).discardBulletin).refuses(denied, noBulletin, steps),
		asks("reachedBy", "GET /bulletins/{bulletin}/reached", "Whom a notice has reached, in numbers", (*Actions).reachedBy).refuses(denied, noBulletin),
		asks("noticeRecord", "GET /topics/{topic}/record", "Whom a notice is for and who looked at it", (*Actions).noticeRecord).refuses(reading, noBulletin),
		sends("changeReview", "PUT /desk/{node}/settings/review", "Change who looks at notices before they go out", (*Actions).changeReview).
			refuses(denied, noNode, "community.bad_review"),
	}
}
