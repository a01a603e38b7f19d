package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// WriteMilestones are the milestones that are still open, as the form gives them.
type WriteMilestones struct {
	Project ID
	Seen    int
	Rows    []MilestoneRow
	Reason  string // needed to plan anew once the work has begun
}

// WriteMilestones writes what the work is to reach, by the lead.
func (s *Service) WriteMilestones(ctx context.Context, actor identity.Actor, cmd WriteMilestones) (Project, error) {
	reason, err := written.Line("reason", cmd.Reason, MaxReason)
	faults, rows := []error{err}, make([]MilestoneRow, len(cmd.Rows))
	for i, r := range cmd.Rows {
		rows[i] = r
		rows[i].Name, err = written.Line("milestones", r.Name, MaxMilestone)
		faults = append(faults, err)
	}
	if err := deliberation.Joined(faults...); err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, cmd.Project, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.WriteMilestones(rows, cmd.Seen, reason, by, now)
	})
}

// ReachMilestone is the lead's word that a milestone was reached.
type ReachMilestone struct {
	Project   ID
	Milestone int
	On        calendar.Date
	Cost      money.Fen
}

// ReachMilestone records it.
func (s *Service) ReachMilestone(ctx context.Context, actor identity.Actor, cmd ReachMilestone) (Project, error) {
	return s.step(ctx, actor, cmd.Project, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Reach(cmd.Milestone, cmd.On, cmd.Cost, s.Calendar, by, now)
	})
}

// ConfirmMilestone is a supervisor's word about one.
type ConfirmMilestone struct {
	Project   ID
	Milestone int
	Holds     bool
	Words     string
}

// ConfirmMilestone records it. Words that the list finds something in are not taken: everybody reads them at once.
func (s *Service) ConfirmMilestone(ctx context.Context, actor identity.Actor, cmd ConfirmMilestone) (Project, error) {
	words, err := written.Line("words", cmd.Words, MaxWords)
	if err := deliberation.Joined(err, fault.When(len(s.Screener.Screen(words)) > 0, errWords)); err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, cmd.Project, identity.EndorseProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Confirm(cmd.Milestone, cmd.Holds, words, by, now)
	})
}
