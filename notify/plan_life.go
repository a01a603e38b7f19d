package notify

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of notices about a topic's life after its answer. Its author is pushed what asks for something or ends it; the
// steps in between wait in the inbox.
const (
	KeyLifeAccepted   = "notice.life_accepted"   // author: by when
	KeyLifeRefused    = "notice.life_refused"    // author: why not
	KeyLifeAsked      = "notice.life_asked"      // author: a question that a clock waits for
	KeyLifeSent       = "notice.life_sent"       // author: to which department
	KeyLifeTaken      = "notice.life_taken"      // author: somebody works on it
	KeyLifeReported   = "notice.life_reported"   // author: what was done
	KeyLifeResolved   = "notice.life_resolved"   // author: say whether it is solved
	KeyLifeClosed     = "notice.life_closed"     // author: it is over
	KeyLifeReopened   = "notice.life_reopened"   // author: it is taken up again
	KeyLifeMerged     = "notice.life_merged"     // author: it goes on in another topic
	KeyLifeLate       = "notice.life_late"       // author: a date was missed, for everybody to see
	KeyLifeDispatched = "notice.life_dispatched" // the department's people: work
	KeyLifeReplied    = "notice.life_replied"    // who has it: the author replied
	KeyLifeVerify     = "notice.life_verify"     // duty person: look at what was reported
	KeyLifeSentBack   = "notice.life_sent_back"  // handler: not yet
	KeyLifeContested  = "notice.life_contested"  // duty person: decide
	KeyLifeDisputed   = "notice.life_disputed"   // secretary: the author says it is not solved
	KeyLifeMore       = "notice.life_more"       // secretary: somebody asks for more time
	KeyLifeMoreSaid   = "notice.life_more_said"  // handler: granted or not
	KeyLifeSoon       = "notice.life_soon"       // who has it: a date comes near
	KeyLifeMissed     = "notice.life_missed"     // the level whose turn it is: a date was missed
	KeyLifeToTown     = "notice.life_to_town"    // town: dates were missed that are its turn now
)

// lifeKeys lists them.
func lifeKeys() []string {
	return []string{
		KeyLifeAccepted, KeyLifeRefused, KeyLifeAsked, KeyLifeSent, KeyLifeTaken, KeyLifeReported, KeyLifeResolved, KeyLifeClosed,
		KeyLifeReopened, KeyLifeMerged, KeyLifeLate, KeyLifeDispatched, KeyLifeReplied, KeyLifeVerify, KeyLifeSentBack, KeyLifeContested,
		KeyLifeDisputed, KeyLifeMore, KeyLifeMoreSaid, KeyLifeSoon, KeyLifeMissed, KeyLifeToTown,
	}
}

// lifeTypes are the events that planLife knows.
func lifeTypes() []string {
	return []string{
		deliberation.TopicAccepted, deliberation.TopicRefused, deliberation.TopicAsked, deliberation.TopicReplied, deliberation.TopicDispatched,
		deliberation.TopicContested, deliberation.TopicTaken, deliberation.TopicReported, deliberation.TopicSentBack, deliberation.TopicResolved,
		deliberation.TopicDisputed, deliberation.TopicUpheld, deliberation.TopicClosed, deliberation.TopicReopened, deliberation.TopicMerged,
		deliberation.TopicMoreAsked, deliberation.TopicExtended, deliberation.TopicNotExtended, deliberation.TopicEscalated,
	}
}

// lifeTemplate says which template message tells it.
func lifeTemplate(key string) (Template, bool) {
	switch key {
	case KeyLifeDispatched, KeyLifeReplied, KeyLifeVerify, KeyLifeSentBack, KeyLifeContested, KeyLifeDisputed, KeyLifeMore, KeyLifeMoreSaid,
		KeyLifeSoon, KeyLifeMissed:
		return templateWork, true
	case KeyLifeToTown:
		return templateTown, true
	}
	return templateProgress, slices.Contains(lifeKeys(), key)
}

// lifeWork reports whether the notice is work to be done, and not somebody's own affair.
func lifeWork(key string) bool {
	t, ok := lifeTemplate(key)
	return ok && t.Title == templateWork.Title
}

// planLife plans for the events of a topic's life.
func planLife(e docstore.Event) ([]Share, error) {
	if e.Type == deliberation.TopicEscalated {
		return with(e, func(p deliberation.Progress) []Share { return planEscalated(p, e.At) })
	}
	return with(e, func(p deliberation.Progress) []Share {
		return append(authorsPart(e.Type, p), workersPart(e.Type, p)...)
	})
}

