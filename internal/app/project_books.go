package app

import (
	"context"
	"slices"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/ledger"
)

// Books implements projects.Accounts.
func (s spending) Books(ctx context.Context, id projects.ID, path []community.ID) (projects.Books, error) {
	c, err := s.app.Ledger.Closing(ctx, string(id), path)
	if err != nil {
		return projects.Books{}, err
	}
	books := projects.Books{Allotted: c.Allotted, Paid: c.Paid}
	for _, x := range c.Spent {
		books.Spent = append(books.Spent, projects.Cost{What: x.Title, Payee: x.Payee, Amount: x.Fen})
	}
	for _, x := range c.Open {
		books.Open = append(books.Open, unsettled(x))
	}
	return books, nil
}

func unsettled(x ledger.OpenItem) projects.Unsettled {
	u := projects.Unsettled{Kind: projects.OpenLine, Fund: string(x.Fund.ID), Name: x.Title, Amount: x.Fen}
	switch {
	case x.Entry != nil:
		u.Kind, u.Voucher = projects.OpenVoucher, string(x.Entry.ID)
	case x.Deal > 0:
		u.Kind = projects.OpenDeal
	}
	return u
}

// concernedBy names those who are asked to judge a project: who endorsed it, follows it, or lives in a building that it names.
// Of one for the whole community nobody is asked only for living there.
func (a *App) concernedBy(ctx context.Context, id projects.ID) ([]identity.AccountID, error) {
	all, p, err := a.Projects.Concerned(ctx, id)
	if err != nil || len(p.For.Buildings) == 0 {
		return all, err
	}
	var after docstore.Cursor
	for {
		page, next, err := a.People.ResidentsAt(ctx, p.Community, after, residentsAtOnce)
		if err != nil {
			return nil, err
		}
		for _, r := range page {
			if slices.Contains(p.For.Buildings, r.Building) {
				all = append(all, r.Account)
			}
		}
		if after = next; next == "" {
			return all, nil
		}
	}
}
