package demo

import (
	"context"
	"fmt"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/identity"
	cash "jushou/internal/money"
	"jushou/projects/ledger"
)

// envelope is a fund as the demo tells it.
type envelope struct {
	terms ledger.Terms
	story []booked
}

// booked is one voucher of the story: how many days ago, and what the second person made of it, posted if nothing else is said.
type booked struct {
	ago     int
	d       ledger.Draft
	refused string
	waits   bool
	// reverses is the place of the voucher of this story that it takes back, from 1.
	reverses int
}

// ledgers tells a year's money: three funds of the home community with everything that happens to money, one in each of the other
// communities, and one of the town.
func (d *district) ledgers(ctx context.Context) error {
	if d.Ledger == nil {
		return nil
	}
	paper := deliberation.PhotoID(token(d.start(), "paper", HomeCommunity, 0))
	if d.Paper != nil {
		if err := d.Paper(ctx, string(paper), drawnPaper()); err != nil {
			return err
		}
	}
	at := d.Clock.Now()
	defer d.Clock.Set(at)
	for n, e := range homeFunds() {
		if err := d.tellFund(ctx, HomeCommunity, n, e, paper); err != nil {
			return fmt.Errorf("fund %d: %w", n, err)
		}
	}
	if err := d.payProjects(ctx, paper); err != nil {
		return fmt.Errorf("the money of small projects: %w", err)
	}
	if err := d.townFund(ctx, paper); err != nil {
		return fmt.Errorf("the town's fund: %w", err)
	}
	return d.otherFunds(ctx, paper)
}

// cashiers are who drafts and who posts somewhere.
type cashiers struct{ drafts, posts identity.Actor }

// tellFund tells one fund of the home community: chen drafts, the secretary posts.
func (d *district) tellFund(ctx context.Context, in community.ID, n int, e envelope, paper deliberation.PhotoID) error {
	chen, err := d.persona(ctx, "chen")
	if err != nil {
		return err
	}
	zhang, err := d.persona(ctx, "zhang")
	if err != nil {
		return err
	}
	id, err := d.setFund(ctx, zhang, in, n, e.terms)
	if err != nil {
		return err
	}
	for i, b := range e.story {
		d.Clock.Set(d.daysAgo(b.ago, i))
		if err := d.tellVoucher(ctx, cashiers{chen, zhang}, id, in, 100*n+i, b, paper); err != nil {
			return fmt.Errorf("voucher %d: %w", i+1, err)
		}
	}
	return nil
}

// daysAgo is an hour of work so many days before the end of the story.
func (d *district) daysAgo(days, minute int) time.Time {
	day := d.now.In(zone).AddDate(0, 0, -days)
	at := time.Date(day.Year(), day.Month(), day.Day(), 9, 10+minute, 0, 0, zone)
	if at.After(d.now) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

// setFund sets a fund up eleven months ago, for the year that the story ends in.
func (d *district) setFund(ctx context.Context, by identity.Actor, in community.ID, n int, t ledger.Terms) (ledger.FundID, error) {
	d.Clock.Set(d.daysAgo(fundAge, 0))
	t.Year = d.now.In(zone).Year()
	f, err := d.Ledger.SetFund(ctx, by, ledger.SetFund{ID: ledger.FundID(token(d.start(), "fund", in, n)), Node: in, Terms: t})
	return f.ID, err
}

const fundAge = 300

// tellVoucher drafts a voucher and decides about it, if the story does.
func (d *district) tellVoucher(ctx context.Context, who cashiers, fund ledger.FundID, in community.ID, n int, b booked, paper deliberation.PhotoID) error {
	id := func(n int) ledger.EntryID { return ledger.EntryID(token(d.start(), "voucher", in, n)) }
	draft := b.d
	draft.Papers, draft.Date = []deliberation.PhotoID{paper}, calendar.DateOf(d.Clock.Now().In(zone)).AddDays(-1)
	if b.reverses > 0 {
		draft.Reverses = id(n - n%100 + b.reverses - 1)
	}
	_, _, err := d.Ledger.DraftVoucher(ctx, who.drafts, ledger.DraftVoucher{Fund: fund, Entry: id(n), Draft: draft})
	if err != nil || b.waits {
		return err
	}
	decide := ledger.DecideVoucher{Fund: fund, Entry: id(n), Verdict: ledger.Approve}
	if b.refused != "" {
		decide.Verdict, decide.Why = ledger.Refuse, b.refused
	}
	_, _, err = d.Ledger.DecideVoucher(ctx, who.posts, decide)
	return err
}

// otherFunds tells the same small year in every other community, step by step, all of them at a time.
func (d *district) otherFunds(ctx context.Context, paper deliberation.PhotoID) error {
	others := places[1:]
	t := plainTerms()
	d.Clock.Set(d.daysAgo(fundAge, 0))
	err := together(ctx, others, func(ctx context.Context, p place) error {
		_, err := d.Ledger.SetFund(ctx, d.staff[community.ID(p.id)].secretary, d.plainFund(community.ID(p.id), t))
		return err
	})
	if err != nil {
		return err
	}
	for i, b := range plainStory() {
		d.Clock.Set(d.daysAgo(b.ago, i))
		err := together(ctx, others, func(ctx context.Context, p place) error {
			in := community.ID(p.id)
			who := cashiers{d.staff[in].staff[0], d.staff[in].secretary}
			return d.tellVoucher(ctx, who, d.plainFund(in, t).ID, in, i, b, paper)
		})
		if err != nil {
			return fmt.Errorf("voucher %d of the others: %w", i+1, err)
		}
	}
	return nil
}

func (d *district) plainFund(in community.ID, t ledger.Terms) ledger.SetFund {
	t.Year = d.now.In(zone).Year()
	return ledger.SetFund{ID: ledger.FundID(token(d.start(), "fund", in, 0)), Node: in, Terms: t}
}

// townFund is one of the town, whose first money waits for a second person there.
func (d *district) townFund(ctx context.Context, paper deliberation.PhotoID) error {
	town, err := d.persona(ctx, "town")
	if err != nil {
		return err
	}
	id, err := d.setFund(ctx, town, townID, 0, ledger.Terms{
		Name: "镇级微项目统筹资金", Purpose: "补足各居村微项目资金，支持跨社区的项目", Cap: yuan(1_200_000), Sources: []ledger.Source{{Kind: ledger.FromTown, Name: townName + "财政", Parts: 1}},
	})
	if err != nil {
		return err
	}
	d.Clock.Set(d.daysAgo(2, 0))
	receive := booked{d: ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: yuan(600_000), Purpose: "上半年预算指标到账"}, waits: true}
	return d.tellVoucher(ctx, cashiers{town, town}, id, townID, 0, receive, paper)
}

// yuan are whole ones in fen.
func yuan(n int64) cash.Fen { return cash.Fen(100 * n) }
