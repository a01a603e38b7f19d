package api

// activityTable lists the actions about activities of 达人.
func activityTable() []Action {
	const (
		one   = " /activities/{activity}"
		read  = joined + " activity.not_found"
		list  = joined + " community.no_node activity.not_found"
		come  = read + " identity.denied activity.state"
		lead  = read + " identity.denied activity.not_yours activity.state"
		words = "activity.too_long activity.phone activity.words"
	)
	return []Action{
		asks("listActivities", "GET /communities/{community}/activities", "A community's activities that are not over", (*Actions).listActivities).paged().
			with(Argument{Name: "when", Doc: "past for those that are, the latest first.", Values: []string{"past"}}).refuses(list),
		asks("openActivities", "GET /open/communities/{community}/activities", "A community's activities for everybody", (*Actions).openActivities).refuses("community.no_node activity.not_found"),
		asks("myActivities", "GET /me/activities", "What one holds and goes to", (*Actions).myActivities).refuses(signIn),
		asks("readActivity", "GET"+one, "An activity", (*Actions).readActivity).refuses(read),
		gives("activityPhoto", "GET"+one+"/photos/{photo}/{variant}", "A picture of a recap: thumb or full", "image/jpeg", (*Actions).activityPhoto).refuses(read, noPicture),
		sends("signUp", "PUT"+one+"/seat", "Sign up, with the family; or come with fewer", (*Actions).signUp).
			refuses(come, "topic.bad_token activity.bad_persons activity.no_more activity.too_big activity.closed activity.list_full activity.own_seat activity.not_for_you"),
		asks("leaveActivity", "DELETE"+one+"/seat", "Give one's seat back", (*Actions).leaveActivity).refuses(read, "activity.started"),
		asks("activityQuestions", "GET"+one+"/questions", "Questions to the host that the caller may read", (*Actions).activityQuestions).refuses(read),
		sends("askHost", "POST"+one+"/questions", "Ask the host something", (*Actions).askHost).created().
			refuses(come, "activity.too_long activity.words topic.bad_token activity.no_text activity.asked_enough activity.own_seat activity.token_taken"),
		sends("answerAsker", "POST"+one+"/questions/{question}/answer", "Answer, as the host", (*Actions).answerAsker).
			refuses(lead, "activity.too_long activity.words activity.no_text activity.no_question"),
		asks("activityRoster", "GET"+one+"/roster", "Who signed up, for the host and the desk", (*Actions).activityRoster).refuses(read, "activity.not_yours"),
		sends("sayToAll", "POST"+one+"/messages", "Tell everybody who signed up something", (*Actions).sayToAll).created().refuses(lead, words, "activity.no_saying activity.said_enough"),
		sends("noteTurnout", "PUT"+one+"/turnout", "Write down who came", (*Actions).noteTurnout).
			refuses(lead, "activity.not_yet activity.note_over activity.bad_came activity.bad_walk_ins activity.no_such_seat"),
		sends("tellRecap", "PUT"+one+"/recap", "Tell how it was", (*Actions).tellRecap).refuses(lead, words, withPhotos, "activity.not_yet activity.note_over activity.no_recap"),
		sends("cancelActivity", "POST"+one+"/cancellation", "Call an activity off", (*Actions).cancelActivity).refuses(lead, "activity.no_reason activity.too_long activity.past"),
	}
}
