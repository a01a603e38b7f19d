package ledger_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/ledger"
)

// TestAProjectFromAllotmentToSettlement follows the money of a project through every kind of voucher.
func TestAProjectFromAllotmentToSettlement(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.fund(terms())
	want := func(step string, sums ...money.Fen) {
		t.Helper()
		if got := h.sums(id); got != [4]money.Fen(sums) {
			t.Fatalf("%s: %v, want %v", step, got, sums)
		}
	}
	h.book(id, ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: 900_000})
	h.book(id, ledger.Draft{Kind: ledger.Receive, Source: 2, Fen: 2_100_000})
	want("received", 3_000_000, 0, 0, 0)
	h.book(id, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 2_000_000})
	h.book(id, ledger.Draft{Kind: ledger.Commit, Line: 1, Fen: 1_800_000, Title: "晾衣架采购安装合同", Payee: ledger.Payee{Name: "罗店五金厂"}})
	want("committed", 3_000_000, 2_000_000, 1_800_000, 0)
	h.book(id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 1_000_000})
	wrong := h.book(id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 700_000})
	h.book(id, ledger.Draft{Kind: ledger.Reverse, Reverses: wrong})
	want("a payment taken back", 3_000_000, 2_000_000, 1_800_000, 1_000_000)
	h.book(id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 600_000})
	h.book(id, ledger.Draft{Kind: ledger.Refund, Deal: 1, Fen: 50_000})
	want("refunded", 3_000_000, 2_000_000, 1_750_000, 1_550_000)
	_, err := h.posted(id, ledger.Draft{Kind: ledger.Settle, Line: 1, Fen: 250_000})
	roomtest.Refused(t, err, "ledger.open_deals")
	h.book(id, ledger.Draft{Kind: ledger.Release, Deal: 1, Fen: 200_000})
	h.book(id, ledger.Draft{Kind: ledger.Move, Line: 1, Title: "楼道粉刷", Fen: 150_000})
	_, err = h.posted(id, ledger.Draft{Kind: ledger.Settle, Line: 1, Fen: 250_000})
	roomtest.Refused(t, err, "ledger.not_all")
	settled := h.book(id, ledger.Draft{Kind: ledger.Settle, Line: 1, Fen: 300_000})
	want("settled", 3_000_000, 1_700_000, 1_550_000, 1_550_000)
	for _, d := range []ledger.Draft{
		{Kind: ledger.Allocate, Line: 1, Fen: 1}, {Kind: ledger.Commit, Line: 1, Fen: 1, Payee: ledger.Payee{Name: "某厂"}}, {Kind: ledger.Move, Line: 2, Project: "rack", Fen: 1}, {Kind: ledger.Settle, Line: 1},
	} {
		_, err = h.posted(id, d)
		roomtest.Refused(t, err, "ledger.settled")
	}
	h.book(id, ledger.Draft{Kind: ledger.Refund, Deal: 1, Fen: 10_000})
	want("refunded after the settlement, to the fund", 3_000_000, 1_690_000, 1_540_000, 1_540_000)
	h.book(id, ledger.Draft{Kind: ledger.Reverse, Reverses: settled})
	want("the settlement taken back", 3_000_000, 1_990_000, 1_540_000, 1_540_000)
	h.book(id, ledger.Draft{Kind: ledger.Return, Source: 1, Fen: 500_000})
	want("given back", 2_500_000, 1_990_000, 1_540_000, 1_540_000)
	if r := h.agrees(); r.Funds != 1 || r.Entries != 15 {
		t.Errorf("reconciled %+v", r)
	}
}

