package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Terms are those of acceptance and resolution.
type Terms struct {
	AcceptDays  int    `json:"accept_days,omitempty" doc:"Working days from the first answer; 0 for the product's own."`
	ResolveDays int    `json:"resolve_days,omitempty" doc:"Working days from acceptance; 0 for the product's own."`
	CloseDays   int    `json:"close_days,omitempty" doc:"Days after which a resolved topic closes by itself; 0 for the product's own."`
	Ladder      []Rung `json:"ladder,omitempty" doc:"Who hears of a missed date, rising; none for the product's own."`
}

// Rung is one level of the ladder.
type Rung struct {
	Days int    `json:"days" doc:"Working days after the date, 0 on it."`
	To   string `json:"to" doc:"superior, secretary, town or public."`
}

// Promises are the terms of a community as they are.
type Promises struct {
	Version int `json:"version" doc:"Counts the changes; a change names the version that was read."`
	Terms
}

// NewPromises are other terms on their way.
type NewPromises struct {
	Version int `json:"version" doc:"The version that was read. If it has changed since, nothing is."`
	Terms
	Reason string `json:"reason" doc:"Why, at most 200 characters; it is public."`
}

// PromiseChange is one change of the terms.
type PromiseChange struct {
	Version int     `json:"version" doc:"The version it led to."`
	At      Instant `json:"at"`
	By      string  `json:"by" doc:"The name, as staff are shown."`
	Title   string  `json:"title,omitempty"`
	Reason  string  `json:"reason"`
	Before  Terms   `json:"before"`
	After   Terms   `json:"after"`
}

// PublicPromises are the terms of a community and how they came about.
type PublicPromises struct {
	Now Promises `json:"now"`
	Page[PromiseChange]
}

// readPromises returns the terms of a node.
func (a *Actions) readPromises(c *Call) (Promises, error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return Promises{}, err
	}
	return showPromises(node.Settings.Promises), identity.Can(c.Actor, identity.ReadCommunity, identity.At(node))
}

// changePromises sets the terms of a community. Clocks that run keep theirs.
func (a *Actions) changePromises(c *Call, in NewPromises) (Promises, error) {
	node, err := a.Topics.ChangePromises(c.Context(), c.Actor, deliberation.ChangePromises{
		Community: nodeOf(c), Version: in.Version, Reason: in.Reason,
		Terms: community.Terms{
			AcceptDays: in.AcceptDays, ResolveDays: in.ResolveDays, CloseDays: in.CloseDays,
			Ladder: each(in.Ladder, func(r Rung) community.LadderStep { return community.LadderStep{Days: r.Days, To: r.To} }),
		},
	})
	return showPromises(node.Settings.Promises), err
}

// openPromises tells anybody the terms of a community, with one page of their changes, the latest first.
func (a *Actions) openPromises(c *Call) (PublicPromises, error) {
	node, err := a.community(c)
	if err != nil {
		return PublicPromises{}, err
	}
	found, next, err := a.Topics.PromiseHistory(c.Context(), c.Actor, node.ID, c.after())
	if err != nil {
		return PublicPromises{}, err
	}
	return PublicPromises{showPromises(node.Settings.Promises), pageOf(found, next, showPromiseChange)}, nil
}

func showPromiseChange(x community.PromiseChange) PromiseChange {
	return PromiseChange{
		Version: x.Version, At: instant(x.At), By: x.Name, Title: x.Title, Reason: x.Reason,
		Before: showTerms(x.Before), After: showTerms(x.After),
	}
}

func showPromises(p community.Promises) Promises { return Promises{p.Version, showTerms(p.Terms)} }

func showTerms(t community.Terms) Terms {
	t = t.Effective()
	return Terms{
		AcceptDays: t.AcceptDays, ResolveDays: t.ResolveDays, CloseDays: t.CloseDays,
		Ladder: each(t.Ladder, func(r community.LadderStep) Rung { return Rung{r.Days, r.To} }),
	}
}
