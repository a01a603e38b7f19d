package meeting

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// DecisionForm is a decision as a form or the API names it.
type DecisionForm struct {
	What string
	// Unit is one of those that Callable lists, or "" for Owner, a name without accounts.
	Unit, Owner string
	Days        int
	Item        int // from 0
}

// WriteMinutes is the next version of the minutes.
type WriteMinutes struct {
	Meeting   ID
	Seen      int // the last version that the writer saw, 0 for none
	Summary   string
	Outcomes  []Outcome
	Decisions []DecisionForm
	// Why says what is corrected in minutes that were published; their decisions stay as they are.
	Why string
}

// WriteMinutes writes the next version. One that somebody else has overtaken is refused.
func (s *Service) WriteMinutes(ctx context.Context, actor identity.Actor, cmd WriteMinutes) (View, error) {
	m, err := s.meetings.Read(ctx, actor, string(cmd.Meeting))
	if err != nil {
		return View{}, err
	}
	node, err := s.Community(ctx, actor, m.Community, identity.CallMeeting, ErrNotFound)
	if err != nil {
		return View{}, err
	}
	known, err := s.Callable(ctx, node)
	if err != nil {
		return View{}, err
	}
	why, err := reason(cmd.Why)
	if err != nil {
		return View{}, err
	}
	v := Version{Summary: deliberation.Clean(cmd.Summary), Why: why}
	for _, o := range cmd.Outcomes {
		v.Outcomes = append(v.Outcomes, Outcome{Words: deliberation.Clean(o.Words), Tally: o.Tally})
	}
	for i, d := range cmd.Decisions {
		owner := Party{Name: deliberation.Line(d.Owner)}
		if d.Unit != "" {
			at := slices.IndexFunc(known, func(p Party) bool { return p.Key() == d.Unit })
			if at < 0 {
				return View{}, errOwner.With("n", i+1)
			}
			owner = known[at]
		}
		v.Decisions = append(v.Decisions, Decision{What: deliberation.Line(d.What), Owner: owner, Days: d.Days, Item: d.Item})
	}
	return s.step(ctx, actor, cmd.Meeting, identity.CallMeeting, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		return m.Draft(v, cmd.Seen, h, now)
	})
}
