package api

func whistleTable() []Action {
	const calling = token + " whistle.bad_form whistle.title_needed whistle.title_too_long whistle.why_needed whistle.why_too_long whistle.where_needed " +
		"whistle.where_too_long whistle.meet_when whistle.units_needed whistle.too_many_units whistle.unknown_unit whistle.too_many_topics whistle.other_topic " +
		"whistle.no_community whistle.token_taken api.bad_time"
	const ending = "whistle.not_found whistle.wrong_state whistle.reason_needed whistle.words_too_long"
	return []Action{
		asks("listWhistles", "GET /communities/{community}/whistles", "Where units were called together, the latest first", (*Actions).listWhistles).paged().
			refuses(joined, noNode, "whistle.no_community"),
		asks("readWhistle", "GET /whistles/{whistle}", "One call with everything that happened", (*Actions).readWhistle).refuses(joined, "whistle.not_found"),
		asks("townWhistles", "GET /desk/{town}/whistles", "What a town supervises, or a department is called to", (*Actions).townWhistles).
			refuses(denied, noNode, "whistle.not_found"),
		asks("callableUnits", "GET /communities/{community}/units", "Whom a community may call", (*Actions).callableUnits).refuses(denied, noNode),
		sends("callUnits", "POST /communities/{community}/whistles", "Call units together", (*Actions).callUnits).created().refuses(denied, noNode, calling),
		sends("stepUnit", "POST /whistles/{whistle}/steps", "Accept, refuse, arrive, report, or insist for one unit", (*Actions).stepUnit).
			refuses(joined, "identity.denied api.bad_time whistle.no_unit whistle.comes_when whistle.arrived_when whistle.insisted_enough", ending),
		sends("concludeWhistle", "POST /whistles/{whistle}/conclude", "Write down the joint solution", (*Actions).concludeWhistle).refuses(joined, "identity.denied", ending),
		sends("evaluateWhistle", "POST /whistles/{whistle}/evaluate", "Say whether the solution helped", (*Actions).evaluateWhistle).
			refuses(joined, "identity.denied whistle.verdict_needed", ending),
		sends("cancelWhistle", "POST /whistles/{whistle}/cancel", "Take a call back", (*Actions).cancelWhistle).refuses(joined, "identity.denied", ending),
	}
}
