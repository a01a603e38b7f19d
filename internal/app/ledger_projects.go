package app

import (
	"context"
	"errors"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/ledger"
	"jushou/projects/preset"
)

// grants lets the accounts read the projects.
type grants struct {
	projects    *projects.Service
	communities *community.Directory
}

// accounting is the hand that reads projects for the accounts.
var accounting = identity.System("ledger")

// Project implements ledger.Projects.
func (g grants) Project(ctx context.Context, id string) (ledger.Project, error) {
	v, err := g.projects.Project(ctx, accounting, projects.ID(id))
	if errors.Is(err, projects.ErrNotFound) {
		return ledger.Project{}, ledger.ErrNoProject
	} else if err != nil {
		return ledger.Project{}, err
	}
	return granted(v.Project), nil
}

// Open implements ledger.Projects.
func (g grants) Open(ctx context.Context, node community.ID) ([]ledger.Project, error) {
	below, err := g.communities.Communities(ctx, node)
	if err != nil {
		return nil, err
	}
	var all []ledger.Project
	for _, n := range below {
		for _, stage := range []preset.Stage{preset.Established, preset.Working} {
			if all, err = g.inStage(ctx, n.ID, stage, all); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// inStage adds the projects of a community that stand at a stage.
func (g grants) inStage(ctx context.Context, in community.ID, stage preset.Stage, all []ledger.Project) ([]ledger.Project, error) {
	var after docstore.Cursor
	for {
		found, next, err := g.projects.InStage(ctx, accounting, in, stage, after)
		if err != nil {
			return nil, err
		}
		for _, v := range found {
			all = append(all, granted(v.Project))
		}
		if after = next; next == "" {
			return all, nil
		}
	}
}

// granted is what a project allows the accounts: to allot and promise money from the day it is established until its work is
// accepted, and to pay what is promised until it is archived, also where it was stopped.
func granted(p projects.Project) ledger.Project {
	established := !p.EstablishedAt.IsZero()
	own := []identity.AccountID{p.Proposer.Account}
	for _, partner := range p.Partners {
		if partner.Agreed() {
			own = append(own, partner.By.Account)
		}
	}
	if p.Lead != nil {
		own = append(own, p.Lead.By.Account)
	}
	return ledger.Project{
		ID: string(p.ID), Title: p.Title, Path: p.Path, Approved: p.Approved, Own: own,
		Allocate: established && (p.Stage == preset.Established || p.Stage == preset.Working),
		Pay:      established && p.Stage != preset.Archived,
	}
}