func TestNothingIsSpentThatIsNotThere(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.full()
	other := h.fund(ledger.Terms{Name: "党组织为民服务经费", Purpose: "为民服务", Year: 2026, Cap: 5_000_000, Sources: []ledger.Source{{Kind: ledger.FromBranch, Name: "区委组织部", Parts: 1}}})
	h.book(other, ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: 5_000_000})
	h.book(id, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 1_200_000})
	h.book(id, ledger.Draft{Kind: ledger.Commit, Line: 1, Fen: 1_000_000, Payee: ledger.Payee{Name: "罗店五金厂"}})
	paid := h.book(id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 400_000})
	for _, tt := range []struct {
		what string
		in   ledger.FundID
		d    ledger.Draft
		want string
		left string
	}{
		{"more than the source's share", id, ledger.Draft{Kind: ledger.Receive, Source: 2, Fen: 11_000_001}, "ledger.over_share", "110,000.00"},
		{"a source there is not", id, ledger.Draft{Kind: ledger.Receive, Source: 3, Fen: 1}, "ledger.no_target", ""},
		{"more back than the source gave", id, ledger.Draft{Kind: ledger.Return, Source: 1, Fen: 1}, "ledger.over_given", "0.00"},
		{"more than is free", id, ledger.Draft{Kind: ledger.Allocate, Title: "步道", Fen: 8_800_001}, "ledger.over_fund", "88,000.00"},
		{"more than was granted", id, ledger.Draft{Kind: ledger.Allocate, Line: 1, Fen: 800_001}, "ledger.over_approved", "8,000.00"},
		{"more than was granted, of another fund", other, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 800_001}, "ledger.over_approved", "8,000.00"},
		{"a project nobody has decided on", id, ledger.Draft{Kind: ledger.Allocate, Project: "path", Fen: 1}, "ledger.project_not_open", ""},
		{"a project of another community", id, ledger.Draft{Kind: ledger.Allocate, Project: "far", Fen: 1}, "ledger.no_project", ""},
		{"a project that is none", id, ledger.Draft{Kind: ledger.Allocate, Project: "gone", Fen: 1}, "ledger.no_project", ""},
		{"above the allocation", id, ledger.Draft{Kind: ledger.Commit, Line: 1, Fen: 200_001, Payee: ledger.Payee{Name: "某厂"}}, "ledger.over_line", "2,000.00"},
		{"above the commitment", id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 600_001}, "ledger.over_deal", "6,000.00"},
		{"releasing more than is left", id, ledger.Draft{Kind: ledger.Release, Deal: 1, Fen: 600_001}, "ledger.over_deal", "6,000.00"},
		{"back more than was paid", id, ledger.Draft{Kind: ledger.Refund, Deal: 1, Fen: 400_001}, "ledger.over_paid", "4,000.00"},
		{"a deal there is not", id, ledger.Draft{Kind: ledger.Pay, Deal: 2, Fen: 1}, "ledger.no_target", ""},
		{"a deal before the first", id, ledger.Draft{Kind: ledger.Pay, Deal: -1, Fen: 1}, "ledger.no_target", ""},
		{"moving to itself", id, ledger.Draft{Kind: ledger.Move, Line: 1, Project: "rack", Fen: 1}, "ledger.no_target", ""},
		{"moving to nowhere", id, ledger.Draft{Kind: ledger.Move, Line: 1, Fen: 1}, "ledger.no_target", ""},
		{"to a line before the first", id, ledger.Draft{Kind: ledger.Allocate, Line: -1, Fen: 1}, "ledger.no_target", ""},
		{"a commitment that was paid", id, ledger.Draft{Kind: ledger.Reverse, Reverses: h.nth(id, 3)}, "ledger.over_deal", "6,000.00"},
		{"what is no voucher", id, ledger.Draft{Kind: ledger.Reverse, Reverses: "none"}, "ledger.cannot_reverse", ""},
		{"a voucher of another fund", other, ledger.Draft{Kind: ledger.Reverse, Reverses: paid}, "ledger.cannot_reverse", ""},
	} {
		_, err := h.drafted(tt.in, tt.d)
		if fault.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.what, err, tt.want)
			continue
		}
		for _, f := range fault.All(err) {
			if f.Args["left"] != tt.left {
				t.Errorf("%s: %q is left, want %q", tt.what, f.Args["left"], tt.left)
			}
		}
	}
	back := h.book(id, ledger.Draft{Kind: ledger.Reverse, Reverses: paid})
	_, err := h.drafted(id, ledger.Draft{Kind: ledger.Reverse, Reverses: paid})
	roomtest.Refused(t, err, "ledger.reversed")
	_, err = h.drafted(id, ledger.Draft{Kind: ledger.Reverse, Reverses: back})
	roomtest.Refused(t, err, "ledger.cannot_reverse")
	h.agrees()
}

