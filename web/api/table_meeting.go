package api

func meetingTable() []Action {
	const (
		about    = joined + " meeting.not_found"
		working  = about + " identity.denied meeting.wrong_state"
		inviting = "meeting.guests_needed meeting.too_many_guests meeting.unknown_guest meeting.guest_twice meeting.other_topic meeting.too_long"
		calling  = "topic.bad_token meeting.token_taken meeting.bad_kind meeting.title_needed meeting.purpose_needed meeting.where_needed meeting.when " +
			"meeting.agenda_needed meeting.agenda_too_long meeting.bad_seats api.bad_time " + inviting
		minutes = "meeting.too_long meeting.stale meeting.summary_needed meeting.outcome_needed meeting.bad_tally meeting.too_many_decisions " +
			"meeting.what_needed meeting.owner_needed meeting.bad_days meeting.too_many_versions meeting.reason_needed meeting.unchanged"
		checking = "meeting.stale meeting.own_minutes"
		why      = "meeting.reason_needed meeting.too_long"
		task     = joined + " identity.denied meeting.no_task"
		later    = "deadline.stopped"
	)
	return []Action{
		asks("listMeetings", "GET /communities/{community}/meetings", "A community's meetings, the latest first", (*Actions).listMeetings).paged().refuses(about, noNode),
		asks("readMeeting", "GET /meetings/{meeting}", "A meeting with its minutes and tasks", (*Actions).readMeeting).refuses(about),
		asks("meetingGuests", "GET /communities/{community}/meeting-guests", "Whom a community may invite", (*Actions).meetingGuests).refuses(denied, noNode),
		sends("callMeeting", "POST /communities/{community}/meetings", "Call a meeting", (*Actions).callMeeting).created().
			refuses(denied, noNode, "meeting.not_found", calling),
		sends("inviteMore", "POST /meetings/{meeting}/guests", "Invite more guests", (*Actions).inviteMore).refuses(working, inviting),
		sends("answerInvitation", "POST /meetings/{meeting}/replies", "Accept or decline for a guest", (*Actions).answerInvitation).
			refuses(working, why, "meeting.no_guest meeting.bad_reply meeting.begun"),
		asks("announceMeeting", "POST /meetings/{meeting}/announce", "Tell everybody of the community", (*Actions).announceMeeting).
			refuses(working, "meeting.announce_earlier"),
		sends("postponeMeeting", "POST /meetings/{meeting}/postpone", "Give a date up, and give the next one", (*Actions).postponeMeeting).
			refuses(working, why, "api.bad_time meeting.stale meeting.when meeting.moved_enough"),
		sends("cancelMeeting", "POST /meetings/{meeting}/cancel", "Cancel a meeting", (*Actions).cancelMeeting).refuses(working, why),
		sends("holdMeeting", "PUT /meetings/{meeting}/presence", "Write down that it took place and who was there, or mend that", (*Actions).holdMeeting).
			refuses(working, "meeting.announce_first meeting.not_begun meeting.headcount meeting.no_guest"),
		sends("writeMinutes", "POST /meetings/{meeting}/minutes", "Write the next version of the minutes, or a correction of those that are published", (*Actions).writeMinutes).created().
			refuses(working, minutes),
		sends("confirmMinutes", "POST /meetings/{meeting}/confirm", "Let a version hold, as a second person", (*Actions).confirmMinutes).refuses(working, checking),
		sends("returnMinutes", "POST /meetings/{meeting}/return", "Give a version back to be rewritten", (*Actions).returnMinutes).refuses(working, checking, why),
		sends("publishMinutes", "POST /meetings/{meeting}/publish", "Publish the confirmed version; its decisions become tasks", (*Actions).publishMinutes).
			refuses(working, "meeting.stale"),
		asks("takeSeat", "PUT /meetings/{meeting}/seat", "Say that one comes to listen", (*Actions).takeSeat).
			refuses(about, "meeting.wrong_state meeting.not_open meeting.begun meeting.no_seats"),
		asks("leaveSeat", "DELETE /meetings/{meeting}/seat", "Give the seat back", (*Actions).leaveSeat).
			refuses(about, "meeting.wrong_state meeting.not_open meeting.begun"),
		asks("listOpinions", "GET /meetings/{meeting}/opinions", "What residents said beforehand, the first one first", (*Actions).listOpinions).paged().refuses(about),
		sends("giveOpinion", "POST /meetings/{meeting}/opinions", "Say what one thinks before a hearing or a review", (*Actions).giveOpinion).created().
			refuses(about, "topic.bad_token meeting.token_taken meeting.too_long meeting.opinion_empty meeting.words meeting.opinions_shut"),
		sends("hideOpinion", "POST /meeting-opinions/{opinion}/hide", "Take an opinion out of sight", (*Actions).hideOpinion).
			refuses(joined, "identity.denied meeting.no_opinion", why),
		asks("listMeetingTasks", "GET /communities/{community}/meeting-tasks", "What is not done: everything for those who prepare meetings, to others their own",
			(*Actions).listMeetingTasks).refuses(about, noNode),
		asks("townMeetings", "GET /desk/{town}/meetings", "What a town or a department has to do with meetings", (*Actions).townMeetings).
			refuses(denied, noNode, "meeting.not_found"),
		asks("readMeetingTask", "GET /meeting-tasks/{task}", "A task", (*Actions).readMeetingTask).refuses(joined, "meeting.no_task"),
		sends("reportMeetingTask", "POST /meeting-tasks/{task}/reports", "Say how far a task is, or that it is done", (*Actions).reportTask).created().
			refuses(task, "topic.bad_token meeting.too_long meeting.report_needed meeting.too_many_reports meeting.task_done"),
		sends("askMeetingTaskLater", "POST /meeting-tasks/{task}/later", "Ask for a later day", (*Actions).askTaskLater).
			refuses(task, later, "api.bad_time meeting.too_long meeting.beyond_calendar deadline.no_reason deadline.not_later deadline.asked deadline.extensions_used_up"),
		sends("decideMeetingTaskLater", "POST /meeting-tasks/{task}/later/decision", "Grant or refuse a later day that somebody else asked for", (*Actions).decideTaskLater).
			refuses(task, later, "meeting.too_long meeting.beyond_calendar deadline.no_reason deadline.not_asked deadline.not_later deadline.same_person"),
	}
}
