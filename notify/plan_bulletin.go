package notify

import (
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// planBulletin tells the office about a bulletin on its way. Those whom it is addressed to are told in stretches
// (TellCrowd), not from here.
func planBulletin(event string) func(bulletin.About) []Share {
	return func(b bulletin.About) []Share {
		draft := func(key string) Draft {
			d := Draft{Key: key, Link: "/desk/n/" + string(b.Bulletin), Args: fault.Args{"title": b.Title, "who": b.By.Name, "reason": b.Reason}}
			if !b.Town {
				d.Community = b.Node
			}
			return d
		}
		switch {
		case event == bulletin.EventReturned:
			return []Share{{To: Audience{Person: b.Writer}, But: b.By.Account, Draft: draft(KeyBulletinReturned)}}
		case event == bulletin.EventUnseen:
			return []Share{{To: Audience{Role: identity.RoleTown, Node: b.Above}, Draft: draft(KeyBulletinUnseen)}}
		case event == bulletin.EventSubmitted, event == bulletin.EventPublished && b.Unseen == bulletin.UnseenUrgent && b.Parent == "":
			return reviewers(b, draft(KeyBulletinReview))
		}
		return nil
	}
}

// reviewers are asked to look: colleagues of the place, or the town where only the town may.
func reviewers(b bulletin.About, d Draft) []Share {
	ask := func(role identity.Role, node community.ID) Share {
		return Share{To: Audience{Role: role, Node: node}, But: b.By.Account, Draft: d}
	}
	switch {
	case b.Town:
		return []Share{ask(identity.RoleTown, b.Node)}
	case b.AskTown:
		return []Share{ask(identity.RoleTown, b.Above)}
	}
	return []Share{ask(identity.RoleSecretary, b.Node), ask(identity.RoleStaff, b.Node)}
}
