package notify

import (
	"jushou/deliberation/disclosure"
	"jushou/internal/deadline"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of notices about what a community publishes. Those that end in "_" have one for each kind of affairs.
const (
	KeyAffairReview   = "notice.affair_review"        // who may review: a version waits
	KeyAffairReturned = "notice.affair_returned"      // who entered it: what is to be changed
	KeyAffairAsked    = "notice.affair_asked"         // who entered it: a question
	KeyAffairAnswered = "notice.affair_answered"      // who asked: the answer
	KeyQuestionSoon   = "notice.affair_question_soon" // who is on duty: a question has to be answered soon
	KeyQuestionLate   = "notice.affair_question_late" // secretary, later the town: it was not
	keyAffairSoon     = "notice.affair_soon_"         // secretary: it has to be published soon
	keyAffairLate     = "notice.affair_late_"         // secretary, later the town: it was not
)

func affairKeys() []string {
	keys := []string{KeyAffairReview, KeyAffairReturned, KeyAffairAsked, KeyAffairAnswered, KeyQuestionSoon, KeyQuestionLate}
	for _, kind := range disclosure.Kinds() {
		keys = append(keys, keyAffairSoon+string(kind), keyAffairLate+string(kind))
	}
	return keys
}

func affairTypes() []string {
	return []string{
		disclosure.ItemEntered, disclosure.ItemReturned, disclosure.QuestionAsked, disclosure.QuestionAnswered,
		disclosure.ObligationLate, disclosure.QuestionLate,
	}
}

// affairTemplate says which template message tells it.
func affairTemplate(key string) (Template, bool) {
	for _, known := range affairKeys() {
		switch {
		case key == KeyAffairAnswered:
			return templateAnswer, true
		case key == known:
			return templateWork, true
		}
	}
	return Template{}, false
}

// affairWork reports whether somebody waits for who is told.
func affairWork(key string) bool {
	_, known := affairTemplate(key)
	return known && key != KeyAffairAnswered && key != KeyAffairReturned
}

// planAffair tells reviewers of what waits, who entered something of what came of it, and those above of what is late. What
// is published is on the board; nobody is pushed for it.
func planAffair(what string) func(disclosure.News) []Share {
	return func(n disclosure.News) []Share {
		switch what {
		case disclosure.ItemEntered:
			to := Audience{Role: identity.RoleSecretary, Node: n.Community}
			if n.BySecretary {
				to = Audience{Duty: n.Community}
			}
			return []Share{{To: to, But: n.By, Draft: affairDraft(n, KeyAffairReview, "/desk/affairs/"+string(n.Item))}}
		case disclosure.ItemReturned:
			return toEntrant(n, affairDraft(n, KeyAffairReturned, "/desk/affairs/"+string(n.Item)))
		case disclosure.QuestionAsked:
			return toEntrant(n, affairDraft(n, KeyAffairAsked, "/desk/affairs/"+string(n.Item)+"#q-"+string(n.Question)))
		case disclosure.QuestionAnswered:
			return toEntrant(n, affairDraft(n, KeyAffairAnswered, "/affairs/"+string(n.Item)+"#q-"+string(n.Question)))
		case disclosure.QuestionLate:
			return planLate(n, KeyQuestionSoon, KeyQuestionLate, "/desk/affairs/"+string(n.Item)+"#q-"+string(n.Question))
		}
		return planLate(n, keyAffairSoon+string(n.Kind), keyAffairLate+string(n.Kind), "/desk/c/"+string(n.Community)+"/affairs")
	}
}

// toEntrant tells the one person an event concerns, unless that person did it.
func toEntrant(n disclosure.News, d Draft) []Share {
	if n.To == "" || n.To == n.By {
		return nil
	}
	return []Share{{To: Audience{Person: n.To}, But: n.By, Draft: d}}
}

// planLate tells the level of the ladder that was reached. The public level is told by the board itself.
func planLate(n disclosure.News, soon, late, link string) []Share {
	key := late
	if n.Warning {
		key = soon
	}
	d := affairDraft(n, key, link)
	switch {
	case n.Step == deadline.ToOwner && n.Question != "":
		return []Share{{To: Audience{Duty: n.Community}, Draft: d}}
	case n.Step == deadline.ToOwner, n.Step == deadline.ToSecretary:
		return []Share{{To: Audience{Role: identity.RoleSecretary, Node: n.Community}, Draft: d}}
	case n.Step == deadline.ToTown && n.Town != "":
		return []Share{{To: Audience{Role: identity.RoleTown, Node: n.Town}, Draft: d}}
	}
	return nil
}

func affairDraft(n disclosure.News, key, link string) Draft {
	title := n.Title
	if title == "" {
		title = string(n.Period)
	}
	who := n.ByName
	if n.ByTitle != "" {
		who = n.ByTitle + " " + who
	}
	return Draft{Community: n.Community, Key: key, Link: link, Args: fault.Args{
		"title": title, "who": who, "excerpt": n.Excerpt, "reason": n.Reason, "due": stamp(n.DueAt), "period": string(n.Period),
	}}
}