// authorsPart is what the author hears of a step, and the authors of topics that were merged into this one.
func authorsPart(event string, p deliberation.Progress) []Share {
	key, quiet := "", false
	switch event {
	case deliberation.TopicAccepted:
		key, quiet = KeyLifeAccepted, true
	case deliberation.TopicRefused:
		key = KeyLifeRefused
	case deliberation.TopicAsked:
		key = KeyLifeAsked
	case deliberation.TopicDispatched:
		key, quiet = KeyLifeSent, true
	case deliberation.TopicTaken:
		key, quiet = KeyLifeTaken, true
	case deliberation.TopicReported:
		key, quiet = KeyLifeReported, true
	case deliberation.TopicResolved:
		key = KeyLifeResolved
	case deliberation.TopicClosed, deliberation.TopicUpheld:
		key, quiet = KeyLifeClosed, event == deliberation.TopicClosed
	case deliberation.TopicReopened:
		key, quiet = KeyLifeReopened, true
	case deliberation.TopicMerged:
		key = KeyLifeMerged
	default:
		return nil
	}
	d := lifeDraft(p, key)
	if d.Quiet = quiet; event == deliberation.TopicMerged {
		d.Link = "/t/" + string(p.Into)
	}
	return butNot(toAuthor(p.About, d), p.By)
}

// workersPart is what those hear whose turn it is.
func workersPart(event string, p deliberation.Progress) []Share {
	secretary, duty := Audience{Role: identity.RoleSecretary, Node: p.Community}, owner(p.About)
	switch event {
	case deliberation.TopicDispatched:
		return deskShare(p, KeyLifeDispatched, Audience{Role: identity.RoleDepartment, Node: p.Town, Board: identity.DepartmentBoard(p.Department)})
	case deliberation.TopicReplied:
		return deskShare(p, KeyLifeReplied, holder(p, duty))
	case deliberation.TopicReported:
		return deskShare(p, KeyLifeVerify, Audience{Duty: p.Community})
	case deliberation.TopicSentBack:
		return deskShare(p, KeyLifeSentBack, holder(p, duty))
	case deliberation.TopicContested:
		return deskShare(p, KeyLifeContested, Audience{Duty: p.Community})
	case deliberation.TopicDisputed:
		return deskShare(p, KeyLifeDisputed, secretary)
	case deliberation.TopicMoreAsked:
		return deskShare(p, KeyLifeMore, secretary)
	case deliberation.TopicExtended, deliberation.TopicNotExtended:
		return deskShare(p, KeyLifeMoreSaid, holder(p, duty))
	}
	return nil
}

// planEscalated tells the level whose turn it is, once per step and person; of all that comes to a town at one working moment it
// is told once, because one office has many communities.
func planEscalated(p deliberation.Progress, at time.Time) []Share {
	secretary, town := Audience{Role: identity.RoleSecretary, Node: p.Community}, Audience{Role: identity.RoleTown, Node: p.Town}
	var shares []Share
	switch p.To {
	case deadline.ToOwner:
		shares = deskShare(p, KeyLifeSoon, holder(p, owner(p.About)))
	case deadline.ToSuperior:
		if shares = deskShare(p, KeyLifeMissed, secretary); p.Department != "" {
			shares = deskShare(p, KeyLifeMissed, town) // a department's superior is the town
		}
	case deadline.ToSecretary:
		shares = deskShare(p, KeyLifeMissed, secretary)
	case deadline.ToTown:
		return []Share{{To: town, Draft: Draft{
			Community: p.Community, Key: KeyLifeToTown, Args: fault.Args{"round": stamp(at)}, Link: "/desk/town/" + string(p.Town),
			Once: KeyLifeToTown + "/" + string(p.Town) + "@" + stamp(at),
		}}}
	case deadline.ToPublic:
		d := lifeDraft(p, KeyLifeLate)
		d.Quiet = true
		shares = toAuthor(p.About, d)
	}
	for i := range shares {
		shares[i].But = ""
		shares[i].Draft.Once = "topic.escalated/" + string(p.Topic) + "/" + p.Key + "/" + string(p.To)
	}
	return shares
}

// holder is who has the topic in hand: a person, a department's people, or who answers the board.
func holder(p deliberation.Progress, otherwise Audience) Audience {
	switch {
	case p.Handler != "":
		return Audience{Person: p.Handler}
	case p.Department != "":
		return Audience{Role: identity.RoleDepartment, Node: p.Town, Board: identity.DepartmentBoard(p.Department)}
	}
	return otherwise
}

func deskShare(p deliberation.Progress, key string, to Audience) []Share {
	d := lifeDraft(p, key)
	d.Link = "/desk/t/" + string(p.Topic)
	return []Share{{To: to, But: p.By, Draft: d}}
}

func lifeDraft(p deliberation.Progress, key string) Draft {
	return topicDraft(p.About, key, fault.Args{
		"who": p.ByName, "reason": p.Reason, "department": p.DepartmentName, "excerpt": p.Excerpt,
		"due": stamp(p.DueAt), "until": stamp(p.Until), "close": stamp(p.CloseAt),
	})
}

func butNot(shares []Share, by identity.AccountID) []Share {
	for i := range shares {
		shares[i].But = by
	}
	return shares
}
