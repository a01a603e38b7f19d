package api

func digestTable() []Action {
	const (
		one    = joined + " digest.not_found"
		work   = one + " identity.denied digest.wrong_state digest.stale"
		group  = work + " digest.no_group"
		text   = "digest.heading_needed digest.heading_too_long digest.summary_too_long digest.ask_too_long topic.bad_token digest.too_many_groups"
		period = "digest.title_needed digest.title_too_long digest.purpose_too_long digest.bad_period digest.period_too_long digest.period_ahead digest.period_too_full"
		sorted = "digest.nothing_sorted digest.group_empty digest.group_unworded"
		reason = "digest.reason_needed digest.reason_too_long"
		answer = "api.bad_time digest.verdict_needed digest.why_needed digest.why_too_long digest.who_needed digest.who_too_long digest.until_needed digest.until_too_long " +
			"digest.until_passed digest.too_many_answers topic.bad_token"
	)
	return []Action{
		asks("listDigests", "GET /communities/{community}/digests", "What a community passed up to the town, the latest first; for its staff also what is being sorted",
			(*Actions).listDigests).paged().refuses(joined, noNode, "digest.not_found"),
		asks("readDigest", "GET /digests/{digest}", "What was passed up, and what came of it", (*Actions).readDigest).refuses(one),
		asks("reportDigest", "GET /digests/{digest}/report", "The same with the topics of every group", (*Actions).reportDigest).refuses(one),
		asks("townDigests", "GET /desk/{town}/digests", "What a town has to answer, the earliest due first", (*Actions).townDigests).refuses(denied, noNode, "digest.not_found"),
		sends("openDigest", "POST /communities/{community}/digests", "Begin to collect a period", (*Actions).openDigest).created().
			refuses(denied, noNode, "digest.not_found digest.token_taken topic.bad_token", period),
		asks("proposeTopics", "GET /digests/{digest}/proposals", "The period's topics that may be passed up, the oldest first", (*Actions).proposeTopics).paged().
			with(Argument{Name: "board", Doc: "Of one board only."}).refuses(one, "identity.denied"),
		sends("writeDigestGroup", "PUT /digests/{digest}/groups/{group}", "Make a group, under an id of the client's, or change what it says", (*Actions).writeDigestGroup).refuses(work, text),
		sends("dropDigestGroup", "POST /digests/{digest}/groups/{group}/drop", "Take a group away; its topics are unsorted again", (*Actions).dropDigestGroup).refuses(group),
		sends("placeTopics", "POST /digests/{digest}/topics", "Put topics into a group, or out of theirs", (*Actions).placeTopics).
			refuses(group, text, "digest.no_topics digest.too_many_placed digest.other_topic digest.group_full digest.full"),
		sends("finishDigest", "POST /digests/{digest}/finish", "Say that the sorting is done", (*Actions).finishDigest).refuses(work, sorted),
		sends("sendBackDigest", "POST /digests/{digest}/send-back", "Let the sorting go on", (*Actions).sendBackDigest).refuses(work, reason),
		sends("submitDigest", "POST /digests/{digest}/submit", "Pass it up, as a second person", (*Actions).submitDigest).refuses(work, sorted, "digest.same_person"),
		sends("returnDigest", "POST /digests/{digest}/return", "Ask the community for more", (*Actions).returnDigest).
			refuses(work, reason, "digest.answered_already digest.returned_enough"),
		sends("answerDigestGroup", "POST /digests/{digest}/groups/{group}/answers", "Say what becomes of a group", (*Actions).answerDigestGroup).created().refuses(group, answer),
		sends("closeDigest", "POST /digests/{digest}/close", "Say that nothing more will be said", (*Actions).closeDigest).refuses(work),
		sends("withdrawDigest", "POST /digests/{digest}/withdraw", "Take it back", (*Actions).withdrawDigest).refuses(work, reason, "digest.answered_already"),
	}
}
