package notify

import (
	"jushou/deliberation"
	"jushou/deliberation/moderation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of what is said about comments and moderation.
const (
	KeyReplied         = "notice.comment_replied"   // who is answered
	KeyMentioned       = "notice.comment_mentioned" // who is called by name
	KeyCommentHidden   = "notice.comment_hidden"    // author: hidden, why, and how to appeal
	KeyCommentReleased = "notice.comment_released"  // author: shown again
	KeyReported        = "notice.reported"          // duty person: residents ask somebody to look
	KeyAppealed        = "notice.appealed"          // other moderators: an author asks for a second look
	KeyAppealToTown    = "notice.appeal_to_town"    // town: where the community has nobody else
	KeyAppealGranted   = "notice.appeal_granted"    // author
	KeyAppealDenied    = "notice.appeal_denied"     // author, with the answer
)

// moderationKeys lists them.
func moderationKeys() []string {
	return []string{
		KeyReplied, KeyMentioned, KeyCommentHidden, KeyCommentReleased, KeyReported, KeyAppealed, KeyAppealToTown,
		KeyAppealGranted, KeyAppealDenied,
	}
}

// moderationTypes are the events that planModeration knows.
func moderationTypes() []string {
	return []string{
		deliberation.CommentHidden, deliberation.CommentReleased,
		moderation.EventReported, moderation.EventAppealed, moderation.EventDecided,
	}
}

// moderationTemplate says which template message tells it.
func moderationTemplate(key string) (Template, bool) {
	switch key {
	case KeyReported, KeyAppealed, KeyAppealToTown:
		return templateWork, true
	case KeyCommentHidden, KeyCommentReleased, KeyAppealGranted, KeyAppealDenied:
		return templateProgress, true
	}
	return Template{}, false
}

// planModeration tells authors what became of their words, and those who decide what waits for them.
func planModeration(e docstore.Event) ([]Share, error) {
	switch e.Type {
	case deliberation.CommentHidden, deliberation.CommentReleased:
		return with(e, planCommentModerated(e))
	case moderation.EventReported:
		return with(e, planReported)
	case moderation.EventAppealed:
		return with(e, planAppealed)
	case moderation.EventDecided:
		return with(e, planDecided)
	}
	return nil, nil
}

func commentLink(t deliberation.TopicID, c deliberation.CommentID) string {
	return "/t/" + string(t) + "/comments/" + string(c)
}

func planCommentModerated(e docstore.Event) func(deliberation.CommentModerated) []Share {
	return func(c deliberation.CommentModerated) []Share {
		key := KeyCommentReleased
		if e.Type == deliberation.CommentHidden {
			key = KeyCommentHidden
		}
		d := topicDraft(c.About, key, fault.Args{"reason": c.Reason})
		d.Link = commentLink(c.Topic, c.Comment)
		if c.By == "" {
			return nil
		}
		return []Share{{To: Audience{Person: c.By}, But: identity.AccountID(e.Actor), Draft: d}}
	}
}

func moderationDraft(a moderation.About, key, link string, args fault.Args) Draft {
	args["title"] = a.Title
	return Draft{Community: a.Community, Key: key, Args: args, Link: link}
}

// planReported tells whoever is on duty when something begins to wait, and again when several residents agree.
func planReported(r moderation.Reported) []Share {
	if !r.First && !r.Raised {
		return nil
	}
	link := "/desk/c/" + string(r.Community) + "/moderation"
	return []Share{{To: Audience{Duty: r.Community}, Draft: moderationDraft(r.About, KeyReported, link, fault.Args{})}}
}

// planAppealed tells those who may decide: not the one whose decision it is.
func planAppealed(a moderation.Appealed) []Share {
	if a.ToTown {
		d := moderationDraft(a.About, KeyAppealToTown, "/desk/town/"+string(a.Town)+"/moderation", fault.Args{})
		return []Share{{To: Audience{Role: identity.RoleTown, Node: a.Town}, Draft: d}}
	}
	d := moderationDraft(a.About, KeyAppealed, "/desk/c/"+string(a.Community)+"/moderation", fault.Args{})
	var shares []Share
	for _, role := range []identity.Role{identity.RoleSecretary, identity.RoleStaff} {
		shares = append(shares, Share{To: Audience{Role: role, Node: a.Community}, But: a.Moderator, Draft: d})
	}
	return shares
}

// planDecided tells an author how the appeal went. Other decisions are told by what they changed.
func planDecided(d moderation.Decided) []Share {
	if d.Author == "" {
		return nil
	}
	key := KeyAppealDenied
	if d.Granted {
		key = KeyAppealGranted
	}
	who := d.ByName
	if d.ByTitle != "" {
		who = d.ByTitle + " " + d.ByName
	}
	return []Share{{To: Audience{Person: d.Author}, Draft: moderationDraft(d.About, key, d.Link, fault.Args{"who": who, "reason": d.Reason})}}
}
