package api

import "jushou/deliberation/neighbourhood"

func neighbourTable() []Action {
	const (
		seen  = joined + " identity.denied neighbours.not_found"
		text  = texting + " " + "topic.bad_token neighbours.token_taken neighbours.bad_words neighbours.body_too_long neighbours.too_many_photos neighbours.no_money neighbours.no_number neighbours.enough_today api.bad_time"
		line  = "neighbours.line_too_long neighbours.needed neighbours.bad_words"
		state = "neighbours.wrong_state neighbours.over neighbours.history_full neighbours.bad_step neighbours.not_yours neighbours.reason_needed"
		word  = "topic.bad_token neighbours.word_empty neighbours.word_too_long neighbours.bad_words neighbours.no_money neighbours.no_number neighbours.enough_today neighbours.talk_closed neighbours.talk_full neighbours.not_possible neighbours.not_yours"
	)
	return []Action{
		asks("listOffers", "GET /communities/{community}/offers", "What neighbours have or need, newest first", (*Actions).listOffers).paged().
			with(Argument{Name: "kind", Values: texts(neighbourhood.Kinds()...), Doc: "Only these."}, Argument{Name: "thanked", Values: []string{"1"}, Doc: "1 for what ended with thanks."}).
			refuses(seen, noNode),
		sends("postOffer", "POST /communities/{community}/offers", "Hang up what I have or need", (*Actions).postOffer).created().
			refuses(seen, noNode, text, "neighbours.bad_kind neighbours.bad_reach neighbours.bad_until"),
		asks("readOffer", "GET /offers/{offer}", "An offer", (*Actions).readOffer).refuses(seen),
		sends("stepOffer", "POST /offers/{offer}/steps", "Promise it, finish it, thank, renew, withdraw or report it", (*Actions).stepOffer).
			refuses(seen, line, state, "neighbours.bad_until neighbours.no_number api.bad_time"),
		asks("offerAnswers", "GET /offers/{offer}/answers", "The talks about my offer", (*Actions).offerAnswers).refuses(seen, "neighbours.not_yours"),
		sends("answerOffer", "POST /offers/{offer}/answers", "Answer a neighbour, privately", (*Actions).answerOffer).created().refuses(seen, word, "neighbours.wrong_state neighbours.over"),
		asks("readTalk", "GET /talks/{exchange}", "A talk of mine", (*Actions).readTalk).refuses(signIn, "neighbours.not_found"),
		sends("sayInTalk", "POST /talks/{exchange}/words", "Say something in it", (*Actions).sayInTalk).created().refuses(signIn, "neighbours.not_found", word),
		sends("stepTalk", "POST /talks/{exchange}/steps", "Hand my number over or take it back, block, report", (*Actions).stepTalk).
			refuses(signIn, "neighbours.not_found neighbours.talk_closed neighbours.bad_step neighbours.too_many_blocked", line),
		asks("myNeighbours", "GET /me/neighbours", "My offers, talks, wishes and promises", (*Actions).myNeighbours).refuses(signIn),
		sends("unblock", "POST /me/neighbours/unblock", "Forget a block", (*Actions).unblock).refuses(signIn, "api.bad_time"),

		asks("listWishes", "GET /communities/{community}/wishes", "The tree of wishes, newest first", (*Actions).listWishes).paged().refuses(seen, noNode),
		sends("hangWish", "POST /communities/{community}/wishes", "Hang a wish up, or staff for somebody offline", (*Actions).hangWish).created().
			refuses(seen, noNode, text, "neighbours.bad_show neighbours.bad_wish_until neighbours.consent_needed neighbours.line_too_long identity.bad_name"),
		asks("readWish", "GET /wishes/{wish}", "A wish", (*Actions).readWish).refuses(seen),
		sends("adoptWish", "POST /wishes/{wish}/adoption", "Promise to fulfil a wish", (*Actions).adoptWish).
			refuses(seen, line, "neighbours.wrong_state neighbours.over neighbours.own_wish neighbours.bad_adopter neighbours.unit_needed neighbours.bad_pledge_until neighbours.no_money neighbours.no_number api.bad_time"),
		sends("stepWish", "POST /wishes/{wish}/steps", "Give back, allow, deliver, fulfil, thank, withdraw, clear or refuse", (*Actions).stepWish).
			refuses(seen, line, state, "neighbours.own_entry neighbours.no_number"),
		asks("wishContact", "GET /wishes/{wish}/contact", "How I reach the wisher", (*Actions).wishContact).refuses(seen, "neighbours.contact_not_allowed"),

		asks("neighboursDesk", "GET /desk/{node}/neighbours", "Offers, talks and wishes that wait for staff", (*Actions).neighboursDesk).refuses(denied, noNode, "neighbours.not_found"),
		sends("tendOffer", "POST /offers/{offer}/tending", "Release, hide or leave an offer", (*Actions).tendOffer).refuses(seen, line, state, "neighbours.own_entry"),
		sends("readReported", "POST /desk/{node}/talks/{exchange}/look", "Read a reported talk; the look is recorded", (*Actions).readReported).
			refuses(denied, noNode, line, "neighbours.not_found neighbours.own_entry neighbours.not_reported"),
		sends("judgeTalk", "POST /desk/{node}/talks/{exchange}/judgement", "Close the reports of a talk, or end it", (*Actions).judgeTalk).
			refuses(denied, noNode, line, "neighbours.not_found neighbours.own_entry neighbours.not_reported neighbours.reason_needed"),
	}
}
