package api

import "jushou/deliberation"

// Groups of codes of the work.
const (
	working  = "topic.wrong_state topic.full topic.no_work"
	sameHand = "topic.same_hand"
	pausing  = "topic.no_clock topic.question_needed topic.reason_too_long deadline.no_question deadline.paused deadline.pauses_used_up deadline.overdue deadline.stopped"
	moreTime = "deadline.no_reason deadline.not_later deadline.extensions_used_up deadline.asked deadline.not_asked deadline.same_person deadline.paused deadline.stopped"
)

func workTable() []Action {
	tasks := texts(deliberation.TaskTake, deliberation.TaskDecide, deliberation.TaskHandle, deliberation.TaskVerify)
	return []Action{
		sends("acceptTopic", "POST /topics/{topic}/accept", "Accept an answered topic", (*Actions).acceptTopic).
			refuses(reading, denied, working, "topic.reason_too_long"),
		sends("refuseTopic", "POST /topics/{topic}/refuse", "Do not take an answered topic up", (*Actions).refuseTopic).
			refuses(reading, denied, working, reasons, "topic.bad_refusal"),
		sends("askAuthor", "POST /topics/{topic}/questions", "Ask the author while the clock waits", (*Actions).askAuthor).refuses(reading, denied, working, pausing),
		sends("dispatchTopic", "POST /topics/{topic}/dispatches", "Send a topic to a department, or to another one", (*Actions).dispatchTopic).
			refuses(reading, denied, working, reasons, sameHand, "topic.dispatch_where topic.stale_edit catalogue.none catalogue.no_item"),
		sends("contestDispatch", "POST /topics/{topic}/dispatches/contest", "Say that it is not this department's business", (*Actions).contestDispatch).
			refuses(reading, denied, working, reasons, "topic.contested_already"),
		sends("reviewDispatch", "POST /topics/{topic}/dispatches/review", "Let a contested dispatch stand", (*Actions).reviewDispatch).
			refuses(reading, denied, working, reasons, sameHand, "topic.not_contested"),
		asks("takeTopic", "POST /topics/{topic}/take", "Take a topic in hand", (*Actions).takeTopic).refuses(reading, denied, working, "topic.contested_already"),
		sends("reportTopic", "POST /topics/{topic}/reports", "Say what was done", (*Actions).reportTopic).created().
			refuses(reading, denied, working, texting, token),
		sends("verifyTopic", "POST /topics/{topic}/verify", "Resolve a reported topic or send it back, never by who handled it", (*Actions).verifyTopic).
			refuses(reading, denied, working, reasons, sameHand),
		sends("confirmTopic", "POST /topics/{topic}/confirm", "The author's word on the result", (*Actions).confirmTopic).
			refuses(reading, working, reasons, sameHand, "topic.not_author topic.disputed_once"),
		sends("upholdTopic", "POST /topics/{topic}/uphold", "Decide that a disputed topic is solved", (*Actions).upholdTopic).
			refuses(reading, denied, working, reasons, sameHand),
		sends("reopenTopic", "POST /topics/{topic}/reopen", "Take up again what was refused, closed or disputed", (*Actions).reopenTopic).
			refuses(reading, denied, working, reasons),
		sends("mergeTopic", "POST /topics/{topic}/merge", "Let two topics go on as one", (*Actions).mergeTopic).
			refuses(reading, denied, working, "topic.reason_too_long topic.merge_where topic.merge_behind"),
		sends("moveTopic", "POST /topics/{topic}/move", "Put a topic on another board", (*Actions).moveTopic).
			refuses(reading, denied, working, reasons, "topic.kind_not_here topic.own_room board.not_found"),
		sends("askExtension", "POST /topics/{topic}/extensions", "Ask for a later day", (*Actions).askExtension).
			refuses(reading, denied, working, moreTime, "api.bad_time topic.reason_too_long"),
		sends("decideExtension", "POST /topics/{topic}/extensions/decide", "Grant or refuse a later day to somebody else", (*Actions).decideExtension).
			refuses(reading, denied, working, moreTime, "topic.reason_too_long"),
		asks("departmentQueue", "GET /desk/{town}/department", "What is with a department of a town", (*Actions).departmentQueue).paged().
			with(Argument{Name: "department", Doc: "Its key; the caller's own unless given."}, Argument{Name: "task", Doc: "take unless given.", Values: tasks}).
			refuses(denied, noNode, "desk.bad_filter desk.no_department"),
		asks("readPromises", "GET /desk/{node}/settings/promises", "The terms of acceptance and resolution", (*Actions).readPromises).refuses(joined, noNode),
		sends("changePromises", "PUT /desk/{node}/settings/promises", "Change the terms of acceptance and resolution", (*Actions).changePromises).
			refuses(denied, noPlace, "community.bad_promises community.bad_ladder community.promises_stale community.reason_needed community.reason_too_long"),
	}
}
