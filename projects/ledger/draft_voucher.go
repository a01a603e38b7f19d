package ledger

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// DraftVoucher is a voucher on its way.
type DraftVoucher struct {
	Fund  FundID
	Entry EntryID // the form's token
	Draft
}

// DraftVoucher writes a voucher down for another person to post. What the accounts could not carry now is refused at once. The
// same form sent again returns the voucher it made.
func (s *Service) DraftVoucher(ctx context.Context, actor identity.Actor, cmd DraftVoucher) (Fund, Entry, error) {
	f, err := s.fund(ctx, actor, cmd.Fund, identity.DraftVoucher)
	if err != nil {
		return Fund{}, Entry{}, err
	}
	d := cmd.Draft.only()
	if taken, ok := f.Entry(d.Reverses); ok && d.Kind == Reverse {
		d.Fen = taken.Fen
	}
	if err := deliberation.Joined(d.clean(s.Today()), deliberation.CheckToken(string(cmd.Entry))); err != nil {
		return Fund{}, Entry{}, err
	}
	around, err := s.around(ctx, f, d)
	if err != nil {
		return Fund{}, Entry{}, err
	}
	f, err = s.step(ctx, actor, cmd.Fund, identity.DraftVoucher, func(f *Fund, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		e := Entry{ID: cmd.Entry, Draft: d, DraftedBy: by, DraftedAt: now}
		if err := f.draft(e, around); err != nil {
			return nil, err
		}
		news := f.newsOf(e, actor)
		for _, id := range f.ProjectsOf(d) {
			news.Own = append(news.Own, around.Projects[id].Own...)
		}
		return []docstore.Fact{fact(VoucherDrafted, actor, now, news)}, nil
	})
	e, _ := f.Entry(cmd.Entry)
	return f, e, err
}
