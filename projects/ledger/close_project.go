package ledger

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/money"
)

// Closing is what the accounts hold for a project that is about to end, and what stands against that.
type Closing struct {
	Allotted, Paid money.Fen
	Spent          []Spending
	Open           []OpenItem
}

// Spending is what was paid under one deal, less what came back.
type Spending struct {
	Title, Payee string // the payee as everybody may read it
	Fen          money.Fen
}

// OpenItem is one thing to be done before the project ends: a voucher that waits, a deal that is not paid out, or a purpose whose
// remainder has not gone back.
type OpenItem struct {
	Fund  Fund
	Entry *Entry // the voucher, nil for the others
	Deal  int    // the deal, 0 for the others
	Title string
	Fen   money.Fen
}

// Closing returns what the funds of a community and its town hold for a project. It is for the project's own end; whoever asks
// has found the project.
func (s *Service) Closing(ctx context.Context, project string, path []community.ID) (Closing, error) {
	var c Closing
	funds, err := s.near(ctx, path)
	if err != nil {
		return c, err
	}
	for _, f := range funds {
		c.add(f, project)
	}
	return c, nil
}

// add puts one fund's part in.
func (c *Closing) add(f Fund, project string) {
	for _, e := range f.Waiting() {
		for _, id := range f.ProjectsOf(e.Draft) {
			if id == project {
				c.Open = append(c.Open, OpenItem{Fund: f, Entry: &e, Title: e.Purpose, Fen: e.Fen})
			}
		}
	}
	n := f.LineOf(project)
	if n == 0 {
		return
	}
	c.Allotted += f.allotted(n)
	for i, d := range f.Deals {
		if d.Line != n {
			continue
		}
		if paid := f.Balances[PaidAccount(i+1)]; paid > 0 {
			c.Paid += paid
			c.Spent = append(c.Spent, Spending{Title: d.Title, Payee: d.Payee.Shown(), Fen: paid})
		}
		if owed := f.Balances[DealAccount(i+1)]; owed > 0 {
			c.Open = append(c.Open, OpenItem{Fund: f, Deal: i + 1, Title: d.Title, Fen: owed})
		}
	}
	if !f.Lines[n-1].Settled {
		c.Open = append(c.Open, OpenItem{Fund: f, Title: f.Lines[n-1].Title, Fen: f.Balances[LineAccount(n)]})
	}
}
