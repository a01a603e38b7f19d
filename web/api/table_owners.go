package api

// ballotTable are the steps of the desk about single lines of a roll, and what stands beside a result.
func ballotTable() []Action {
	const (
		holding = joined + " poll.not_found identity.denied"
		seat    = holding + " poll.no_voter"
		photo   = "topic.bad_photo photo.not_found"
	)
	return []Action{
		asks("readSeat", "GET /polls/{poll}/roll/{voter}", "A line of the roll with what the desk noted; not whether the voter has voted by phone", (*Actions).readSeat).refuses(seat),
		sends("recordService", "PUT /polls/{poll}/roll/{voter}/service", "Prove that a ballot reached an owner", (*Actions).recordService).
			refuses(seat, photo, "poll.wrong_state poll.closed api.bad_time poll.too_long poll.no_joint_decision poll.served_how poll.served_when poll.served_who poll.served_photo"),
		sends("recordMandate", "PUT /polls/{poll}/roll/{voter}/mandate", "Note who votes for somebody", (*Actions).recordMandate).
			refuses(seat, photo, "poll.wrong_state poll.closed poll.proxy_kind poll.no_mandates poll.mandate_cap poll.no_proxy poll.own_proxy poll.property_proxy poll.proxy_photo poll.on_paper"),
		sends("enterPaper", "POST /polls/{poll}/roll/{voter}/paper", "Enter what a paper ballot says; two people do, without seeing each other's entry", (*Actions).enterPaper).created().
			refuses(seat, choices, "choice.spoilt poll.no_paper poll.wrong_state poll.closed poll.voted_online poll.paper_settled poll.paper_second_person poll.paper_third_differs"),
		asks("listPapers", "GET /polls/{poll}/papers", "Paper ballots that are being entered", (*Actions).listPapers).refuses(holding),
		asks("finishPaper", "POST /polls/{poll}/papers/end", "Say that every paper ballot is entered", (*Actions).finishPaper).refuses(holding, "poll.no_paper poll.wrong_state poll.paper_open"),
		sends("relistRoll", "POST /polls/{poll}/roll/renewal", "Take the roll of owners once more from the register", (*Actions).relistRoll).
			refuses(holding, "poll.no_joint_decision poll.wrong_state poll.relist_time poll.reason poll.too_long"),
		sends("overrideResult", "POST /polls/{poll}/override", "Propose that something else holds than what was counted", (*Actions).overrideResult).
			refuses(holding, "topic.bad_token poll.wrong_state poll.reason poll.too_long poll.override_empty poll.overridden_already"),
		asks("confirmOverride", "POST /polls/{poll}/override/confirmation", "Confirm it as a second person", (*Actions).confirmOverride).
			refuses(holding, "poll.no_override poll.override_second_person"),
	}
}

func ownerTable() []Action {
	const (
		keeping = joined + " identity.denied community.no_node owners.no_register"
		basis   = joined + " identity.denied basis.not_found"
		file    = "api.no_file topic.bad_token owners.no_header owners.no_units sheet.too_large sheet.too_many_rows sheet.too_many_columns sheet.old_excel sheet.not_a_table sheet.damaged sheet.encoding"
	)
	return []Action{
		asks("listMyProperty", "GET /communities/{community}/property", "Units of the caller in the owners' register", (*Actions).listMyUnits).refuses(joined, noNode, "owners.no_register"),
		asks("claimProperty", "POST /communities/{community}/property", "Bind the caller to what has their telephone number in the register", (*Actions).claimUnits).refuses(joined, noNode, "owners.no_register owners.none_found"),
		asks("readRegister", "GET /desk/{node}/owners", "The owners' register with its versions", (*Actions).readRegister).refuses(keeping),
		uploads("importRegister", "POST /desk/{node}/owners/imports", "Read a file of owners; with one error nothing is kept", (*Actions).importRegister).refuses(keeping, file),
		asks("listOwnedUnits", "GET /desk/{node}/owners/{version}/units", "Units of a version, with masked names", (*Actions).listUnits).paged().refuses(keeping),
		sends("decideRegister", "POST /desk/{node}/owners/{version}/decision", "Let a version count, or discard it", (*Actions).decideRegister).refuses(keeping, "owners.no_version owners.version_decided"),
		sends("bindOwner", "POST /desk/{node}/owners/bindings", "Bind an account to an owner after the certificate was compared", (*Actions).bindOwner).
			refuses(keeping, "topic.bad_photo photo.not_found owners.photo_needed owners.no_such_owner owners.which_owner owners.no_person owners.bound_already identity.bad_room identity.other_building"),
		asks("listBases", "GET /communities/{community}/bases", "Local rules that joint decisions stand on", (*Actions).listBases).refuses(joined, noNode, "basis.not_found"),
		sends("recordBasis", "POST /desk/{node}/bases", "Record a local rule; a second person confirms it", (*Actions).recordBasis).created().
			refuses(keeping, "topic.bad_token topic.bad_photo photo.not_found topic.too_many_photos api.bad_time basis.rule basis.clause basis.adopted basis.photo basis.silence basis.too_long basis.ways basis.taken"),
		asks("confirmBasis", "POST /bases/{basis}/confirmation", "Confirm a local rule as a second person", (*Actions).confirmBasis).refuses(basis, "basis.second_person basis.revoked"),
		sends("revokeBasis", "POST /bases/{basis}/revocation", "End a local rule for later votes", (*Actions).revokeBasis).refuses(basis, "basis.reason basis.too_long"),
	}
}
