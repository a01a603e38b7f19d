package app

import (
	"context"

	"jushou/internal/community"
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
