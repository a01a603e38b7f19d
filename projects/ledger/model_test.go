package ledger_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jushou/deliberation/roomtest"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/ledger"
)

// TestAgainstANaiveBook posts random vouchers and wants the ledger to refuse exactly what the naive book refuses, and every account to be
// the same, never below zero and together zero, after each of them.
func TestAgainstANaiveBook(t *testing.T) {
	t.Parallel()
	h := setup(t)
	refused, posted := 0, map[ledger.Kind]int{}
	rapid.Check(t, func(r *rapid.T) {
		id := h.fund(ledger.Terms{Name: "资金", Purpose: "试", Year: 2026, Cap: 1_000, Sources: []ledger.Source{
			{Kind: ledger.FromCity, Name: "市", Parts: 3}, {Kind: ledger.FromTown, Name: "镇", Parts: 7},
		}})
		book := &naive{given: make([]int64, 2), share: []int64{300, 700}, done: map[ledger.EntryID]func() bool{}, back: map[ledger.EntryID]bool{}}
		var known []ledger.EntryID
		for step := range rapid.IntRange(8, 30).Draw(r, "steps") {
			var d ledger.Draft
			if step < len(beginning) {
				d = beginning[step]
			} else {
				d = anyDraft(r, book, known)
			}
			e, err := h.posted(id, d)
			if ok := book.do(e, d); ok != (err == nil) {
				r.Fatalf("%+v: the naive book says %v, the ledger %v", d, ok, err)
			}
			if err != nil {
				if fault.KindOf(err) == fault.Internal {
					r.Fatal(err)
				}
				refused++
				continue
			}
			posted[d.Kind]++
			known = append(known, e)
			agree(r, h, id, book)
		}
	})
	t.Logf("posted %v, refused %d", posted, refused)
	for _, k := range ledger.Kinds() {
		if posted[k] == 0 {
			t.Errorf("no %s was ever posted", k)
		}
	}
	h.agrees()
}

// beginning is how every book begins, so that there is something to go wrong with.
var beginning = []ledger.Draft{
	{Kind: ledger.Receive, Source: 2, Fen: 600}, {Kind: ledger.Allocate, Title: "用途1", Fen: 400},
	{Kind: ledger.Commit, Line: 1, Fen: 300, Payee: ledger.Payee{Name: "某厂"}}, {Kind: ledger.Pay, Deal: 1, Fen: 200},
}

// often are the kinds as often as they are tried: what needs others before it more often.
var often = append(ledger.Kinds(), ledger.Allocate, ledger.Commit, ledger.Commit, ledger.Pay, ledger.Pay, ledger.Pay, ledger.Refund, ledger.Refund, ledger.Release, ledger.Move, ledger.Reverse, ledger.Settle)

func anyDraft(r *rapid.T, b *naive, known []ledger.EntryID) ledger.Draft {
	d := ledger.Draft{
		Kind: rapid.SampledFrom(often).Draw(r, "kind"), Fen: money.Fen(rapid.IntRange(1, 150).Draw(r, "fen")), Source: rapid.IntRange(1, 2).Draw(r, "source"),
	}
	name := func() string { return fmt.Sprint("用途", rapid.IntRange(1, 4).Draw(r, "purpose")) }
	switch d.Kind {
	case ledger.Allocate:
		d.Title = name()
	case ledger.Move:
		d.Title, d.Line = name(), rapid.IntRange(1, len(b.lines)+1).Draw(r, "line")
	case ledger.Commit:
		d.Line, d.Payee = rapid.IntRange(1, len(b.lines)+1).Draw(r, "line"), ledger.Payee{Name: "某厂"}
	case ledger.Settle:
		d.Line = rapid.IntRange(1, len(b.lines)+1).Draw(r, "line")
		if n := d.Line - 1; n < len(b.lines) && rapid.Bool().Draw(r, "all of it") {
			d.Fen = money.Fen(b.lines[n].left)
		}
	case ledger.Pay, ledger.Refund, ledger.Release:
		d.Deal = rapid.IntRange(1, len(b.deals)+1).Draw(r, "deal")
		if n := d.Deal - 1; n < len(b.deals) && rapid.Bool().Draw(r, "all of it") {
			d.Fen = max(money.Fen(b.deals[n].open), 1)
		} else if n < len(b.deals) && d.Kind == ledger.Refund {
			d.Fen = max(money.Fen(b.deals[n].paid), 1)
		}
	case ledger.Reverse:
		d.Reverses = "none"
		if len(known) > 0 {
			d.Reverses = rapid.SampledFrom(known).Draw(r, "which")
		}
	}
	return d
}

func agree(r *rapid.T, h *hamlet, id ledger.FundID, b *naive) {
	f, err := h.FundAtDesk(h.T.Context(), h.li, id)
	if err != nil {
		r.Fatal(err)
	}
	var sum money.Fen
	for _, x := range f.Balances {
		sum += x
	}
	want := map[ledger.Account]int64{ledger.Free: b.free, ledger.SourceAccount(1): -b.given[0], ledger.SourceAccount(2): -b.given[1]}
	for n, l := range b.lines {
		want[ledger.LineAccount(n+1)] = l.left
	}
	for n, d := range b.deals {
		want[ledger.DealAccount(n+1)], want[ledger.PaidAccount(n+1)] = d.open, d.paid
	}
	for a, fen := range want {
		if f.Balances[a] != money.Fen(fen) || fen < 0 && a != ledger.SourceAccount(1) && a != ledger.SourceAccount(2) {
			r.Fatalf("%s has %d, the naive book %d", a, f.Balances[a], fen)
		}
	}
	for n, l := range f.LineSums() {
		if s := money.Fen(b.spent(n)); l.Allocated != s || l.Paid > l.Committed || l.Committed > l.Allocated {
			r.Fatalf("line %d sums to %+v, the naive book to %d", n+1, l, s)
		}
	}
	if found := f.Audit(); sum != 0 || len(found) != 0 {
		r.Fatalf("together %d, found %v", sum, found)
	}
	for _, e := range f.Entries {
		if e.State == ledger.Posted && e.DraftedBy.Account == e.DecidedBy.Account {
			r.Fatalf("one person alone posted %s", e.ID)
		}
	}
}

