package demo

import (
	"context"
	"fmt"

	"jushou/deliberation"
	"jushou/projects/ledger"
)

// payProjects allots money of the home community's first fund to the projects that are established there, has a contract for each,
// and pays a first part.
func (d *district) payProjects(ctx context.Context, paper deliberation.PhotoID) error {
	chen, err := d.persona(ctx, "chen")
	if err != nil {
		return err
	}
	zhang, err := d.persona(ctx, "zhang")
	if err != nil {
		return err
	}
	fund := ledger.FundID(token(d.start(), "fund", HomeCommunity, 0))
	f, err := d.Ledger.Fund(ctx, zhang, fund)
	if err != nil {
		return err
	}
	open, err := d.Ledger.Choices(ctx, f)
	if err != nil {
		return err
	}
	line, deal := len(f.Lines), len(f.Deals)
	n := 50 // behind the fund's own vouchers
	for _, p := range open {
		if p.Approved <= 0 {
			continue
		}
		line, deal = line+1, deal+1
		for _, x := range []ledger.Draft{
			{Kind: ledger.Allocate, Project: p.ID, Fen: p.Approved, Purpose: "立项批准的金额"},
			{Kind: ledger.Commit, Line: line, Payee: ledger.Payee{Name: "上海邻里营造服务有限公司"}, Title: p.Title + "合同", Fen: p.Approved * 9 / 10, Purpose: "三家比价，方案见公示"},
			{Kind: ledger.Pay, Deal: deal, Fen: p.Approved * 3 / 10, Purpose: "按合同付首期"},
		} {
			n++
			d.Clock.Set(d.daysAgo(1, n))
			if err := d.tellVoucher(ctx, cashiers{chen, zhang}, fund, HomeCommunity, n, booked{d: x}, paper); err != nil {
				return fmt.Errorf("%s: %w", p.Title, err)
			}
		}
	}
	return nil
}
