package ledger

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// DecideVoucher is somebody's decision about a voucher that waits.
type DecideVoucher struct {
	Fund    FundID
	Entry   EntryID
	Verdict Verdict
	Why     string // it is refused
}

// DecideVoucher posts a voucher or refuses it, as a second person; whoever drafted it may take it back. Of two decisions at once one
// is made and the other is told so; the same decision again changes nothing.
func (s *Service) DecideVoucher(ctx context.Context, actor identity.Actor, cmd DecideVoucher) (Fund, Entry, error) {
	verb := identity.ApproveVoucher
	if cmd.Verdict == Withdraw {
		verb = identity.DraftVoucher
	}
	cmd.Why = deliberation.Line(cmd.Why)
	if err := deliberation.Within(cmd.Why, MaxWhy, errReasonLong.On("why")); err != nil {
		return Fund{}, Entry{}, err
	}
	f, err := s.fund(ctx, actor, cmd.Fund, verb)
	if err != nil {
		return Fund{}, Entry{}, err
	}
	e, ok := f.Entry(cmd.Entry)
	if !ok {
		return Fund{}, Entry{}, ErrNotFound
	}
	release := func() {}
	if cmd.Verdict == Approve {
		if release, err = s.claim(ctx, f, e); err != nil {
			return Fund{}, Entry{}, err
		}
	}
	defer release()
	around, err := s.around(ctx, f, e.Draft)
	if err != nil {
		return Fund{}, Entry{}, err
	}
	f, err = s.step(ctx, actor, cmd.Fund, verb, func(f *Fund, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		e, err := f.decide(cmd.Entry, cmd.Verdict, cmd.Why, by, around, now)
		if err != nil {
			return nil, err
		}
		what := map[State]string{Posted: VoucherPosted, Refused: VoucherRefused, Withdrawn: VoucherWithdrawn}[e.State]
		return []docstore.Fact{fact(what, actor, now, f.newsOf(e, actor))}, nil
	})
	e, _ = f.Entry(cmd.Entry)
	return f, e, err
}
