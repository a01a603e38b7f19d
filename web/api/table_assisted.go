package api

func assistedTable() []Action {
	const entry = "assisted.not_found assisted.wrong_state"
	return []Action{
		asks("listEntries", "GET /desk/{node}/entries", "Entries for somebody offline that nobody has confirmed, the oldest first", (*Actions).listEntries).paged().
			refuses(denied, noNode),
		asks("readEntry", "GET /entries/{entry}", "What staff entered for the caller", (*Actions).readEntry).refuses(signIn, entry),
		asks("confirmEntry", "POST /entries/{entry}/confirm", "Say: I said so", (*Actions).confirmEntry).refuses(signIn, entry),
		sends("disputeEntry", "POST /entries/{entry}/dispute", "Say: that is not what I meant", (*Actions).disputeEntry).refuses(signIn, entry, "assisted.note_needed"),
		sends("tendEntry", "POST /desk/entries/{entry}/steps", "Settle a dispute, show a signed paper, or check as a second member of staff", (*Actions).tendEntry).
			refuses(denied, entry, "assisted.bad_step assisted.note_needed assisted.paper_needed assisted.second_person assisted.too_early"),
		asks("listBoxes", "GET /desk/{node}/boxes", "A community's paper boxes, and when each is emptied next", (*Actions).listBoxes).refuses(denied, noNode),
		sends("saveBox", "POST /desk/{node}/boxes", "Hang a paper box up, or name it and its days anew", (*Actions).saveBox).created().
			refuses(denied, noNode, "assisted.bad_token assisted.no_box assisted.place_needed assisted.place_taken assisted.days_needed assisted.too_many_boxes"),
		sends("emptyBox", "POST /desk/{node}/boxes/{box}/emptyings", "Write down that a box was emptied", (*Actions).emptyBox).created().
			refuses(denied, noNode, "assisted.bad_token assisted.no_box assisted.bad_notes"),
		asks("closeBox", "DELETE /desk/{node}/boxes/{box}", "Take a box down; what came from it keeps its place", (*Actions).closeBox).refuses(denied, noNode, "assisted.no_box"),
		gives("boxCode", "GET /desk/{node}/boxes/{box}/code", "The code that is stuck to a box", "image/png", (*Actions).boxCode).refuses(denied, noNode, "assisted.no_box"),
		gives("entryPaper", "GET /desk/entries/{entry}/paper/{variant}", "The photo of the signed paper: thumb or full", "image/jpeg", (*Actions).entryPaper).
			refuses(denied, entry, noPicture),
	}
}