// nth is the entry posted in a place, from 1.
func (h *hamlet) nth(id ledger.FundID, n int) ledger.EntryID {
	h.T.Helper()
	f, err := h.FundAtDesk(h.T.Context(), h.li, id)
	roomtest.Must(h.T, err)
	return f.PostedEntries(0)[n-1].ID
}

// TestAStoppedProjectPaysWhatItOwesAndIsSettled is the cancelled project with money spent.
func TestAStoppedProjectPaysWhatItOwesAndIsSettled(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.full()
	h.book(id, ledger.Draft{Kind: ledger.Allocate, Project: "rack", Fen: 1_000_000})
	h.book(id, ledger.Draft{Kind: ledger.Commit, Line: 1, Fen: 600_000, Payee: ledger.Payee{Name: "罗店五金厂"}})
	p := h.projects["rack"]
	p.Allocate = false
	h.projects["rack"] = p
	_, err := h.drafted(id, ledger.Draft{Kind: ledger.Commit, Line: 1, Fen: 1, Payee: ledger.Payee{Name: "某厂"}})
	roomtest.Refused(t, err, "ledger.project_not_open")
	h.book(id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 500_000})
	p.Pay = false
	h.projects["rack"] = p
	_, err = h.drafted(id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 1})
	roomtest.Refused(t, err, "ledger.project_not_open")
	h.book(id, ledger.Draft{Kind: ledger.Release, Deal: 1, Fen: 100_000})
	h.book(id, ledger.Draft{Kind: ledger.Settle, Line: 1, Fen: 500_000})
	if got := h.sums(id); got != [4]money.Fen{10_000_000, 500_000, 500_000, 500_000} {
		t.Errorf("settled: %v", got)
	}
	h.agrees()
}

func TestMatchedMoneyFollowsWhatWasRaised(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.fund(ledger.Terms{Name: "楼组自治金", Purpose: "39 号楼公共空间", Year: 2026, Cap: 300_000, Sources: []ledger.Source{
		{Kind: ledger.SelfRaised, Name: "39 号楼居民", Parts: 1}, {Kind: ledger.Matched, Name: "街道配比", Parts: 2},
	}})
	_, err := h.drafted(id, ledger.Draft{Kind: ledger.Receive, Source: 2, Fen: 1})
	roomtest.Refused(t, err, "ledger.not_matched")
	raised := h.book(id, ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: 50_000})
	_, err = h.drafted(id, ledger.Draft{Kind: ledger.Receive, Source: 2, Fen: 100_001})
	roomtest.Refused(t, err, "ledger.not_matched")
	h.book(id, ledger.Draft{Kind: ledger.Receive, Source: 2, Fen: 100_000})
	_, err = h.drafted(id, ledger.Draft{Kind: ledger.Reverse, Reverses: raised})
	roomtest.Refused(t, err, "ledger.not_matched")
	h.agrees()
}

