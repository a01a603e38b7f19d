package api

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Promises are the terms of acceptance and resolution.
type Promises struct {
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

// readPromises returns the terms of a node.
func (a *Actions) readPromises(c *Call) (Promises, error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return Promises{}, err
	}
	return showPromises(node.Settings), identity.Can(c.Actor, identity.ReadCommunity, identity.At(node))
}

// changePromises sets the terms of a node. Clocks that run keep theirs.
func (a *Actions) changePromises(c *Call, in Promises) (Promises, error) {
	s, err := a.People.ChangePromises(c.Context(), c.Actor, nodeOf(c), community.Promises{
		AcceptDays: in.AcceptDays, ResolveDays: in.ResolveDays, CloseDays: in.CloseDays,
		Ladder: each(in.Ladder, func(r Rung) community.LadderStep { return community.LadderStep{Days: r.Days, To: r.To} }),
	})
	return showPromises(s), err
}

func showPromises(s community.Settings) Promises {
	p := s.Promises.Effective()
	return Promises{
		AcceptDays: p.AcceptDays, ResolveDays: p.ResolveDays, CloseDays: p.CloseDays,
		Ladder: each(p.Ladder, func(r community.LadderStep) Rung { return Rung{r.Days, r.To} }),
	}
}
