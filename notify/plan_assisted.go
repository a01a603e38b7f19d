package notify

import (
	"slices"

	"jushou/deliberation/assisted"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of what is told of entries for somebody offline.
const (
	KeyEntryAsked    = "notice.entry_asked"    // the person: did you say so?
	KeyEntrySettled  = "notice.entry_settled"  // the person: it was corrected, is it right now?
	KeyEntryDisputed = "notice.entry_disputed" // who entered it and the duty person: correct or withdraw it
)

func assistedKeys() []string { return []string{KeyEntryAsked, KeyEntrySettled, KeyEntryDisputed} }

func assistedTypes() []string {
	return []string{assisted.EventAsked, assisted.EventSettled, assisted.EventDisputed}
}

// planAssisted asks the person, and tells staff what the person disputes.
func planAssisted(e docstore.Event) ([]Share, error) {
	if !slices.Contains(assistedTypes(), e.Type) {
		return nil, nil
	}
	return with(e, func(n assisted.News) []Share {
		d := Draft{Community: n.Community, Args: fault.Args{"title": n.Subject}, Link: "/entry/" + n.Link.ID}
		switch {
		case e.Type == assisted.EventDisputed:
			d.Key, d.Link = KeyEntryDisputed, "/desk/c/"+string(n.Community)+"/assist/entries"
			shares := []Share{{To: Audience{Duty: n.Community}, Draft: d}}
			if n.EnteredBy != "" {
				shares = append(shares, Share{To: Audience{Person: n.EnteredBy}, Draft: d})
			}
			return shares
		case n.Person == "":
			return nil // offline still
		case e.Type == assisted.EventSettled:
			d.Key = KeyEntrySettled
		default:
			d.Key = KeyEntryAsked
		}
		return []Share{{To: Audience{Person: n.Person}, But: identity.AccountID(e.Actor), Draft: d}}
	})
}
