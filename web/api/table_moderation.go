package api

func moderationTable() []Action {
	const (
		thing  = "/{kind}/{thing}"
		words  = "moderation.words_needed moderation.words_too_long moderation.no_such_thing moderation.gone"
		ruling = "moderation.bad_decision moderation.reason_needed topic.reason_too_long moderation.no_such_thing moderation.gone " +
			"moderation.own moderation.own_decision moderation.stale_decided moderation.stale_text moderation.stale_more"
	)
	return []Action{
		sends("report", "POST /reports"+thing, "Ask moderators to look at a topic or a comment", (*Actions).report).
			refuses(joined, "identity.denied moderation.bad_reason moderation.own_report", words),
		asks("ownAppeal", "GET /appeals"+thing, "How my own words stand, and my last appeal", (*Actions).ownAppeal).refuses(signIn, "moderation.no_such_thing"),
		sends("appeal", "POST /appeals"+thing, "Ask for another person to look again at my own words", (*Actions).appeal).created().
			refuses(signIn, "moderation.appealed_already", words),
		asks("moderationQueue", "GET /desk/{node}/moderation", "What waits for moderators: raised cases first, the oldest first", (*Actions).moderationQueue).paged().
			refuses(denied, noNode),
		sends("decide", "POST /moderation/decisions", "Show or hide a thing and settle what waits about it", (*Actions).decide).refuses(denied, ruling),
		sends("previewDecisions", "POST /moderation/decisions/preview", "What a decision about many would do", (*Actions).previewDecisions).
			refuses(signIn, "moderation.too_many"),
		sends("decideAll", "POST /moderation/decisions/bulk", "Decide about many; what cannot be decided is left out", (*Actions).decideAll).
			refuses(signIn, "moderation.too_many"),
		asks("readBoards", "GET /desk/{node}/boards", "How a community has set its boards", (*Actions).readBoards).refuses(denied, noNode),
		sends("changeBoards", "PUT /desk/{node}/boards", "Set a community's boards and how long comments may be changed", (*Actions).changeBoards).
			refuses(denied, noPlace, "board.stale board.name_too_long board.twice board.nobody_posts board.bad_owner board.patrol_needs_clock board.unseen "+
				"board.notice_is_fixed board.edit_minutes board.not_known"),
	}
}
