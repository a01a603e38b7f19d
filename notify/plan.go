package notify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/deliberation/disclosure"
	"jushou/deliberation/whistle"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of the sentences that notices say. The catalogue in web and the table of template messages
// have one entry for each.
const (
	KeyTopicPosted   = "notice.topic_posted"   // duty person: somebody waits
	KeyTopicHeld     = "notice.topic_held"     // duty person: look before it is shown
	KeyTopicReleased = "notice.topic_released" // author: it is shown now
	KeyTopicHidden   = "notice.topic_hidden"   // author: hidden, and why
	KeyTopicAnswered = "notice.topic_answered" // author: the answer
	KeyCommented     = "notice.topic_commented"
	KeyRoundListed   = "notice.round_listed"  // duty person: this Round's list
	KeyRoundMissed   = "notice.round_missed"  // next duty person and secretary
	KeyRoundToTown   = "notice.round_to_town" // town
	KeyHandedOver    = "notice.duty_handed_over"
	KeyVerified      = "notice.account_verified"
	KeyRejected      = "notice.account_rejected"
	KeyPending       = "notice.account_pending" // duty person: somebody asks to be verified

	KeyWhistle           = "notice.whistle"            // a unit: it is called
	KeyWhistleTopic      = "notice.whistle_topic"      // authors of the topics: units are called together
	KeyWhistleReply      = "notice.whistle_reply"      // the caller: a unit accepted or refused
	KeyWhistleUnanswered = "notice.whistle_unanswered" // the town and the caller: a unit did not answer
	KeyWhistleInsisted   = "notice.whistle_insisted"   // a unit: the town calls it anew

	KeyBulletin         = "notice.bulletin"          // those addressed
	KeyBulletinUrgent   = "notice.bulletin_urgent"   // those addressed, at any hour
	KeyBulletinReview   = "notice.bulletin_review"   // who may review: somebody has written
	KeyBulletinReturned = "notice.bulletin_returned" // the writer: what is to be changed
	KeyBulletinUnseen   = "notice.bulletin_unseen"   // the town: nobody looked in time
)

// Keys returns every key a notice can have, for tests that hold the catalogue and the templates against it.
func Keys() []string {
	return slices.Concat(hallKeys(), pollKeys(), projectKeys(), activityKeys(), neighbourKeys(), moderationKeys(), lifeKeys(), assistedKeys(), affairKeys(), ledgerKeys(), digestKeys(), meetingKeys(), []string{
		KeyTopicPosted, KeyTopicHeld, KeyTopicReleased, KeyTopicHidden, KeyTopicAnswered, KeyCommented,
		KeyRoundListed, KeyRoundMissed, KeyRoundToTown, KeyHandedOver, KeyVerified, KeyRejected, KeyPending,
		KeyWhistle, KeyWhistleTopic, KeyWhistleReply, KeyWhistleUnanswered, KeyWhistleInsisted,
		KeyBulletin, KeyBulletinUrgent, KeyBulletinReview, KeyBulletinReturned, KeyBulletinUnseen,
	})
}

// Audience says whom a share concerns without naming them: a person, whoever is on duty, the holders of a role, or
// those who took part in something (Circle and its ID). Exactly one of the four is set.
type Audience struct {
	Person identity.AccountID
	Duty   community.ID
	Role   identity.Role
	Node   community.ID
	Board  string
	Circle string
	ID     string
}

// Share is one audience's part of an event.
type Share struct {
	To  Audience
	But identity.AccountID // never this one: who did it knows
	// Nor are those, because they may not do what it asks for. Where that leaves nobody, Else is told.
	Nor   []identity.AccountID
	Else  *Audience
	Draft Draft
}

// Types are the events that Plan knows; the relay reads no others.
func Types() []string {
	return slices.Concat(hallTypes(), pollTypes(), projectTypes(), activityTypes(), neighbourTypes(), moderationTypes(), lifeTypes(), assistedTypes(), affairTypes(), ledgerTypes(), digestTypes(), meetingTypes(), []string{
		deliberation.TopicPosted, deliberation.TopicHeld, deliberation.TopicReleased, deliberation.TopicHidden,
		deliberation.TopicAnswered, deliberation.TopicCommented, deliberation.RoundHeld, deliberation.DutyHandedOver,
		identity.EventPending, identity.EventVerified, identity.EventRejected,
		bulletin.EventSubmitted, bulletin.EventReturned, bulletin.EventPublished, bulletin.EventUnseen,
		whistle.EventCalled, whistle.EventAccepted, whistle.EventRefused, whistle.EventUnanswered, whistle.EventInsisted,
	})
}

