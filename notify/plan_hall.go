package notify

import (
	"strconv"

	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of notices about deliberations, days of questions, and covenants.
const (
	KeyHallRoundClosed    = "notice.hall_round_closed"  // participants: what was agreed
	KeyHallDraft          = "notice.hall_draft"         // participants: another version
	KeyHallDecided        = "notice.hall_decided"       // participants: the outcome
	KeyHallReported       = "notice.hall_reported"      // participants: what became of it
	KeyHallRoundOver      = "notice.hall_round_over"    // facilitator: sum it up
	KeyHallOffered        = "notice.hall_offered"       // facilitator: an option to look at
	KeyHallTaken          = "notice.hall_taken"         // proposer: it is up for discussion
	KeyHallDeclined       = "notice.hall_declined"      // proposer: it is not, and why
	KeyHallHidden         = "notice.hall_hidden"        // author: out of sight, and why
	KeyHallOverdue        = "notice.hall_overdue"       // secretary: nothing was reported in time
	KeyDayOver            = "notice.hall_day_over"      // those who answer: what is left
	KeyDayOverdue         = "notice.hall_day_overdue"   // secretary: promised answers are missing
	KeyQuestionTold       = "notice.hall_question_told" // who asked: the answer
	KeyCovenantOver       = "notice.covenant_over"      // keeper: the comments are over
	KeyCovenantReplied    = "notice.covenant_replied"   // commenter: not taken up, and why
	KeyCovenantReplyTaken = "notice.covenant_taken"     // commenter: taken up
	KeyCovenantRevised    = "notice.covenant_revised"   // commenters: another draft
	KeyCovenantRecorded   = "notice.covenant_recorded"  // secretary: a second person is needed
	KeyCovenantReturned   = "notice.covenant_returned"  // recorder: not confirmed, and why
	KeyCovenantAdopted    = "notice.covenant_adopted"   // commenters: adopted
)

// hallKeys lists them.
func hallKeys() []string {
	return []string{
		KeyHallRoundClosed, KeyHallDraft, KeyHallDecided, KeyHallReported, KeyHallRoundOver, KeyHallOffered, KeyHallTaken, KeyHallDeclined,
		KeyHallHidden, KeyHallOverdue, KeyDayOver, KeyDayOverdue, KeyQuestionTold, KeyCovenantOver, KeyCovenantReplied,
		KeyCovenantReplyTaken, KeyCovenantRevised, KeyCovenantRecorded, KeyCovenantReturned, KeyCovenantAdopted,
	}
}

// hallTypes are the events that planHall knows. That something was opened in a community is in its lists; nobody is
// pushed for it.
func hallTypes() []string {
	return []string{
		hall.SessionRoundClosed, hall.SessionRoundOver, hall.DraftWritten, hall.SessionDecided, hall.SessionReported, hall.SessionOverdue,
		hall.OptionOffered, hall.OptionCleared, hall.ArgumentHidden, hall.DayOver, hall.DayOverdue, hall.QuestionTold,
		covenant.CommentsOver, covenant.Replied, covenant.Revised, covenant.AdoptionRecorded, covenant.AdoptionReturned, covenant.AdoptionConfirmed,
	}
}

// hallTemplate says which template message tells it.
func hallTemplate(key string) (Template, bool) {
	switch key {
	case KeyHallRoundOver, KeyHallOffered, KeyHallOverdue, KeyDayOver, KeyDayOverdue, KeyCovenantOver, KeyCovenantRecorded, KeyCovenantReturned:
		return templateWork, true
	case KeyQuestionTold:
		return templateAnswer, true
	case KeyHallRoundClosed, KeyHallDraft, KeyHallDecided, KeyHallReported, KeyHallTaken, KeyHallDeclined, KeyHallHidden,
		KeyCovenantReplied, KeyCovenantReplyTaken, KeyCovenantRevised, KeyCovenantAdopted:
		return templateProgress, true
	}
	return Template{}, false
}

// Circles: those who took part in something, whom only its own room can name.
const (
	CircleHall     = "hall"
	CircleCovenant = "covenant"
)

// planHall tells those who took part, and those who have to do something.
func planHall(e docstore.Event) ([]Share, error) {
	switch e.Type {
	case hall.SessionRoundClosed, hall.SessionRoundOver:
		return with(e, func(d hall.RoundClosed) []Share {
			round := strconv.Itoa(d.Round)
			if e.Type == hall.SessionRoundOver {
				return toFacilitator(d.About, KeyHallRoundOver, fault.Args{"round": round})
			}
			return toTakers(e, d.About, KeyHallRoundClosed, fault.Args{"round": round})
		})
	case hall.DraftWritten:
		return with(e, func(d hall.DraftChanged) []Share {
			shares := toTakers(e, d.About, KeyHallDraft, fault.Args{"draft": strconv.Itoa(d.Draft)})
			shares[0].Draft.Quiet = true
			return shares
		})
	case hall.SessionDecided:
		return with(e, func(d hall.SessionOutcome) []Share {
			return toTakers(e, d.About, KeyHallDecided, fault.Args{"text": d.Text})
		})
	case hall.SessionReported:
		return with(e, func(d hall.Reported) []Share {
			return toTakers(e, d.About, KeyHallReported, fault.Args{"excerpt": d.Excerpt})
		})
	case hall.SessionOverdue:
		return with(e, func(d hall.Overdue) []Share {
			return []Share{{To: Audience{Role: identity.RoleSecretary, Node: d.Community}, Draft: hallDesk(d.About, KeyHallOverdue, fault.Args{"due": stamp(d.DueAt)})}}
		})
	case hall.OptionOffered, hall.OptionCleared:
		return with(e, planOption(e.Type))
	case hall.ArgumentHidden:
		return with(e, func(d hall.Moderated) []Share {
			return toOne(d.By, hallDraft(d.About, KeyHallHidden, fault.Args{"reason": d.Reason}))
		})
	case hall.DayOver, hall.DayOverdue:
		return with(e, planDay(e.Type))
	case hall.QuestionTold:
		return with(e, func(d hall.QuestionAnswered) []Share {
			args := fault.Args{"title": d.Title, "who": d.ByTitle + " " + d.ByName, "excerpt": d.Excerpt}
			return toOne(d.By, Draft{Community: d.Community, Key: KeyQuestionTold, Args: args, Link: "/day/" + string(d.Day)})
		})
	}
	return planCovenant(e)
}

func hallDraft(a hall.About, key string, args fault.Args) Draft {
	args["title"] = a.Question
	return Draft{Community: a.Community, Key: key, Args: args, Link: "/hall/" + string(a.Session)}
}

func hallDesk(a hall.About, key string, args fault.Args) Draft {
	d := hallDraft(a, key, args)
	d.Link = "/desk/c/" + string(a.Community) + "/hall/" + string(a.Session)
	return d
}

// toTakers tells those who took part, but not who did it.
func toTakers(e docstore.Event, a hall.About, key string, args fault.Args) []Share {
	return []Share{{To: Audience{Circle: CircleHall, ID: string(a.Session)}, But: identity.AccountID(e.Actor), Draft: hallDraft(a, key, args)}}
}

func toFacilitator(a hall.About, key string, args fault.Args) []Share {
	return toOne(a.Facilitator, hallDesk(a, key, args))
}

// toOne tells one person; nobody where the account is gone.
func toOne(who identity.AccountID, d Draft) []Share {
	if who == "" {
		return nil
	}
	return []Share{{To: Audience{Person: who}, Draft: d}}
}

func planOption(event string) func(hall.OptionStep) []Share {
	return func(d hall.OptionStep) []Share {
		args := fault.Args{"text": d.Text, "reason": d.Reason}
		switch {
		case event == hall.OptionOffered:
			return toFacilitator(d.About, KeyHallOffered, args)
		case d.Taken:
			return toOne(d.By, hallDraft(d.About, KeyHallTaken, args))
		}
		return toOne(d.By, hallDraft(d.About, KeyHallDeclined, args))
	}
}

func planDay(event string) func(hall.DayEnd) []Share {
	return func(d hall.DayEnd) []Share {
		draft := Draft{
			Community: d.Community, Key: KeyDayOver, Args: fault.Args{"title": d.Title, "asked": strconv.Itoa(d.Asked), "left": strconv.Itoa(d.Left)},
			Link: "/desk/c/" + string(d.Community) + "/days/" + string(d.Day),
		}
		if event == hall.DayOverdue {
			draft.Key = KeyDayOverdue
			return []Share{{To: Audience{Role: identity.RoleSecretary, Node: d.Community}, Draft: draft}}
		}
		var shares []Share
		for _, who := range d.Answerers {
			shares = append(shares, toOne(who, draft)...)
		}
		return shares
	}
}

func covenantDraft(a covenant.About, key string, args fault.Args) Draft {
	args["title"] = a.Title
	return Draft{Community: a.Community, Key: key, Args: args, Link: "/covenant/" + string(a.Covenant)}
}

func covenantDesk(a covenant.About, key string, args fault.Args) Draft {
	d := covenantDraft(a, key, args)
	d.Link = "/desk/c/" + string(a.Community) + "/covenants/" + string(a.Covenant)
	return d
}

// planCovenant tells those who commented, and those who have to do something.
func planCovenant(e docstore.Event) ([]Share, error) {
	circle := func(id covenant.ID, d Draft) []Share {
		return []Share{{To: Audience{Circle: CircleCovenant, ID: string(id)}, But: identity.AccountID(e.Actor), Draft: d}}
	}
	switch e.Type {
	case covenant.CommentsOver:
		return with(e, func(d covenant.Over) []Share {
			return toOne(d.Keeper, covenantDesk(d.About, KeyCovenantOver, fault.Args{"owed": strconv.Itoa(d.Owed)}))
		})
	case covenant.Replied:
		return with(e, func(d covenant.CommentStep) []Share {
			key := KeyCovenantReplied
			if d.Taken {
				key = KeyCovenantReplyTaken
			}
			return toOne(d.By, covenantDraft(d.About, key, fault.Args{"why": d.Why}))
		})
	case covenant.Revised:
		return with(e, func(d covenant.About) []Share {
			draft := covenantDraft(d, KeyCovenantRevised, fault.Args{})
			draft.Quiet = true
			return circle(d.Covenant, draft)
		})
	case covenant.AdoptionRecorded:
		return with(e, func(d covenant.About) []Share {
			draft, but := covenantDesk(d, KeyCovenantRecorded, fault.Args{}), identity.AccountID(e.Actor)
			return []Share{
				{To: Audience{Role: identity.RoleSecretary, Node: d.Community}, But: but, Draft: draft},
				{To: Audience{Role: identity.RoleStaff, Node: d.Community}, But: but, Draft: draft},
			}
		})
	case covenant.AdoptionReturned:
		return with(e, func(d covenant.Returned) []Share {
			return toOne(d.Recorder, covenantDesk(d.About, KeyCovenantReturned, fault.Args{"reason": d.Reason}))
		})
	case covenant.AdoptionConfirmed:
		return with(e, func(d covenant.AdoptedData) []Share {
			return circle(d.Covenant, covenantDraft(d.About, KeyCovenantAdopted, fault.Args{"version": strconv.Itoa(d.Version)}))
		})
	}
	return nil, nil
}
