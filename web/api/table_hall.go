package api

func hallTable() []Action {
	const (
		reading  = joined + " community.no_node hall.not_found"
		session  = joined + " identity.denied hall.not_found"
		state    = "hall.wrong_state hall.paused hall.too_long hall.full"
		reason   = "hall.reason_needed topic.reason_too_long"
		newID    = "topic.bad_token hall.token_taken"
		argument = joined + " identity.denied hall.not_found hall.no_argument"
		day      = joined + " identity.denied hall.no_day"
		question = day + " hall.no_question"
	)
	return []Action{
		asks("listHalls", "GET /communities/{community}/halls", "A community's deliberations, the latest first", (*Actions).listHalls).paged().refuses(reading),
		asks("readHall", "GET /halls/{hall}", "A deliberation", (*Actions).readHall).refuses(reading),
		asks("readHallDraft", "GET /halls/{hall}/drafts/{draft}", "A version of the draft with what it changes", (*Actions).readDraft).refuses(reading, "hall.no_draft"),
		asks("listArguments", "GET /halls/{hall}/options/{option}/arguments", "One side of an option, oldest first", (*Actions).listArguments).paged().
			with(Argument{Name: "side", Doc: "for unless given.", Values: []string{"for", "against"}}).refuses(reading, "hall.no_option"),
		sends("argue", "POST /halls/{hall}/options/{option}/arguments", "Say a reason for or against", (*Actions).argue).created().
			refuses(session, state, newID, "hall.no_option hall.option_not_open hall.argument_empty hall.argument_too_long hall.bad_side"),
		asks("supportArgument", "PUT /arguments/{argument}/support", "It speaks for me too", (*Actions).supportArgument).refuses(argument, "hall.own_argument", state),
		asks("unsupportArgument", "DELETE /arguments/{argument}/support", "Take that back", (*Actions).unsupportArgument).refuses(argument, "hall.own_argument", state),
		sends("hideArgument", "POST /arguments/{argument}/hide", "Take an argument out of sight, or show it again", (*Actions).hideArgument).refuses(argument, reason),
		sends("proposeOption", "POST /halls/{hall}/options", "Propose one more answer", (*Actions).proposeOption).created().
			refuses(session, state, newID, "hall.option_empty hall.option_twice hall.proposed_enough"),
		sends("clearOption", "POST /halls/{hall}/options/{option}/decision", "Take a resident's option up, or not", (*Actions).clearOption).
			refuses(session, state, reason, "hall.no_option hall.option_decided"),
		sends("openHall", "POST /desk/{node}/halls", "Open a deliberation", (*Actions).openHall).created().
			refuses(session, newID, noNode, "api.bad_time hall.too_long hall.full hall.question_empty hall.too_few_options hall.option_twice hall.too_many_topics hall.no_topic hall.no_template hall.bad_end"),
		sends("closeRound", "POST /halls/{hall}/rounds/{round}/summary", "Sum up a round", (*Actions).closeRound).
			refuses(session, state, "topic.bad_token api.bad_time hall.round_closed hall.summary_empty hall.bad_end hall.too_many_rounds"),
		sends("openRound", "POST /halls/{hall}/rounds", "Open a further round", (*Actions).openRound).refuses(session, state, "api.bad_time hall.bad_end hall.too_many_rounds"),
		sends("extendRound", "POST /halls/{hall}/extension", "Give the running round more time", (*Actions).extendRound).
			refuses(session, state, reason, "api.bad_time hall.bad_end hall.round_closed"),
		sends("pauseHall", "POST /halls/{hall}/pause", "Let everybody cool down", (*Actions).pauseHall).refuses(session, state, reason, "api.bad_time hall.bad_pause"),
		asks("resumeHall", "DELETE /halls/{hall}/pause", "End a pause", (*Actions).resumeHall).refuses(session, state),
		sends("recordFact", "PUT /halls/{hall}/facts", "Write down what was found out", (*Actions).recordFact).refuses(session, state, "hall.fact_label hall.fact_value"),
		sends("writeHallDraft", "POST /halls/{hall}/drafts", "Write a version of the draft", (*Actions).writeDraft).created().
			refuses(session, state, "hall.draft_empty hall.draft_stale hall.draft_same"),
		sends("decideHall", "PUT /halls/{hall}/outcome", "Record the outcome", (*Actions).decideHall).
			refuses(session, state, reason, "api.bad_time hall.no_draft hall.bad_outcome hall.outcome_empty hall.rule_needed hall.bad_due hall.decided_already"),
		sends("reportHall", "POST /halls/{hall}/reports", "Report what has become of the outcome", (*Actions).reportHall).created().
			refuses(session, state, "topic.bad_token hall.report_empty"),
		sends("dropHall", "POST /halls/{hall}/drop", "End a deliberation without an outcome", (*Actions).dropHall).refuses(session, state, reason),

		asks("listDays", "GET /communities/{community}/days", "A community's days of questions, the latest first", (*Actions).listDays).paged().refuses(reading),
		asks("readDay", "GET /days/{day}", "A day of questions", (*Actions).readDay).refuses(day),
		asks("listQuestions", "GET /days/{day}/questions", "Its questions in the order of asking", (*Actions).listQuestions).paged().
			with(Argument{Name: "left", Doc: "1 leaves out those with an answer.", Values: []string{"1"}}).refuses(day),
		sends("askQuestion", "POST /days/{day}/questions", "Ask", (*Actions).askQuestion).created().
			refuses(day, newID, "hall.ask_empty hall.ask_too_long hall.asked_enough hall.day_not_yet hall.day_over"),
		asks("joinQuestion", "PUT /questions/{question}/join", "I ask the same", (*Actions).joinQuestion).refuses(question, "hall.own_argument hall.day_not_yet hall.day_over"),
		asks("leaveQuestion", "DELETE /questions/{question}/join", "Take that back", (*Actions).leaveQuestion).refuses(question, "hall.own_argument hall.day_not_yet hall.day_over"),
		sends("answerQuestion", "POST /questions/{question}/answer", "Answer, where named", (*Actions).answerQuestion).created().
			refuses(question, "topic.bad_token hall.too_long hall.answer_empty hall.answered_already hall.not_answerer hall.day_not_yet hall.day_closed"),
		sends("hideQuestion", "POST /questions/{question}/hide", "Take a question out of sight, or show it again", (*Actions).hideQuestion).refuses(question, reason),
		sends("announceDay", "POST /desk/{node}/days", "Announce a day of questions", (*Actions).announceDay).created().
			refuses(joined, "identity.denied", noNode, newID, "api.bad_time hall.too_long hall.day_title hall.day_window hall.day_nobody hall.not_found"),
		sends("closeDay", "POST /days/{day}/summary", "Sum a day up", (*Actions).closeDay).
			refuses(day, "api.bad_time hall.too_long hall.day_summary hall.day_promise hall.day_runs hall.day_closed"),
		sends("cancelDay", "POST /days/{day}/cancel", "Call a day off", (*Actions).cancelDay).refuses(day, reason, "hall.day_over"),
	}
}

