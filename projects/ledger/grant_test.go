package ledger_test

import (
	"context"
	"sync"
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/ledger"
)

// overlap lets a second decision happen at the very moment between a decision's reading and its writing of a fund.
type overlap struct {
	docstore.Store
	once sync.Once
	then func()
}

func (o *overlap) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	if w.Kind == ledger.FundKind && o.then != nil {
		o.once.Do(o.then)
	}
	return o.Store.Put(ctx, w, events...)
}

// TestTwoFundsAtTheVeryMoment posts for one project from a second fund after the first decision has read everything and before it
// writes. Together they would allot more than was approved.
func TestTwoFundsAtTheVeryMoment(t *testing.T) {
	t.Parallel()
	h := setup(t)
	one, two := h.full(), h.full()
	give := ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 1_500_000}
	first, err := h.drafted(one, give)
	roomtest.Must(t, err)
	second, err := h.drafted(two, give)
	roomtest.Must(t, err)
	var late error
	between := &overlap{Store: h.Store, then: func() {
		_, _, late = h.DecideVoucher(t.Context(), h.town, ledger.DecideVoucher{Fund: two, Entry: second, Verdict: ledger.Approve})
	}}
	ground := h.Room()
	ground.Store = between
	slow := ledger.New(ledger.Deps{Ground: ground, Calendar: h.Days, Projects: h.projects})
	_, _, err = slow.DecideVoucher(t.Context(), h.town, ledger.DecideVoucher{Fund: one, Entry: first, Verdict: ledger.Approve})
	roomtest.Must(t, err)
	roomtest.Refused(t, late, "ledger.over_approved")
	roomtest.Refused(t, func() error { _, err := h.posted(two, give); return err }(), "ledger.over_approved")
	_, err = h.posted(two, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 500_000})
	roomtest.Must(t, err)
}

// TestManyFundsOneProject posts 24 vouchers of three funds at once; whatever is refused is tried again in peace, until the project has
// exactly what was approved and no more.
func TestManyFundsOneProject(t *testing.T) {
	t.Parallel()
	h := setup(t)
	var vouchers []ledger.DecideVoucher
	for range 3 {
		fund := h.full()
		for range 8 {
			id, err := h.drafted(fund, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 200_000})
			roomtest.Must(t, err)
			vouchers = append(vouchers, ledger.DecideVoucher{Fund: fund, Entry: id, Verdict: ledger.Approve})
		}
	}
	decide := func(cmd ledger.DecideVoucher) error {
		_, _, err := h.DecideVoucher(t.Context(), h.town, cmd)
		return err
	}
	var wait sync.WaitGroup
	for _, cmd := range vouchers {
		wait.Go(func() {
			if err := decide(cmd); err != nil && fault.CodeOf(err) != "ledger.over_approved" {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, cmd := range vouchers {
		if err := decide(cmd); err != nil && fault.CodeOf(err) != "ledger.over_approved" {
			t.Error(err)
		}
	}
	_, funds, err := h.OfProject(t.Context(), h.zhou, "rack")
	roomtest.Must(t, err)
	var sum money.Fen
	for _, f := range funds {
		sum += f.Sums.Allocated
	}
	if sum != 2_000_000 {
		t.Errorf("allotted %s of 20,000.00", sum)
	}
	h.agrees()
}

// TestTakingASettlementBack gives a project its remainder again only while another fund has not been given what was left.
func TestTakingASettlementBack(t *testing.T) {
	t.Parallel()
	h := setup(t)
	one, two := h.full(), h.full()
	h.book(one, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 2_000_000})
	settled := h.book(one, ledger.Draft{Kind: ledger.Settle, Line: 1, Fen: 2_000_000})
	h.book(two, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 1_000_000})
	_, err := h.posted(one, ledger.Draft{Kind: ledger.Reverse, Reverses: settled})
	roomtest.Refused(t, err, "ledger.over_approved")
}
