package notify

import (
	"slices"

	"jushou/deliberation/digest"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of notices about what a community passes up to the town.
const (
	KeyDigestSorted    = "notice.digest_sorted"    // secretary: look, and pass it up
	KeyDigestSentBack  = "notice.digest_sent_back" // who sorted it
	KeyDigestSubmitted = "notice.digest_submitted" // town: answer
	KeyDigestReturned  = "notice.digest_returned"  // the two who put their names to it
	KeyDigestWithdrawn = "notice.digest_withdrawn" // town: nothing to answer any more
	KeyDigestAnswered  = "notice.digest_answered"  // the two: every group has its answer
	KeyDigestAdopted   = "notice.digest_adopted"   // who spoke in the group
	KeyDigestPartly    = "notice.digest_partly"
	KeyDigestDeclined  = "notice.digest_declined"
	KeyDigestSoon      = "notice.digest_soon" // town: the answer is due soon
	KeyDigestLate      = "notice.digest_late" // town, then secretary: it was not given
)

// CircleDigest names those who spoke in a group of a digest.
const CircleDigest = "digest"

func digestKeys() []string {
	return []string{
		KeyDigestSorted, KeyDigestSentBack, KeyDigestSubmitted, KeyDigestReturned, KeyDigestWithdrawn, KeyDigestAnswered,
		KeyDigestAdopted, KeyDigestPartly, KeyDigestDeclined, KeyDigestSoon, KeyDigestLate,
	}
}

func digestTypes() []string {
	return []string{
		digest.SortedOut, digest.SentBack, digest.PassedUp, digest.ReturnedBy, digest.TakenBack, digest.AllAnswered,
		digest.GroupAdopted, digest.GroupPartly, digest.GroupDeclined, digest.Late,
	}
}

// digestTemplate says which template message tells it.
func digestTemplate(key string) (Template, bool) {
	switch key {
	case KeyDigestAdopted, KeyDigestPartly, KeyDigestDeclined, KeyDigestAnswered, KeyDigestWithdrawn:
		return templateProgress, true
	case KeyDigestSorted, KeyDigestSentBack, KeyDigestSubmitted, KeyDigestReturned, KeyDigestSoon, KeyDigestLate:
		return templateWork, true
	}
	return Template{}, false
}

// digestPlan says who is told of an event of digests.
func digestPlan(e docstore.Event) ([]Share, error) {
	if !slices.Contains(digestTypes(), e.Type) {
		return nil, nil
	}
	return with(e, planDigest(e.Type))
}

// digestWork reports whether somebody waits for who is told.
func digestWork(key string) bool {
	t, known := digestTemplate(key)
	return known && t.Title == templateWork.Title
}

// planDigest tells the second person, the town, those who put their names to it, and of a verdict the people who spoke. That
// something was passed up stands on each topic's page; nobody is pushed for it.
func planDigest(what string) func(digest.News) []Share {
	return func(n digest.News) []Share {
		town := Audience{Role: identity.RoleTown, Node: n.Town}
		secretary := Audience{Role: identity.RoleSecretary, Node: n.Community}
		to := func(a Audience, key string) []Share { return []Share{{To: a, But: n.By, Draft: digestDraft(n, key)}} }
		switch what {
		case digest.SortedOut:
			return to(secretary, KeyDigestSorted)
		case digest.SentBack:
			return butBy(n, toOne(n.Sorter, digestDraft(n, KeyDigestSentBack)))
		case digest.PassedUp:
			return to(town, KeyDigestSubmitted)
		case digest.ReturnedBy:
			return toSigners(n, KeyDigestReturned)
		case digest.TakenBack:
			if n.DueAt.IsZero() {
				return nil // the town never had it
			}
			return to(town, KeyDigestWithdrawn)
		case digest.AllAnswered:
			return toSigners(n, KeyDigestAnswered)
		case digest.Late:
			return planDigestLate(n)
		}
		return planVerdict(what, n)
	}
}

func butBy(n digest.News, shares []Share) []Share {
	for i := range shares {
		shares[i].But = n.By
	}
	return shares
}

// toSigners tells the two who put their names to it.
func toSigners(n digest.News, key string) []Share {
	shares := toOne(n.Submitter, digestDraft(n, key))
	if n.Sorter != n.Submitter {
		shares = append(shares, toOne(n.Sorter, digestDraft(n, key))...)
	}
	return butBy(n, shares)
}

// planVerdict tells the people who spoke in a group what becomes of it.
func planVerdict(what string, n digest.News) []Share {
	key := map[string]string{digest.GroupAdopted: KeyDigestAdopted, digest.GroupPartly: KeyDigestPartly, digest.GroupDeclined: KeyDigestDeclined}[what]
	d := digestDraft(n, key)
	d.Args["title"], d.Link = n.Heading, "/digest/"+string(n.Digest)+"#g-"+string(n.Group)
	return []Share{{To: Audience{Circle: CircleDigest, ID: digest.Circle(n.Digest, n.Group)}, But: n.By, Draft: d}}
}

// planDigestLate tells the level of the ladder that was reached. The public level is told by the page itself.
func planDigestLate(n digest.News) []Share {
	key := KeyDigestLate
	if n.Warning {
		key = KeyDigestSoon
	}
	d := digestDraft(n, key)
	switch n.Step {
	case deadline.ToOwner, deadline.ToTown:
		return []Share{{To: Audience{Role: identity.RoleTown, Node: n.Town}, Draft: d}}
	case deadline.ToSecretary:
		return []Share{{To: Audience{Role: identity.RoleSecretary, Node: n.Community}, Draft: d}}
	}
	return nil
}

func digestDraft(n digest.News, key string) Draft {
	who := n.ByName
	if n.ByTitle != "" {
		who = n.ByTitle + " " + who
	}
	return Draft{Community: n.Community, Key: key, Link: "/desk/digest/" + string(n.Digest), Args: fault.Args{
		"title": n.Subject, "who": who, "reason": n.Words, "due": stamp(n.DueAt),
	}}
}