func TestWhatAVoucherMustHave(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.full()
	long := strings.Repeat("字", 200)
	for want, d := range map[string]ledger.Draft{
		"ledger.no_amount":        {Kind: ledger.Allocate, Title: "步道", Fen: -5},
		"ledger.amount_too_large": {Kind: ledger.Allocate, Title: "步道", Fen: 1_000_000_000_000},
		"ledger.bad_date":         {Kind: ledger.Allocate, Title: "步道", Fen: 5, Date: h.Today().AddDays(1)},
		"ledger.no_paper":         {Kind: ledger.Allocate, Title: "步道", Fen: 5, Papers: []deliberation.PhotoID{}},
		"topic.bad_photo":         {Kind: ledger.Allocate, Title: "步道", Fen: 5, Papers: []deliberation.PhotoID{"../../etc"}},
		"ledger.too_many_papers":  {Kind: ledger.Allocate, Title: "步道", Fen: 5, Papers: h.papers(5)},
		"ledger.purpose_too_long": {Kind: ledger.Allocate, Title: "步道", Fen: 5, Purpose: long},
		"ledger.title_too_long":   {Kind: ledger.Allocate, Title: long, Fen: 5},
		"ledger.no_target":        {Kind: ledger.Allocate, Fen: 5},
		"ledger.no_payee":         {Kind: ledger.Commit, Line: 1, Fen: 5},
		"ledger.payee_too_long":   {Kind: ledger.Commit, Line: 1, Fen: 5, Payee: ledger.Payee{Name: long}},
		"ledger.bad_kind":         {Kind: "steal", Fen: 5},
	} {
		_, err := h.drafted(id, d)
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(codes(err), want) {
			t.Errorf("%+v: %v, want %s", d, err, want)
		}
	}
	_, _, err := h.DraftVoucher(t.Context(), h.li, ledger.DraftVoucher{Fund: id, Entry: "bad", Draft: h.paper(ledger.Draft{Kind: ledger.Allocate, Title: "步道", Fen: 5})})
	roomtest.Refused(t, err, "topic.bad_token")
	_, _, err = h.DraftVoucher(t.Context(), h.li, ledger.DraftVoucher{Fund: id, Entry: ledger.EntryID(h.Token()), Draft: ledger.Draft{Kind: ledger.Allocate}})
	if got := codes(err); !strings.Contains(got, "no_amount") || !strings.Contains(got, "no_paper") || !strings.Contains(got, "bad_date") || !strings.Contains(got, "no_purpose") {
		t.Errorf("an empty form says only %s", got)
	}
}

func (h *hamlet) papers(n int) []deliberation.PhotoID {
	all := make([]deliberation.PhotoID, n)
	for i := range all {
		all[i] = deliberation.PhotoID(h.Token())
	}
	return all
}

func codes(err error) string {
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, f.Code)
	}
	return strings.Join(all, " ")
}

func TestWhatAFundMustHave(t *testing.T) {
	t.Parallel()
	h := setup(t)
	for want, change := range map[string]func(*ledger.Terms){
		"ledger.no_name":          func(t *ledger.Terms) { t.Name = " " },
		"ledger.no_purpose":       func(t *ledger.Terms) { t.Purpose = "" },
		"ledger.bad_year":         func(t *ledger.Terms) { t.Year = 1999 },
		"ledger.bad_cap":          func(t *ledger.Terms) { t.Cap = money.Max + 1 },
		"ledger.no_sources":       func(t *ledger.Terms) { t.Sources = nil },
		"ledger.bad_source":       func(t *ledger.Terms) { t.Sources[0].Kind = "heaven" },
		"ledger.bad_parts":        func(t *ledger.Terms) { t.Sources[1].Parts = 0 },
		"ledger.matched_alone":    func(t *ledger.Terms) { t.Sources[1].Kind = ledger.Matched },
		"ledger.too_many_sources": func(t *ledger.Terms) { t.Sources = make([]ledger.Source, 7) },
	} {
		bad := terms()
		change(&bad)
		_, err := h.SetFund(t.Context(), h.zhou, ledger.SetFund{ID: ledger.FundID(h.Token()), Node: "c1", Terms: bad})
		roomtest.Refused(t, err, want)
	}
	id := h.full()
	change := ledger.ChangeCap{Fund: id, Cap: 10_000_000, Reason: "区里调减", Seen: 1}
	_, err := h.ChangeCap(t.Context(), h.town, change)
	roomtest.Refused(t, err, "ledger.below_received")
	change.Cap = 20_000_000
	for range 2 {
		f, err := h.ChangeCap(t.Context(), h.town, change)
		if err != nil || len(f.Changes) != 2 || f.Sources[0].Share != 6_000_000 || f.Sources[1].Share != 14_000_000 {
			t.Errorf("changed to %+v, %v", f.Sources, err)
		}
	}
	change.Cap = 21_000_000
	_, err = h.ChangeCap(t.Context(), h.town, change)
	roomtest.Refused(t, err, "ledger.stale")
	change.Seen, change.Reason = 2, " "
	_, err = h.ChangeCap(t.Context(), h.town, change)
	roomtest.Refused(t, err, "ledger.no_reason")
	h.agrees()
}

