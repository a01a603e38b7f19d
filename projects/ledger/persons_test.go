package ledger_test

import (
	"strings"
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/ledger"
)

func TestTwoPersonsAndNeverTheProjectsOwn(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.full()
	draft := func(by identity.Actor, d ledger.Draft) ledger.EntryID {
		t.Helper()
		e := ledger.EntryID(h.Token())
		_, _, err := h.DraftVoucher(t.Context(), by, ledger.DraftVoucher{Fund: id, Entry: e, Draft: h.paper(d)})
		roomtest.Must(t, err)
		return e
	}
	decide := func(by identity.Actor, e ledger.EntryID, v ledger.Verdict, why string) error {
		_, _, err := h.DecideVoucher(t.Context(), by, ledger.DecideVoucher{Fund: id, Entry: e, Verdict: v, Why: why})
		return err
	}
	own := draft(h.deputy, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 100})
	roomtest.Refused(t, decide(h.deputy, own, ledger.Approve, ""), "ledger.own_voucher")
	roomtest.Refused(t, decide(h.deputy, own, ledger.Refuse, "不"), "ledger.own_voucher")
	roomtest.Refused(t, decide(h.zhou, own, ledger.Approve, ""), "ledger.own_project")
	roomtest.Refused(t, decide(h.li, own, ledger.Approve, ""), "identity.denied")
	roomtest.Refused(t, decide(h.zhi, own, ledger.Approve, ""), "identity.denied")
	roomtest.Refused(t, decide(h.otherSecretary, own, ledger.Approve, ""), "ledger.not_found")
	roomtest.Refused(t, decide(h.otherTown, own, ledger.Approve, ""), "ledger.not_found")
	roomtest.Refused(t, decide(identity.Actor{}, own, ledger.Approve, ""), "identity.sign_in")
	roomtest.Refused(t, decide(h.town, own, "maybe", ""), "ledger.bad_verdict")
	roomtest.Refused(t, decide(h.town, own, ledger.Refuse, " "), "ledger.no_reason")
	roomtest.Must(t, decide(h.town, own, ledger.Approve, ""))
	roomtest.Must(t, decide(h.town, own, ledger.Approve, ""))
	roomtest.Refused(t, decide(h.town, own, ledger.Refuse, "晚了"), "ledger.decided")
	roomtest.Refused(t, decide(h.deputy, own, ledger.Withdraw, ""), "ledger.decided")

	back := draft(h.li, ledger.Draft{Kind: ledger.Reverse, Reverses: own})
	roomtest.Refused(t, decide(h.zhou, back, ledger.Approve, ""), "ledger.own_project")
	roomtest.Refused(t, decide(h.deputy, back, ledger.Withdraw, ""), "identity.denied")
	roomtest.Must(t, decide(h.li, back, ledger.Withdraw, ""))
	returned := draft(h.li, ledger.Draft{Kind: ledger.Allocate, Title: "楼道粉刷", Fen: 100})
	roomtest.Must(t, decide(h.zhou, returned, ledger.Refuse, "发票抬头不对"))
	told := h.Events(ledger.VoucherRefused, ledger.VoucherWithdrawn)
	if len(told) != 2 || !strings.Contains(string(told[1].Data), "发票抬头不对") {
		t.Errorf("told %d: %s", len(told), told[len(told)-1].Data)
	}
	if got := h.sums(id); got != [4]money.Fen{10_000_000, 100, 0, 0} {
		t.Errorf("only one was posted: %v", got)
	}
	h.agrees()
}

func TestWhoSeesTheAccounts(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.full()
	h.book(id, ledger.Draft{Kind: ledger.Allocate, Title: "楼道粉刷", Fen: 500_000})
	h.book(id, ledger.Draft{Kind: ledger.Commit, Line: 1, Fen: 300_000, Payee: ledger.Payee{Name: "王建国", Private: true}})
	for _, who := range []identity.Actor{{}, h.wang, h.otherStaff} {
		f, err := h.Fund(t.Context(), who, id)
		if err != nil || f.Deals[0].Payee.Shown() != "王**" {
			t.Errorf("%q reads %v, %v", who.ID, f.Deals, err)
		}
		a, err := h.Open(t.Context(), who, "c1", 0)
		if err != nil || len(a.Funds) != 1 || a.Year != 2026 || len(a.Years) != 1 {
			t.Errorf("%q reads %+v, %v", who.ID, a, err)
		}
	}
	for _, e := range h.Events(ledger.VoucherPosted, ledger.VoucherDrafted) {
		if strings.Contains(string(e.Data), "王建国") {
			t.Errorf("an event names the payee: %s", e.Data)
		}
	}
	for _, who := range []identity.Actor{h.otherStaff, h.wang} {
		_, err := h.FundAtDesk(t.Context(), who, id)
		roomtest.Refused(t, err, "ledger.not_found")
	}
	_, err := h.Desk(t.Context(), h.wang, "c1", 0)
	roomtest.Refused(t, err, "identity.denied")
	_, err = h.FundAtDesk(t.Context(), h.observer, id)
	roomtest.Must(t, err)
	_, err = h.drafted(id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 1})
	roomtest.Must(t, err)
	for who, want := range map[*identity.Actor]int{&h.li: 0, &h.zhou: 1, &h.town: 1, &h.observer: 0} {
		if n, err := h.Waiting(t.Context(), *who, "c1"); err != nil || n != want {
			t.Errorf("%d wait for %s, %v; want %d", n, who.ID, err, want)
		}
	}
	if funds, err := h.Town(t.Context(), h.town, "t", 2026); err != nil || len(funds) != 1 {
		t.Errorf("the town sees %d, %v", len(funds), err)
	}
	if r, err := h.Reconcile(t.Context(), h.town, "t"); err != nil || r.Funds != 1 || len(r.Found) != 0 {
		t.Errorf("the town reconciles %+v, %v", r, err)
	}
}
