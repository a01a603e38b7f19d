package app

import (
	"context"

	"jushou/projects"
	"jushou/projects/ledger"
)

// spending lets the projects read the accounts.
type spending struct{ app *App }

// Spent implements projects.Accounts.
func (s spending) Spent(ctx context.Context, id projects.ID) (projects.Spent, error) {
	_, all, err := s.app.Ledger.OfProject(ctx, accounting, string(id))
	if err != nil {
		return projects.Spent{}, err
	}
	var sums ledger.Sums
	for _, m := range all {
		sums = sums.Plus(m.Sums)
	}
	return projects.Spent{Allotted: sums.Allocated, Committed: sums.Committed, Paid: sums.Paid}, nil
}
