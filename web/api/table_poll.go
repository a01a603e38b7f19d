package api

// choices are the refusals of what a ballot says.
const choices = "choice.contradicts choice.empty choice.malformed choice.no_abstention choice.option_twice choice.points_total choice.rank_gap choice.rank_range choice.rank_shared choice.score_missing choice.score_range choice.too_few choice.too_many choice.unknown_option"

func pollTable() []Action {
	const (
		ruling = "rule.base rule.bounds rule.bounds_without_use rule.budget rule.budget_threshold rule.clause rule.clause_without_use rule.costs rule.council_without_presence " +
			"rule.equal_ranks rule.everybody_wins rule.franchise rule.lot rule.lot_on_yes_no rule.lot_without_use rule.matter rule.method rule.multiple_without_end rule.non_return rule.op " +
			"rule.out_of_reach rule.owners_bars rule.owners_form rule.owners_franchise rule.parking rule.parking_clause rule.points rule.presence_without_council rule.present_without_council " +
			"rule.range rule.scope rule.score_by rule.seats rule.seats_without_use rule.service_methods rule.share rule.spoilt rule.terms rule.terms_too_long rule.threshold_missing " +
			"rule.threshold_without_use rule.tie rule.too_few_options rule.too_many_options rule.unreadable rule.warning rule.yes_no_options"
		reading  = joined + " poll.not_found"
		holding  = reading + " identity.denied"
		state    = "poll.wrong_state"
		reason   = "poll.reason poll.too_long"
		seating  = reason + " " + state + " poll.no_voter poll.on_roll poll.too_many_corrections poll.closed poll.corrected_in_register poll.owners_frozen identity.bad_room identity.other_building"
		drafting = "topic.bad_token api.bad_time poll.question_empty poll.too_long poll.options poll.option_twice poll.too_many_topics poll.no_topic poll.no_place poll.members poll.no_member poll.member_twice poll.window poll.label poll.method_of_label poll.no_legal_basis poll.no_silence_clause poll.no_parking_clause poll.owners_scope poll.owners_estate poll.mandates poll.paper_for " +
			ruling
	)
	return []Action{
		asks("listPolls", "GET /communities/{community}/polls", "A community's polls, the latest first", (*Actions).listPolls).paged().refuses(reading, noNode),
		asks("listMyPolls", "GET /me/ballots", "Polls in which the caller has voted", (*Actions).listMyPolls).refuses(signIn),
		asks("readPoll", "GET /polls/{poll}", "A poll; nothing of what voters chose before it is published", (*Actions).readPoll).refuses(reading),
		sends("castBallot", "POST /polls/{poll}/ballots", "Cast a ballot; the last one counts", (*Actions).castBallot).created().
			refuses(reading, choices, "poll.not_open poll.closed poll.not_on_roll poll.which_home poll.represented poll.handed_too_often poll.too_many_casts poll.adult poll.tag poll.nonce poll.replayed poll.on_paper poll.mandated"),
		asks("readReceipt", "GET /polls/{poll}/receipt", "The caller's own receipt, until the poll is counted", (*Actions).readReceipt).
			with(Argument{Name: "voter", Doc: "The line of the roll, where the caller votes for several."}).refuses(reading, "poll.not_on_roll poll.which_home"),
		sends("objectToRoll", "POST /polls/{poll}/objections", "Say what is wrong with the published roll", (*Actions).objectToRoll).created().
			refuses(reading, state, "topic.bad_token poll.objection_empty poll.too_long poll.too_many_objections"),

		sends("draftPoll", "POST /desk/{node}/polls", "Draft a poll", (*Actions).draftPoll).created().refuses(holding, noNode, drafting, "poll.taken"),
		sends("changePoll", "PUT /polls/{poll}", "Replace everything a draft says", (*Actions).changePoll).refuses(holding, drafting, state),
		asks("publishRoll", "POST /polls/{poll}/roll", "End the drafting and publish the roll", (*Actions).publishRoll).refuses(holding, state, "poll.objection_time poll.window_over owners.no_register poll.owners_scope project.round_lots project.round_changed project.round_ended"),
		asks("readRoll", "GET /polls/{poll}/roll", "The roll; not who has voted", (*Actions).readRoll).with(Argument{Name: "at", Doc: "An address, as 3-502; then only its lines, on one page."}).paged().refuses(holding),
		asks("readTurnout", "GET /polls/{poll}/turnout", "How many have voted, without direction", (*Actions).readTurnout).refuses(holding),
		sends("addSeat", "POST /polls/{poll}/roll/additions", "Put somebody on a published roll; after the opening in public", (*Actions).addSeat).created().refuses(holding, seating),
		sends("removeSeat", "POST /polls/{poll}/roll/removals", "Take somebody off a roll before the opening", (*Actions).removeSeat).refuses(holding, seating),
		sends("markPresent", "PUT /polls/{poll}/roll/{voter}/presence", "Note that a member of a council came", (*Actions).markPresent).refuses(holding, "poll.no_voter poll.closed poll.not_open"),
		sends("answerRollObjection", "POST /polls/{poll}/objections/{objection}/answer", "Answer an objection", (*Actions).answerRollObjection).
			refuses(holding, state, "poll.answer_empty poll.too_long poll.no_objection poll.objection_decided"),
		sends("postponePoll", "POST /polls/{poll}/postponement", "Name other instants before the opening", (*Actions).postponePoll).
			refuses(holding, state, reason, "api.bad_time poll.window poll.objection_time poll.window_over"),
		sends("withdrawPoll", "POST /polls/{poll}/withdrawal", "Give a poll up before it opens", (*Actions).withdrawPoll).refuses(holding, state, reason),
		asks("remindVoters", "POST /polls/{poll}/reminders", "Have those told who have not voted", (*Actions).remindVoters).
			refuses(holding, "poll.not_open poll.closed poll.reminded poll.too_many_reminders"),
		sends("recountPoll", "POST /polls/{poll}/recount", "Count a disputed poll again", (*Actions).recountPoll).refuses(holding, state, reason),

		asks("readResult", "GET /open/polls/{poll}", "A published result", (*Actions).readResult).refuses("poll.not_found"),
		asks("readElection", "GET /open/polls/{poll}/election", "A finished budget round as a .pb file of 30 ballots or more", (*Actions).readElection).refuses("poll.not_found"),
		asks("readStakes", "GET /open/polls/{poll}/stakes", "What is published of owners' areas", (*Actions).readStakes).refuses("poll.not_found"),
		asks("readCommitments", "GET /open/polls/{poll}/commits/{page}", "A page of the released commitments", (*Actions).readCommitments).refuses("poll.not_found"),
		asks("readBallots", "GET /open/polls/{poll}/ballots/{page}", "A page of the counted ballots", (*Actions).readBallots).refuses("poll.not_found"),
		sends("checkReceipt", "POST /open/polls/{poll}/check", "Look a receipt up in what was published", (*Actions).checkReceipt).refuses("poll.not_found poll.check"),
	}
}
