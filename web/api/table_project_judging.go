package api

// judgingTable lists the actions from the finished work to the archived project.
func judgingTable() []Action {
	const (
		one    = " /projects/{project}"
		affair = "project.own_affair"
	)
	return []Action{
		asks("projectAcceptance", "GET"+one+"/acceptance", "How the finished work is looked at", (*Actions).projectAcceptance).refuses(ofProject),
		gives("defectPhoto", "GET"+one+"/defect-photos/{photo}/{variant}", "A picture of what is to be mended: thumb or full", "image/jpeg", (*Actions).defectPhoto).refuses(ofProject, noPicture),
		sends("volunteerForProject", "PUT"+one+"/volunteering", "Offer to look at the work for the neighbours", (*Actions).volunteer).
			refuses(stepOfWork, affair, "topic.bad_token project.rep_in_office project.full"),
		asks("unvolunteerForProject", "DELETE"+one+"/volunteering", "Take that back", (*Actions).unvolunteer).refuses(stepOfWork, affair, "project.rep_in_office"),
		asks("nameRepresentative", "PUT"+one+"/representatives/{representative}", "Name somebody who offered", (*Actions).nameRep).
			refuses(stepOfWork, affair, "project.no_such_rep project.rep_in_office project.reps_enough project.full"),
		asks("drawRepresentatives", "POST"+one+"/representatives/draw", "Name those that are missing by lot among the supporters", (*Actions).drawReps).
			refuses(stepOfWork, affair, "project.nobody_to_draw project.reps_enough project.full"),
		sends("replaceRepresentative", "POST"+one+"/representatives/{representative}/end", "End the part of one who does not come", (*Actions).replaceRep).
			refuses(stepOfWork, affair, explainedWhy, "project.no_such_rep project.rep_rejected"),
		sends("standDown", "POST"+one+"/standing-down", "Represent the neighbours no longer", (*Actions).standDown).refuses(stepOfWork, explainedWhy, "project.not_asked project.no_such_rep"),
		sends("acceptProject", "POST"+one+"/opinions", "Say whether one accepts the work", (*Actions).acceptProject).created().
			refuses(stepOfWork, withPhotos, "topic.bad_token project.token_taken project.too_long project.not_asked project.said_already project.no_defect_text project.own_defect_open project.too_many_rounds project.full"),
		sends("raiseDefect", "POST"+one+"/defects", "Add to what is to be mended", (*Actions).raiseDefect).created().
			refuses(stepOfWork, withPhotos, "topic.bad_token project.too_long project.not_asked project.no_defect_text project.full"),
		sends("mendDefect", "POST"+one+"/defects/{defect}/fix", "Say how a defect was mended", (*Actions).mendDefect).
			refuses(stepOfWork, ofLead, withPhotos, "project.too_long project.no_defect project.no_fix project.defect_confirmed"),
		sends("checkDefect", "POST"+one+"/defects/{defect}/look", "Say whether it is mended", (*Actions).checkDefect).
			refuses(stepOfWork, affair, "project.too_long project.not_asked project.no_defect project.not_mended project.defect_confirmed project.no_defect_text"),
		sends("reworkProject", "POST"+one+"/rework", "Take the work up again", (*Actions).reworkProject).refuses(stepOfWork, affair, explainedWhy, "project.too_many_rounds"),

		asks("projectJudgement", "GET"+one+"/judgement", "What residents think of the result; before the end only the caller's own", (*Actions).projectJudgement).refuses(ofProject),
		sends("rateProject", "PUT"+one+"/rating", "Judge the result, or change that", (*Actions).rateProject).
			refuses(stepOfWork, affair, "topic.bad_token project.too_long project.bad_stars project.not_concerned project.rating_over"),
		asks("projectRatingWords", "GET"+one+"/ratings", "What was said in words, once the result is out", (*Actions).ratingWords).paged().refuses(ofProject),
		sends("hideRatingWords", "PUT"+one+"/ratings/{mark}/visibility", "Hide the words of a rating, or show them again", (*Actions).hideRating).
			refuses(ofProject, "identity.denied", affair, explainedWhy, "project.rating_runs project.no_rating"),
		sends("replyToJudgement", "PUT"+one+"/reply", "Answer the judgement", (*Actions).replyToJudgement).
			refuses(stepOfWork, ofLead, "project.too_long project.no_reply project.rating_runs"),
		asks("publishReply", "POST"+one+"/reply/publication", "Publish the answer; not by who wrote it", (*Actions).publishReply).
			refuses(stepOfWork, affair, "project.reply_missing project.reply_by_another project.paper_missing"),

		asks("projectSettlement", "GET"+one+"/settlement", "What was planned beside what was paid", (*Actions).projectSettlement).refuses(ofProject),
		sends("writeStatement", "PUT"+one+"/statement", "Write the statement from the accounts", (*Actions).writeStatement).
			refuses(stepOfWork, ofLead, "project.too_long project.stale project.no_difference"),
		sends("returnStatement", "POST"+one+"/statement/return", "Give the statement back", (*Actions).returnStatement).
			refuses(stepOfWork, explainedWhy, "project.own_affair project.second_person project.no_statement"),
		sends("closeProject", "POST"+one+"/closing", "Check the statement, as a second person, and end the project", (*Actions).closeProject).
			refuses(stepOfWork, affair, "project.stale project.no_statement project.second_person project.books_open project.books_moved project.paper_missing"),

		asks("openShowroom", "GET /open/communities/{community}/showroom", "A community's finished projects for everybody", (*Actions).showroom).refuses("community.no_node project.not_found"),
		asks("projectStory", "GET /open/projects/{project}/story", "A finished project as everybody may read it", (*Actions).projectStory).refuses("project.not_found"),
	}
}