// Plan says who is to be told what about the event. It is pure: the same event gives the same plan.
func Plan(e docstore.Event) ([]Share, error) {
	switch e.Type {
	case deliberation.TopicPosted:
		return with(e, planPosted)
	case deliberation.TopicHeld, deliberation.TopicReleased, deliberation.TopicHidden:
		return with(e, planModerated(e.Type))
	case deliberation.TopicAnswered:
		return with(e, planAnswered)
	case deliberation.TopicCommented:
		return with(e, planCommented)
	case deliberation.RoundHeld:
		return with(e, planRound)
	case deliberation.DutyHandedOver:
		return with(e, planHandedOver)
	case identity.EventPending, identity.EventVerified, identity.EventRejected:
		return with(e, planMember(e.Type))
	case bulletin.EventSubmitted, bulletin.EventReturned, bulletin.EventPublished, bulletin.EventUnseen:
		return with(e, planBulletin(e.Type))
	case whistle.EventCalled, whistle.EventAccepted, whistle.EventRefused, whistle.EventUnanswered, whistle.EventInsisted:
		return with(e, planWhistle(e.Type))
	case disclosure.ItemEntered, disclosure.ItemReturned, disclosure.QuestionAsked, disclosure.QuestionAnswered,
		disclosure.ObligationLate, disclosure.QuestionLate:
		return with(e, planAffair(e.Type))
	}
	if slices.Contains(meetingTypes(), e.Type) {
		return with(e, planMeeting(e.Type))
	}
	if slices.Contains(moderationTypes(), e.Type) {
		return planModeration(e)
	}
	if slices.Contains(lifeTypes(), e.Type) {
		return planLife(e)
	}
	// Rooms that plan for themselves, each in a file of its own.
	for _, plan := range []func(docstore.Event) ([]Share, error){
		planHall,
		planPoll,
		planProject,
		planActivity,
		planLedger,
		digestPlan,
		neighbourPlan,
		planAssisted,
	} {
		if shares, err := plan(e); shares != nil || err != nil {
			return shares, err
		}
	}
	return nil, nil
}

func with[T any](e docstore.Event, plan func(T) []Share) ([]Share, error) {
	var data T
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return nil, fmt.Errorf("notify: read %s %s: %w", e.Type, e.ID, err)
	}
	return plan(data), nil
}

// owner is who answers a board: the partner that owns it, or whoever is on duty.
func owner(a deliberation.About) Audience {
	role := a.Owner
	if b, err := deliberation.BoardOf(a.Board); role == "" && err == nil {
		role = b.Owner
	}
	if role == identity.RolePartner {
		return Audience{Role: identity.RolePartner, Node: a.Community, Board: string(a.Board)}
	}
	return Audience{Duty: a.Community}
}

func topicDraft(a deliberation.About, key string, args fault.Args) Draft {
	args["title"] = a.Title
	return Draft{Community: a.Community, Key: key, Args: args, Link: "/t/" + string(a.Topic)}
}

func planPosted(p deliberation.Posted) []Share {
	if p.Held || p.DueAt.IsZero() {
		return nil // held: its own event tells; no clock: nobody owes an answer
	}
	d := topicDraft(p.About, KeyTopicPosted, fault.Args{"who": p.AuthorName, "where": p.Building, "excerpt": p.Excerpt, "due": stamp(p.DueAt)})
	d.Link = "/desk/t/" + string(p.Topic)
	return []Share{{To: owner(p.About), But: p.Author, Draft: d}}
}

func planModerated(event string) func(deliberation.Moderated) []Share {
	return func(m deliberation.Moderated) []Share {
		switch event {
		case deliberation.TopicHeld:
			d := topicDraft(m.About, KeyTopicHeld, fault.Args{"who": m.AuthorName})
			d.Link = "/desk/t/" + string(m.Topic)
			return []Share{{To: Audience{Duty: m.Community}, Draft: d}}
		case deliberation.TopicReleased:
			return toAuthor(m.About, topicDraft(m.About, KeyTopicReleased, fault.Args{}))
		default:
			return toAuthor(m.About, topicDraft(m.About, KeyTopicHidden, fault.Args{"reason": m.Reason}))
		}
	}
}

