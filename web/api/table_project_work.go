package api

// What actions about projects share.
const (
	ofProject    = joined + " project.not_found"
	stepOfWork   = joined + " identity.denied project.not_found project.wrong_stage"
	ofLead       = "project.no_lead project.not_lead"
	explainedWhy = "project.no_reason project.too_long"
	withPhotos   = "topic.too_many_photos topic.bad_photo"
)

// workOfProjectTable lists the actions from 立项 to the report that the work is done.
func workOfProjectTable() []Action {
	const one = " /projects/{project}"
	return []Action{
		asks("projectWork", "GET"+one+"/work", "How the work goes", (*Actions).projectWork).refuses(ofProject),
		asks("followProject", "PUT"+one+"/following", "Be told of a project", (*Actions).followProject).refuses(ofProject),
		asks("unfollowProject", "DELETE"+one+"/following", "Be told of it no longer", (*Actions).unfollowProject).refuses(ofProject),
		sends("recordPermit", "PUT"+one+"/permits", "Record a permit", (*Actions).recordPermit).
			refuses(stepOfWork, ofLead, withPhotos, "project.too_long project.no_such_permit project.no_permit_note project.bad_date"),
		sends("writeMilestones", "PUT"+one+"/milestones", "Write what the work is to reach", (*Actions).writeMilestones).
			refuses(stepOfWork, ofLead, explainedWhy, "project.stale project.full project.bad_milestone project.too_many_milestones project.milestones_over project.money_out_of_range",
				"project.no_such_milestone project.milestone_reached"),
		asks("startProject", "POST"+one+"/start", "Begin the work", (*Actions).startProject).
			refuses(stepOfWork, ofLead, "project.permit_missing project.no_milestone project.paper_missing"),
		sends("reachMilestone", "POST"+one+"/milestones/{milestone}/reached", "Say that a milestone was reached", (*Actions).reachMilestone).
			refuses(stepOfWork, ofLead, "project.no_such_milestone project.milestone_reached project.bad_date project.bad_cost"),
		sends("confirmMilestone", "PUT"+one+"/milestones/{milestone}/word", "Say whether it was, as one who watches the work", (*Actions).confirmMilestone).
			refuses(stepOfWork, "project.not_supervisor project.no_such_milestone project.milestone_not_reached project.no_words project.words_found project.too_long"),
		sends("varyProject", "POST"+one+"/variations", "Ask for a change of what was approved", (*Actions).varyProject).created().
			refuses(stepOfWork, ofLead, "topic.bad_token project.too_long project.no_variation project.no_variation_why project.bad_variation_money project.bad_variation_weeks",
				"project.variation_over_cap project.variation_under_committed project.variation_under_milestones project.variation_waits project.variations_full project.words_found"),
		sends("decideVariation", "POST"+one+"/variations/{variation}/decision", "Approve a change, or do not", (*Actions).decideVariation).
			refuses(stepOfWork, explainedWhy, "project.own_affair project.no_such_variation project.variation_decided project.over_envelope project.bad_variation_money project.bad_variation_weeks",
				"project.variation_over_cap project.variation_under_committed project.variation_under_milestones"),
		asks("withdrawVariation", "DELETE"+one+"/variations/{variation}", "Take one's own wish for a change back", (*Actions).withdrawVariation).
			refuses(stepOfWork, ofLead, "project.no_such_variation project.variation_decided"),
		sends("offerSupervision", "POST"+one+"/supervisors", "Offer to watch the work", (*Actions).offerSupervision).created().
			refuses(stepOfWork, "topic.bad_token project.own_affair project.full"),
		asks("leaveSupervision", "DELETE"+one+"/supervisors/me", "Watch it no longer", (*Actions).leaveSupervision).refuses(stepOfWork, "project.no_such_supervisor"),
		sends("nameSupervisor", "PUT"+one+"/supervisors/{supervisor}", "Agree to somebody who offered, or not", (*Actions).nameSupervisor).
			refuses(stepOfWork, "project.own_affair project.no_such_supervisor project.supervisors_full"),
		asks("listProjectNews", "GET"+one+"/news", "What was told of the work, the latest first", (*Actions).listNews).paged().refuses(ofProject),
		sends("postProjectNews", "POST"+one+"/news", "Tell of the work", (*Actions).postNews).created().
			refuses(stepOfWork, withPhotos, "topic.bad_token project.token_taken project.too_long project.no_news project.bad_shot project.no_lead"),
		sends("hideProjectNews", "PUT"+one+"/news/{news}/visibility", "Hide news, or show it again", (*Actions).hideNews).
			refuses(ofProject, "identity.denied", explainedWhy, "project.no_such_news"),
		gives("projectNewsPhoto", "GET"+one+"/news/{news}/photos/{photo}/{variant}", "A picture of news: thumb or full", "image/jpeg", (*Actions).newsPhoto).
			refuses(ofProject, noPicture, "project.no_such_news"),
		asks("finishProject", "POST"+one+"/finish", "Report that the work is done", (*Actions).finishProject).
			refuses(stepOfWork, ofLead, "project.milestones_open project.nothing_reached project.variation_waits project.paper_missing"),
	}
}
