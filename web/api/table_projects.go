package api

func projectTable() []Action {
	const (
		here    = joined + " community.no_node project.not_found"
		missing = joined + " project.not_found"
		step    = joined + " identity.denied project.not_found project.wrong_stage"
		reason  = "project.no_reason project.too_long"
		newID   = "topic.bad_token project.token_taken"
		plan    = "project.too_long project.bad_weeks project.too_many_lines project.bad_line project.money_out_of_range project.over_cap"
		draft   = plan + " topic.too_many_photos topic.bad_photo project.no_title project.no_need project.bad_class project.no_building"
		own     = "project.not_yours"
		affair  = "project.own_affair"
	)
	return []Action{
		asks("listProjects", "GET /communities/{community}/projects", "A community's projects, the latest first", (*Actions).listProjects).paged().
			with(Argument{Name: "stage", Doc: "Only those that stand there, which came to it last first."}).refuses(here),
		asks("readProject", "GET /projects/{project}", "A project with its story", (*Actions).readProject).refuses(missing),
		gives("projectPhoto", "GET /projects/{project}/photos/{photo}/{variant}", "A picture of a project, a paper or a decision: thumb or full", "image/jpeg", (*Actions).projectPhoto).
			refuses(missing, noPicture),
		asks("similarProjects", "GET /projects/{project}/similar", "Those of its community that read most like it", (*Actions).similarProjects).refuses(here),
		asks("projectYears", "GET /communities/{community}/project-years", "What this year's projects have taken, for each preset", (*Actions).projectYears).refuses(here),
		asks("projectBoard", "GET /desk/{node}/projects", "A community's projects by stage", (*Actions).projectBoard).refuses(here, denied),
		asks("openProjects", "GET /open/communities/{community}/projects", "A community's projects for everybody, by stage", (*Actions).openProjects).refuses("community.no_node project.not_found"),
		asks("openProject", "GET /open/projects/{project}", "What everybody may know of a project", (*Actions).openProject).refuses("project.not_found"),

		sends("proposeProject", "POST /communities/{community}/projects", "Propose a project", (*Actions).proposeProject).created().
			refuses(here, "identity.denied", newID, draft, "project.no_preset project.too_many_topics project.no_topic project.source_of_desk project.plan_missing project.paper_missing"),
		sends("reviseProject", "PUT /projects/{project}", "Write one's own proposal anew", (*Actions).reviseProject).refuses(step, own, draft, "project.stale"),
		asks("submitProject", "POST /projects/{project}/submission", "Give one's own proposal to the check", (*Actions).submitProject).refuses(step, own, "project.plan_missing project.paper_missing"),
		sends("withdrawProject", "POST /projects/{project}/withdrawal", "Take one's own proposal back", (*Actions).withdrawProject).refuses(step, own, reason),
		sends("joinProject", "POST /projects/{project}/partners", "Ask to propose it too", (*Actions).joinProject).created().refuses(step, newID, "project.own_proposal project.full"),
		sends("answerPartner", "PUT /projects/{project}/partners/{partner}", "Agree to somebody who asked, or not", (*Actions).agreeToPartner).refuses(step, own, "project.no_partner"),
		asks("leavePartners", "DELETE /projects/{project}/partners/me", "Propose it no longer", (*Actions).leavePartners).refuses(step, "project.no_partner"),
		sends("checkProject", "POST /projects/{project}/check", "Let a proposal go on, give it back, or refuse it", (*Actions).checkProject).
			refuses(step, affair, reason, "project.bad_verdict project.bad_exclusion project.paper_missing"),

		asks("endorseProject", "PUT /projects/{project}/endorsement", "Support a project", (*Actions).endorseProject).refuses(step, "project.own_proposal"),
		asks("unendorseProject", "DELETE /projects/{project}/endorsement", "Take that back", (*Actions).unendorseProject).refuses(step, "project.own_proposal"),
		sends("raiseHand", "POST /projects/{project}/hands", "Raise a hand for a branch or a partner", (*Actions).raiseHand).created().
			refuses(step, newID, "project.too_long project.bad_hand project.no_hand_wanted project.hand_up_already project.full"),
		sends("lowerHand", "POST /projects/{project}/hands/{hand}/lower", "Take one's own hand back", (*Actions).lowerHand).refuses(step, own, reason, "project.no_hand project.hand_leads"),
		sends("chooseLead", "PUT /projects/{project}/lead", "Record which hand carries it", (*Actions).chooseLead).refuses(step, affair, reason, "project.no_hand"),
		sends("replaceLead", "POST /projects/{project}/lead/replacement", "Record who carries on", (*Actions).replaceLead).refuses(step, affair, reason, "project.no_hand"),
		sends("leaveLead", "POST /projects/{project}/lead/leave", "Carry it no longer", (*Actions).leaveLead).refuses(step, reason, "project.no_lead project.not_lead"),

		sends("writeProjectPlan", "PUT /projects/{project}/plan", "Write plan and budget", (*Actions).writePlan).refuses(step, plan, "project.stale project.no_lead project.not_lead"),
		sends("attachPaper", "PUT /projects/{project}/papers/{paper}", "Attach what the preset asks for", (*Actions).attachPaper).
			refuses(step, "topic.bad_photo project.no_such_paper project.no_lead project.not_lead"),
		asks("putProjectForward", "POST /projects/{project}/forward", "Give the plan to whoever decides", (*Actions).putForward).
			refuses(step, "project.plan_missing project.paper_missing project.no_lead project.not_lead"),
		sends("linkProjectPoll", "PUT /projects/{project}/poll", "Name the poll that decides", (*Actions).linkPoll).
			refuses(step, "project.no_poll project.other_poll project.bad_option project.poll_decided project.poll_linked project.other_rule"),
		asks("projectsAwaitingRound", "GET /desk/{node}/budget-rounds/waiting", "The projects that wait for a budget round, by preset", (*Actions).awaitingRound).refuses(here, denied),
		asks("listBudgetRounds", "GET /desk/{node}/budget-rounds", "A community's budget rounds of projects, the latest first", (*Actions).listBudgetRounds).paged().refuses(here, denied),
		asks("readBudgetRound", "GET /budget-rounds/{round}", "A budget round, for the desk", (*Actions).readRound).refuses(joined, "identity.denied project.no_round"),
		sends("planBudgetRound", "POST /desk/{node}/budget-rounds", "Plan a budget round: links the projects and drafts its poll", (*Actions).planRound).created().
			refuses(here, denied, newID, "project.round_lots project.round_mixed project.round_lot project.round_too_dear project.round_money project.round_over_year project.round_turnout project.rounds_full",
				"poll.question_empty poll.too_long poll.window poll.no_place rule.budget rule.bounds api.bad_time"),

		sends("decideProject", "POST /projects/{project}/decision", "Record what the council, the jury or the secretary decided", (*Actions).decideProject).
			refuses(step, affair, "topic.too_many_photos topic.bad_photo project.too_long project.other_rule project.no_minutes project.bad_council_vote project.bad_sheets project.paper_missing"),
		sends("sendProjectBack", "POST /projects/{project}/return", "Send a project back to its plan", (*Actions).sendProjectBack).refuses(step, affair, reason, "project.in_round"),
		sends("cancelProject", "POST /projects/{project}/cancellation", "End a project before its time; from its establishment on what was spent is settled first", (*Actions).cancelProject).refuses(step, reason, affair, "project.in_round"),

		asks("publishProjectNotice", "POST /projects/{project}/notice", "Start the public notice", (*Actions).publishProject).refuses(step, "project.notice_runs project.no_lead"),
		sends("amendProjectNotice", "PUT /projects/{project}/notice", "Change the plan; the notice starts over", (*Actions).amendNotice).
			refuses(step, plan, "project.no_reason project.stale project.no_notice project.objections_open project.plan_missing project.more_than_decided"),
		sends("objectProject", "POST /projects/{project}/objections", "Object; the notice's clock stands until the answer", (*Actions).objectProject).created().
			refuses(step, newID, "project.too_long project.no_objection_text project.no_notice project.notice_over project.objected_already project.full"),
		sends("answerProjectObjection", "POST /projects/{project}/objections/{objection}/answer", "Answer an objection", (*Actions).answerProjectObjection).
			refuses(step, affair, "project.too_long project.no_answer project.no_notice project.no_objection"),
		asks("establishProject", "POST /projects/{project}/establishment", "Establish a project whose notice is over", (*Actions).establishProject).
			refuses(step, affair, "project.no_notice project.notice_not_over project.objections_open project.objection_upheld project.no_lead project.paper_missing project.over_envelope"),
	}
}

// presetTable lists the actions about the rules by which projects are carried.
func presetTable() []Action {
	const owning = denied + " community.no_node preset.no_place"
	return []Action{
		asks("listPresets", "GET /communities/{community}/presets", "The presets that hold in a community", (*Actions).listPresets).refuses("community.no_node"),
		asks("readPreset", "GET /communities/{community}/presets/{preset}", "One of them", (*Actions).readPreset).refuses("community.no_node preset.not_found"),
		asks("presetVersions", "GET /desk/{node}/presets/{preset}/versions", "The versions of a preset at a town or community, the latest first", (*Actions).presetVersions).
			refuses(owning, "preset.not_found"),
		sends("savePreset", "PUT /desk/{node}/presets/{preset}", "Save the next version of a preset", (*Actions).savePreset).refuses(owning,
			"preset.stale preset.key_taken preset.shelf_full preset.bad_cap preset.bad_council preset.bad_envelope preset.bad_hand_days preset.bad_jury preset.bad_key preset.bad_name preset.bad_notice",
			"preset.bad_aspects preset.bad_paper preset.bad_permit preset.bad_rate_days preset.bad_reps preset.bad_rule preset.bad_stages preset.bad_stale_days preset.bad_threshold preset.note_too_long"),
	}
}