func TestAQuarterIsWhatWasPostedInIt(t *testing.T) {
	t.Parallel()
	h := setup(t)
	h.To("2026-03-31 23:59")
	id := h.full()
	h.To("2026-04-01 00:00")
	h.book(id, ledger.Draft{Kind: ledger.Allocate, Title: "楼道粉刷", Fen: 500_000, Date: calendar.Date{Year: 2026, Month: 3, Day: 30}})
	f, err := h.Fund(t.Context(), h.wang, id)
	roomtest.Must(t, err)
	for quarter, want := range map[int]ledger.Sums{1: {Received: 10_000_000}, 2: {Allocated: 500_000}, 3: {}} {
		if got := f.Within(h.Quarter(2026, quarter)); got != want {
			t.Errorf("quarter %d: %+v", quarter, got)
		}
		from, before := h.Quarter(2026, quarter)
		if got := f.LineWithin(1, from, before); got.Allocated != want.Allocated || got.Received != 0 {
			t.Errorf("the line in quarter %d: %+v", quarter, got)
		}
	}
	if from, before := h.Quarter(2026, 2); f.LineWithin(2, from, before) != (ledger.Sums{}) {
		t.Error("a line that is not there moved something")
	}
}

// TestTheLargestFundFits has a fund whose vouchers are as many and as long as may be: it is one document, and the next one is refused.
func TestTheLargestFundFits(t *testing.T) {
	t.Parallel()
	h := setup(t)
	wide := func(n int) string { return strings.Repeat("<", n) } // six bytes in JSON
	t1 := terms()
	t1.Name, t1.Purpose, t1.Cap = wide(ledger.MaxName), wide(ledger.MaxPurpose), money.Max
	t1.Sources = nil
	for range ledger.MaxSources {
		t1.Sources = append(t1.Sources, ledger.Source{Kind: ledger.FromDonation, Name: wide(ledger.MaxName), Parts: 1})
	}
	id := h.fund(t1)
	f, err := h.FundAtDesk(t.Context(), h.li, id)
	roomtest.Must(t, err)
	by := deliberation.Author{Account: identity.AccountID(h.Token()), Name: wide(20), Title: wide(20)}
	f.Balances[ledger.Free] = money.Max
	for range ledger.MaxChanges - 1 {
		f.Changes = append(f.Changes, ledger.Change{At: morning, By: by, Before: money.Max, After: money.Max, Reason: wide(ledger.MaxWhy)})
	}
	for n := range ledger.MaxEntries {
		e := ledger.Entry{
			ID: ledger.EntryID(h.Token()), DraftedBy: by, DecidedBy: by, DraftedAt: morning, DecidedAt: morning, State: ledger.Posted, Why: wide(ledger.MaxWhy), Seq: n + 1,
			From: ledger.DealAccount(999), To: ledger.PaidAccount(999), Draft: ledger.Draft{
				Kind: ledger.Commit, Fen: money.Max, Purpose: wide(ledger.MaxPurpose), Date: h.Today(), Papers: h.papers(ledger.MaxPapers), Line: 999, Title: wide(ledger.MaxName),
				Payee: ledger.Payee{Name: wide(ledger.MaxPayee), Private: true},
			},
		}
		f.Entries, f.Posted = append(f.Entries, e), n+1
		if n%2 == 0 {
			f.Deals = append(f.Deals, ledger.Deal{Line: 999, Payee: e.Payee, Title: e.Title})
			f.Balances[ledger.DealAccount(n+1)], f.Balances[ledger.PaidAccount(n+1)] = money.Max, money.Max
		} else {
			f.Lines = append(f.Lines, ledger.Line{Project: h.Token(), Title: wide(ledger.MaxName)})
			f.Balances[ledger.LineAccount(n+1)] = money.Max
		}
	}
	body, err := json.Marshal(f)
	roomtest.Must(t, err)
	if len(body) > docstore.MaxBody {
		t.Fatalf("%d bytes", len(body))
	}
	table := docstore.Table[ledger.Fund]{Store: h.Store, Kind: ledger.FundKind}
	_, err = table.Put(t.Context(), string(id), docstore.Any, f)
	roomtest.Must(t, err)
	_, err = h.drafted(id, ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: 1})
	roomtest.Refused(t, err, "ledger.full")
}