// toAuthor tells the author, and those of topics that were merged into this one.
func toAuthor(a deliberation.About, d Draft) []Share {
	if a.Author == "" {
		return nil // entered for somebody offline
	}
	shares := []Share{{To: Audience{Person: a.Author}, Draft: d}}
	for _, also := range a.Also {
		shares = append(shares, Share{To: Audience{Person: also}, Draft: d})
	}
	return shares
}

func planAnswered(a deliberation.Answered) []Share {
	who := a.ByName
	if a.ByTitle != "" {
		who = a.ByTitle + " " + a.ByName
	}
	shares := toAuthor(a.About, topicDraft(a.About, KeyTopicAnswered, fault.Args{"who": who, "excerpt": a.Excerpt}))
	for i := range shares {
		shares[i].But = a.By
	}
	return shares
}

// planCommented tells who is answered, who is called by name, and whose topic it is; somebody who is all three reads
// the first of them only, because an event is one notice to a person.
func planCommented(c deliberation.Commented) []Share {
	draft := func(key string) Draft {
		d := topicDraft(c.About, key, fault.Args{"who": c.ByName, "excerpt": c.Excerpt})
		d.Quiet, d.Link = true, commentLink(c.Topic, c.Comment)
		return d
	}
	var shares []Share
	tell := func(who identity.AccountID, key string) {
		if who != "" {
			shares = append(shares, Share{To: Audience{Person: who}, But: c.By, Draft: draft(key)})
		}
	}
	tell(c.ReplyTo, KeyReplied)
	for _, who := range c.Mentions {
		tell(who, KeyMentioned)
	}
	tell(c.Author, KeyCommented)
	return shares
}

func planRound(r deliberation.HeldRound) []Share {
	draft := func(key string, n int) Draft {
		args := fault.Args{"count": strconv.Itoa(n), "round": stamp(r.At)}
		return Draft{Community: r.Community, Key: key, Args: args, Link: "/desk/c/" + string(r.Community)}
	}
	var shares []Share
	if r.Listed > 0 {
		to := Audience{Person: r.Duty}
		if r.Duty == "" {
			to = Audience{Role: identity.RoleSecretary, Node: r.Community}
		}
		shares = append(shares, Share{To: to, Draft: draft(KeyRoundListed, r.Listed)})
	}
	if r.Secretary > 0 {
		missed := draft(KeyRoundMissed, r.Secretary)
		shares = append(shares, Share{To: Audience{Role: identity.RoleSecretary, Node: r.Community}, Draft: missed})
		if r.Next != "" {
			shares = append(shares, Share{To: Audience{Person: r.Next}, Draft: missed})
		}
	}
	if r.ToTown > 0 && r.Town != "" {
		town := Draft{
			Community: r.Community, Key: KeyRoundToTown, Args: fault.Args{"round": stamp(r.At)}, Link: "/desk/town/" + string(r.Town),
			Once: KeyRoundToTown + "/" + string(r.Town) + "@" + stamp(r.At),
		}
		shares = append(shares, Share{To: Audience{Role: identity.RoleTown, Node: r.Town}, Draft: town})
	}
	return shares
}

func planHandedOver(h deliberation.HandedOver) []Share {
	return []Share{{To: Audience{Person: h.To}, But: h.From, Draft: Draft{
		Community: h.Community, Key: KeyHandedOver, Link: "/desk/c/" + string(h.Community),
		Args: fault.Args{"who": h.FromName, "note": h.Note, "until": stamp(h.Until)},
	}}}
}

func planMember(event string) func(identity.AccountEvent) []Share {
	return func(m identity.AccountEvent) []Share {
		d := Draft{Community: m.Community, Args: fault.Args{}}
		switch event {
		case identity.EventPending:
			d.Key, d.Link = KeyPending, "/desk/c/"+string(m.Community)+"/residents"
			return []Share{{To: Audience{Duty: m.Community}, Draft: d}}
		case identity.EventVerified:
			d.Key, d.Link = KeyVerified, "/c/"+string(m.Community)
		default:
			d.Key, d.Link = KeyRejected, "/me" // the reason is on that page, not in the feed
		}
		return []Share{{To: Audience{Person: m.Account}, Draft: d}}
	}
}

// stamp is how an instant travels in arguments; the catalogue's edge makes words of it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
