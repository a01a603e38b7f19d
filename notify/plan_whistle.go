package notify

import (
	"jushou/deliberation/whistle"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// CircleWhistle are the authors of the topics that a whistle is tied to.
const CircleWhistle = "whistle"

// planWhistle tells units that they are called, the authors of its topics so, the caller what they answer, and the
// town who did not.
func planWhistle(event string) func(whistle.Event) []Share {
	return func(w whistle.Event) []Share {
		draft := func(key string) Draft {
			return Draft{
				Community: w.Community, Key: key, Link: "/desk/w/" + string(w.Whistle),
				Args: fault.Args{"title": w.Subject, "who": w.Unit, "due": stamp(w.DueAt), "reason": w.Words, "comes": stamp(w.ComesAt)},
			}
		}
		switch event {
		case whistle.EventCalled:
			var shares []Share
			for _, board := range w.Units {
				shares = append(shares, Share{To: unit(w, board), But: w.By, Draft: draft(KeyWhistle)})
			}
			if len(w.Topics) > 0 {
				told := draft(KeyWhistleTopic)
				told.Link = "/whistles/" + string(w.Whistle)
				shares = append(shares, Share{To: Audience{Circle: CircleWhistle, ID: string(w.Whistle)}, But: w.By, Draft: told})
			}
			return shares
		case whistle.EventInsisted:
			if w.Board == "" {
				return []Share{{To: Audience{Person: w.Caller}, But: w.By, Draft: draft(KeyWhistleInsisted)}}
			}
			return []Share{{To: unit(w, w.Board), Draft: draft(KeyWhistleInsisted)}}
		case whistle.EventUnanswered:
			missed := draft(KeyWhistleUnanswered)
			missed.Once = KeyWhistleUnanswered + "/" + string(w.Whistle) + "@" + stamp(w.DueAt) // of several units once
			return []Share{
				{To: Audience{Role: identity.RoleTown, Node: w.Town}, Draft: missed},
				{To: Audience{Person: w.Caller}, Draft: missed},
			}
		}
		return []Share{{To: Audience{Person: w.Caller}, But: w.By, Draft: draft(KeyWhistleReply)}}
	}
}

// unit is whoever answers for a unit that was called.
func unit(w whistle.Event, board string) Audience {
	if _, ok := identity.Department(board); ok {
		return Audience{Role: identity.RoleDepartment, Node: w.Town, Board: board}
	}
	return Audience{Role: identity.RolePartner, Node: w.Community, Board: board}
}
