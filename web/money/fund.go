package money

import (
	"slices"
	"strconv"

	"jushou/internal/identity"
	"jushou/projects/ledger"
	"jushou/web/page"
	"jushou/web/view"
)

// workView is a fund on the desk.
type workView struct {
	Here    string
	Name    string
	Purpose string
	Sums    sumsView
	Sources []sourceLine
	Lines   []lineWork
	Chart   []bar
	Waiting []entryLine
	Posted  []entryLine
	Closed  []entryLine // refused or withdrawn
	Changes []changeLine
	Seen    int
	Cap     string
	Drafts  []view.Chip
	Sets    bool
	Left    int // vouchers the fund has room for
	Open    string
	Sheet   page.Sheet
}

// lineWork is a purpose with its contracts and what may be drafted.
type lineWork struct {
	Title, Left string
	Settled     bool
	Draft       []view.Chip
	Deals       []dealWork
}

type dealWork struct {
	Payee, Title, Open, Paid string
	Draft                    []view.Chip
}

// Fund shows a fund to the people of its accounts.
func (p *Pages) Fund(v *page.Visit) error { return p.fund(v, page.Sheet{}) }

func (p *Pages) fund(v *page.Visit, s page.Sheet) error {
	f, r, err := p.atDesk(v)
	if err != nil {
		return err
	}
	drafts := r.May(identity.DraftVoucher)
	shown := workView{
		Here: fundPath(f), Name: f.Name, Purpose: f.Purpose, Sums: sumsOf(f.Sums(), f.Cap), Sources: sourcesOf(v, f), Chart: bars(f.Lines, f.LineSums()), Changes: changesOf(v, f),
		Seen: len(f.Changes), Cap: f.Cap.String(), Sets: r.May(identity.SetFund), Left: ledger.MaxEntries - len(f.Entries), Open: "/open/money/" + string(f.ID), Sheet: s,
		Lines: linesOf(v, f, drafts),
	}
	if drafts {
		shown.Drafts = draftChips(v, f, "", ledger.Receive, ledger.Allocate, ledger.Return)
	}
	for _, e := range f.Entries {
		line := entryOf(v, f, e, false)
		line.Href = voucherPath(f, e)
		switch e.State {
		case ledger.Waits:
			shown.Waiting = append(shown.Waiting, line)
		case ledger.Refused, ledger.Withdrawn:
			shown.Closed = append(shown.Closed, line)
		}
	}
	for _, e := range slices.Backward(f.PostedEntries(0)) {
		line := entryOf(v, f, e, false)
		line.Href = voucherPath(f, e)
		shown.Posted = append(shown.Posted, line)
	}
	d, err := p.Within(v, r, "money", f.Name, r.Path("/money"))
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), FundPage(d, shown))
}

func linesOf(v *page.Visit, f ledger.Fund, drafts bool) []lineWork {
	all := make([]lineWork, len(f.Lines))
	for n, l := range f.Lines {
		line := strconv.Itoa(n + 1)
		all[n] = lineWork{Title: l.Title, Left: yuan(f.Balances[ledger.LineAccount(n+1)]), Settled: l.Settled}
		if drafts && !l.Settled {
			all[n].Draft = draftChips(v, f, "&line="+line, ledger.Allocate, ledger.Commit, ledger.Move, ledger.Settle)
		}
	}
	for n, d := range f.Deals {
		work := dealWork{Payee: d.Payee.Name, Title: d.Title, Open: yuan(f.Balances[ledger.DealAccount(n+1)]), Paid: yuan(f.Balances[ledger.PaidAccount(n+1)])}
		var kinds []ledger.Kind
		if f.Balances[ledger.DealAccount(n+1)] > 0 {
			kinds = append(kinds, ledger.Pay, ledger.Release)
		}
		if f.Balances[ledger.PaidAccount(n+1)] > 0 {
			kinds = append(kinds, ledger.Refund)
		}
		if drafts {
			work.Draft = draftChips(v, f, "&deal="+strconv.Itoa(n+1), kinds...)
		}
		all[d.Line-1].Deals = append(all[d.Line-1].Deals, work)
	}
	return all
}

// draftChips lead to the forms of some kinds.
func draftChips(v *page.Visit, f ledger.Fund, about string, kinds ...ledger.Kind) []view.Chip {
	all := make([]view.Chip, len(kinds))
	for n, k := range kinds {
		all[n] = view.Chip{Text: v.T("money.kind_" + string(k)), Href: fundPath(f) + "/draft?kind=" + string(k) + about}
	}
	return all
}

// ChangeCap changes the envelope.
func (p *Pages) ChangeCap(v *page.Visit) error {
	f, _, err := p.atDesk(v)
	if err != nil {
		return err
	}
	limit, err := amount(v, "cap")
	if err == nil {
		_, err = p.Ledger.ChangeCap(v.Context(), v.Actor, ledger.ChangeCap{Fund: f.ID, Cap: limit, Reason: v.Field("reason"), Seen: number(v.Field("seen"))})
	}
	if err != nil {
		return p.fund(v, v.RefuseForm("cap", err, "cap", "reason"))
	}
	return v.GoSaying(fundPath(f), "money.cap_saved")
}