// TestADoubleTapIsOneVoucher sends each form twice, and by somebody else.
func TestADoubleTapIsOneVoucher(t *testing.T) {
	t.Parallel()
	h := setup(t)
	set := ledger.SetFund{ID: ledger.FundID(h.Token()), Node: "c1", Terms: terms()}
	for range 2 {
		_, err := h.SetFund(t.Context(), h.zhou, set)
		roomtest.Must(t, err)
	}
	set.Cap++
	_, err := h.SetFund(t.Context(), h.zhou, set)
	roomtest.Refused(t, err, "ledger.token_taken")
	cmd := ledger.DraftVoucher{Fund: set.ID, Entry: ledger.EntryID(h.Token()), Draft: h.paper(ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: 900})}
	for range 2 {
		_, e, err := h.DraftVoucher(t.Context(), h.li, cmd)
		if err != nil || e.ID != cmd.Entry || e.State != ledger.Waits {
			t.Fatalf("%+v, %v", e, err)
		}
	}
	_, _, err = h.DraftVoucher(t.Context(), h.zhi, cmd)
	roomtest.Refused(t, err, "ledger.token_taken")
	other := cmd
	other.Fen++
	_, _, err = h.DraftVoucher(t.Context(), h.li, other)
	roomtest.Refused(t, err, "ledger.token_taken")
	for range 2 {
		_, e, err := h.DecideVoucher(t.Context(), h.town, ledger.DecideVoucher{Fund: set.ID, Entry: cmd.Entry, Verdict: ledger.Approve})
		if err != nil || e.Seq != 1 {
			t.Fatalf("%+v, %v", e, err)
		}
	}
	_, _, err = h.DraftVoucher(t.Context(), h.li, cmd) // after it was posted the form is sent once more
	roomtest.Must(t, err)
	if n := len(h.Events(ledger.VoucherPosted, ledger.VoucherDrafted, ledger.FundSet)); n != 3 || h.sums(set.ID)[0] != 900 {
		t.Errorf("%d events, %v", n, h.sums(set.ID))
	}
	h.agrees()
}

// TestSixtyFourHandsOnOneFund drafts and posts at once, each the same money that is there for half of them, and each decision twice by two
// people: what is posted is exactly what was there.
func TestSixtyFourHandsOnOneFund(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.full()
	h.book(id, ledger.Draft{Kind: ledger.Allocate, Title: "楼道粉刷", Fen: 3_200})
	h.book(id, ledger.Draft{Kind: ledger.Commit, Line: 1, Fen: 3_200, Payee: ledger.Payee{Name: "某厂"}})
	const hands, each = 64, 100 // the deal pays 32 of them
	errs := make(chan error, 3*hands)
	run := func(do func(n int) error) {
		for n := range hands {
			go func() { errs <- do(n) }()
		}
	}
	drafts := make([]ledger.EntryID, hands)
	for n := range drafts {
		drafts[n] = ledger.EntryID(h.Token())
	}
	drafters := []identity.Actor{h.li, h.zhi}
	paper := h.paper(ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: each})
	run(func(n int) error {
		_, _, err := h.DraftVoucher(t.Context(), drafters[n%2], ledger.DraftVoucher{Fund: id, Entry: drafts[n], Draft: paper})
		return err
	})
	waiting := 0
	for range hands {
		err := <-errs
		if err == nil {
			waiting++
		} else if fault.CodeOf(err) != "ledger.too_many_waiting" {
			t.Error(err)
		}
	}
	if waiting != ledger.MaxWaiting {
		t.Fatalf("%d wait", waiting)
	}
	for _, who := range []identity.Actor{h.town, h.zhou} {
		run(func(n int) error {
			_, _, err := h.DecideVoucher(t.Context(), who, ledger.DecideVoucher{Fund: id, Entry: drafts[n], Verdict: ledger.Approve})
			return err
		})
	}
	tally := map[string]int{}
	for range 2 * hands {
		if err := <-errs; err != nil {
			tally[fault.CodeOf(err)]++
		} else {
			tally["posted"]++
		}
	}
	// 32 are posted by one of the two each, whom the other hears of; 8 are refused to both; of 24 there is no draft.
	if tally["posted"] != 32 || tally["ledger.decided"] != 32 || tally["ledger.over_deal"] != 16 || tally["ledger.not_found"] != 48 {
		t.Errorf("%v", tally)
	}
	if got := h.sums(id); got != [4]money.Fen{10_000_000, 3_200, 3_200, 3_200} {
		t.Errorf("%v", got)
	}
	if n := len(h.Events(ledger.VoucherPosted)); n != 3+32 {
		t.Errorf("%d were posted", n)
	}
	h.agrees()
}
