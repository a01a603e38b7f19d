package api

func accountTable() []Action {
	return []Action{
		asks("readSession", "GET /session", "Who am I: roles, memberships, unread notices", (*Actions).readSession),
		sends("openLogin", "POST /session/logins", "Begin to sign in: somebody confirms on the phone", (*Actions).openLogin).created(),
		asks("scanLogin", "POST /session/logins/{nonce}/scan", "Ask who wants to be signed in", (*Actions).scanLogin).
			refuses(signIn, "identity.login_gone identity.login_other"),
		asks("confirmLogin", "POST /session/logins/{nonce}/confirm", "Say yes on the phone", (*Actions).confirmLogin).
			refuses(signIn, "identity.login_gone identity.login_other"),
		sends("useLogin", "POST /session/logins/{nonce}/token", "Take the session that was confirmed", (*Actions).useLogin).
			refuses("identity.login_gone identity.login_waiting"),
		asks("endSession", "DELETE /session", "Sign out", (*Actions).endSession).refuses(signIn),
		asks("myTopics", "GET /me/topics", "What I posted, newest first", (*Actions).myTopics).paged().refuses(signIn),
		asks("listInbox", "GET /me/inbox", "What I was told, newest first", (*Actions).listInbox).paged().refuses(signIn),
		asks("readAllNotices", "POST /me/inbox/read", "Mark every notice as read", (*Actions).readAllNotices).refuses(signIn),
		asks("readNotice", "POST /me/inbox/{notice}/read", "Mark a notice as read", (*Actions).readNotice).refuses(signIn, "store.not_found"),
		sends("register", "POST /me/homes", "Say who I am and where I live", (*Actions).register).created().refuses(signIn, formOfHome),
		sends("move", "POST /me/homes/move", "Move house: end one membership and ask for another", (*Actions).move).created().refuses(signIn, formOfHome),
		asks("leave", "DELETE /me/homes/{household}", "Leave, or withdraw a claim", (*Actions).leave).refuses(signIn, "identity.no_home identity.account_erased"),
		sends("introduce", "POST /me/introduction", "Say who I am, living elsewhere", (*Actions).introduce).refuses(signIn, formOfName),
		sends("prefer", "PUT /me/preferences", "Change my settings", (*Actions).prefer).refuses(signIn, "identity.bad_quiet"),
		asks("listConsents", "GET /me/consents", "What I agreed to", (*Actions).listConsents).refuses(signIn),
		sends("giveConsent", "PUT /me/consents/{purpose}", "Agree to a text", (*Actions).giveConsent).refuses(signIn, "identity.bad_consent identity.account_erased"),
		asks("withdrawConsent", "DELETE /me/consents/{purpose}", "Take a consent back", (*Actions).withdrawConsent).refuses(signIn, "identity.withdraw_service"),
		asks("listLooks", "GET /me/looks", "Who saw my data unmasked", (*Actions).listLooks).paged().refuses(signIn),
		asks("readMyData", "GET /me/data", "Everything held about me", (*Actions).readMyData).refuses(signIn),
		asks("deleteAccount", "DELETE /me", "Delete my account", (*Actions).deleteAccount).refuses(signIn),
	}
}

func communityTable() []Action {
	return []Action{
		asks("listCommunities", "GET /communities", "The communities", (*Actions).listCommunities).
			with(Argument{Name: "under", Doc: "Only those below this district or town."}).refuses(noNode),
		asks("readCommunity", "GET /communities/{community}", "A community with its boards", (*Actions).readCommunity).refuses(noNode, "web.not_found"),
		asks("listPlaces", "GET /communities/{community}/places", "Estates and buildings to choose from", (*Actions).listPlaces).refuses(noNode, "web.not_found"),
		shares("listTopics", "GET /communities/{community}/topics", "A community's topics, newest first",
			(*Actions).neighboursTopics, (*Actions).listTopics).paged().
			with(Argument{Name: "board", Doc: "Only this board."}).refuses(noPlace, joined, "board.not_found"),
		sends("postTopic", "POST /communities/{community}/topics", "Raise something", (*Actions).postTopic).created().refuses(noPlace, joined, denied, posting, "api.post_offer"),
	}
}

func topicTable() []Action {
	return []Action{
		asks("readTopic", "GET /topics/{topic}", "A topic with its answers and history", (*Actions).readTopic).refuses(reading),
		sends("editTopic", "PATCH /topics/{topic}", "Change my topic before it is answered", (*Actions).editTopic).
			refuses(reading, texting, stepping, "topic.not_author topic.stale_edit topic.answered_already"),
		asks("withdrawTopic", "DELETE /topics/{topic}", "Take my topic back", (*Actions).withdrawTopic).
			with(Argument{Name: "reason", Doc: "Shown in its place; may be left out."}).refuses(reading, stepping, "topic.not_author topic.reason_too_long"),
		gives("topicPhoto", "GET /topics/{topic}/photos/{photo}/{variant}", "A photo of a topic: thumb or full", "image/jpeg", (*Actions).topicPhoto).
			refuses(reading, noPicture),
		asks("listComments", "GET /topics/{topic}/comments", "A stretch of a thread: each comment with its replies, oldest first", (*Actions).listComments).paged().
			with(Argument{Name: "before", Doc: "The prev of the page behind."}, Argument{Name: "at", Doc: "A comment that the page is to show."},
				Argument{Name: "last", Doc: "1 for the page with the newest at its end.", Values: []string{"1"}}).refuses(reading),
		sends("postComment", "POST /topics/{topic}/comments", "Comment on a topic", (*Actions).postComment).created().
			refuses(reading, denied, token, stepping, "comment.empty comment.too_long comment.gone comment.bad_quote comment.quote_too_long comment.too_many_mentions"),
		asks("readComment", "GET /comments/{comment}", "One comment", (*Actions).readComment).refuses(reading),
		sends("editComment", "PATCH /comments/{comment}", "Change my comment while there is time for it", (*Actions).editComment).
			refuses(reading, denied, "comment.empty comment.too_long comment.gone comment.edit_over topic.stale_edit topic.full topic.not_author"),
		asks("withdrawComment", "DELETE /comments/{comment}", "Take my comment back; its place stays", (*Actions).withdrawComment).
			refuses(reading, "topic.not_author"),
		uploads("uploadPhoto", "POST /photos", "Upload a photo for a topic or an answer", (*Actions).uploadPhoto).created().
			refuses(signIn, noPicture, "photo.too_large photo.too_many_pixels photo.not_an_image photo.heic photo.unsupported_format photo.damaged photo.store_full"),
		gives("previewPhoto", "GET /photos/{photo}/{variant}", "A photo I uploaded a moment ago: thumb or full", "image/jpeg", (*Actions).previewPhoto).refuses(noPicture),
	}
}

func openTable() []Action {
	return []Action{
		asks("openNotices", "GET /open/communities/{community}/notices", "Public notices, newest first", (*Actions).openNotices).paged().refuses(noPlace),
		asks("openPromises", "GET /open/communities/{community}/promises", "What a community promises, and how that was changed, the latest first", (*Actions).openPromises).paged().
			refuses(noNode, "web.not_found"),
		asks("openStatistics", "GET /open/communities/{community}/statistics", "How a community answers", (*Actions).openStatistics).refuses(noNode, "web.not_found"),
	}
}