func covenantTable() []Action {
	const (
		edition = "/covenants/{covenant}/editions/{edition}"
		reading = joined + " community.no_node covenant.not_found"
		keeping = joined + " identity.denied covenant.not_found covenant.stale covenant.wrong_state covenant.comments_open covenant.too_long"
		texts   = "covenant.no_clauses covenant.clause_empty covenant.no_clause covenant.unanswered covenant.full"
		reason  = "covenant.reason_needed topic.reason_too_long"
		remark  = joined + " identity.denied covenant.not_found covenant.no_comment"
	)
	return []Action{
		asks("listCovenants", "GET /communities/{community}/covenants", "A community's covenants, the latest first", (*Actions).listCovenants).paged().refuses(reading),
		asks("readCovenant", "GET /covenants/{covenant}", "A covenant with its editions", (*Actions).readCovenant).refuses(reading),
		asks("readEdition", "GET "+edition, "An edition with what it changes", (*Actions).readEdition).refuses(reading, "covenant.no_edition"),
		asks("listRemarks", "GET "+edition+"/comments", "Comments on an edition, oldest first", (*Actions).listRemarks).paged().refuses(reading),
		sends("commentClause", "POST "+edition+"/comments", "Comment on a clause", (*Actions).commentClause).created().
			refuses(reading, "identity.denied topic.bad_token covenant.token_taken covenant.no_edition covenant.no_clause covenant.comment_empty covenant.comment_too_long covenant.comments_over"),
		sends("draftCovenant", "POST /desk/{node}/covenants", "Begin a covenant", (*Actions).draftCovenant).created().
			refuses(reading, "identity.denied topic.bad_token covenant.token_taken covenant.title_empty covenant.too_long covenant.too_many_topics covenant.no_topic", texts),
		sends("editCovenant", "PUT "+edition, "Replace the text of a draft", (*Actions).editCovenant).refuses(keeping, texts),
		sends("openCovenant", "POST "+edition+"/open", "Open an edition for comments", (*Actions).openCovenant).refuses(keeping, "api.bad_time covenant.bad_until"),
		sends("reviseCovenant", "POST "+edition+"/revision", "Make a further edition after the comments", (*Actions).reviseCovenant).created().refuses(keeping, texts),
		sends("noteLegal", "PUT "+edition+"/legal", "Write down what a lawyer said", (*Actions).noteLegal).refuses(keeping, "covenant.adoption_empty"),
		sends("recordAdoption", "PUT "+edition+"/adoption", "Record which meeting or vote adopted it", (*Actions).recordAdoption).
			refuses(keeping, "api.bad_time covenant.unanswered covenant.comment_first covenant.adoption_empty covenant.bad_held covenant.bad_effective"),
		asks("confirmAdoption", "POST "+edition+"/adoption/confirm", "Confirm it as a second person", (*Actions).confirmAdoption).refuses(keeping, "covenant.second_person"),
		sends("returnAdoption", "POST "+edition+"/adoption/return", "Send a record back", (*Actions).returnAdoption).refuses(keeping, reason),
		sends("fileCovenant", "PUT "+edition+"/filing", "Write down where it was filed", (*Actions).fileCovenant).
			refuses(keeping, "api.bad_time covenant.no_edition covenant.adoption_empty covenant.bad_filing covenant.filed_already"),
		asks("amendCovenant", "POST "+edition+"/amendment", "Begin a further edition from the version in force", (*Actions).amendCovenant).created().refuses(keeping, "covenant.full"),
		sends("dropEdition", "POST "+edition+"/drop", "End an edition", (*Actions).dropEdition).refuses(keeping, reason),
		sends("replyRemark", "POST /remarks/{remark}/reply", "Answer a comment", (*Actions).replyRemark).
			refuses(remark, "covenant.too_long covenant.why_needed covenant.replied_already"),
		sends("hideRemark", "POST /remarks/{remark}/hide", "Take a comment out of sight, or show it again", (*Actions).hideRemark).refuses(remark, reason),
	}
}
