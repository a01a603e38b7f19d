package projects

import (
	"context"
	"fmt"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// books reads the accounts of a project.
func (s *Service) books(ctx context.Context, p Project) (Books, error) {
	b, err := s.Accounts.Books(ctx, p.ID, p.Path)
	if err != nil {
		return b, fmt.Errorf("read the accounts of project %s: %w", p.ID, err)
	}
	return b, nil
}

// Books returns what the accounts hold for a project, for its lead and the desk.
func (s *Service) Books(ctx context.Context, actor identity.Actor, id ID) (Books, error) {
	p, err := s.projects.Read(ctx, actor, string(id))
	if err != nil {
		return Books{}, err
	}
	if p.LeadAccount() != actor.ID || actor.ID == "" {
		if err := identity.Can(actor, identity.CheckProject, p.Place()); err != nil {
			return Books{}, err
		}
	}
	return s.books(ctx, p)
}

// WriteStatement is the statement as the form gives it.
type WriteStatement struct {
	Project ID
	Seen    int    // the revision that the form showed
	Words   string // why cost and plan differ
}

// WriteStatement writes the statement from the accounts, by the lead or the desk for it.
func (s *Service) WriteStatement(ctx context.Context, actor identity.Actor, cmd WriteStatement) (Project, error) {
	words, err := written.Text("text", cmd.Words, MaxDifference)
	if err != nil {
		return Project{}, err
	}
	p, err := s.projects.May(ctx, actor, string(cmd.Project), identity.ProposeProject)
	if err != nil {
		return p, err
	}
	b, err := s.books(ctx, p)
	if err != nil {
		return Project{}, err
	}
	return s.stepOfLead(ctx, actor, cmd.Project, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.WriteStatement(b, words, cmd.Seen, by, now)
	})
}

// ReturnStatement gives it back with a reason.
func (s *Service) ReturnStatement(ctx context.Context, actor identity.Actor, id ID, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.CheckProject, reason, (*Project).ReturnStatement)
}

// Close checks the statement, as a second person, and ends the project. The accounts are read first; a purpose that is settled
// there takes no further voucher, so they cannot move in between unnoticed.
func (s *Service) Close(ctx context.Context, actor identity.Actor, id ID, seen int) (Project, error) {
	p, err := s.projects.May(ctx, actor, string(id), identity.CheckProject)
	if err != nil {
		return p, err
	}
	b, err := s.books(ctx, p)
	if err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, id, identity.CheckProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Close(b, seen, by, now)
	})
}
