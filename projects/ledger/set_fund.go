package ledger

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// SetFund is a year's envelope.
type SetFund struct {
	ID   FundID // the form's token
	Node community.ID
	Terms
}

// SetFund sets up a fund of a community or a town. No money is in it before a voucher says that it came in. The same form sent
// again returns the fund it made.
func (s *Service) SetFund(ctx context.Context, actor identity.Actor, cmd SetFund) (Fund, error) {
	node, err := s.place(ctx, actor, cmd.Node, identity.SetFund)
	if err != nil {
		return Fund{}, err
	}
	if err := deliberation.Joined(cmd.Terms.check(s.Today().Year), deliberation.CheckToken(string(cmd.ID))); err != nil {
		return Fund{}, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, identity.At(node))
	if err != nil {
		return Fund{}, err
	}
	now := s.Now()
	f := Fund{
		ID: cmd.ID, Node: node.ID, Path: node.Path, Name: cmd.Name, Purpose: cmd.Purpose, Year: cmd.Year, Cap: cmd.Cap, Sources: share(cmd.Sources, cmd.Cap),
		SetAt: now, Changes: []Change{{At: now, By: by, After: cmd.Cap}}, Balances: map[Account]money.Fen{},
	}
	first, err := s.funds.Add(ctx, string(f.ID), f, fact(FundSet, actor, now, f.news(actor)))
	if err == nil && !first.madeLike(f) {
		return Fund{}, ErrTaken
	}
	return first, err
}

// madeLike reports whether two funds were set up with the same form.
func (f Fund) madeLike(o Fund) bool {
	return f.Node == o.Node && f.Name == o.Name && f.Year == o.Year && f.Changes[0].After == o.Cap && f.Changes[0].By.Account == o.Changes[0].By.Account
}

// ChangeCap changes the envelope of a fund that the reader knows at its Seen-th change.
type ChangeCap struct {
	Fund   FundID
	Cap    money.Fen
	Reason string
	Seen   int
}

// ChangeCap changes the cap, and the shares with it, with a reason that everybody reads.
func (s *Service) ChangeCap(ctx context.Context, actor identity.Actor, cmd ChangeCap) (Fund, error) {
	cmd.Reason = deliberation.Line(cmd.Reason)
	if err := deliberation.Within(cmd.Reason, MaxWhy, errReasonLong); err != nil {
		return Fund{}, err
	}
	return s.step(ctx, actor, cmd.Fund, identity.SetFund, func(f *Fund, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if last := f.Changes[len(f.Changes)-1]; len(f.Changes) == cmd.Seen+1 && last.After == cmd.Cap && last.By.Account == by.Account {
			return nil, docstore.ErrUnchanged // the same form again
		}
		if err := f.setCap(cmd.Cap, cmd.Reason, cmd.Seen, by, now); err != nil {
			return nil, err
		}
		news := f.news(actor)
		news.Reason = cmd.Reason
		return []docstore.Fact{fact(FundSet, actor, now, news)}, nil
	})
}
